#include "members/profiles_store.hpp"

#include "base/limits.hpp"
#include "database/jobs.hpp"
#include "members/search_store.hpp"

namespace kith::members {

using database::bind;
using database::Sql;

constexpr Sql people = R"(
    select m.id, m.public_id, m.name, m.pronouns, m.role,
           case when m.avatar is null then 0 else 1 end, lower(m.name)
    from members m
    where m.state = 'active' and (m.listed = 1 or m.role <> 'member') and :viewer <> 0
      and (:after = 0 or (lower(m.name), m.id) > (:after_name, :after))
      and not exists (select 1 from separations s where s.viewer = :viewer and s.other = m.id)
    order by lower(m.name), m.id limit :at_most)";

std::vector<PersonRow> list_people(database::Read& read, Viewer const& viewer,
                                   Seal::Place const& after, std::size_t at_most) {
    return database::rows<PersonRow>(read, people, bind("viewer", viewer.member),
                                     bind("after", after.position), bind("after_name", after.words),
                                     bind("at_most", at_most));
}

constexpr Sql some = R"(
    select public_id from members where :sees_all = 1 order by id limit :at_most)";

std::vector<PublicId> some_members(database::Read& read, Viewer const& viewer) {
    return database::rows<PublicId>(read, some, bind("sees_all", viewer.is_server()),
                                    bind("at_most", limits::page_items));
}

constexpr Sql avatar = R"(
    select m.avatar from members m
    where m.public_id = :member and m.avatar is not null
      and (m.id = :viewer or :viewer = -1
           or (:viewer > 0 and m.state = 'active'
               and (exists (select 1 from small_rooms r
                            where r.viewer = :viewer and r.other = m.id)
                    or not exists (select 1 from separations s
                                   where s.viewer = :viewer and s.other = m.id)))))";

std::optional<std::string> avatar_file(database::Read& read, Viewer const& viewer,
                                       PublicId const& member) {
    return database::maybe<std::string>(read, avatar, bind("member", member),
                                        bind("viewer", viewer.member));
}

constexpr Sql change_words = R"(
    update members set name = :name, pronouns = :pronouns, about = :about, listed = :listed
    where id = :member)";

void set_own_words(database::Write& write, Id<Member> member, OwnWords const& words) {
    database::execute(write, change_words, bind("name", words.name),
                      bind("pronouns", words.pronouns), bind("about", words.about),
                      bind("listed", words.listed), bind("member", member));
    index_member(write, member);
}

constexpr Sql avatar_so_far = R"(
    select avatar from members where id = :member and avatar is not null)";
constexpr Sql change_avatar = "update members set avatar = :file where id = :member";

void set_avatar(database::Write& write, Id<Member> member, std::optional<std::string> const& file) {
    auto const old = database::maybe<std::string>(write, avatar_so_far, bind("member", member));
    database::execute(write, change_avatar, bind("file", file), bind("member", member));
    if (old) database::enqueue(write, std::string(remove_file_job), *old, Time{});
}

constexpr Sql change_reading = R"(
    update members set language = :language, zone = :zone, theme = :theme,
        plain_letters = :plain_letters, discreet = :discreet
    where id = :member)";

void set_reading(database::Write& write, Id<Member> member, ReadingWishes const& wishes) {
    database::execute(write, change_reading, bind("language", wishes.language),
                      bind("zone", wishes.zone), bind("theme", wishes.theme),
                      bind("plain_letters", wishes.plain_letters),
                      bind("discreet", wishes.discreet), bind("member", member));
}

constexpr Sql change_author = "update members set author = :published where id = :member";
constexpr Sql author = R"(
    select author from members where id = :member and (id = :viewer or :viewer = -1))";

void set_author(database::Write& write, Id<Member> member, bool published) {
    database::execute(write, change_author, bind("published", published), bind("member", member));
}

bool is_author(database::Read& read, Viewer const& viewer, Id<Member> member) {
    return database::maybe<bool>(read, author, bind("member", member),
                                 bind("viewer", viewer.member))
        .value_or(false);
}

}  // namespace kith::members
