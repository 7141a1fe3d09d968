#pragma once

#include <span>
#include <string>
#include <string_view>

namespace kith::web {

/// The two faces of every answer.
enum class Face { html, json };
/// How a body may be packed on its way.
enum class Encoding { identity, gzip, brotli };

/// What an Accept header (RFC 9110, 12.5.1) asks for; HTML when it doesn't say or can't be read.
[[nodiscard]] Face preferred_face(std::string_view accept);

/// The language on offer that an Accept-Language header likes best ("de-AT" takes "de"), or
/// `otherwise`, or the first of `offered` if that isn't on offer.
[[nodiscard]] std::string preferred_language(std::string_view accept_language,
                                             std::span<std::string const> offered,
                                             std::string_view otherwise = {});

/// The smallest packing that an Accept-Encoding header allows.
[[nodiscard]] Encoding preferred_encoding(std::string_view accept_encoding);

}  // namespace kith::web
