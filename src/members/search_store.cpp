#include "members/search_store.hpp"

#include <array>

#include "base/limits.hpp"
#include "base/markdown.hpp"

namespace kith::members {

using database::bind;
using database::SearchScope;
using database::Sql;

// Who is in the list of people is said here as in profiles_store.
constexpr Sql found = database::in_found<R"(
    select f.id, m.public_id, m.name, m.pronouns, m.about, m.role
    from found f cross join members m
    where m.id = f.thing and :viewer > 0
      and m.state = 'active' and (m.listed = 1 or m.role <> 'member')
      and not exists (select 1 from separations s where s.viewer = :viewer and s.other = m.id)
    order by f.id desc limit :at_most)">;

std::vector<FoundMemberRow> find_members(database::Read& read, Viewer const& viewer,
                                         std::string_view language, web::SearchWish const& wish) {
    std::array const scopes{SearchScope::members()};
    auto const by =
        database::found_by(read, wish.query, wish.last, found_members, scopes, language);
    return database::rows<FoundMemberRow>(
        read, found, bind("found", by), bind("before", wish.before), bind("viewer", viewer.member),
        bind("at_most", wish.at_most));
}

namespace {

struct IndexedRow {
    std::string language;
    std::string name;
    std::string pronouns;
    std::string about;
};
BOOST_DESCRIBE_STRUCT(IndexedRow, (), (language, name, pronouns, about))

}  // namespace

constexpr Sql to_be_seen = R"(
    select coalesce(nullif(m.language, ''), k.language), m.name, m.pronouns, m.about
    from members m cross join community k
    where m.id = :member and m.state = 'active' and (m.listed = 1 or m.role <> 'member'))";

void index_member(database::Write& write, Id<Member> member) {
    auto const row = database::maybe<IndexedRow>(write, to_be_seen, bind("member", member));
    if (!row) return database::take_from_search(write, found_members, member.value);
    auto const words =
        database::search_words(row->name + "\n" + row->pronouns + "\n" +
                               plain_text_of_markdown(row->about, limits::about_characters_max));
    database::put_in_search(
        write, {found_members, member.value, SearchScope::members(), row->language, words});
}

constexpr Sql later = "select id from members where id > :after order by id limit :at_most";

std::int64_t index_members(database::Write& write, std::int64_t after, std::size_t at_most) {
    auto const members =
        database::rows<Id<Member>>(write, later, bind("after", after), bind("at_most", at_most));
    for (auto const member : members) index_member(write, member);
    return members.size() < at_most ? 0 : members.back().value;
}

}  // namespace kith::members
