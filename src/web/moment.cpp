#include "web/moment.hpp"

#include <unicode/basictz.h>
#include <unicode/dtptngen.h>
#include <unicode/reldatefmt.h>
#include <unicode/simpleformatter.h>
#include <unicode/smpdtfmt.h>
#include <unicode/tztrans.h>

#include <array>
#include <limits>
#include <memory>
#include <optional>
#include <stdexcept>
#include <unordered_map>
#include <vector>

#include "base/limits.hpp"

namespace kith::web {

namespace {

using namespace std::chrono_literals;
using Days = std::chrono::sys_days;
using std::chrono::milliseconds;

constexpr auto weekday_told = 6;  ///< days before and after today that go by their weekday

void must(UErrorCode status) {
    if (U_FAILURE(status) != 0)
        throw std::runtime_error(std::string("the Unicode library: ") + u_errorName(status));
}

UDate icu_date(Time time) {
    return static_cast<UDate>(std::chrono::floor<milliseconds>(time).time_since_epoch().count());
}

std::chrono::minutes minutes_of(Time local) {
    using std::chrono::floor;
    return floor<std::chrono::minutes>(local - floor<std::chrono::days>(local));
}

/// The zone's distance from UTC, asked of ICU once for each stretch between two changes.
class Zone {
public:
    explicit Zone(std::string const& name)
        : zone_(icu::TimeZone::createTimeZone(icu::UnicodeString::fromUTF8(name))) {
        if (*zone_ == icu::TimeZone::getUnknown()) zone_.reset(icu::TimeZone::getGMT()->clone());
    }

    [[nodiscard]] Time local(Time time) {
        auto const at = icu_date(time);
        if (!(at >= from_ && at < until_)) look_up(at);
        return time + offset_;
    }

private:
    void look_up(UDate at) {
        auto status = U_ZERO_ERROR;
        int32_t raw = 0;
        int32_t summer = 0;
        zone_->getOffset(at, 0, raw, summer, status);
        must(status);
        offset_ = milliseconds(raw + summer);
        from_ = at;
        until_ = at + 1;
        auto const* rules = dynamic_cast<icu::BasicTimeZone const*>(zone_.get());
        if (rules == nullptr) return;
        // A zone without a change before (or after) has always been (or stays) as it is.
        constexpr auto ever = std::numeric_limits<UDate>::infinity();
        icu::TimeZoneTransition change;
        from_ = rules->getPreviousTransition(at, 1, change) != 0 ? change.getTime() : -ever;
        until_ = rules->getNextTransition(at, 0, change) != 0 ? change.getTime() : ever;
    }

    std::unique_ptr<icu::TimeZone> zone_;
    UDate from_ = 0;
    UDate until_ = 0;
    milliseconds offset_{0};
};

/// How a day is called; made once a day and language.
struct DayNames {
    std::string weekday;
    std::string date;
    std::string long_date;
};

/// What a language calls days and times of day, kept once said.
class Calendar {
public:
    explicit Calendar(std::string const& language)
        // Bare English would be American: 12 hours and the month first.
        : locale_(language == "en" ? "en_GB" : language.c_str()), times_(24ul * 60) {
        auto status = U_ZERO_ERROR;
        std::unique_ptr<icu::DateTimePatternGenerator> const patterns(
            icu::DateTimePatternGenerator::createInstance(locale_, status));
        must(status);
        weekday_ = format_for(*patterns, u"cccc");
        date_ = format_for(*patterns, u"dMMMM");
        long_date_ = format_for(*patterns, u"dMMMMy");
        time_ = format_for(*patterns, u"jm");
        read_today();
        read_joint(patterns->getDateTimeFormat());
    }

    [[nodiscard]] std::string const& time_of_day(std::chrono::minutes minutes) {
        auto& text = times_.at(static_cast<std::size_t>(minutes.count()));
        if (text.empty()) text = formatted(*time_, Time(minutes));
        return text;
    }

    [[nodiscard]] DayNames const& day(Days day) {
        auto const key = day.time_since_epoch().count();
        auto const found = days_.find(key);
        if (found != days_.end()) return found->second;
        if (days_.size() >= limits::days_kept_max) days_.clear();
        return days_
            .emplace(key, DayNames{formatted(*weekday_, day), formatted(*date_, day),
                                   formatted(*long_date_, day)})
            .first->second;
    }

    [[nodiscard]] std::string const& today() const { return today_; }

    void write_day_and_time(std::string& out, std::string const& day, Time local) {
        auto const& time = time_of_day(minutes_of(local));
        out += joint_[0];
        out += time_first_ ? time : day;
        out += joint_[1];
        out += time_first_ ? day : time;
        out += joint_[2];
    }

private:
    using Format = std::unique_ptr<icu::SimpleDateFormat>;

    [[nodiscard]] Format format_for(icu::DateTimePatternGenerator& patterns,
                                    char16_t const* skeleton) const {
        auto status = U_ZERO_ERROR;
        auto const pattern = patterns.getBestPattern(skeleton, status);
        must(status);
        auto format = std::make_unique<icu::SimpleDateFormat>(pattern, locale_, status);
        must(status);
        format->setTimeZone(*icu::TimeZone::getGMT());
        return format;
    }

