#include "app/import_nodebb.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <cstdlib>
#include <set>

#include "app/import_text.hpp"
#include "base/text.hpp"
#include "web/command.hpp"

namespace kith::app {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;
using web::CommandRefused;

/// A value as text: MongoDB writes numbers as such, as text, or as {"$numberLong": "7"}.
std::string text_of(json::value const& value) {
    if (value.is_string()) return std::string(value.get_string());
    if (value.is_int64()) return std::to_string(value.get_int64());
    if (value.is_uint64()) return std::to_string(value.get_uint64());
    if (value.is_double()) {
        constexpr double most = 9'000'000'000'000'000;  // whole numbers up to there
        auto const number = value.get_double();
        return std::abs(number) <= most ? std::to_string(static_cast<std::int64_t>(number)) : "";
    }
    if (value.is_bool()) return value.get_bool() ? "1" : "0";
    if (value.is_object() && value.get_object().size() == 1) {
        auto const& only = *value.get_object().begin();
        if (only.key().starts_with("$number")) return text_of(only.value());
    }
    return {};
}

std::string text_in(json::object const& object, std::string_view name) {
    auto const* const found = object.if_contains(name);
    return found == nullptr ? std::string() : text_of(*found);
}

std::int64_t number_of(std::string const& text) { return std::strtoll(text.c_str(), nullptr, 10); }

std::int64_t number_in(json::object const& object, std::string_view name) {
    return number_of(text_in(object, name));
}

/// The rest of a key such as "post:17", if it is a number's.
std::string id_in(std::string_view key, std::string_view begin) {
    if (!key.starts_with(begin)) return {};
    auto const rest = key.substr(begin.size());
    bool const digits = !rest.empty() && std::all_of(rest.begin(), rest.end(),
                                                     [](char c) { return c >= '0' && c <= '9'; });
    return digits ? std::string(rest) : std::string();
}

/// The category that the members of this set may read; none for another set.
std::string readable_category(std::string_view key) {
    constexpr std::string_view begin = "group:cid:";
    constexpr std::string_view end = ":privileges:groups:topics:read:members";
    if (!key.starts_with(begin) || !key.ends_with(end)) return {};
    return std::string(key.substr(begin.size(), key.size() - begin.size() - end.size()));
}

std::optional<Time> time_of(std::int64_t milliseconds) {
    constexpr std::int64_t year_9999 = 253'402'300'799'000;
    if (milliseconds <= 0 || milliseconds > year_9999) return std::nullopt;
    return Time(std::chrono::milliseconds(milliseconds));
}

struct Post {
    ImportPost post;
    std::string topic;
};

struct Topic {
    ImportTopic topic;
    std::string category;
    std::string main_post;
};

class Export {
public:
    explicit Export(ImportReport& report) : report_(report) {}

    void read(fs::path const& path) {
        LineReader reader(path);
        while (reader.next()) {
            auto line = trim(reader.line());
            while (!line.empty() && (line.front() == '[' || line.front() == ','))
                line.remove_prefix(1);
            while (!line.empty() && (line.back() == ',' || line.back() == ']'))
                line.remove_suffix(1);
            if (trim(line).empty()) continue;
            if (reader.cut()) {
                report_.fault(reader.number(), "too long to be read");
                continue;
            }
            take_line(line, reader.number());
        }
        if (posts_.empty() && people_.empty())
            throw CommandRefused(path.string() +
                                 " is no export of NodeBB's objects: nobody is in it.");
    }

