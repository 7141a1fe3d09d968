#pragma once

#include <optional>
#include <string>
#include <vector>

#include "members/members.hpp"
#include "web/slice.hpp"

namespace kith::members {

/// What is in a copy of everything, and the one button that makes it.
struct CopyPage {
    static constexpr std::string_view page = "members/copy";
    bool fresh = false;  ///< else the copy asks who it is first
    std::string again_url;
};
BOOST_DESCRIBE_STRUCT(CopyPage, (), (fresh, again_url))

/// What members say of themselves, in the archive that they take away.
struct ExportedProfile {
    std::string name;
    std::string pronouns;
    std::string about;
    Role role = Role::member;
    bool listed = false;
    std::string language;
    std::string zone;
    std::string theme;
    bool plain_letters = false;
    bool discreet = false;
    Time joined_at{};
    std::int64_t agreement_version = 0;
    std::optional<std::string> picture;  ///< the file beside this one
};
BOOST_DESCRIBE_STRUCT(ExportedProfile, (),
                      (name, pronouns, about, role, listed, language, zone, theme, plain_letters,
                       discreet, joined_at, agreement_version, picture))

/// An invitation that the member made; never who used it.
struct ExportedInvitation {
    std::string note;
    Time made_at{};
    bool used = false;
};
BOOST_DESCRIBE_STRUCT(ExportedInvitation, (), (note, made_at, used))
struct ExportedInvitations {
    std::vector<ExportedInvitation> invitations;
};
BOOST_DESCRIBE_STRUCT(ExportedInvitations, (), (invitations))

/// Puts the member's profile, picture and invitations into the archive.
void export_profile(web::Site& site, database::Read& read, Id<Member> member,
                    web::Archive& archive);

/// Everything of the member's own from every room, as one zip with a page that lists it.
[[nodiscard]] std::string zip_of(web::Site& site, web::Archive const& archive,
                                 std::string_view language);

[[nodiscard]] std::vector<web::Route> copy_routes();

}  // namespace kith::members
