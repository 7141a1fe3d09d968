#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/public_id.hpp"
#include "web/form.hpp"
#include "web/shape.hpp"

namespace kith::essays {

/// What sends an essay on.
struct ThanksForm {
    std::string to;  ///< a member's name or id, or an email address
    std::string note;
    std::string idempotency_key;
};
BOOST_DESCRIBE_STRUCT(ThanksForm, (), (to, note, idempotency_key))

/// The essay that came with a note, as far as the reader may read it.
struct ThanksEssay {
    std::string url;
    std::string title;
    std::string author_name;
    std::string summary;
    std::optional<std::string> content_note;
    web::Html body;
};
BOOST_DESCRIBE_STRUCT(ThanksEssay, (), (url, title, author_name, summary, content_note, body))

/// A note of thanks, for the two who share it.
struct ThanksPage {
    static constexpr std::string_view page = "essays/thanks";
    std::string heading;
    bool as_sender = false;
    std::string sender_name;
    std::vector<std::string> note;  ///< by paragraph
    Time sent_at{};
    std::optional<ThanksEssay> essay;
    bool received = false;
    std::string received_url;
    std::optional<std::string> put_away_url;
    std::optional<std::string> distance_url;  ///< where a member can keep distance from the sender
    std::string seen_by;
};
BOOST_DESCRIBE_STRUCT(ThanksPage, (),
                      (heading, as_sender, sender_name, note, sent_at, essay, received,
                       received_url, put_away_url, distance_url, seen_by))

/// One note in the list.
struct ThanksItem {
    std::string url;
    std::string line;  ///< "From Ruth Adeyemi"
    std::string essay_title;
    Time sent_at{};
    bool received = false;
};
BOOST_DESCRIBE_STRUCT(ThanksItem, (), (url, line, essay_title, sent_at, received))

/// What the member was sent, and sent.
struct ThanksListPage {
    static constexpr std::string_view page = "essays/thanks-list";
    bool sent_any = false;
    std::vector<ThanksItem> to_you;
    std::vector<ThanksItem> sent;
};
BOOST_DESCRIBE_STRUCT(ThanksListPage, (), (sent_any, to_you, sent))

}  // namespace kith::essays
