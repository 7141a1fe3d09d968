#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace kith::simulate {

/// What words are, in this model.
enum class Tone {
    hello,    ///< first words here
    hard,     ///< what needs somebody
    light,    ///< everyday talk
    kind,     ///< an answer that does good
    harmful,  ///< one that hurts
};
BOOST_DESCRIBE_ENUM(Tone, hello, hard, light, kind, harmful)

/// Where words stand.
enum class Where {
    hello_page,  ///< an introduction
    circle,
    commons,
};

/// Words that the server acknowledged.
struct Said {
    std::size_t author = 0;
    Tone tone = Tone::light;
    Where where = Where::commons;
    std::size_t circle = 0;              ///< where they stand in one
    std::int64_t hour = 0;               ///< since the first day began
    std::optional<std::size_t> answers;  ///< the words that these answer
    std::string url;                     ///< where their author finds them again
    std::string comment;                 ///< its public id; empty for what begins a page
    std::string discussion;              ///< of whose event stream they come; empty: of none heard
    std::string answer_path;             ///< takes answers
    bool put_aside = false;              ///< by a steward
};

/// Somebody answered somebody, in words or without.
struct Kindness {
    std::size_t from = 0;
    std::size_t to = 0;
    std::int64_t hour = 0;
    std::size_t words = 0;  ///< which were answered
    bool in_words = true;
};

/// Somebody read words that hurt, for the first time.
struct HarmSeen {
    std::size_t who = 0;
    std::int64_t hour = 0;
    bool at_them = false;  ///< they were an answer to their own words
};

/// All that happened, in the order of the model: the same for the same decisions.
struct Ledger {
    std::vector<Said> said;
    std::vector<Kindness> kindnesses;
    std::vector<HarmSeen> harm_seen;
    std::vector<std::optional<std::int64_t>> came;  ///< the hour at which each agent came, if yet
    std::map<std::string, std::size_t, std::less<>> by_comment;  ///< a comment's id: its words
    std::map<std::string, std::size_t, std::less<>> by_url;      ///< a page's path: its words

    std::size_t add(Said words);
};

/// Words for which somebody waits.
[[nodiscard]] inline bool asks(Said const& words) {
    return words.tone == Tone::hello || words.tone == Tone::hard;
}

}  // namespace kith::simulate
