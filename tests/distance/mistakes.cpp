#include "mistakes.hpp"

#include <atomic>

#include "web/respond.hpp"

namespace kith::apart {
namespace {

using database::Sql;

std::atomic<std::size_t> changed = 0;

void replace_all(std::string& text, std::string_view what, std::string_view with) {
    for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size()))
        text.replace(at, what.size(), with);
}

/// The statement as if nobody were apart from anybody.
void forget_distance(std::string& sql) {
    constexpr std::string_view nobody = "(select 0 as viewer, 0 as other where 1 = 0) ";
    constexpr std::string_view nothing = "(select 0 as viewer, 0 as comment where 1 = 0) ";
    for (std::string_view const before : {"from ", "join "}) {
        replace_all(sql, std::string(before) + "separations ",
                    std::string(before) + std::string(nobody));
        replace_all(sql, std::string(before) + "quote_separations ",
                    std::string(before) + std::string(nothing));
    }
}

bool has_all(std::string const& text, std::vector<std::string_view> const& parts) {
    for (auto const part : parts)
        if (text.find(part) == std::string::npos) return false;
    return !parts.empty();
}

constexpr char no_quotes[] =
    "create or replace view quote_separations as "
    "select cast(0 as bigint) as viewer, cast(0 as bigint) as comment";

web::Show essays_page = nullptr;

/// An ETag of the whole community's state instead of the viewer's own body.
web::Answer with_wrong_tag(web::Call& call) {
    auto answer = essays_page(call);
    answer.headers.emplace_back("etag", '"' + std::to_string(call.site.database.version()) + '"');
    return answer;
}

constexpr Sql every_essay = "select id from essays where state = 'published' order by id";
constexpr Sql one_essay = "select count(*) from essays where id = :id";

/// One statement more for each essay, whether or not the viewer may see it.
web::Answer with_more_statements(web::Call& call) {
    for (auto const id : database::rows<std::int64_t>(call.read(), every_essay))
        static_cast<void>(database::number(call.read(), one_essay, database::bind("id", id)));
    return essays_page(call);
}

template <web::Answer (*wrapped)(web::Call&)>
void wrap_essays(std::vector<web::Slice>& slices) {
    for (auto& slice : slices)
        for (auto& route : slice.routes)
            if (route.verb == web::Verb::get && route.pattern == "/essays") {
                essays_page = route.show;
                route.show = wrapped;
            }
}

}  // namespace

std::vector<Mistake> mistakes_in_what_distance_rests_on() {
    return {
        {.channel = "all",
         .what = "distance without an effect",
         .at_once = {Sql("delete from separations")}},
        {.channel = "all",
         .what = "an effect in the other direction alone",
         .at_once = {Sql("delete from separations where viewer = "
                         "(select id from members where name = 'Lea Looks')")}},
        {.channel = "quotes",
         .what = "words that are quoted don't count",
         .at_once = {Sql{{.sqlite = "drop view quote_separations", .postgres = no_quotes}},
                     Sql{{.sqlite = "create view quote_separations as "
                                    "select 0 as viewer, 0 as comment",
                          .postgres = no_quotes}}}},
        {.channel = "small circles",
         .what = "every room is a small circle",
         .at_once = {Sql("update discussions set small_circle = 1"),
                     Sql("update talk_groups set small = 1")}},
    };
}

std::vector<Mistake> mistakes_of_words() {
    return {
        {.channel = "threads",
         .what = "words at the top of a page",
         .look_at = {"/conversations/"},
         .in_statement = {"coalesce(c.parent, c.id) > :thread order by"}},
        {.channel = "threads",
         .what = "answers under words of who is apart",
         .look_at = {"/essays/"},
         .in_statement = {"where c.discussion = :discussion", "t.other = c.thread_author"},
         .changes = {{"t.other = c.thread_author", "t.other = 0"},
                     {"x.comment = c.parent", "x.comment = 0"}}},
        {.channel = "threads",
         .what = "one comment by its address",
         .look_at = {"/comments/"},
         .in_statement = {"where d.id = c.discussion", "t.other = c.thread_author"}},
        {.channel = "kind replies",
         .what = "who has told kindly",
         .look_at = {"/comments/"},
         .in_statement = {"select k.comment, k.kind, m.name"}},
        {.channel = "polls",
         .what = "how many have answered",
         .look_at = {"/conversations/", "/polls/"},
         .in_statement = {"count(distinct v.member)"}},
        {.channel = "polls",
         .what = "how many took a choice",
         .look_at = {"/conversations/", "/polls/"},
         .in_statement = {"where v.choice = h.id and (m.state"}},
        {.channel = "search",
         .what = "words that are found",
         .look_at = {"/search"},
         .in_statement = {"select f.id, c.public_id, c.html"}},
        {.channel = "stream, live",
         .what = "who hears of words as they come",
         .look_at = {"/"},
         .in_statement = {"select s.other from separations s "},
         .changes = {{"where s.viewer in (", "where 1 = 0 and s.viewer in ("}}},
        {.channel = "stream, again",
         .what = "what a stream tells who comes back",
         .look_at = {"/"},
         .in_statement = {"order by e.id limit :limit"},
         .and_in = {"where d.id = c.discussion", "t.other = c.thread_author"}},
    };
}

