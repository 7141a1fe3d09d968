#include <algorithm>

#include "base/limits.hpp"
#include "base/markdown.hpp"
#include "circles/circle_handlers.hpp"
#include "circles/conversation_parts.hpp"
#include "circles/making.hpp"
#include "circles/tell.hpp"
#include "web/refuse.hpp"
#include "web/respond.hpp"

namespace kith::circles {

using web::Answer;
using web::Call;
using web::Outcome;

namespace {

bool must_agree_first(CircleRow const& circle) {
    return circle.agreed_version < circle.agreement_version;
}

/// The agreement that changed since the viewer accepted it, with what they typed: they go on from
/// there once it is accepted.
Answer agree_first(Call& call, CircleRow const& circle) {
    auto const agreement = current_agreement(call.read(), call.viewer(), circle.id);
    AgreeFirstPage view;
    view.code = "circles.agree_first";
    view.circle_name = circle.name;
    view.agreement = {render_markdown(agreement.markdown, MarkdownKind::essay)};
    view.agreement_version = agreement.version;
    view.agreement_url = circle_url(circle.public_id) + "/agreement";
    view.action = call.path;
    view.pictures_lost = std::ranges::any_of(
        call.form.files(), [](auto const& file) { return !file.second.bytes.empty(); });
    for (auto const& [name, value] : call.form.values()) {
        bool const multiline = value.size() > 80 || value.find('\n') != std::string::npos;
        view.kept.push_back({name, value, multiline});
    }
    web::Head head{.title = call.say("circles.agree_first")};
    head.alone = true;
    head.status = 409;
    return web::respond(call, view, std::move(head));
}

/// Refuses where the circle is closed, or who writes must wait. Who sends the same again after a
/// lost answer isn't kept from it.
void require_may_speak(Call const& call, database::Read& read, std::string_view key) {
    auto const [circle, row] = spoken_in(call, read);
    if (circle.closed_at) throw Refusal::conflict("circles.is_closed");
    auto const next = next_words_at(call, row);
    if (!next || (!key.empty() && said_before(read, call.viewer(), key))) return;
    throw Refusal::too_often(std::chrono::ceil<std::chrono::seconds>(*next - call.now()));
}

ConversationForm checked_form(Call const& call) {
    auto form = web::read_form<ConversationForm>(call.form);
    web::Mistakes mistakes;
    mistakes.required("title", form.title).max("title", form.title, limits::title_characters_max);
    mistakes.required("body", form.body).max_bytes("body", form.body, limits::post_bytes_max);
    mistakes.max("content_note", form.content_note, limits::content_note_characters_max);
    mistakes.max_bytes("idempotency_key", form.idempotency_key, limits::idempotency_key_bytes_max);
    static_cast<void>(talk::checked_poll(form, mistakes));
    mistakes.throw_if_any();
    return form;
}

/// Whose it is to change a conversation: who began it, a keeper of its circle, or both.
enum class By { author, keeper, either };
using Change = void (*)(Call&, database::Write&, ConversationRow const&);

Outcome change(Call& call, By by, std::string_view said, Change change_it) {
    return Outcome::deed([&call, by, said, change_it](database::Write& write) {
        auto const [circle, row] = spoken_in(call, write);
        bool const own = call.viewer().is(row.author);
        bool const may = by == By::author   ? own
                         : by == By::keeper ? circle.keeper
                                            : own || circle.keeper;
        if (!may) throw Refusal::not_found();
        if (circle.closed_at) throw Refusal::conflict("circles.is_closed");
        change_it(call, write, row);
        return web::done(call, conversation_url(row.public_id), said);
    });
}

void set_taking_words(database::Write& write, ConversationRow const& row, bool closed) {
    set_closed(write, row.id, closed);
    talk::set_audience(write, row.discussion, talk::Audience::group, !closed);
}

void let_later_ones_read(database::Write& write, ConversationRow const& row, bool open) {
    set_open_to_later(write, row.id, open);
    talk::open_to_later(write, row.discussion, open);
}

}  // namespace

Outcome act_begin(Call& call) {
    auto const circle = joined_circle(call, call.read());
    if (circle.closed_at) throw Refusal::conflict("circles.is_closed");
    auto beginning = rendered(checked_form(call));
    if (must_agree_first(circle)) return agree_first(call, circle);
    return Outcome::deed([&call, beginning = std::move(beginning)](database::Write& write) {
        auto const now_is = joined_circle(call, write);
        if (now_is.closed_at) throw Refusal::conflict("circles.is_closed");
        auto const& key = beginning.words.idempotency_key;
        auto const before = key.empty() ? std::nullopt : begun_before(write, call.viewer(), key);
        if (before) return web::done(call, conversation_url(*before), "circles.said_begun");
        auto const place =
            begin_conversation(call.site, write, {now_is.id, now_is.public_id, now_is.group},
                               call.viewer().member, beginning, call.now());
        tell_of_beginning(call.site, write, now_is.named(), call.viewer().member, place.public_id);
        return web::done(call, conversation_url(place.public_id), "circles.said_begun");
    });
}

Outcome act_comment(Call& call) {
    auto const [circle, row] = spoken_in(call, call.read());
    auto const key = std::string(call.form.text("idempotency_key"));
    require_may_speak(call, call.read(), key);
    if (must_agree_first(circle)) return agree_first(call, circle);
    // Looked at again within the deed: of two sent at once only one is in time.
    return talk::post_comment(call, row.discussion, [&call, key](database::Write& write) {
        require_may_speak(call, write, key);
    });
}

Outcome act_read(Call& call) {
    auto const form = web::read_form<ReadForm>(call.form);
    return Outcome::deed([&call, form](database::Write& write) {
        auto const [circle, row] = spoken_in(call, write);
        note_read(write, row, call.viewer().member, form.last);
        return web::done(call, circle_url(circle.public_id));
    });
}

Outcome act_close_conversation(Call& call) {
    return change(call, By::either, "circles.said_conversation_closed",
                  [](Call&, database::Write& write, ConversationRow const& row) {
                      set_taking_words(write, row, true);
                  });
}

Outcome act_reopen(Call& call) {
    return change(call, By::either, "circles.said_reopened",
                  [](Call&, database::Write& write, ConversationRow const& row) {
                      set_taking_words(write, row, false);
                  });
}

Outcome act_pin(Call& call) {
    return change(call, By::keeper, "circles.said_pinned",
                  [](Call&, database::Write& write, ConversationRow const& row) {
                      set_pinned(write, row.id, true);
                  });
}

Outcome act_unpin(Call& call) {
    return change(call, By::keeper, "circles.said_unpinned",
                  [](Call&, database::Write& write, ConversationRow const& row) {
                      set_pinned(write, row.id, false);
                  });
}

Outcome act_open_to_later(Call& call) {
    return change(call, By::author, "circles.said_open_to_later",
                  [](Call&, database::Write& write, ConversationRow const& row) {
                      let_later_ones_read(write, row, true);
                  });
}

Outcome act_close_to_later(Call& call) {
    return change(call, By::author, "circles.said_close_to_later",
                  [](Call&, database::Write& write, ConversationRow const& row) {
                      let_later_ones_read(write, row, false);
                  });
}

Outcome act_slow(Call& call) {
    auto const form = web::read_form<SlowForm>(call.form);
    bool const fits = form.minutes >= 0 && form.minutes <= limits::slow_minutes_max;
    web::Mistakes mistakes;
    mistakes.require(fits, "minutes", "circles.slow_range").throw_if_any();
    return change(call, By::keeper, "circles.said_slow",
                  [](Call& sent, database::Write& write, ConversationRow const& row) {
                      auto const asked = web::read_form<SlowForm>(sent.form);
                      set_slow(write, row.id, asked.minutes);
                  });
}

Outcome act_patience(Call& call) {
    static_cast<void>(web::read_form<talk::PatienceForm>(call.form));
    return change(call, By::author, "circles.said_patience",
                  [](Call& sent, database::Write& write, ConversationRow const& row) {
                      auto const chosen = web::read_form<talk::PatienceForm>(sent.form);
                      talk::choose_patience(sent.site, write, row.discussion, chosen.patience);
                  });
}

/// Also in a closed circle: what someone began, they can take back as long as it stands.
Outcome act_withdraw(Call& call) {
    return Outcome::deed([&call](database::Write& write) {
        auto const [circle, row] = spoken_in(call, write);
        if (!call.viewer().is(row.author)) throw Refusal::not_found();
        withdraw(write, row.id);
        talk::drop_beginning_poll(write, row.discussion);
        untell_beginning(call.site, write, row.public_id);
        talk::end_waiting(call.site, write, row.discussion);
        talk::set_audience(write, row.discussion, talk::Audience::nobody, false);
        return web::done(call, circle_url(circle.public_id), "circles.said_withdrawn");
    });
}

}  // namespace kith::circles
