#include "base/limits.hpp"
#include "base/markdown.hpp"
#include "circles/circle_handlers.hpp"
#include "web/respond.hpp"

namespace kith::circles {

using web::Answer;
using web::Call;

namespace {

constexpr std::size_t people_shown = 12;
constexpr std::size_t conversations_shown = 20;

WayIn way_in(Call const& call, CircleRow const& circle) {
    WayIn view;
    auto const url = circle_url(circle.public_id);
    view.invited = circle.invited;
    if (view.invited) {
        view.post_url = url + "/invitation/accept";
        view.ignore_url = url + "/invitation/ignore";
        return view;
    }
    view.open = circle.joining == Joining::open && !circle.removed;
    view.by_invitation = circle.joining == Joining::invitation;
    if (view.open) view.post_url = url + "/join";
    if (view.open || view.by_invitation) return view;
    view.withdraw_url = url + "/ask/withdraw";
    view.words = call.field(ask_pattern, "words");
    view.post_url = url + "/ask";
    view.asks = true;
    if (!circle.asked_at) return view;
    auto const again = *circle.asked_at + limits::circle_ask_again_time;
    view.asks = again <= call.now();
    view.taken_back = circle.request == RequestState::withdrawn;
    if (!view.asks) view.ask_again = again;
    if (!view.taken_back) view.asked_at = circle.asked_at;
    return view;
}

std::string folded_words(Call const& call, distance::Folded why) {
    return call.say(why == distance::Folded::muted ? "talk.folded_muted" : "talk.folded_distant");
}

std::string leaving_words(Call const& call, CircleRow const& circle) {
    if (!circle.keeper || circle.closed_at) return call.say("circles.leave_hint");
    switch (after_leaving(call.read(), call.viewer(), circle.id, Known::to_viewer)) {
        case After::others_keep: return call.say("circles.leave_hint");
        case After::longest_standing: return call.say("circles.leave_passes_on");
        case After::nobody_can: return call.say("circles.leave_closes");
        case After::nobody_left: break;
    }
    return call.say("circles.leave_erases");
}

std::string seen_by(Call const& call, CircleRow const& circle) {
    if (circle.member) return seen_by_circle(call, circle);
    if (circle.listing == Listing::listed) return call.say("circles.front_seen_listed");
    return call.say("circles.front_seen_invited");
}

ConversationItem conversation_item(Call const& call, ConversationLine const& line,
                                   distance::FoldedPeople const& people) {
    ConversationItem item;
    item.id = line.public_id;
    item.url = conversation_url(line.public_id);
    item.at = line.at;
    item.pinned = line.pinned;
    item.closed = line.closed;
    item.new_to_you = line.new_to_viewer;
    item.folded = people.why(line.author);
    if (item.folded != distance::Folded::no) {
        item.title = folded_words(call, item.folded);
        return item;
    }
    item.title = line.title.empty() ? call.say("circles.untitled") : line.title;
    if (!line.content_note.empty()) item.content_note = line.content_note;
    item.begun_by = line.begun_by;
    item.last_by = line.last_by;
    return item;
}

void add_for_members(Call& call, CircleRow const& circle, CirclePage& view) {
    auto people = people_of(call.read(), call.viewer(), circle, {}, people_shown + 1);
    if (people.size() > people_shown) people.pop_back();
    for (auto const& person : people)
        view.people.push_back(person_to_meet(call, person, view.url + "#people"));
    view.people_url = view.url + "/members";
    auto lines =
        conversations_in(call.read(), call.viewer(), circle.id, {}, conversations_shown + 1);
    if (lines.size() > conversations_shown) {
        lines.pop_back();
        view.conversations_url = view.url + "/conversations";
    }
    view.conversations = conversation_items(call, lines);
    if (!circle.closed_at) view.begin_url = view.url + "/conversations/new";
    view.agree_first = circle.agreed_version < circle.agreement_version && !circle.closed_at;
    view.joined_at = circle.joined_at.value_or(Time{});
    view.leave_url = view.url + "/leave";
    view.leaving = leaving_words(call, circle);
    view.copy_url = view.url + "/copy";
    view.erase_at = circle.erase_at;
    if (!circle.keeper || circle.closed_at) return;
    bool const asked = !requests_in(call.read(), call.viewer(), circle.id).empty();
    view.keeps = {view.url + "/settings", view.url + "/requests", view.url + "/invitations", asked};
}

}  // namespace

std::vector<ConversationItem> conversation_items(Call const& call,
                                                 std::vector<ConversationLine> const& lines) {
    std::vector<Id<Member>> authors;
    authors.reserve(lines.size());
    for (auto const& line : lines) authors.push_back(line.author);
    auto const people = distance::folded_people(call.read(), call.viewer(), authors);
    std::vector<ConversationItem> items;
    items.reserve(lines.size());
    for (auto const& line : lines) items.push_back(conversation_item(call, line, people));
    return items;
}

Answer show_circle(Call& call) {
    auto const circle = visible_circle(call, call.read());
    CirclePage view;
    view.id = circle.public_id;
    view.url = circle_url(circle.public_id);
    view.name = circle.name;
    view.purpose = circle.purpose;
    view.kind = circle.kind;
    view.kind_word = kind_word(call, circle.kind);
    view.listing = circle.listing;
    view.joining = circle.joining;
    view.small = circle.small;
    view.full = circle.full;
    view.at_most = at_most(call, circle);
    view.seen_by = seen_by(call, circle);
    view.shares = tag_lines(call, tags_of(call.read(), call.viewer(), circle.id));
    view.shares_any = !view.shares.empty();
    view.member = circle.member;
    view.history_open = circle.history_open;
    auto const keepers = keepers_of(call.read(), call.viewer(), circle);
    view.led_by = led_by(call, keepers);
    for (auto const& keeper : keepers) view.keepers.push_back(person_view(call, keeper));
    auto const agreement = current_agreement(call.read(), call.viewer(), circle.id);
    view.agreement = {render_markdown(agreement.markdown, MarkdownKind::essay)};
    view.agreement_version = agreement.version;
    view.agreement_at = agreement.made_at;
    view.agreement_url = view.url + "/agreement";
    if (circle.member) add_for_members(call, circle, view);
    if (!circle.member && !circle.full) view.way_in = way_in(call, circle);
    return web::respond(call, view, {.title = circle.name, .place = web::Place::circles});
}

Answer show_members(Call& call) {
    constexpr std::string_view cursor_name = "circle members";
    auto const circle = joined_circle(call, call.read());
    auto const url = circle_url(circle.public_id);
    CircleMembersPage view;
    Id<Member> after;
    if (auto const cursor = call.query.text("after"); !cursor.empty())
        after.value = call.site.seal.position(call.viewer(), cursor_name, cursor).value_or(0);
    auto rows = people_of(call.read(), call.viewer(), circle, after, limits::page_items + 1);
    if (rows.size() > limits::page_items) {
        rows.pop_back();
        view.next = call.site.seal.cursor(call.viewer(), cursor_name, rows.back().member.value);
        view.next_url = url + "/members?after=" + *view.next;
    }
    if (after) view.first_url = url + "/members";
    view.circle_name = circle.name;
    view.circle_url = url;
    view.seen_by = seen_by_circle(call, circle);
    view.at_most = at_most(call, circle);
    view.keeper = circle.keeper && !circle.closed_at;
    for (auto const& row : rows) {
        auto person = person_to_meet(call, row, url + "/members");
        auto const acts = url + "/members/" + row.public_id.text();
        if (view.keeper && !person.is_you) {
            if (!row.keeper && may_keep(circle.kind, row.role))
                person.keeper_url = acts + "/keeper";
            person.remove_url = acts + "/remove";
            if (call.failed(remove_pattern) && call.parameter("member") == row.public_id.text())
                person.reason = call.field(remove_pattern, "reason");
        }
        view.items.push_back(std::move(person));
    }
    return web::respond(call, view,
                        {.title = call.say("circles.members"), .place = web::Place::circles});
}

}  // namespace kith::circles
