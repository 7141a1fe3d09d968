#pragma once

#include <chrono>
#include <cstddef>

/// Every limit of Kith by name, in one place. Sizes in bytes unless said; tests hold each.
namespace kith::limits {

using namespace std::chrono_literals;

// one request (web/)
inline constexpr std::size_t header_bytes_max = 16 * 1024;
inline constexpr std::size_t body_bytes_max = 1024 * 1024;
inline constexpr std::size_t upload_bytes_max = 8 * 1024 * 1024;
inline constexpr auto request_time_max = 10s;   ///< from the first byte to the last
inline constexpr auto idle_time_max = 60s;      ///< a kept connection without a request
inline constexpr auto answer_time_max = 60s;    ///< a reader who doesn't take their answer
inline constexpr std::size_t connections_max = 16'000;
inline constexpr std::size_t form_fields_max = 200;
inline constexpr std::size_t stream_messages_waiting_max = 64;

// words
inline constexpr std::size_t post_bytes_max = 16 * 1024;      ///< a comment, a note
inline constexpr std::size_t essay_bytes_max = 256 * 1024;
inline constexpr std::size_t markdown_depth_max = 20;
inline constexpr std::size_t title_characters_max = 150;
inline constexpr std::size_t summary_characters_max = 400;
inline constexpr std::size_t name_characters_max = 60;
inline constexpr std::size_t pronouns_characters_max = 30;
inline constexpr std::size_t content_note_characters_max = 200;

// pictures
inline constexpr std::size_t picture_pixels_max = 25'000'000;

// pages
inline constexpr std::size_t page_items = 50;

// sign-in (SAFETY: OWASP ASVS 5 level 2)
inline constexpr std::size_t password_characters_min = 15;
inline constexpr std::size_t password_bytes_max = 1024;
inline constexpr std::size_t password_checks_at_once = 2;
inline constexpr std::size_t password_checks_waiting_max = 64;
inline constexpr auto session_shared_idle_max = 15min;
inline constexpr auto session_idle_max = 12h;
inline constexpr auto session_staff_idle_max = 30min;
inline constexpr auto session_age_max = 7 * 24h;
inline constexpr auto session_own_device_age_max = 30 * 24h;
inline constexpr auto session_staff_age_max = 12h;
inline constexpr auto sign_in_link_age_max = 15min;
inline constexpr auto invitation_age_max = 72h;
inline constexpr auto reauthentication_age_max = 5min;
inline constexpr auto erasure_grace = 7 * 24h;

// writing (database/)
inline constexpr std::size_t deeds_waiting_max = 4096;
inline constexpr std::size_t deeds_together_max = 256;

}  // namespace kith::limits
