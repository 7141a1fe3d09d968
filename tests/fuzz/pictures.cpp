// Uploaded pictures before they are decoded, and what the decoding child says back: it may have
// been taken over by what it decoded.
#include <algorithm>

#include "base/limits.hpp"
#include "require.hpp"
#include "web/picture_header.hpp"
#include "web/picture_message.hpp"

extern "C" int LLVMFuzzerTestOneInput(unsigned char const* data, std::size_t size) {
    using namespace kith;
    auto const bytes = fuzz::text_of(data, size);
    static_cast<void>(web::picture_header(bytes));
    auto const request = web::read_picture_request(bytes);
    if (request) fuzz::require(request->bytes.size() <= bytes.size(), "its bytes are the text's");
    auto const answer = web::read_picture_answer(bytes);
    if (answer) fuzz::require(answer->bytes.size() <= bytes.size(), "its bytes are the text's");
    auto const why = web::read_pictures_unavailable(bytes);
    auto const is_plain = [](char c) { return c >= ' ' && c <= '~'; };
    if (why) fuzz::require(std::all_of(why->begin(), why->end(), is_plain), "one line of ASCII");
    return 0;
}
