#include "circles/search_store.hpp"

#include "base/limits.hpp"
#include "talk/found_text.hpp"

namespace kith::circles {

using database::bind;
using database::rows;
using database::SearchScope;
using database::Sql;

namespace {

struct IndexedRow {
    Id<talk::Group> group;
    bool for_members = false;
    std::string language;
    std::string heading;
    std::string words;
};
BOOST_DESCRIBE_STRUCT(IndexedRow, (), (group, for_members, language, heading, words))

constexpr Sql groups_of = R"(
    select c.talk_group from circle_members y join circles c on c.id = y.circle
    where y.member = :viewer order by c.id desc limit :at_most)";

std::vector<SearchScope> scopes_of(database::Read& read, Viewer const& viewer) {
    std::vector<SearchScope> scopes{SearchScope::members()};
    for (auto const group : rows<Id<talk::Group>>(read, groups_of, bind("viewer", viewer.member),
                                                  bind("at_most", limits::search_scopes_max)))
        scopes.push_back(SearchScope::group(group.value));
    return scopes;
}

void put(database::Write& write, std::string_view kind, std::int64_t thing, IndexedRow const& row,
         std::string_view text) {
    auto const words = database::search_words(row.heading + "\n" + std::string(text));
    auto const scope =
        row.for_members ? SearchScope::members() : SearchScope::group(row.group.value);
    database::put_in_search(write, {kind, thing, scope, row.language, words});
}

}  // namespace

// Who sees a circle is said here as in circles_store and sharing_store: one that isn't listed is
// found by whoever belongs to it.
constexpr Sql circles_found = database::in_found<R"(
    select f.id, c.public_id, c.name, c.purpose
    from found f cross join circles c
    where c.id = f.thing and :viewer > 0
      and (exists (select 1 from circle_members y
                   where y.circle = c.id and y.member = :viewer)
           or (c.listing = 'listed' and c.closed_at is null
               and not exists (select 1 from separations s
                               where s.viewer = :viewer and s.other = c.made_by)))
    order by f.id desc limit :at_most)">;

std::vector<SearchedCircleRow> find_circles(database::Read& read, Viewer const& viewer,
                                            std::string_view language,
                                            web::SearchWish const& wish) {
    auto const by = database::found_by(read, wish.query, wish.last, found_circles,
                                       scopes_of(read, viewer), language);
    return rows<SearchedCircleRow>(read, circles_found, bind("found", by),
                                   bind("before", wish.before), bind("viewer", viewer.member),
                                   bind("at_most", wish.at_most));
}

// Who reads a conversation is said here as in conversations_store.
constexpr Sql conversations_found = database::in_found<R"(
    select f.id, v.public_id, v.title, v.content_note, v.html, b.name, v.begun_at
    from found f cross join conversations v
    join circle_members y on y.circle = v.circle and y.member = :viewer
    join discussions d on d.id = v.discussion
    join talk_group_members g on g.talk_group = d.talk_group and g.member = :viewer
    join members b on b.id = v.author
    where v.id = f.thing and v.withdrawn = 0
      and (b.state <> 'erasing' or b.id = :viewer)
      and (g.reads_from <= d.begun_at or d.open_to_later = 1)
      and (d.small_circle = 1
           or not exists (select 1 from separations s
                          where s.viewer = :viewer and s.other = v.author))
    order by f.id desc limit :at_most)">;

std::vector<SearchedConversationRow> find_conversations(database::Read& read, Viewer const& viewer,
                                                        std::string_view language,
                                                        web::SearchWish const& wish) {
    auto const by = database::found_by(read, wish.query, wish.last, found_conversations,
                                       scopes_of(read, viewer), language);
    return rows<SearchedConversationRow>(read, conversations_found, bind("found", by),
                                         bind("before", wish.before), bind("viewer", viewer.member),
                                         bind("at_most", wish.at_most));
}

constexpr Sql circle_as_it_is = R"(
    select c.talk_group,
           case when c.listing = 'listed' and c.closed_at is null then 1 else 0 end,
           coalesce(nullif(m.language, ''), k.language), c.name, c.purpose
    from circles c cross join community k left join members m on m.id = c.made_by
    where c.id = :circle)";
constexpr Sql tags = "select word from circle_tags where circle = :circle order by id";

void index_circle(database::Write& write, Id<Circle> circle) {
    auto const row = database::maybe<IndexedRow>(write, circle_as_it_is, bind("circle", circle));
    if (!row) return database::take_from_search(write, found_circles, circle.value);
    auto text = row->words;
    for (auto const& word : rows<std::string>(write, tags, bind("circle", circle)))
        text += "\n" + word;
    put(write, found_circles, circle.value, *row, text);
}

constexpr Sql conversation_as_it_is = R"(
    select c.talk_group, 0, coalesce(nullif(m.language, ''), k.language), v.title, v.html
    from conversations v join circles c on c.id = v.circle
    join members m on m.id = v.author cross join community k
    where v.id = :conversation and v.withdrawn = 0)";

void index_conversation(database::Write& write, Id<Conversation> conversation) {
    auto const row = database::maybe<IndexedRow>(write, conversation_as_it_is,
                                                 bind("conversation", conversation));
    if (!row) return database::take_from_search(write, found_conversations, conversation.value);
    put(write, found_conversations, conversation.value, *row,
        talk::text_without_quotes(row->words));
}

constexpr Sql by_public_id = "select id from conversations where public_id = :id";

void index_conversation(database::Write& write, PublicId const& conversation) {
    index_conversation(
        write, database::scalar<Id<Conversation>>(write, by_public_id, bind("id", conversation)));
}

constexpr Sql begun_by = "select id from conversations where author = :author order by id";

void index_conversations_of(database::Write& write, Id<Member> author) {
    for (auto const conversation : rows<Id<Conversation>>(write, begun_by, bind("author", author)))
        index_conversation(write, conversation);
}

constexpr Sql of_circle = "select id from conversations where circle = :circle order by id";

void unindex_circle(database::Write& write, Id<Circle> circle) {
    for (auto const conversation : rows<Id<Conversation>>(write, of_circle, bind("circle", circle)))
        database::take_from_search(write, found_conversations, conversation.value);
    database::take_from_search(write, found_circles, circle.value);
}

constexpr Sql later_circles = "select id from circles where id > :after order by id limit :at_most";
constexpr Sql later_conversations =
    "select id from conversations where id > :after order by id limit :at_most";

std::int64_t index_circles(database::Write& write, std::int64_t after, std::size_t at_most) {
    auto const some =
        rows<Id<Circle>>(write, later_circles, bind("after", after), bind("at_most", at_most));
    for (auto const circle : some) index_circle(write, circle);
    return some.size() < at_most ? 0 : some.back().value;
}

std::int64_t index_conversations(database::Write& write, std::int64_t after, std::size_t at_most) {
    auto const some = rows<Id<Conversation>>(write, later_conversations, bind("after", after),
                                             bind("at_most", at_most));
    for (auto const conversation : some) index_conversation(write, conversation);
    return some.size() < at_most ? 0 : some.back().value;
}

}  // namespace kith::circles
