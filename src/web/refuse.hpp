#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "web/call.hpp"

namespace kith::web {

/// What was typed, kept on the page that says what went wrong.
struct KeptField {
    std::string name;
    std::string value;
    bool multiline = false;
};
BOOST_DESCRIBE_STRUCT(KeptField, (), (name, value, multiline))

/// A page that says why a request ended early, and what to do.
struct RefusalPage {
    static constexpr std::string_view page = "app/refusal";
    std::string title;
    std::string sentence;
    unsigned status = 0;
    bool sign_in = false;  ///< asks for sign-in here, and then sends what was typed
    bool again = false;    ///< of someone signed in: the password alone
    bool agree = false;    ///< shows the agreement here, and then sends what was typed
    Html agreement;
    std::int64_t agreement_version = 0;
    std::string agreement_url;
    std::string action;  ///< where what was typed goes when it is sent again
    std::vector<KeptField> kept;
    std::string back_url;
};
BOOST_DESCRIBE_STRUCT(RefusalPage, (),
                      (title, sentence, status, sign_in, again, agree, agreement, agreement_version,
                       agreement_url, action, kept, back_url))

/// What a program gets (RFC 9457, with `error` beside it).
struct ProblemField {
    std::string field;
    std::string code;
    std::string message;
};
BOOST_DESCRIBE_STRUCT(ProblemField, (), (field, code, message))
struct ProblemError {
    std::string code;
    std::string message;
    std::vector<ProblemField> fields;
    std::optional<std::string> url;  ///< what to do first: sign in, or accept the agreement
};
BOOST_DESCRIBE_STRUCT(ProblemError, (), (code, message, fields, url))
struct Problem {
    std::string type = "about:blank";
    std::string title;
    unsigned status = 0;
    std::string detail;
    ProblemError error;
};
BOOST_DESCRIBE_STRUCT(Problem, (), (type, title, status, detail, error))

/// The answer for a refusal: a problem for a program; for a person the page of the form with what
/// was typed (in `read`'s transaction if there is one), or a page that keeps it.
[[nodiscard]] Answer refuse(Call& call, Refusal const& refusal);

/// The fields of a sign-in that carries what was typed before the session ended.
inline constexpr std::string_view resume_action_field = "resume_action";
inline constexpr std::string_view resume_prefix = "resume.";

/// Once the way is free: the page with what was typed, ready to be sent. Nothing if there is none.
[[nodiscard]] std::optional<Answer> resume(Call& call,
                                           std::string_view title = "refusal.resume_title");

}  // namespace kith::web
