#pragma once
// All that Lea gets from a world, and what of it differs between two.

#include "operations.hpp"

namespace kith::apart {

/// How a path is asked for.
enum class Way { page, data, head, unless_known };
[[nodiscard]] std::string_view name_of(Way way);

/// One answer: everything of it but the second in which it was sent.
struct Seen {
    unsigned status = 0;
    std::map<std::string, std::string> headers;
    std::string body;
    std::uint64_t statements = 0;
};

/// Names what is drawn by chance by the order in which it first appears: ids, tokens, cursors.
/// Each keeps its length.
class Renamer {
public:
    [[nodiscard]] std::string operator()(std::string_view text);

private:
    std::map<std::string, std::string, std::less<>> names_;
};

/// What one world showed, with the names of that world.
struct View {
    World* world = nullptr;
    Renamer rename;
    std::map<std::string, std::string> tags;  ///< the last ETag of each path
};

[[nodiscard]] Seen look(View& view, std::string const& path, Way way);
[[nodiscard]] Seen seen_of(View& view, Reply const& reply, std::uint64_t statements);
/// What differs, or nothing.
[[nodiscard]] std::string difference(Seen const& one, Seen const& other);

/// Every path to look at: of the probes of all rooms, and of the operations. Streams, which have
/// no end, and what only the server's own machine is told, are not among them.
[[nodiscard]] std::vector<std::string> paths_of(World& world);
/// Patterns of registered pages that none of the paths leads to.
[[nodiscard]] std::vector<std::string> patterns_without_path(World& world);

/// Event streams of the discussions that stand at `places`, as Lea's browser opens them.
class Streams {
public:
    Streams(World& world, std::vector<std::string> const& places);
    ~Streams();
    Streams(Streams const&) = delete;
    Streams& operator=(Streams const&) = delete;

    /// Ends them, and gives what each had told.
    [[nodiscard]] std::vector<std::string> told();
    /// What each tells a browser that comes back, having heard the first of that or nothing.
    [[nodiscard]] std::vector<std::string> told_again();

private:
    struct Open;
    [[nodiscard]] std::vector<std::string> until_end();
    void open(std::string const& url, std::string const& last);

    World& world_;
    std::vector<std::string> urls_;
    std::vector<std::string> heads_;
    std::vector<std::unique_ptr<Open>> open_;
};

}  // namespace kith::apart
