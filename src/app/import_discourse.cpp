#include "app/import_discourse.hpp"

#include <algorithm>
#include <cstdlib>
#include <set>
#include <sstream>

#include "app/import_text.hpp"
#include "base/text.hpp"
#include "web/command.hpp"

namespace kith::app {
namespace {

namespace fs = std::filesystem;
using web::CommandRefused;
using Fields = std::vector<std::optional<std::string>>;

constexpr std::string_view row_end = "\\.";

/// A field of PostgreSQL's COPY, as it was before it was written on one line.
std::optional<std::string> plain_field(std::string_view field) {
    if (field == "\\N") return std::nullopt;
    std::string plain;
    for (std::size_t at = 0; at < field.size(); ++at) {
        if (field[at] != '\\' || at + 1 == field.size()) {
            plain += field[at];
            continue;
        }
        constexpr std::string_view written = "bfnrtv";
        constexpr std::string_view meant = "\b\f\n\r\t\v";
        auto const which = written.find(field[++at]);
        plain += which == std::string_view::npos ? field[at] : meant[which];
    }
    return plain;
}

Fields fields_of(std::string_view line) {
    Fields fields;
    for (;;) {
        auto const end = line.find('\t');
        fields.push_back(plain_field(line.substr(0, end)));
        if (end == std::string_view::npos) return fields;
        line.remove_prefix(end + 1);
    }
}

/// A table of the dump: where each of its columns stands.
struct CopyTable {
    std::string name;
    std::map<std::string, std::size_t> columns;
};

/// The table that "COPY public.users (id, name) FROM stdin;" begins.
std::optional<CopyTable> table_begun(std::string_view line) {
    if (!line.starts_with("COPY ") || !line.ends_with(" FROM stdin;")) return std::nullopt;
    auto const open = line.find(" (");
    auto const close = line.rfind(')');
    if (open == std::string_view::npos || close == std::string_view::npos || close < open)
        return std::nullopt;
    auto name = line.substr(5, open - 5);
    if (name.starts_with("public.")) name.remove_prefix(7);
    CopyTable table{std::string(name), {}};
    std::istringstream list(std::string(line.substr(open + 2, close - open - 2)));
    for (std::string column; std::getline(list, column, ',');) {
        std::erase_if(column, [](char c) { return c == ' ' || c == '"'; });
        table.columns.emplace(column, table.columns.size());
    }
    return table;
}

/// One row; what a dump of another version lacks is empty.
class Row {
public:
    Row(CopyTable const& table, Fields const& fields) : table_(table), fields_(fields) {}

    [[nodiscard]] bool is_null(std::string const& column) const {
        auto const* const field = find(column);
        return field == nullptr || !field->has_value();
    }
    [[nodiscard]] std::string text(std::string const& column) const {
        auto const* const field = find(column);
        return field == nullptr ? std::string() : field->value_or("");
    }
    [[nodiscard]] bool is_true(std::string const& column) const { return text(column) == "t"; }

private:
    [[nodiscard]] std::optional<std::string> const* find(std::string const& column) const {
        auto const at = table_.columns.find(column);
        return at == table_.columns.end() ? nullptr : &fields_[at->second];
    }

    CopyTable const& table_;
    Fields const& fields_;
};

struct Topic {
    ImportTopic topic;
    std::string category;
};

struct Post {
    ImportPost post;
    std::string topic;
    std::int64_t number = 0;
    std::string answers_number;
};

std::int64_t number_of(std::string const& text) { return std::strtoll(text.c_str(), nullptr, 10); }

/// Gathers the tables, which come in any order.
class Dump {
public:
    Dump(Time now, ImportReport& report) : now_(now), report_(report) {}

    void read(fs::path const& path) {
        LineReader reader(path);
        std::optional<CopyTable> table;
        while (reader.next()) {
            if (!table) {
                table = table_begun(reader.line());
                if (table && is_wanted(*table)) begin(*table);
            } else if (reader.line() == row_end) {
                table.reset();
            } else if (is_wanted(*table)) {
                take(*table, reader);
            }
        }
        if (!tables_.contains("users") && !tables_.contains("posts"))
            throw CommandRefused(path.string() +
                                 " is no dump of Discourse; unpack the backup, and name the "
                                 "dump.sql.gz in it.");
        if (tables_.contains("topics") && !tables_.contains("categories"))
            throw CommandRefused(
                "The dump has no table of categories: it doesn't say who could read what.");
        if (table) throw CommandRefused("The file " + path.string() + " is cut off.");
    }

    ImportForum forum() {
        ImportForum forum;
        for (auto& each : people_) {
            auto& person = each.second;
            auto const email = emails_.find(person.id);
            if (email != emails_.end()) person.email = email->second;
            forum.people.push_back(std::move(person));
        }
        std::sort(posts_.begin(), posts_.end(), [](Post const& one, Post const& other) {
            return std::pair(number_of(one.topic), one.number) <
                   std::pair(number_of(other.topic), other.number);
        });
        for (auto& post : posts_) place(post);
        for (auto& each : topics_) {
            auto& topic = each.second;
            if (restricted_.contains(topic.category)) {
                report_.leave_out("topics of categories that not everybody could read");
            } else if (!topic.topic.posts.empty() && opened_.contains(topic.topic.id)) {
                forum.topics.push_back(std::move(topic.topic));
            }
        }
        return forum;
    }

private:
    /// The tables that are read, and the columns without which it can't be told what to leave out.
    static std::map<std::string, std::vector<std::string>> const& wanted() {
        static std::map<std::string, std::vector<std::string>> const all{
            {"users", {"id", "username", "active", "staged", "suspended_till"}},
            {"user_emails", {"user_id", "email", "primary"}},
            {"categories", {"id", "read_restricted"}},
            {"topics", {"id", "title", "archetype", "category_id", "deleted_at", "visible"}},
            {"posts",
             {"id", "user_id", "topic_id", "post_number", "raw", "deleted_at", "hidden",
              "user_deleted", "post_type"}}};
        return all;
    }

