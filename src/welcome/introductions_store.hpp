#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/viewer.hpp"
#include "database/session.hpp"
#include "members/member.hpp"
#include "talk/talk.hpp"

namespace kith::welcome {

struct Introduction;  // the tag of Id<Introduction>

/// How somebody says hello, as the viewer may read it.
struct IntroductionRow {
    Id<Introduction> id;
    PublicId public_id;
    Id<talk::Discussion> discussion;
    PublicId discussion_id;
    Id<Member> author;
    PublicId author_id;
    std::string author_name;
    Role author_role = Role::member;
    bool author_has_avatar = false;
    bool author_has_page = false;
    std::optional<std::string> greeter_name;
    std::string markdown;
    std::string html;
    Time written_at{};
};
BOOST_DESCRIBE_STRUCT(IntroductionRow, (),
                      (id, public_id, discussion, discussion_id, author, author_id, author_name,
                       author_role, author_has_avatar, author_has_page, greeter_name, markdown,
                       html, written_at))
[[nodiscard]] std::optional<IntroductionRow> find_introduction(database::Read& read,
                                                               Viewer const& viewer,
                                                               PublicId const& introduction);
/// The viewer's own.
[[nodiscard]] std::optional<IntroductionRow> own_introduction(database::Read& read,
                                                              Viewer const& viewer);

struct IntroductionToAdd {
    PublicId public_id;
    Id<Member> author;
    Id<talk::Discussion> discussion;
    std::optional<Id<Member>> greeter;
    std::string markdown;
    std::string html;
    Time at{};
};
void insert_introduction(database::Write& write, IntroductionToAdd const& introduction);
void change_introduction(database::Write& write, Id<Introduction> introduction,
                         std::string_view markdown, std::string_view html);
void delete_introduction(database::Write& write, Id<Introduction> introduction);

/// One that nobody has answered, as far as its author and the viewer can see.
struct WaitingIntroductionRow {
    PublicId public_id;
    std::string author_name;
    Time written_at{};
};
BOOST_DESCRIBE_STRUCT(WaitingIntroductionRow, (), (public_id, author_name, written_at))
/// For greeters and stewards, and for guides where it has come to them; the oldest first.
[[nodiscard]] std::vector<WaitingIntroductionRow> waiting_introductions(database::Read& read,
                                                                        Viewer const& viewer);
/// The words of a discussion's introduction; for the server alone.
[[nodiscard]] std::optional<IntroductionRow> introduction_of(database::Read& read,
                                                             Viewer const& viewer,
                                                             PublicId const& discussion);

/// Forgets what a member wrote, and whom others asked by their name.
void forget_introductions_of(database::Write& write, Id<Member> member);
[[nodiscard]] std::vector<std::string> all_introduction_ids(database::Read& read);

}  // namespace kith::welcome
