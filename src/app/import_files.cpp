#include "app/import_files.hpp"

#include <algorithm>
#include <array>

#include "app/import_limits.hpp"
#include "app/import_text.hpp"
#include "base/limits.hpp"
#include "base/text.hpp"
#include "essays/writing.hpp"
#include "members/imported.hpp"
#include "web/command.hpp"

namespace kith::app {
namespace {

namespace fs = std::filesystem;
using web::CommandRefused;

constexpr std::size_t csv_bytes_max = 64 * 1024 * 1024;

constexpr std::array<std::string_view, 4> known_columns{"name", "email", "pronouns", "joined"};

/// Where each column stands; the first row names them.
std::map<std::string, std::size_t> columns_of(CsvRow const& head) {
    std::map<std::string, std::size_t> columns;
    for (auto const& name : head.fields) columns.emplace(lower_ascii(trim(name)), columns.size());
    return columns;
}

/// A column of another name stays behind, which a host must know: it may hold the addresses.
void name_others(CsvRow const& head, ImportReport& report) {
    for (auto const& name : head.fields) {
        auto const known = std::find(known_columns.begin(), known_columns.end(),
                                     std::string_view(lower_ascii(trim(name))));
        if (known == known_columns.end())
            report.fault(head.line, "the column \"" + clean_name(name) +
                                        "\" stays behind; name, email, pronouns and joined come");
    }
}

/// Why a row can't be read; empty when it can.
std::string fault_of(CsvRow const& row, std::size_t columns) {
    if (row.broken) return "a field that is too long or never ends";
    if (row.fields.size() != columns) return "not as many fields as there are columns";
    if (!std::all_of(row.fields.begin(), row.fields.end(), valid_utf8))
        return "letters that aren't UTF-8; save the table as \"CSV UTF-8\"";
    return {};
}

std::string field_of(CsvRow const& row, std::map<std::string, std::size_t> const& columns,
                     std::string const& name) {
    auto const at = columns.find(name);
    return at == columns.end() ? std::string() : std::string(trim(row.fields[at->second]));
}

std::string without_quotes(std::string_view value) {
    value = trim(value);
    bool const quoted = value.size() >= 2 && value.front() == value.back() &&
                        (value.front() == '"' || value.front() == '\'');
    return std::string(quoted ? value.substr(1, value.size() - 2) : value);
}

/// The next line of `text`, taken away from it.
std::string_view next_line(std::string_view& text) {
    auto const end = text.find('\n');
    auto const line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    return line.ends_with('\r') ? line.substr(0, line.size() - 1) : line;
}

/// Takes the front matter away from `text`, if it begins with one that ends.
void take_front_matter(std::string_view& text, EssayFile& file) {
    auto rest = text;
    if (trim(next_line(rest)) != "---") return;
    while (!rest.empty()) {
        auto const line = next_line(rest);
        if (trim(line) == "---") {
            text = rest;
            return;
        }
        auto const colon = line.find(':');
        if (colon == std::string_view::npos) continue;
        auto const key = lower_ascii(trim(line.substr(0, colon)));
        auto const value = without_quotes(line.substr(colon + 1));
        if (key == "title") file.title = value;
        if (key == "author") file.author = value;
        if (key == "date") {
            file.at = parse_time(value);
            file.bad_date = !file.at;
        }
    }
    // It never ended: then it was none.
    file = {};
}

/// The one active member who is meant by an id or a name.
std::optional<Id<Member>> member_meant(database::Read& read, std::string const& by) {
    if (auto const id = PublicId::parse(by)) {
        auto const member = members::find_member(read, Viewer::server(), *id);
        if (member && member->state == members::MemberState::active) return member->id;
    }
    auto const named = members::members_named(read, Viewer::server(), clean_name(by));
    return named.size() == 1 ? std::optional(named.front().id) : std::nullopt;
}

std::vector<fs::path> markdown_files(fs::path const& directory) {
    if (!fs::is_directory(directory))
        throw CommandRefused(directory.string() + " is no directory that can be read.");
    std::vector<fs::path> files;
    for (auto const& entry : fs::directory_iterator(directory)) {
        auto const ending = entry.path().extension();
        // A link may lead to what isn't the importer's to publish.
        if (!entry.is_symlink() && entry.is_regular_file() &&
            (ending == ".md" || ending == ".markdown"))
            files.push_back(entry.path());
    }
    if (files.size() > limits::import_files_max)
        throw CommandRefused("There are more files in it than can be imported at once.");
    std::sort(files.begin(), files.end());
    return files;
}

class EssaysImport {
public:
    EssaysImport(web::Site& site, ImportWish const& wish, std::string author, ImportReport& report)
        : site_(site), wish_(wish), author_(std::move(author)), report_(report) {}

