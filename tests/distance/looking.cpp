#include "looking.hpp"

#include <algorithm>

#include "web/router.hpp"

namespace kith::apart {
namespace {

bool is_of_chance(char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '_';
}

/// An id has 22 characters, a token 43, a cursor 22 and more; words of ours aren't so long, and
/// have no digits and capitals together.
bool is_drawn(std::string_view word) {
    if (word.size() < 22) return false;
    bool const digit =
        std::any_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
    bool const capital =
        std::any_of(word.begin(), word.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
    return digit || capital;
}

tests::Reply ask(World& world, std::string const& path, Way way, std::string const& tag) {
    auto browser = world.browser(Who::lea);
    world.site->random.repeat("look " + path);
    if (way == Way::unless_known) browser.headers["if-none-match"] = tag.empty() ? "\"x\"" : tag;
    if (way == Way::data) return browser.get_json(path);
    return way == Way::head ? browser.head(path) : browser.get(path);
}

bool is_of_crowd(World const& world, std::string const& path) {
    for (auto at = path.find_first_of("/="); at != std::string::npos;
         at = path.find_first_of("/=", at + 1)) {
        auto const end = std::min(path.find_first_of("/?#&", at + 1), path.size());
        if (world.crowd.contains(path.substr(at + 1, end - at - 1))) return true;
    }
    return false;
}

std::multiset<std::string> lines_of(std::string const& text) {
    std::multiset<std::string> lines;
    for (std::size_t at = 0; at <= text.size();) {
        auto const end = std::min(text.find('\n', at), text.size());
        lines.insert(text.substr(at, end - at));
        at = end + 1;
    }
    return lines;
}

/// The first lines that only one of the two has; the same lines in another order are said so.
std::string lines_apart(std::string const& one, std::string const& other) {
    auto const here = lines_of(one);
    auto const there = lines_of(other);
    std::string text;
    int count = 0;
    for (auto const& [has, lacks, sign] :
         {std::tuple(&here, &there, "\n    + "), std::tuple(&there, &here, "\n    - ")})
        for (auto const& line : *has)
            if (!lacks->contains(line) && ++count <= 8) text += sign + line.substr(0, 300);
    return text.empty() ? "the same lines, but not as often or in another order" : text;
}

}  // namespace

std::string_view name_of(Way way) {
    constexpr std::string_view names[] = {"as a page", "as JSON", "by HEAD", "unless known"};
    return names[static_cast<std::size_t>(way)];
}

std::string Renamer::operator()(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        if (!is_of_chance(text[at])) {
            out += text[at++];
            continue;
        }
        auto end = at;
        while (end < text.size() && is_of_chance(text[end])) ++end;
        auto const word = text.substr(at, end - at);
        at = end;
        if (!is_drawn(word)) {
            out += word;
            continue;
        }
        auto found = names_.find(word);
        if (found == names_.end())
            found = names_
                        .emplace(word, "<" + std::to_string(names_.size()) + ":" +
                                           std::to_string(word.size()) + ">")
                        .first;
        out += found->second;
    }
    return out;
}

Seen seen_of(View& view, Reply const& reply, std::uint64_t statements) {
    Seen seen{reply.status, {}, view.rename(reply.body), statements};
    for (auto const& [name, value] : reply.headers)
        if (name != "date") seen.headers[name] = view.rename(value);
    return seen;
}

Seen look(View& view, std::string const& path, Way way) {
    auto& world = *view.world;
    auto const before = database::statements_run().reading;
    auto const reply = ask(world, path, way, view.tags[path]);
    auto const run = database::statements_run().reading - before;
    if (auto const tag = reply.header("etag"); !tag.empty()) view.tags[path] = tag;
    return seen_of(view, reply, run);
}

std::string difference(Seen const& one, Seen const& other) {
    if (one.status != other.status)
        return "status " + std::to_string(one.status) + " and " + std::to_string(other.status);
    if (one.body != other.body) return "bytes: " + lines_apart(one.body, other.body);
    for (auto const* headers : {&one.headers, &other.headers})
        for (auto const& [name, value] : *headers) {
            auto const& theirs = headers == &one.headers ? other.headers : one.headers;
            auto const found = theirs.find(name);
            if (found == theirs.end() || found->second != value) return "header " + name;
        }
    if (one.statements != other.statements)
        return "statements: " + std::to_string(one.statements) + " and " +
               std::to_string(other.statements);
    return {};
}

std::vector<std::string> paths_of(World& world) {
    std::set<std::string> paths;
    world.site->database().read([&](database::Read& read) {
        for (auto const& slice : world.site->house().slices())
            for (auto const& probe : *slice.probes)
                for (auto& path : probe.paths(read)) paths.insert(std::move(path));
    });
    for (auto const& room : all_rooms())
        for (auto& path : room.paths(world)) paths.insert(std::move(path));
    std::vector<std::string> wanted;
    for (auto const& path : paths)
        if (!path.starts_with("/events?") && !path.ends_with("/live") && path != "/metrics" &&
            !is_of_crowd(world, path))
            wanted.push_back(path);
    return wanted;
}

std::vector<std::string> patterns_without_path(World& world) {
    std::set<std::string_view> reached{"/events", "/letters/{id}/live", "/metrics"};
    auto const& router = world.site->house().router();
    for (auto const& path : paths_of(world))
        if (auto const match = router.find(web::Verb::get, path.substr(0, path.find('?')));
            match.route)
            reached.insert(match.route->pattern);
    std::vector<std::string> without;
    for (auto const& route : router.routes())
        if (route.verb == web::Verb::get && !reached.contains(route.pattern))
            without.emplace_back(route.pattern);
    return without;
}

}  // namespace kith::apart
