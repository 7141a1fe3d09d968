#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/refusal.hpp"
#include "web/form.hpp"
#include "web/outcome.hpp"
#include "web/route.hpp"
#include "web/site.hpp"
#include "web/visitor.hpp"

namespace kith::web {

/// A field of a form as the page shows it: what was typed (or the default), and its mistake.
struct Field {
    std::string value;
    std::optional<std::string> mistake;
};
BOOST_DESCRIBE_STRUCT(Field, (), (value, mistake))

/// What went wrong with a post whose page is shown again.
struct Failure {
    std::string_view pattern;  ///< the post's route
    Refusal refusal;
    std::vector<MistakeLine> sentences;  ///< in the reader's language
};

/// One request on its way through a handler; lives until its answer is sent.
class Call {
public:
    Call(Site& site, HttpRequest request);

    Site& site;
    HttpRequest const request;
    Visitor visitor;
    std::string path;                               ///< decoded, without the query
    std::map<std::string, std::string> parameters;  ///< of the route's pattern
    Fields query;
    Fields form;
    Route const* route = nullptr;
    bool wants_json = false;
    std::string language = "en";
    std::optional<Failure> failure;

    [[nodiscard]] Viewer const& viewer() const { return visitor.viewer; }
    [[nodiscard]] Time now() const { return now_; }
    /// The pattern's `{name}` as sent.
    [[nodiscard]] std::string const& parameter(std::string const& name) const;
    /// The pattern's `{name}` as an id; whatever isn't one is not found.
    [[nodiscard]] PublicId id(std::string const& name = "id") const;

    /// The read transaction of a `show`, or of an `act` before its deed.
    [[nodiscard]] database::Read& read() const;

    /// Lends a transaction to read(); null takes it back.
    void lend(database::Read* read) { read_ = read; }

    /// How the viewer reads: language, zone, now.
    [[nodiscard]] Reading reading() const;
    /// A sentence of the catalogue in the viewer's language.
    [[nodiscard]] std::string say(std::string_view key,
                                  std::initializer_list<WordArgument> arguments = {}) const;
    [[nodiscard]] std::string say(
        std::string_view key,
        std::vector<std::pair<std::string, std::string>> const& arguments) const;

    /// `name` of the form that `post_pattern` takes: what was typed if that post just failed, else
    /// `initial`.
    [[nodiscard]] Field field(std::string_view post_pattern, std::string const& name,
                              std::string initial = {}) const;
    /// The key under which the form of `post_pattern` is sent, so that what comes twice is done
    /// once: the same again if that post just failed, else a new one.
    [[nodiscard]] std::string once_key(std::string_view post_pattern) const;
    /// True when the page is shown again because the post to `post_pattern` failed.
    [[nodiscard]] bool failed(std::string_view post_pattern) const;

    /// Who acts, for rate limits: the member, or the network they come from.
    [[nodiscard]] std::string actor() const;

    /// Where this browser came from when it said so in `then`; only paths of this site.
    [[nodiscard]] std::string then_path(std::string fallback = "/") const;

private:
    database::Read* read_ = nullptr;
    Time now_;
};

/// Whether a browser that is sent to `path` stays on this site.
[[nodiscard]] bool is_own_path(std::string_view path);

}  // namespace kith::web
