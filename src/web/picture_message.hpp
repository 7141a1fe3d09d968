#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "web/picture.hpp"

/// What the server and its picture worker say to each other: a line of words, then bytes.
namespace kith::web {

inline constexpr std::size_t picture_answer_bytes_max = 16 * 1024 * 1024;
inline constexpr std::size_t pictures_unavailable_bytes_max = 300;

struct PictureRequest {
    PictureSize size;
    std::string_view bytes;  ///< of the text it was read from
};

[[nodiscard]] std::string write_picture_request(PictureSize size, std::string_view bytes);
[[nodiscard]] std::optional<PictureRequest> read_picture_request(std::string_view text);

[[nodiscard]] std::string write_picture_answer(Picture const& picture);
/// Trusts nothing: the worker may have been taken over by what it decoded.
[[nodiscard]] std::optional<Picture> read_picture_answer(std::string_view text);

/// What the worker says instead when it can decode no picture at all.
[[nodiscard]] std::string write_pictures_unavailable(std::string_view why);
/// Why not, if it says so: one short line of ASCII for the log, whatever it was.
[[nodiscard]] std::optional<std::string> read_pictures_unavailable(std::string_view text);

}  // namespace kith::web
