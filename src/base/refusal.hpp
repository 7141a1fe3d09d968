#pragma once

#include <chrono>
#include <exception>
#include <string>
#include <utility>
#include <vector>

namespace kith {

/// One mistake in a form: the field's name, the catalogue key of the sentence beside it, and what
/// fills the sentence's placeholders.
struct FieldMistake {
    std::string field;
    std::string word;
    std::vector<std::pair<std::string, std::string>> arguments = {};
    bool operator==(FieldMistake const&) const = default;
};

/// Why a request ends early. Thrown anywhere below, caught once, in web/answer.cpp.
/// `word` is a key of the words catalogue: the sentence that says what to do.
class Refusal final : public std::exception {
public:
    enum class Kind {
        malformed,      ///< 400: the request itself can't be understood
        sign_in_first,  ///< 401: a session is needed (pages show sign-in and keep what was typed)
        not_allowed,    ///< 403: signed in, but this isn't theirs to do
        not_found,      ///< 404: missing or hidden; the two are the same, to the byte
        conflict,       ///< 409: it changed meanwhile, or an agreement waits to be accepted
        too_large,      ///< 413
        mistakes,       ///< 422: mistakes in fields, what was typed is kept
        too_often,      ///< 429, with `retry_after`
        nothing_saved,  ///< 503: the server couldn't do its part; nothing was saved
    };

    [[nodiscard]] static Refusal malformed(std::string word = "refusal.malformed") {
        return {Kind::malformed, std::move(word)};
    }
    [[nodiscard]] static Refusal sign_in_first() {
        return {Kind::sign_in_first, "refusal.sign_in_first"};
    }
    [[nodiscard]] static Refusal not_allowed(std::string word = "refusal.not_allowed") {
        return {Kind::not_allowed, std::move(word)};
    }
    /// Takes no reason on purpose: a reason would tell hidden from missing.
    [[nodiscard]] static Refusal not_found() { return {Kind::not_found, "refusal.not_found"}; }
    [[nodiscard]] static Refusal conflict(std::string word) {
        return {Kind::conflict, std::move(word)};
    }
    [[nodiscard]] static Refusal too_large(std::string word = "refusal.too_large") {
        return {Kind::too_large, std::move(word)};
    }
    [[nodiscard]] static Refusal mistakes(std::vector<FieldMistake> fields) {
        Refusal refusal{Kind::mistakes, "refusal.mistakes"};
        refusal.fields_ = std::move(fields);
        return refusal;
    }
    /// Too large for a field: the sentence stands beside it, and what was typed is kept.
    [[nodiscard]] static Refusal too_large_at(FieldMistake field) {
        Refusal refusal{Kind::too_large, "refusal.mistakes"};
        refusal.fields_.push_back(std::move(field));
        return refusal;
    }
    [[nodiscard]] static Refusal too_often(std::chrono::seconds retry_after) {
        Refusal refusal{Kind::too_often, "refusal.too_often"};
        refusal.retry_after_ = retry_after;
        refusal.arguments_ = {{"minutes", std::to_string((retry_after.count() + 59) / 60)}};
        return refusal;
    }
    /// `reason` is for who looks after the server, where nothing else has told them.
    [[nodiscard]] static Refusal nothing_saved(std::string word = "refusal.nothing_saved",
                                               std::string reason = {}) {
        Refusal refusal{Kind::nothing_saved, std::move(word)};
        refusal.reason_ = std::move(reason);
        return refusal;
    }

    [[nodiscard]] Kind kind() const { return kind_; }
    [[nodiscard]] std::string const& word() const { return word_; }
    /// What stands in the sentence's {places}.
    [[nodiscard]] std::vector<std::pair<std::string, std::string>> const& arguments() const {
        return arguments_;
    }
    [[nodiscard]] std::vector<FieldMistake> const& fields() const { return fields_; }
    /// For the log alone; mostly empty.
    [[nodiscard]] std::string const& reason() const { return reason_; }
    [[nodiscard]] std::chrono::seconds retry_after() const { return retry_after_; }
    [[nodiscard]] char const* what() const noexcept override { return word_.c_str(); }

    /// The HTTP status (RFC 9110, 15).
    [[nodiscard]] unsigned status() const {
        switch (kind_) {
            case Kind::malformed: return 400;
            case Kind::sign_in_first: return 401;
            case Kind::not_allowed: return 403;
            case Kind::not_found: return 404;
            case Kind::conflict: return 409;
            case Kind::too_large: return 413;
            case Kind::mistakes: return 422;
            case Kind::too_often: return 429;
            case Kind::nothing_saved: return 503;
        }
        return 500;
    }

private:
    Refusal(Kind kind, std::string word) : kind_(kind), word_(std::move(word)) {}

    Kind kind_;
    std::string word_;
    std::vector<FieldMistake> fields_;
    std::vector<std::pair<std::string, std::string>> arguments_;
    std::string reason_;
    std::chrono::seconds retry_after_{0};
};

}  // namespace kith
