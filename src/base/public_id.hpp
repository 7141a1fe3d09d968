#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>

#include "base/random.hpp"

namespace kith {

/// What a thing is called outside the server: 128 random bits as 22 characters of base64url
/// (RFC 4648, 5), so that nobody can count or guess. Empty means none.
class PublicId {
public:
    static constexpr std::size_t length = 22;

    PublicId() = default;
    [[nodiscard]] static PublicId make(Random& random);
    /// The id in `text`, or nothing if it isn't one in its only spelling.
    [[nodiscard]] static std::optional<PublicId> parse(std::string_view text);

    [[nodiscard]] std::string const& text() const { return text_; }
    auto operator<=>(PublicId const&) const = default;

private:
    explicit PublicId(std::string text) : text_(std::move(text)) {}

    std::string text_;
};

/// A secret of 256 random bits as 43 characters of base64url: sign-in links, sessions, invitations.
[[nodiscard]] std::string make_token(Random& random);

}  // namespace kith
