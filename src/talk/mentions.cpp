#include "talk/mentions.hpp"

#include <algorithm>

#include "base/limits.hpp"
#include "base/text.hpp"
#include "talk/mentions_store.hpp"

namespace kith::talk {
namespace {

bool is_of_address(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

/// `text` without what ends a sentence or closes a bracket behind a name.
std::string_view without_end_marks(std::string_view text) {
    auto const last = text.find_last_not_of(".,;:!?)]}>\"'*_");
    return text.substr(0, last == text.npos ? 0 : last + 1);
}

/// The first words of `rest`, one, two and so on, each without its end marks.
PossibleNames names_at(std::string_view rest) {
    rest = rest.substr(0, rest.find_first_of("\r\n@"));
    rest = first_code_points(rest, limits::name_characters_max + 1);
    PossibleNames names;
    std::size_t end = 0;
    for (std::size_t words = 0; words < limits::mention_words_max && end < rest.size(); ++words) {
        end = std::min(rest.find(' ', end), rest.size());
        auto const name = without_end_marks(rest.substr(0, end));
        if (name.empty()) break;
        if (names.empty() || names.back() != name) names.emplace_back(name);
        ++end;
    }
    std::ranges::reverse(names);
    return names;
}

/// The source, which only the server reads for anyone but its author.
std::string source_for_server(database::Read& read, CommentRow const& comment) {
    return source_of(read, {*comment.author, Role::member}, comment.id).value_or(std::string());
}

void add_named(std::vector<NamedRow> const& readers, PossibleNames const& names,
               std::vector<Id<Member>>& told) {
    for (auto const& name : names) {
        bool found = false;
        for (auto const& reader : readers) {
            if (reader.name != name) continue;
            found = true;
            bool const again = std::ranges::find(told, reader.member) != told.end();
            if (!again && told.size() < limits::mentions_max) told.push_back(reader.member);
        }
        // "@Maya Okoro" means nobody who is called Maya alone.
        if (found) return;
    }
}

}  // namespace

std::vector<PossibleNames> possible_mentions(std::string_view markdown) {
    std::vector<PossibleNames> places;
    for (auto at = markdown.find('@'); at != markdown.npos && places.size() < limits::mentions_max;
         at = markdown.find('@', at + 1)) {
        if (at > 0 && is_of_address(markdown[at - 1])) continue;
        auto names = names_at(markdown.substr(at + 1));
        if (!names.empty()) places.push_back(std::move(names));
    }
    return places;
}

std::vector<Id<Member>> note_mentions(database::Write& write, CommentRow const& comment, Time now) {
    if (!comment.author || comment.state != State::published) return {};
    auto const places = possible_mentions(source_for_server(write, comment));
    std::vector<Id<Member>> named;
    std::vector<std::string> all;
    for (auto const& names : places) all.insert(all.end(), names.begin(), names.end());
    if (!all.empty()) {
        auto const readers = readers_named(write, Viewer::server(), comment.id, all);
        for (auto const& names : places) add_named(readers, names, named);
    }
    return set_mentions(write, comment.id, named, now);
}

}  // namespace kith::talk
