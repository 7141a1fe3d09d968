#include "talk/live.hpp"

#include <algorithm>

#include "talk/mentions.hpp"
#include "web/respond.hpp"

namespace kith::talk {
namespace {

/// An event as the wire has it (HTML Living Standard, 9.2.5); each line of data has its own name.
std::string frame_of(std::string_view id, std::string_view event, std::string_view data) {
    std::string frame;
    frame.reserve(data.size() + data.size() / 32 + 64);
    if (!id.empty()) frame.append("id: ").append(id).append("\n");
    frame.append("event: ").append(event).append("\n");
    while (!data.empty()) {
        auto const end = std::min(data.find('\n'), data.size());
        frame.append("data: ").append(data.substr(0, end)).append("\n");
        data.remove_prefix(std::min(end + 1, data.size()));
    }
    return frame += "\n";
}

/// Whether the reader is one of those who may hear of it, as of this deed: who takes distance in a
/// later one may still hear of what was before it.
web::Audience audience_of(database::Read& read, NewsPlace const& place, CommentRow const& row) {
    std::vector<Id<Member>> readers;
    if (place.in_group) readers = group_readers(read, Viewer::server(), place.discussion);
    std::vector<Id<Member>> separated;
    if (!place.small_circle) {
        separated = separated_from_any(read, Viewer::server(), row.id, row.author,
                                       row.thread_author, place.subject_author);
    }
    return
        [audience = place.audience, author = place.subject_author, in_group = place.in_group,
         readers = std::move(readers), separated = std::move(separated)](Viewer const& listener) {
            return admits(audience, listener, author) &&
                   (!in_group || std::ranges::binary_search(readers, listener.member)) &&
                   !std::ranges::binary_search(separated, listener.member);
        };
}

void tell(web::Site& site, NewsPlace const& place, PublicId const& event, LiveChange const& change,
          web::Audience const& audience, Time now) {
    for (auto const& language : site.words.languages()) {
        auto const reading = web::make_reading(site.words, language, place.zone, now);
        site.live.publish(topic_of(place.discussion_id, language),
                          live_message(site, reading, event, change), audience);
    }
}

}  // namespace

NewsPlace news_place(PostingRow const& posting) {
    return {
        posting.discussion,        posting.public_id,    posting.audience, posting.subject_author,
        posting.group.has_value(), posting.small_circle, posting.zone};
}

LiveChange live_change(LiveKind kind, CommentRow row, std::optional<PublicId> const& parent) {
    LiveChange change;
    change.kind = kind;
    change.reply = parent.has_value();
    change.target = parent ? "replies-" + parent->text() : "comments";
    change.comment = neutral_view_of(std::move(row));
    // Strangers may listen as well, and see no member's page.
    if (change.comment.author) change.comment.author->url.clear();
    return change;
}

void announce(web::Site& site, database::Write& write, NewsPlace const& place, LiveKind kind,
              CommentRow row, std::optional<PublicId> const& parent, Time now) {
    // Only a change can take a name away; else words without '@' name nobody.
    if (kind == LiveKind::edited || row.html.find('@') != std::string::npos)
        note_mentions(write, row, now);
    auto const event = PublicId::make(site.random);
    add_live_event(write, event, place.discussion, row.id, kind, now);
    auto audience = audience_of(write, place, row);
    auto change = live_change(kind, std::move(row), parent);
    write.after_commit(
        [&site, place, event, now, change = std::move(change), audience = std::move(audience)] {
            // Whoever begins to listen from here on finds the event in the database.
            if (site.live.stream_count() == 0) return;
            tell(site, place, event, change, audience, now);
        });
}

web::LiveMessage live_message(web::Site& site, web::Reading const& reading, PublicId const& event,
                              LiveChange const& change) {
    auto const html = web::fragment(site, reading, change);
    return {event.text(),
            std::make_shared<std::string const>(frame_of(event.text(), "message", html))};
}

web::LiveMessage reload_message() {
    return {{}, std::make_shared<std::string const>(frame_of({}, "reload", "reload"))};
}

std::string topic_of(PublicId const& discussion, std::string_view language) {
    return "discussion/" + discussion.text() + "/" + std::string(language);
}

}  // namespace kith::talk
