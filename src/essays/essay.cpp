#include "essays/essay.hpp"

#include <array>

#include "base/limits.hpp"
#include "base/markdown.hpp"
#include "base/text.hpp"
#include "web/form.hpp"

namespace kith::essays {
namespace {

// No vowels and nothing that looks like another: chance spells no words.
constexpr std::string_view slug_letters = "23456789bcdfghjkmnpqrstvwxz";
constexpr std::size_t slug_chance_length = 5;

}  // namespace

void check_essay(EssayWords const& words, Completeness completeness) {
    web::Mistakes mistakes;
    mistakes.max("title", words.title, limits::title_characters_max);
    mistakes.max("summary", words.summary, limits::summary_characters_max);
    mistakes.max("content_note", words.content_note, limits::content_note_characters_max);
    mistakes.max_bytes("body", words.body, limits::essay_bytes_max);
    if (completeness == Completeness::to_publish)
        mistakes.required("title", words.title).required("body", words.body);
    mistakes.throw_if_any();
}

ReadyEssay make_ready(EssayWords words, std::string content_note) {
    ReadyEssay ready;
    words.title = web::trimmed(words.title);
    words.summary = web::trimmed(words.summary);
    words.content_note = web::trimmed(words.content_note);
    ready.html = render_markdown(words.body, MarkdownKind::essay, {std::move(content_note)});
    if (words.content_note.empty())
        ready.excerpt = plain_text_of_markdown(words.body, limits::excerpt_characters_max);
    ready.reading_minutes = static_cast<std::int64_t>(reading_minutes(words.body));
    ready.words = std::move(words);
    return ready;
}

std::string make_slug(std::string_view title, Random& random) {
    auto slug = slug_of(title) + "-";
    std::array<std::byte, slug_chance_length> chance{};
    random.fill(chance);
    for (auto const byte : chance)
        slug += slug_letters[std::to_integer<std::size_t>(byte) % slug_letters.size()];
    return slug;
}

bool is_slug_of(std::string_view slug, std::string_view title) {
    auto const words = slug_of(title);
    return slug.size() == words.size() + 1 + slug_chance_length && slug.starts_with(words);
}

std::string essay_url(std::string_view slug) { return "/essays/" + std::string(slug); }

talk::Audience comments_audience(EssayState state, EssayAudience audience) {
    if (state != EssayState::published) return talk::Audience::author;
    return audience == EssayAudience::anyone ? talk::Audience::anyone : talk::Audience::members;
}

}  // namespace kith::essays
