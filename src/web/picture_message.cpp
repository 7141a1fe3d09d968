#include "web/picture_message.hpp"

#include <algorithm>
#include <charconv>

#include "web/picture_header.hpp"

namespace kith::web {
namespace {

constexpr std::string_view unavailable = "unavailable ";

/// Takes a word up to the next space or newline off the front of `text`.
std::string_view take_word(std::string_view& text) {
    std::size_t const end = text.find_first_of(" \n");
    std::string_view const word = text.substr(0, end);
    text.remove_prefix(end == text.npos ? text.size() : end + 1);
    return word;
}

std::optional<std::size_t> side(std::string_view word) {
    std::size_t value = 0;
    auto const result = std::from_chars(word.data(), word.data() + word.size(), value);
    bool const whole = result.ec == std::errc{} && result.ptr == word.data() + word.size();
    if (!whole || value == 0 || value > limits::picture_side_max) return std::nullopt;
    return value;
}

}  // namespace

std::string write_picture_request(PictureSize size, std::string_view bytes) {
    std::string text = std::to_string(size.width_max) + ' ' + std::to_string(size.height_max);
    text += size.shape == PictureSize::Shape::cut ? " cut\n" : " kept\n";
    return text.append(bytes);
}

std::optional<PictureRequest> read_picture_request(std::string_view text) {
    auto const width = side(take_word(text));
    auto const height = side(take_word(text));
    std::string_view const shape = take_word(text);
    if (!width || !height || (shape != "cut" && shape != "kept")) return std::nullopt;
    using Shape = PictureSize::Shape;
    return PictureRequest{{*width, *height, shape == "cut" ? Shape::cut : Shape::kept}, text};
}

std::string write_picture_answer(Picture const& picture) {
    std::string text = std::to_string(picture.width) + ' ' + std::to_string(picture.height);
    text += picture.format == Picture::Format::webp ? " webp\n" : " jpeg\n";
    return text += picture.bytes;
}

std::optional<Picture> read_picture_answer(std::string_view text) {
    auto const width = side(take_word(text));
    auto const height = side(take_word(text));
    std::string_view const format = take_word(text);
    auto const header = picture_header(text);
    if (!width || !height || !header) return std::nullopt;
    bool const webp = format == "webp" && header->kind == PictureHeader::Kind::webp;
    bool const jpeg = format == "jpeg" && header->kind == PictureHeader::Kind::jpeg;
    if ((!webp && !jpeg) || header->width != *width || header->height != *height)
        return std::nullopt;
    using Format = Picture::Format;
    return Picture{*width, *height, webp ? Format::webp : Format::jpeg, std::string(text)};
}

std::string write_pictures_unavailable(std::string_view why) {
    return std::string(unavailable).append(why);
}

std::optional<std::string> read_pictures_unavailable(std::string_view text) {
    if (!text.starts_with(unavailable)) return std::nullopt;
    std::string why(text.substr(unavailable.size(), pictures_unavailable_bytes_max));
    std::replace_if(
        why.begin(), why.end(), [](char c) { return c < ' ' || c > '~'; }, ' ');
    return why;
}

}  // namespace kith::web
