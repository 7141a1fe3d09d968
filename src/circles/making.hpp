#pragma once

#include "circles/circle.hpp"
#include "circles/conversation_views.hpp"
#include "database/session.hpp"
#include "talk/talk.hpp"
#include "web/site.hpp"

namespace kith::circles {

/// Where a new circle stands.
struct CirclePlace {
    Id<Circle> id;
    PublicId public_id;
    Id<talk::Group> group;
};
/// Makes a circle, kept by its maker, with the group that reads its conversations.
CirclePlace make_circle(web::Site& site, database::Write& write, Id<Member> maker,
                        CheckedCircle const& words, Time at);

/// What begins a conversation, once its words are rendered.
struct Beginning {
    ConversationForm words;
    std::string html;
};
[[nodiscard]] Beginning rendered(ConversationForm words);

/// Begins a conversation with its discussion.
struct ConversationPlace {
    PublicId public_id;
    Id<talk::Discussion> discussion;
};
ConversationPlace begin_conversation(web::Site& site, database::Write& write,
                                     CirclePlace const& circle, Id<Member> author,
                                     Beginning const& beginning, Time at);

}  // namespace kith::circles