    ImportForum forum() {
        ImportForum forum;
        for (auto& each : people_) forum.people.push_back(std::move(each.second));
        // By number: that is the order in which they were written.
        for (auto& each : posts_) place(each.second);
        for (auto& each : topics_) {
            auto& topic = each.second;
            if (!readable_.contains(topic.category) || disabled_.contains(topic.category)) {
                report_.leave_out("topics of categories that not everybody could read");
            } else if (open_first(topic)) {
                forum.topics.push_back(std::move(topic.topic));
            }
        }
        return forum;
    }

private:
    void take_line(std::string_view line, std::size_t number) {
        boost::system::error_code failure;
        json::parse_options options;
        options.allow_invalid_utf8 = true;
        options.max_depth = 16;
        auto const value = json::parse(line, failure, {}, options);
        if (failure || !value.is_object()) return report_.fault(number, "no object of JSON");
        auto const& object = value.get_object();
        auto const key = text_in(object, "_key");
        if (auto const id = id_in(key, "user:"); !id.empty()) take_user(object, id, number);
        if (auto const id = id_in(key, "topic:"); !id.empty()) take_topic(object, id, number);
        if (auto const id = id_in(key, "post:"); !id.empty()) take_post(object, id, number);
        // Nobody reads there, whatever its privileges say.
        if (auto const id = id_in(key, "category:");
            !id.empty() && number_in(object, "disabled") != 0)
            disabled_.insert(id);
        auto const group = text_in(object, "value");
        auto const category = readable_category(key);
        if (!category.empty() && (group == "registered-users" || group == "guests"))
            readable_.insert(category);
    }

    void take_user(json::object const& object, std::string const& id, std::size_t line) {
        if (number_in(object, "banned") != 0)
            return report_.leave_out("people who had been banned");
        ImportPerson person;
        person.id = id;
        person.name = text_in(object, "username");
        if (number_in(object, "email:confirmed") == 1) person.email = text_in(object, "email");
        person.joined_at = time_of(number_in(object, "joindate"));
        person.line = line;
        people_.emplace(number_of(id), std::move(person));
    }

    void take_topic(json::object const& object, std::string const& id, std::size_t line) {
        if (number_in(object, "deleted") != 0 || number_in(object, "scheduled") != 0)
            return report_.leave_out("topics that were deleted or unlisted");
        Topic topic;
        topic.topic.id = id;
        topic.topic.title = text_in(object, "title");
        topic.topic.closed = number_in(object, "locked") != 0;
        topic.topic.line = line;
        topic.category = text_in(object, "cid");
        topic.main_post = text_in(object, "mainPid");
        topics_.emplace(number_of(id), std::move(topic));
    }

    void take_post(json::object const& object, std::string const& id, std::size_t line) {
        if (number_in(object, "deleted") != 0)
            return report_.leave_out("posts that were deleted or hidden");
        auto const at = time_of(number_in(object, "timestamp"));
        if (!at) return report_.fault(line, "a post without a date that can be read");
        Post post;
        post.post = {id,  text_in(object, "uid"),   text_in(object, "content"),
                     *at, text_in(object, "toPid"), line};
        post.topic = text_in(object, "tid");
        posts_.emplace(number_of(id), std::move(post));
    }

    void place(Post& post) {
        auto const topic = topics_.find(number_of(post.topic));
        if (topic == topics_.end()) return;
        topic->second.topic.posts.push_back(std::move(post.post));
    }

    /// Puts the post that opened the topic first; false where it isn't there.
    static bool open_first(Topic& topic) {
        auto& posts = topic.topic.posts;
        auto const opening = std::find_if(posts.begin(), posts.end(), [&](ImportPost const& post) {
            return post.id == topic.main_post;
        });
        if (opening == posts.end()) return false;
        std::rotate(posts.begin(), opening, opening + 1);
        return true;
    }

    ImportReport& report_;
    std::map<std::int64_t, ImportPerson> people_;
    std::map<std::int64_t, Topic> topics_;
    std::map<std::int64_t, Post> posts_;
    std::set<std::string> readable_;
    std::set<std::string> disabled_;
};

}  // namespace

ImportForum read_nodebb(fs::path const& path, ImportReport& report) {
    Export objects(report);
    objects.read(path);
    return objects.forum();
}

}  // namespace kith::app
