#pragma once

#include <string>
#include <vector>

#include "members/member.hpp"
#include "web/call.hpp"
#include "web/slice.hpp"

namespace kith::members {

struct ProfileForm {
    std::string name;
    std::string pronouns;
    std::string about;
    bool listed = false;
};
BOOST_DESCRIBE_STRUCT(ProfileForm, (), (name, pronouns, about, listed))

/// What others see of you, and whether they find you.
struct ProfileSettingsPage {
    static constexpr std::string_view page = "members/profile-settings";
    MemberCard member;
    web::Field name;
    web::Field pronouns;
    web::Field about;
    bool listed = false;
    bool leads = false;  ///< seen by all members, as who leads is
    web::Field picture;
    std::string seen_by;
};
BOOST_DESCRIBE_STRUCT(ProfileSettingsPage, (),
                      (member, name, pronouns, about, listed, leads, picture, seen_by))

/// Light, dark, or whatever the device prefers.
enum class Theme { device, light, dark };
BOOST_DESCRIBE_ENUM(Theme, device, light, dark)

struct ReadingForm {
    std::string language;
    std::string zone;
    Theme theme = Theme::device;
    bool plain_letters = false;
    bool discreet = false;
};
BOOST_DESCRIBE_STRUCT(ReadingForm, (), (language, zone, theme, plain_letters, discreet))

/// One of several to choose from.
struct Option {
    std::string value;
    std::string label;
    bool chosen = false;
};
BOOST_DESCRIBE_STRUCT(Option, (), (value, label, chosen))

/// How you like your pages.
struct ReadingPage {
    static constexpr std::string_view page = "members/reading";
    std::vector<Option> languages;
    std::vector<Option> zones;
    Theme theme = Theme::device;
    bool plain_letters = false;
    bool discreet = false;
    web::Field language;
    web::Field zone;
};
BOOST_DESCRIBE_STRUCT(ReadingPage, (),
                      (languages, zones, theme, plain_letters, discreet, language, zone))

/// The languages that are complete, each by its own name.
[[nodiscard]] std::vector<Option> language_options(web::Site const& site, std::string_view chosen);
[[nodiscard]] std::vector<Option> zone_options(std::string_view chosen);
[[nodiscard]] bool is_complete_language(web::Site const& site, std::string_view language);

[[nodiscard]] std::vector<web::Route> profile_settings_routes();
[[nodiscard]] std::vector<web::Route> reading_routes();

}  // namespace kith::members