std::vector<Mistake> mistakes_of_essays() {
    return {
        {.channel = "feeds",
         .what = "the list of essays",
         .look_at = {"/essays"},
         .in_statement = {"order by e.published_at desc, e.id desc", "from essays l where"}},
        {.channel = "profile 404",
         .what = "an essay by its address",
         .look_at = {"/essays/"},
         .in_statement = {"where k.slug = :slug", "s.other = e.author"}},
        {.channel = "search",
         .what = "essays that are found",
         .look_at = {"/search"},
         .in_statement = {"select f.id, e.slug"}},
        {.channel = "ETag",
         .what = "a tag of the whole community's state",
         .look_at = {"/essays"},
         .in_slices = wrap_essays<with_wrong_tag>},
        {.channel = "statements",
         .what = "a statement for each thing, seen or not",
         .look_at = {"/essays"},
         .in_slices = wrap_essays<with_more_statements>},
    };
}

std::vector<Mistake> mistakes_of_people() {
    return {
        {.channel = "directory",
         .what = "the list of people",
         .look_at = {"/members"},
         .in_statement = {"order by lower(m.name), m.id limit :at_most", "m.listed = 1"}},
        {.channel = "profile 404",
         .what = "a member's page",
         .look_at = {"/members/"},
         .in_statement = {"where m.public_id = :public_id", "s.other = m.id"}},
        {.channel = "search",
         .what = "people who are found",
         .look_at = {"/search"},
         .in_statement = {"select f.id, m.public_id, m.name, m.pronouns"}},
        {.channel = "notices, queued",
         .what = "what is queued, and shown where it shouldn't have been",
         .look_at = {"/notices"},
         .in_statement = {"where s.viewer = :member and s.other = :other", "small_rooms"},
         .and_in = {"where n.member = :viewer", "notice_people"}},
        {.channel = "mentions",
         .what = "who is told that somebody named them",
         .look_at = {"/notices"},
         .in_statement = {"m.id <> c.author",
                          "and s.other in (c.author, c.thread_author, d.author)"},
         .and_in = {"where d.id = c.discussion", "t.other = c.thread_author"}},
        {.channel = "push",
         .what = "what a device is woken for",
         .look_at = {"/"},
         .in_statement = {"n.delivery = 'waiting' and n.due_at <= :now", "notice_people"},
         .and_in = {"where n.member = :viewer and n.seen_at is null", "notice_people"}},
        {.channel = "mail",
         .what = "what is mailed, as it was queued",
         .look_at = {"/"},
         .in_statement = {"n.delivery = 'waiting' and n.due_at <= :now", "notice_people"}},
        {.channel = "export",
         .what = "notices in the copy of everything",
         .look_at = {"/"},
         .in_statement = {"where n.member = :member and :sees_all = 1"}},
        {.channel = "unanswered",
         .what = "hellos that nobody has answered",
         .look_at = {"/unanswered", "/"},
         .in_statement = {"select i.public_id, m.name, i.written_at"},
         .lea = Role::guide},
    };
}

std::vector<Mistake> mistakes_of_bonds() { return {}; }

std::vector<Mistake> mistakes_of_circles() {
    return {
        {.channel = "counts",
         .what = "how many belong to a large circle",
         .look_at = {"/circles", "/circles/"},
         .in_statement = {"from circle_members n join members m on m.id = n.member",
                          "from circles c", "x.lifted = 0"}},
        {.channel = "directory",
         .what = "who belongs to a large circle",
         .look_at = {"/circles/"},
         .in_statement = {"order by 1 - n.keeper, n.joined_at, n.id"}},
        {.channel = "feeds",
         .what = "conversations of a large circle",
         .look_at = {"/circles/"},
         .in_statement = {"s.other = v.author", "order by 1 - e.pinned, -e.at"},
         .changes = {{"s.viewer = :viewer and s.other = v.author", "1 = 0"}}},
        {.channel = "profile 404",
         .what = "a conversation by its address",
         .look_at = {"/conversations/"},
         .in_statement = {"where v.public_id = :conversation", "s.other = v.author"}},
        {.channel = "search",
         .what = "conversations that are found",
         .look_at = {"/search"},
         .in_statement = {"select f.id, v.public_id, v.title"}},
        {.channel = "search",
         .what = "circles that are found",
         .look_at = {"/search"},
         .in_statement = {"select f.id, c.public_id, c.name"}},
        {.channel = "requests",
         .what = "who asks to come in",
         .look_at = {"/circles/"},
         .in_statement = {"from circle_requests r join members m", "r.words"}},
    };
}

Mistaken::Mistaken(Mistake const& mistake) {
    changed = 0;
    database::rewrite_statements([mistake](std::string_view sql) {
        std::string text(sql);
        if (!has_all(text, mistake.in_statement) && !has_all(text, mistake.and_in)) return text;
        if (mistake.changes.empty()) forget_distance(text);
        for (auto const& [what, with] : mistake.changes) replace_all(text, what, with);
        if (text != sql) ++changed;
        return text;
    });
}

Mistaken::~Mistaken() { database::rewrite_statements({}); }

std::size_t Mistaken::statements_changed() { return changed; }

}  // namespace kith::apart