    static std::string formatted(icu::SimpleDateFormat& format, Time local) {
        icu::UnicodeString text;
        std::string utf8;
        format.format(icu_date(local), text).toUTF8String(utf8);
        return utf8;
    }

    void read_today() {
        auto status = U_ZERO_ERROR;
        icu::RelativeDateTimeFormatter const words(
            locale_, nullptr, UDAT_STYLE_LONG, UDISPCTX_CAPITALIZATION_FOR_BEGINNING_OF_SENTENCE,
            status);
        icu::UnicodeString text;
        words.format(UDAT_DIRECTION_THIS, UDAT_ABSOLUTE_DAY, text, status);
        must(status);
        text.toUTF8String(today_);
    }

    /// "{1}, {0}": what stands before the day, between day and time, and after the time.
    void read_joint(icu::UnicodeString const& pattern) {
        auto status = U_ZERO_ERROR;
        icu::SimpleFormatter const joint(pattern, 2, 2, status);
        icu::UnicodeString text;
        std::string joined;
        joint.format(u"\x01", u"\x02", text, status).toUTF8String(joined);
        must(status);
        auto const first = joined.find_first_of("\x01\x02");
        auto const second = joined.find_first_of("\x01\x02", first + 1);
        time_first_ = joined.at(first) == '\x01';
        joint_ = {joined.substr(0, first), joined.substr(first + 1, second - first - 1),
                  joined.substr(second + 1)};
    }

    icu::Locale locale_;
    Format weekday_;
    Format date_;
    Format long_date_;
    Format time_;
    std::string today_;
    std::array<std::string, 3> joint_;
    bool time_first_ = false;
    std::vector<std::string> times_;
    std::unordered_map<Days::rep, DayNames> days_;
};

/// ICU's formatters may not be shared between threads and cost 100 µs to make: each thread keeps
/// its own. Nothing in here changes what is said.
class Kept {
public:
    Zone& zone(std::string const& name) { return zones_.get(name); }
    Calendar& calendar(std::string const& language) { return calendars_.get(language); }

private:
    /// By name; a page asks for the same one again and again.
    template <class Thing>
    class ByName {
    public:
        Thing& get(std::string const& name) {
            if (last_ != nullptr && last_->first == name) return last_->second;
            auto found = things_.find(name);
            if (found == things_.end()) {
                if (things_.size() >= limits::zones_kept_max) things_.clear();
                found = things_.emplace(name, Thing(name)).first;
            }
            last_ = &*found;
            return last_->second;
        }

    private:
        std::unordered_map<std::string, Thing> things_;
        typename std::unordered_map<std::string, Thing>::value_type* last_ = nullptr;
    };

    ByName<Zone> zones_;
    ByName<Calendar> calendars_;
};

Kept& kept() {
    thread_local Kept of_this_thread;
    return of_this_thread;
}

void append_two_digits(std::string& out, unsigned number) {
    out += static_cast<char>('0' + number / 10 % 10);
    out += static_cast<char>('0' + number % 10);
}

}  // namespace

void write_moment(std::string& out, Time time, Reading const& reading) {
    auto& zone = kept().zone(reading.zone);
    auto& calendar = kept().calendar(reading.language);
    auto const local = zone.local(time);
    auto const day = std::chrono::floor<std::chrono::days>(local);
    auto const today = std::chrono::floor<std::chrono::days>(zone.local(reading.now));
    auto const distance = (day - today).count();
    if (distance == 0) return calendar.write_day_and_time(out, calendar.today(), local);
    auto const& names = calendar.day(day);
    if (distance >= -weekday_told && distance <= weekday_told)
        return calendar.write_day_and_time(out, names.weekday, local);
    bool const this_year =
        std::chrono::year_month_day(day).year() == std::chrono::year_month_day(today).year();
    out += this_year ? names.date : names.long_date;
}

void write_date(std::string& out, Time time, Reading const& reading) {
    auto const local = kept().zone(reading.zone).local(time);
    auto const day = std::chrono::floor<std::chrono::days>(local);
    out += kept().calendar(reading.language).day(day).long_date;
}

void write_time_of_day(std::string& out, Time time, Reading const& reading) {
    auto const local = kept().zone(reading.zone).local(time);
    out += kept().calendar(reading.language).time_of_day(minutes_of(local));
}

void write_rfc3339(std::string& out, Time time) {
    auto const day = std::chrono::floor<std::chrono::days>(time);
    std::chrono::year_month_day const date(day);
    auto const minutes = static_cast<unsigned>(minutes_of(time).count());
    auto const year = static_cast<unsigned>(static_cast<int>(date.year()));
    append_two_digits(out, year / 100);
    append_two_digits(out, year % 100);
    out += '-';
    append_two_digits(out, static_cast<unsigned>(date.month()));
    out += '-';
    append_two_digits(out, static_cast<unsigned>(date.day()));
    out += 'T';
    append_two_digits(out, minutes / 60);
    out += ':';
    append_two_digits(out, minutes % 60);
    out += ":00Z";
}

}  // namespace kith::web
