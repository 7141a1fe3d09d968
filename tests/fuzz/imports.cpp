// Essays written elsewhere: plain text and Markdown files, as anybody may upload them.
#include "base/text.hpp"
#include "essays/plain_text.hpp"
#include "require.hpp"

extern "C" int LLVMFuzzerTestOneInput(unsigned char const* data, std::size_t size) {
    using namespace kith;
    auto const text = fuzz::text_of(data, size);
    for (auto const& essay : {essays::from_plain_text(text), essays::from_markdown_file(text)})
        for (auto const& words : {essay.title, essay.markdown, essay.summary, essay.content_note})
            fuzz::require(valid_utf8(words), "what is imported is UTF-8");
    return 0;
}
