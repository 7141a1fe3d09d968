#include <charconv>

#include "essays/essay_handlers.hpp"
#include "essays/essay_versions_store.hpp"
#include "essays/history_views.hpp"
#include "web/respond.hpp"

namespace kith::essays {

using web::Answer;
using web::Call;

namespace {

std::int64_t asked_version(Call const& call, std::string_view name, std::int64_t otherwise) {
    auto const text = call.query.text(name);
    std::int64_t version = otherwise;
    auto const [rest, error] = std::from_chars(text.data(), text.data() + text.size(), version);
    bool const whole = error == std::errc{} && rest == text.data() + text.size();
    return whole ? version : otherwise;
}

/// All words of a version as one text, in the order in which they are read.
std::string as_text(KeptWords const& words) {
    auto text = words.title + "\n\n";
    if (!words.summary.empty()) text += words.summary + "\n\n";
    if (!words.content_note.empty()) text += words.content_note + "\n\n";
    return text + words.body;
}

}  // namespace

Answer show_history(Call& call) {
    auto const essay = own_essay(call);
    auto const lines = list_versions(call.read(), call.viewer(), essay.id);
    HistoryPage view;
    view.essay_url = essay_url(essay.slug);
    view.essay_title = essay.title.empty() ? call.say("essays.untitled") : essay.title;
    auto const newest = lines.empty() ? 0 : lines.front().version;
    auto const second = lines.size() > 1 ? lines[1].version : newest;
    view.to = asked_version(call, "to", newest);
    view.from = asked_version(call, "from", second);
    for (auto const& line : lines)
        view.versions.push_back({line.version, line.saved_at, line.title, line.version == view.from,
                                 line.version == view.to});
    auto const before = find_version(call.read(), call.viewer(), essay.id, view.from);
    auto const after = find_version(call.read(), call.viewer(), essay.id, view.to);
    if (!lines.empty() && (!before || !after)) throw Refusal::not_found();
    if (before && after && view.from != view.to) {
        view.from_at = before->at;
        view.to_at = after->at;
        view.changes = shortened(difference(as_text(*before), as_text(*after)));
        view.comparable = true;
    }
    return web::respond(call, view,
                        {.title = call.say("essays.history"), .place = web::Place::essays});
}

}  // namespace kith::essays
