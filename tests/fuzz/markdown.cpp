// What people write. Whatever it is, the page gets only markup that Kith makes.
#include "base/limits.hpp"
#include "base/markdown.hpp"
#include "base/markdown_parse.hpp"
#include "base/refusal.hpp"
#include "base/text.hpp"
#include "require.hpp"

namespace {

using namespace kith;

void check(std::string_view source, MarkdownKind kind) {
    try {
        markdown::check_markup(render_markdown(source, kind));
    } catch (Refusal const&) {
        auto const most =
            kind == MarkdownKind::essay ? limits::essay_bytes_max : limits::post_bytes_max;
        fuzz::require(source.size() > most, "only what is too long is refused");
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(unsigned char const* data, std::size_t size) {
    auto const source = fuzz::text_of(data, size);
    check(source, MarkdownKind::comment);
    check(source, MarkdownKind::essay);
    fuzz::require(plain_text_of_markdown(source, 200).size() <= 4 * 201, "an excerpt is short");
    fuzz::require(reading_minutes(source) >= 1, "reading takes a minute at least");
    return 0;
}
