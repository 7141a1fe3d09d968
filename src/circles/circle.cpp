#include "circles/circle.hpp"

#include <unicode/unistr.h>

#include <algorithm>

#include "base/limits.hpp"
#include "base/text.hpp"

namespace kith::circles {
namespace {

/// What was typed between commas and line ends.
std::vector<std::string> words_in(std::string_view text) {
    std::vector<std::string> words;
    while (!text.empty()) {
        auto const end = std::min(text.find_first_of(",\n"), text.size());
        auto const word = trim(text.substr(0, end));
        if (!word.empty()) words.emplace_back(word);
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return words;
}

void add_tags(std::vector<Tag>& tags, TagKind kind, std::string_view field, std::string_view text,
              web::Mistakes& mistakes) {
    for (auto& word : words_in(text)) {
        mistakes.max(field, word, limits::circle_tag_characters_max);
        bool const known = std::ranges::any_of(tags, [&](Tag const& tag) {
            return tag.kind == kind && folded(tag.word) == folded(word);
        });
        if (!known) tags.push_back({kind, std::move(word)});
    }
}

}  // namespace

std::vector<Tag> tags_in(TagFields const& fields, web::Mistakes& mistakes) {
    std::vector<Tag> tags;
    add_tags(tags, TagKind::culture, "culture", fields.culture, mistakes);
    add_tags(tags, TagKind::values, "values", fields.values, mistakes);
    add_tags(tags, TagKind::experiences, "experiences", fields.experiences, mistakes);
    add_tags(tags, TagKind::goals, "goals", fields.goals, mistakes);
    mistakes.require(tags.size() <= limits::circle_tags_max, "culture", "circles.too_many_tags");
    return tags;
}

std::string typed(std::vector<Tag> const& tags, TagKind kind) {
    std::string text;
    for (auto const& tag : tags) {
        if (tag.kind != kind) continue;
        if (!text.empty()) text += ", ";
        text += tag.word;
    }
    return text;
}

std::string folded(std::string_view word) {
    std::string out;
    icu::UnicodeString::fromUTF8(icu::StringPiece(word.data(), static_cast<int32_t>(word.size())))
        .foldCase()
        .toUTF8String(out);
    return out;
}

CheckedCircle check_circle(CircleForm form, std::int64_t size_ceiling) {
    form.name = web::trimmed(form.name);
    form.purpose = web::trimmed(form.purpose);
    form.agreement = web::trimmed(form.agreement);
    web::Mistakes mistakes;
    mistakes.required("name", form.name).max("name", form.name, limits::circle_name_characters_max);
    mistakes.required("purpose", form.purpose)
        .max("purpose", form.purpose, limits::circle_purpose_characters_max);
    mistakes.required("agreement", form.agreement)
        .max_bytes("agreement", form.agreement, limits::agreement_bytes_max);
    if (form.size_max < limits::circle_size_min || form.size_max > size_ceiling)
        mistakes.add("size_max", "circles.size_mistake", {{"most", std::to_string(size_ceiling)}});
    auto tags = tags_in(form, mistakes);
    mistakes.throw_if_any();
    return {std::move(form), std::move(tags)};
}

bool may_keep(CircleKind kind, Role role) {
    return kind != CircleKind::therapy || role >= Role::guide;
}

std::string circle_url(PublicId const& circle) { return "/circles/" + circle.text(); }

std::string conversation_url(PublicId const& conversation) {
    return "/conversations/" + conversation.text();
}

}  // namespace kith::circles
