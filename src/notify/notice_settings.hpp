#pragma once

#include <boost/describe.hpp>
#include <optional>
#include <string>
#include <vector>

#include "notify/notice_wishes.hpp"
#include "web/call.hpp"
#include "web/route.hpp"

namespace kith::notify {

struct NoticeSettingsForm {
    std::vector<std::string> ways;  ///< "talk.replied=at_once"; kinds left out stay
    bool mail = false;
    Wording wording = Wording::neutral;
    std::string digest_at;
    std::string quiet_from;
    std::string quiet_until;
};
BOOST_DESCRIBE_STRUCT(NoticeSettingsForm, (),
                      (ways, mail, wording, digest_at, quiet_from, quiet_until))

struct WayOption {
    std::string value;
    std::string label;
    bool chosen = false;
};
BOOST_DESCRIBE_STRUCT(WayOption, (), (value, label, chosen))

struct KindChoice {
    std::string kind;
    std::string sentence;
    NoticeWay way = NoticeWay::digest;
    std::vector<WayOption> options;
};
BOOST_DESCRIBE_STRUCT(KindChoice, (), (kind, sentence, way, options))

struct KindGroup {
    std::string title;
    std::vector<KindChoice> kinds;
};
BOOST_DESCRIBE_STRUCT(KindGroup, (), (title, kinds))

/// How a member is told of what, and when.
struct NoticeSettingsPage {
    static constexpr std::string_view page = "notify/notice-settings";
    std::vector<KindGroup> groups;
    bool mail = true;
    std::optional<std::string> address;
    bool address_refuses = false;
    Wording wording = Wording::neutral;
    web::Field digest_at;
    web::Field quiet_from;
    web::Field quiet_until;
    std::string zone;
    std::string seen_by;
    bool own_device = false;  ///< only such a one is told by push
    bool push_on = false;
    std::string push_key;
};
BOOST_DESCRIBE_STRUCT(NoticeSettingsPage, (),
                      (groups, mail, address, address_refuses, wording, digest_at, quiet_from,
                       quiet_until, zone, seen_by, own_device, push_on, push_key))

[[nodiscard]] std::vector<web::Route> notice_settings_routes();

}  // namespace kith::notify
