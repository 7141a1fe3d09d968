#include "web/response_head.hpp"

#include <boost/beast/http/status.hpp>
#include <charconv>
#include <cstdio>

namespace kith::web {
namespace {

void append_number(std::string& out, std::size_t number) {
    std::array<char, 20> digits{};
    auto const end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
    out.append(digits.data(), end);
}

}  // namespace

std::string http_date(std::chrono::sys_seconds moment) {
    using namespace std::chrono;
    // Not strftime: its names of days and months follow the locale.
    constexpr std::array day_names{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    constexpr std::array month_names{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    auto const day = floor<days>(moment);
    year_month_day const date{day};
    hh_mm_ss const time{moment - day};
    std::array<char, 64> text{};
    auto const size = std::snprintf(
        text.data(), text.size(), "%s, %02u %s %04d %02d:%02d:%02d GMT",
        day_names[weekday{day}.c_encoding()], static_cast<unsigned>(date.day()),
        month_names[static_cast<unsigned>(date.month()) - 1], static_cast<int>(date.year()),
        static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()),
        static_cast<int>(time.seconds().count()));
    return {text.data(), static_cast<std::size_t>(size)};
}

std::string_view body_of(HttpResponse const& response) {
    return response.body ? std::string_view(*response.body) : response.static_body;
}

bool may_have_body(unsigned status) { return status >= 200 && status != 204 && status != 304; }

bool headers_are_safe(Headers const& headers) {
    auto const splits = [](char c) { return c == '\r' || c == '\n' || c == '\0'; };
    return std::none_of(headers.begin(), headers.end(), [&](auto const& line) {
        return std::any_of(line.first.begin(), line.first.end(), splits) ||
               std::any_of(line.second.begin(), line.second.end(), splits);
    });
}

void append_head(std::string& out, HttpResponse const& response, std::string_view date,
                 ConnectionWord word) {
    auto const reason =
        boost::beast::http::obsolete_reason(boost::beast::http::int_to_status(response.status));
    out += "HTTP/1.1 ";
    append_number(out, response.status);
    out += ' ';
    out.append(reason.data(), reason.size());
    out += "\r\ndate: ";
    out += date;
    for (auto const& [name, value] : response.headers) {
        out += "\r\n";
        out += name;
        out += ": ";
        out += value;
    }
    if (may_have_body(response.status) && !response.stream) {
        out += "\r\ncontent-length: ";
        append_number(out, body_of(response).size());
    }
    if (word == ConnectionWord::close) out += "\r\nconnection: close";
    if (word == ConnectionWord::keep_alive) out += "\r\nconnection: keep-alive";
    out += "\r\n\r\n";
}

}  // namespace kith::web
