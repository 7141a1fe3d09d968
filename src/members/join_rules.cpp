#include "base/email.hpp"
#include "base/limits.hpp"
#include "base/text.hpp"
#include "members/join.hpp"

namespace kith::members {

void check_joining(web::Mistakes& mistakes, JoinForm const& form, Door door) {
    mistakes.required("name", form.name).max("name", form.name, limits::name_characters_max);
    mistakes.max("pronouns", form.pronouns, limits::pronouns_characters_max);
    auto const email = trim(form.email);
    mistakes.require(email.empty() || valid_email(email), "email", "members.email_mistake");
    mistakes.require(!email.empty() || !form.password.empty(), "password",
                     "members.password_or_email");
    if (door == Door::asking) mistakes.required("words", form.words);
    mistakes.max("words", form.words, limits::join_words_characters_max);
    mistakes.require(form.agree, "agree", "members.agree_mistake");
}

}  // namespace kith::members
