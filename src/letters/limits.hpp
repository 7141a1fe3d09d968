#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace kith::letters::limits {

using namespace std::chrono_literals;

inline constexpr std::size_t sealed_characters_max = 40 * 1024;    ///< of one letter, as base64url
inline constexpr std::size_t picture_characters_max = 900 * 1024;  ///< of its picture
inline constexpr std::size_t wrapped_characters_max = 4 * 1024;    ///< of keys
inline constexpr std::size_t notes_characters_max = 512 * 1024;
inline constexpr std::size_t key_characters_max = 200;
inline constexpr std::int64_t sequence_max = 9'000'000'000'000'000;  ///< a browser's whole numbers
inline constexpr std::size_t letters_shown = 30;                     ///< a page of a conversation
inline constexpr std::size_t conversations_max = 1000;               ///< of one member
inline constexpr unsigned letters_sent_max = 120;  ///< of one member, in the next line's time
inline constexpr auto letters_sent_time = 1h;
inline constexpr unsigned pictures_sent_max = 60;  ///< of one member, in the next line's time
inline constexpr auto pictures_sent_time = 24h;
inline constexpr unsigned keys_made_max = 20;  ///< of one member, in the next line's time
inline constexpr auto keys_made_time = 24h;
inline constexpr unsigned notes_kept_max = 300;  ///< of one member, in the next line's time
inline constexpr auto notes_kept_time = 1h;
inline constexpr auto delivery_retry = 24h;     ///< while the conversation is closed
inline constexpr auto delivery_age_max = 720h;  ///< then it is tried no more: 30 days
inline constexpr std::size_t letters_exported_max = 100'000;
/// Of the sealed pictures' text in a copy, the latest first: a copy must never fail by them.
inline constexpr std::int64_t pictures_exported_max = 200ll * 1024 * 1024;
inline constexpr std::size_t probed_members_max = 50;

}  // namespace kith::letters::limits