    void take(fs::path const& path) {
        name_ = path.filename().string();
        try {
            auto const text = read_file(path, limits::essay_bytes_max);
            if (!valid_utf8(text)) return fault("it isn't UTF-8; save it as UTF-8");
            take(read_essay_file(path.stem().string(), text));
        } catch (Refusal const& refusal) {
            fault(web::in_words(site_, refusal).what());
        } catch (CommandRefused const& refused) {
            fault(refused.what());
        }
    }

private:
    void fault(std::string const& what) { report_.fault(clean_name(name_) + ": " + what); }

    void take(EssayFile const& file) {
        auto const by = file.author.empty() ? author_ : file.author;
        if (by.empty()) return fault("it doesn't say whose it is; name them with --author");
        auto const author =
            site_.database.read([&](database::Read& read) { return member_meant(read, by); });
        if (!author)
            return fault("there is no one member who is meant by its author, " + clean_name(by));
        if (trim(file.markdown).empty()) return fault("there are no words in it");
        if (file.bad_date) return fault("its date can't be read; write it as 2026-03-08");
        auto const ready = ready_essay(site_, file.title, clean_text(file.markdown));
        EssayFromElsewhere const essay{*author, wish_.origin + " file " + name_,
                                       std::min(file.at.value_or(site_.now()), site_.now()), false,
                                       wish_.publish};
        bool const was_there = wish_.dry_run ? is_there(essay) : keep(essay, ready);
        ++(was_there ? report_.there_already : report_.essays);
    }

    bool keep(EssayFromElsewhere const& essay, essays::ReadyEssay const& ready) {
        return site_.database.write_now([&](database::Write& write) {
            return import_essay_once(site_, write, essay, ready).was_there;
        });
    }

    bool is_there(EssayFromElsewhere const& essay) {
        auto const key = essays::kept_key(site_, "import " + essay.key);
        return site_.database.read([&](database::Read& read) {
            return essays::find_begun_essay(read, {essay.author, Role::member}, *key).has_value();
        });
    }

    web::Site& site_;
    ImportWish const& wish_;
    std::string author_;
    ImportReport& report_;
    std::string name_;
};

}  // namespace

std::vector<ImportPerson> read_people(fs::path const& path, ImportReport& report) {
    auto const rows = read_csv(read_file(path, csv_bytes_max));
    auto const columns =
        rows.empty() ? std::map<std::string, std::size_t>{} : columns_of(rows.front());
    if (!columns.contains("name"))
        throw CommandRefused(
            "The first row must name the columns: name, and if you like email, pronouns, joined.");
    name_others(rows.front(), report);
    std::vector<ImportPerson> people;
    for (std::size_t at = 1; at < rows.size(); ++at) {
        auto const& row = rows[at];
        if (auto const fault = fault_of(row, rows.front().fields.size()); !fault.empty()) {
            report.fault(row.line, fault);
            continue;
        }
        ImportPerson person;
        person.name = field_of(row, columns, "name");
        person.pronouns = field_of(row, columns, "pronouns");
        auto const email = field_of(row, columns, "email");
        if (!email.empty()) person.email = email;
        person.id = email.empty() ? "name " + person.name : "email " + lower_ascii(email);
        auto const joined = field_of(row, columns, "joined");
        person.joined_at = parse_time(joined);
        if (!joined.empty() && !person.joined_at)
            report.fault(row.line,
                         "a date that can't be read, write it as 2024-03-08; they come without it");
        person.line = row.line;
        people.push_back(std::move(person));
    }
    return people;
}

EssayFile read_essay_file(std::string const& name, std::string_view rest) {
    EssayFile file;
    if (rest.starts_with("\xef\xbb\xbf")) rest.remove_prefix(3);
    take_front_matter(rest, file);
    auto words = essays::words_of_file(rest, true);
    if (file.title.empty()) {
        file.title = std::move(words.title);
        if (file.title.empty()) file.title = name;
        file.markdown = std::move(words.body);
    } else {
        file.markdown = std::string(rest);
    }
    return file;
}

void import_essay_files(web::Site& site, ImportWish const& wish, fs::path const& directory,
                        std::string const& author, ImportReport& report) {
    if (!author.empty() &&
        !site.database.read([&](database::Read& read) { return member_meant(read, author); }))
        throw CommandRefused("There is no one active member who is meant by --author " + author +
                             "; kith member list names everyone with their id.");
    EssaysImport essays(site, wish, author, report);
    for (auto const& path : markdown_files(directory)) essays.take(path);
}

}  // namespace kith::app
