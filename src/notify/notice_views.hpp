#pragma once

#include <boost/describe.hpp>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/public_id.hpp"

namespace kith::notify {

struct NoticeItem {
    PublicId id;
    std::string sentence;
    std::string url;
    std::string open_url;  ///< marks it as seen and leads to `url`
    std::string seen_url;
    bool is_new = false;
    std::string time;
    Time at{};
};
BOOST_DESCRIBE_STRUCT(NoticeItem, (), (id, sentence, url, open_url, seen_url, is_new, time, at))

struct NoticeDay {
    std::string day;
    std::vector<NoticeItem> items;
};
BOOST_DESCRIBE_STRUCT(NoticeDay, (), (day, items))

/// What the viewer was told, newest first. It counts nothing, and it ends.
struct NoticesPage {
    static constexpr std::string_view page = "notify/notices";
    std::vector<NoticeDay> days;
    bool anything_new = false;
    std::string up_to;  ///< names the newest one that the page shows
    std::optional<std::string> next;
    std::optional<std::string> next_url;
    bool address_refuses = false;
};
BOOST_DESCRIBE_STRUCT(NoticesPage, (), (days, anything_new, up_to, next, next_url, address_refuses))

struct SeenForm {
    std::string up_to;  ///< empty: whatever there is
};
BOOST_DESCRIBE_STRUCT(SeenForm, (), (up_to))

}  // namespace kith::notify
