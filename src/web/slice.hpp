#pragma once

#include <chrono>
#include <functional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/resource.hpp"
#include "base/viewer.hpp"
#include "web/notice.hpp"
#include "web/own_data.hpp"
#include "web/route.hpp"
#include "web/search.hpp"
#include "web/today.hpp"
#include "web/unanswered.hpp"

namespace CLI {
class App;
}

namespace kith::web {

struct Site;

/// A member of Slice that can't be left out: without a value the slice doesn't compile, and with a
/// function that does nothing at all, not even for nobody, the program doesn't start.
template <class T>
class Required {
public:
    Required(T value) : value_(std::move(value)) {  // NOLINT(google-explicit-constructor)
        if constexpr (requires { value_ == nullptr; })
            if (value_ == nullptr)
                throw std::logic_error("a slice lacks its export or its erasure");
    }
    [[nodiscard]] T const& operator*() const { return value_; }
    [[nodiscard]] T const* operator->() const { return &value_; }

private:
    T value_;
};

/// A template and the view model that it shows; checked against each other at start.
struct Page {
    std::string_view name;
    Shape const* model;
    bool in_frame = true;  ///< false: a fragment, shown without the frame
};

/// The page of a view whose template is named by `View::page`.
template <class View>
[[nodiscard]] Page page() {
    return {View::page, &shape_of<View>()};
}

/// A fragment outside the frame: part of an event stream, a preview.
template <class View>
[[nodiscard]] Page fragment_page() {
    return {View::page, &shape_of<View>(), false};
}

/// Work that the server does by itself, once for each queued payload or every `period`.
struct JobKind {
    std::string_view name;
    std::function<void(Site&, std::string const& payload)> run;
    std::chrono::seconds period{0};  ///< 0: only when queued
};

/// How the non-interference test reaches one route: example paths among what the database holds.
struct Probe {
    std::string_view pattern;
    std::function<std::vector<std::string>(database::Read&)> paths;
};

/// A `kith` command: declares itself under the command line's root.
class CommandHouse;
using DeclareCommand = std::function<void(CLI::App& root, CommandHouse&)>;

/// One capability, whole: the folder's only word to the rest of the house.
struct Slice {
    std::string_view name;
    std::span<Resource const> resources;  ///< migrations, templates, words
    std::vector<Route> routes;
    std::vector<Page> pages;
    std::vector<JobKind> jobs = {};
    std::vector<DeclareCommand> commands = {};
    TodayCards today = {};
    std::vector<Unanswered> unanswered = {};  ///< what of it waits for a human answer
    std::vector<SearchKind> search = {};      ///< what of it can be found
    std::vector<NoticeKind> notices = {};     ///< what its members are told of
    Required<ExportFor> export_for;
    Required<EraseFor> erase_for;
    Required<std::vector<Probe>> probes;
};

}  // namespace kith::web