    static bool is_wanted(CopyTable const& table) { return wanted().contains(table.name); }

    void begin(CopyTable const& table) {
        tables_.insert(table.name);
        for (auto const& column : wanted().at(table.name))
            if (!table.columns.contains(column))
                throw CommandRefused("The dump is of another version of Discourse: " + table.name +
                                     " has no column " + column + ".");
    }

    void take(CopyTable const& table, LineReader const& reader) {
        if (reader.cut()) return report_.fault(reader.number(), "too long to be read");
        auto const fields = fields_of(reader.line());
        if (fields.size() != table.columns.size())
            return report_.fault(reader.number(), "not as many fields as the table has columns");
        Row const row(table, fields);
        if (table.name == "users") take_user(row, reader.number());
        if (table.name == "user_emails" && row.is_true("primary"))
            emails_[row.text("user_id")] = row.text("email");
        if (table.name == "categories" && row.is_true("read_restricted"))
            restricted_.insert(row.text("id"));
        if (table.name == "topics") take_topic(row, reader.number());
        if (table.name == "posts") take_post(row, reader.number());
    }

    void take_user(Row const& row, std::size_t line) {
        auto const id = row.text("id");
        // The system's own have numbers below 1.
        if (number_of(id) < 1) return;
        if (!row.is_true("active") || row.is_true("staged"))
            return report_.leave_out("accounts that were never confirmed");
        auto const suspended_till = parse_time(row.text("suspended_till"));
        if (!row.is_null("suspended_till") && (!suspended_till || *suspended_till > now_))
            return report_.leave_out("people who had been suspended");
        ImportPerson person;
        person.id = id;
        person.name = row.text("username");
        person.joined_at = parse_time(row.text("created_at"));
        person.line = line;
        people_.emplace(number_of(id), std::move(person));
    }

    void take_topic(Row const& row, std::size_t line) {
        if (row.text("archetype") != "regular") return report_.leave_out("private messages");
        if (!row.is_null("deleted_at") || row.text("visible") == "f")
            return report_.leave_out("topics that were deleted or unlisted");
        Topic topic;
        topic.topic.id = row.text("id");
        topic.topic.title = row.text("title");
        topic.topic.closed = row.is_true("closed") || row.is_true("archived");
        topic.topic.line = line;
        topic.category = row.text("category_id");
        topics_.emplace(number_of(topic.topic.id), std::move(topic));
    }

    void take_post(Row const& row, std::size_t line) {
        if (row.text("post_type") != "1") return;
        if (!row.is_null("deleted_at") || row.is_true("hidden") || row.is_true("user_deleted"))
            return report_.leave_out("posts that were deleted or hidden");
        auto const at = parse_time(row.text("created_at"));
        if (!at) return report_.fault(line, "a post without a date that can be read");
        Post post;
        post.post = {row.text("id"),
                     row.text("user_id"),
                     with_markdown_quotes(row.text("raw")),
                     *at,
                     {},
                     line};
        post.topic = row.text("topic_id");
        post.number = number_of(row.text("post_number"));
        post.answers_number = row.text("reply_to_post_number");
        posts_.push_back(std::move(post));
    }

    /// Puts a post into its topic, if that comes along.
    void place(Post& post) {
        auto const topic = topics_.find(number_of(post.topic));
        if (topic == topics_.end()) return;
        auto const& id = topic->second.topic.id;
        if (post.number == 1) opened_.insert(id);
        by_number_[{id, std::to_string(post.number)}] = post.post.id;
        auto const answered = by_number_.find({id, post.answers_number});
        if (answered != by_number_.end()) post.post.answers = answered->second;
        topic->second.topic.posts.push_back(std::move(post.post));
    }

    Time now_;
    ImportReport& report_;
    std::set<std::string> tables_;
    std::map<std::int64_t, ImportPerson> people_;
    std::map<std::int64_t, Topic> topics_;
    std::map<std::string, std::string> emails_;
    std::set<std::string> restricted_;
    std::vector<Post> posts_;
    std::set<std::string> opened_;
    std::map<std::pair<std::string, std::string>, std::string> by_number_;
};

fs::path dump_in(fs::path const& path) {
    if (!fs::is_directory(path)) return path;
    for (auto const* name : {"dump.sql", "dump.sql.gz"})
        if (fs::exists(path / name)) return path / name;
    throw CommandRefused("There is no dump.sql or dump.sql.gz in " + path.string() + ".");
}

}  // namespace

std::string with_markdown_quotes(std::string const& raw) {
    std::istringstream lines(raw);
    std::string result;
    int depth = 0;
    for (std::string line; std::getline(lines, line);) {
        auto const bare = trim(line);
        if (bare.starts_with("[quote") && bare.ends_with(']')) {
            ++depth;
            continue;
        }
        if (bare == "[/quote]" && depth > 0) {
            --depth;
            result += '\n';
            continue;
        }
        result += std::string(depth > 0 ? "> " : "") + line + '\n';
    }
    if (result.ends_with('\n')) result.pop_back();
    return result;
}

ImportForum read_discourse(fs::path const& path, Time now, ImportReport& report) {
    Dump dump(now, report);
    dump.read(dump_in(path));
    return dump.forum();
}

}  // namespace kith::app
