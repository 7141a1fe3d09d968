#pragma once
// A forum from elsewhere, as far as it comes along: what each kind of export is read into.

#include <boost/describe.hpp>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.hpp"

namespace kith::app {

/// Somebody who comes along. `id` is what they were known by there.
struct ImportPerson {
    std::string id;
    std::string name;
    std::string pronouns;
    std::optional<std::string> email;  ///< only one that was confirmed there
    std::optional<Time> joined_at;
    std::size_t line = 0;
};

struct ImportPost {
    std::string id;
    std::string author;  ///< a person's id
    std::string markdown;
    Time at{};
    std::string answers;  ///< the id of another post of the topic, or empty
    std::size_t line = 0;
};

struct ImportTopic {
    std::string id;
    std::string title;
    bool closed = false;
    std::vector<ImportPost> posts;  ///< as they were written; the first one opens it
    std::size_t line = 0;
};

/// What came of an import, or would come.
struct ImportReport {
    std::size_t people = 0;
    std::size_t essays = 0;
    std::size_t comments = 0;
    std::size_t there_already = 0;
    std::map<std::string, std::size_t> left_out = {};  ///< how many, by why
    std::vector<std::string> faults = {};              ///< "line 7: …", the first of them
    std::size_t fault_count = 0;                       ///< of all

    void fault(std::size_t line, std::string const& what);
    void fault(std::string text);
    void leave_out(std::string const& why) { ++left_out[why]; }
};

struct ImportForum {
    std::vector<ImportPerson> people;
    std::vector<ImportTopic> topics;
};

}  // namespace kith::app
