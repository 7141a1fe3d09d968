#pragma once

#include <optional>
#include <string>
#include <vector>

#include "members/members.hpp"

namespace kith::members {

/// The job that takes a file away which nothing names any more; its payload is the file's name.
inline constexpr std::string_view remove_file_job = "members.remove_file";

/// Someone on the list of people.
struct PersonRow {
    Id<Member> id;
    PublicId public_id;
    std::string name;
    std::string pronouns;
    Role role = Role::member;
    bool has_avatar = false;
    std::string order;  ///< the name as the list is ordered by it
};
BOOST_DESCRIBE_STRUCT(PersonRow, (), (id, public_id, name, pronouns, role, has_avatar, order))

/// Who chose to be listed, and who leads, by name; those after the place `after`. It holds the name
/// that stood there, so that nobody's new name moves where others go on.
[[nodiscard]] std::vector<PersonRow> list_people(database::Read& read, Viewer const& viewer,
                                                 Seal::Place const& after, std::size_t at_most);

/// A few members, whoever they are: what the non-interference test asks for.
[[nodiscard]] std::vector<PublicId> some_members(database::Read& read, Viewer const& viewer);

/// The file of a member's picture, for themselves and for members who are not apart from them, or
/// who meet them in a room where nobody can be invisible: it stands beside what they wrote.
[[nodiscard]] std::optional<std::string> avatar_file(database::Read& read, Viewer const& viewer,
                                                     PublicId const& member);

/// What members say of themselves.
struct OwnWords {
    std::string name;
    std::string pronouns;
    std::string about;
    bool listed = false;
};
BOOST_DESCRIBE_STRUCT(OwnWords, (), (name, pronouns, about, listed))
void set_own_words(database::Write& write, Id<Member> member, OwnWords const& words);

/// Sets the picture, or none; the file of the one before is removed once the deed is durable.
void set_avatar(database::Write& write, Id<Member> member, std::optional<std::string> const& file);

/// How a member likes their pages.
struct ReadingWishes {
    std::string language = {};  ///< empty: the browser's
    std::string zone = {};      ///< empty: the community's
    std::string theme = {};     ///< "", "light" or "dark"
    bool plain_letters = false;
    bool discreet = false;
};
BOOST_DESCRIBE_STRUCT(ReadingWishes, (), (language, zone, theme, plain_letters, discreet))
void set_reading(database::Write& write, Id<Member> member, ReadingWishes const& wishes);

/// Says whether anything that the member published can be read: then members may see who wrote it.
void set_author(database::Write& write, Id<Member> member, bool published);
[[nodiscard]] bool is_author(database::Read& read, Viewer const& viewer, Id<Member> member);

}  // namespace kith::members
