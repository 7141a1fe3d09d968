#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

/// Every limit of Kith by name, in one place. Sizes in bytes unless said; tests hold each.
namespace kith::limits {

using namespace std::chrono_literals;

// one request (web/)
inline constexpr std::size_t header_bytes_max = 16 * 1024;
inline constexpr std::size_t body_bytes_max = 1024 * 1024;
inline constexpr std::size_t upload_bytes_max = 8 * 1024 * 1024;
inline constexpr std::size_t all_bodies_bytes_max = 256 * 1024 * 1024;  ///< of all at one time
inline constexpr auto request_time_max = 10s;  ///< from the first byte to the last
inline constexpr std::size_t upload_bytes_per_second_min = 32 * 1024;  ///< an upload's time more
inline constexpr auto idle_time_max = 60s;    ///< a kept connection without a request
inline constexpr auto answer_time_max = 60s;  ///< a reader who doesn't take their answer
inline constexpr std::size_t answer_bytes_per_second_min = 16 * 1024;  ///< a long answer's more
inline constexpr auto linger_time_max = 2s;    ///< what still comes after a last answer
inline constexpr auto stream_heartbeat = 25s;  ///< an event stream says nothing for so long
inline constexpr auto stream_age_max = 5min;   ///< then its browser comes back, and is asked anew
inline constexpr std::size_t connections_max = 16'000;
inline constexpr std::size_t connections_of_network_max = 4'000;  ///< an IPv4 address, an IPv6 /64
inline constexpr std::size_t form_fields_max = 200;
inline constexpr std::size_t form_name_bytes_max = 100;
inline constexpr std::size_t form_part_header_bytes_max = 2048;
inline constexpr std::size_t form_boundary_bytes_max = 70;  ///< RFC 2046, 5.1.1
inline constexpr std::size_t form_json_depth_max = 2;       ///< an object, and lists in it
inline constexpr std::size_t negotiation_items_max = 32;    ///< what comes later isn't read
inline constexpr std::size_t stream_messages_waiting_max = 64;

// words
inline constexpr std::size_t post_bytes_max = 16 * 1024;  ///< a comment, a note
inline constexpr std::size_t essay_bytes_max = 256 * 1024;
inline constexpr std::size_t markdown_depth_max = 20;
inline constexpr std::size_t link_bytes_max = 2000;  ///< a longer one stays plain text
inline constexpr std::size_t slug_characters_max = 80;
inline constexpr std::size_t email_bytes_max = 254;  ///< RFC 5321, 4.5.3.1.3
inline constexpr std::size_t title_characters_max = 150;
inline constexpr std::size_t summary_characters_max = 400;
inline constexpr std::size_t name_characters_max = 60;
inline constexpr std::size_t pronouns_characters_max = 30;
inline constexpr std::size_t content_note_characters_max = 200;

// templates and sentences
inline constexpr std::size_t template_depth_max = 64;  ///< partials within partials
inline constexpr std::size_t sentence_placeholders_max = 16;
inline constexpr std::size_t zones_kept_max = 64;  ///< a thread
inline constexpr std::size_t days_kept_max = 512;  ///< a thread and language

// essays
inline constexpr std::size_t excerpt_characters_max = 240;  ///< where there is no summary
inline constexpr std::size_t essay_versions_max = 200;      ///< kept; the oldest go first
inline constexpr std::size_t essay_pictures_max = 40;       ///< of one essay
inline constexpr std::size_t alt_characters_max = 300;
inline constexpr std::size_t feed_items = 20;
inline constexpr std::size_t difference_steps_max = 600;    ///< Myers' D; then all is changed
inline constexpr std::size_t difference_around_words = 24;  ///< shown beside what changed
inline constexpr std::size_t thanks_note_characters_max = 2000;
inline constexpr auto thanks_age_max = 90 * 24h;    ///< of a link sent by mail
inline constexpr auto thanks_told_time = 14 * 24h;  ///< on Today
inline constexpr std::size_t thanks_listed_max = 500;
inline constexpr std::size_t offer_characters_max = 600;
inline constexpr std::size_t reach_out_letters_max = 200;  ///< in one exchange
inline constexpr std::size_t reach_outs_listed_max = 500;
inline constexpr auto reach_out_confirmation_age_max = 7 * 24h;
inline constexpr auto reach_out_link_age_max = 90 * 24h;
inline constexpr auto reach_out_address_age_max = 180 * 24h;  ///< a guest's, after the last letter

// pictures
inline constexpr std::size_t picture_pixels_max = 25'000'000;
inline constexpr std::size_t picture_side_max = 20'000;
inline constexpr auto picture_time_max = 10s;  ///< in the child process, whole
inline constexpr std::size_t picture_memory_bytes_max = 1024ul * 1024 * 1024;
inline constexpr std::size_t picture_files_max = 64;  ///< open in the child process
inline constexpr std::size_t file_works_at_once = 2;  ///< pictures, copies of everything
inline constexpr std::size_t file_works_waiting_max = 32;
inline constexpr std::size_t comment_pictures_each_max = 4;                      ///< of one comment
inline constexpr std::size_t comment_pictures_bytes_max = 2 * upload_bytes_max;  ///< all together
inline constexpr unsigned comment_pictures_max = 60;  ///< of one member, in the next line's time
inline constexpr auto comment_pictures_time = 1h;
inline constexpr unsigned profile_pictures_max = 20;  ///< of one member, in the next line's time
inline constexpr auto profile_pictures_time = 1h;

// mail
inline constexpr std::size_t mail_bytes_max = 256 * 1024;
inline constexpr std::size_t mail_header_bytes_max = 900;  ///< RFC 5322, 2.1.1 allows 998
inline constexpr std::size_t mail_attempts_max = 20;       ///< about three days in all
inline constexpr auto mail_connect_time_max = 10s;
inline constexpr auto mail_time_max = 30s;

// notices
inline constexpr auto notice_age_max = 90 * 24h;
inline constexpr std::size_t notice_url_bytes_max = 500;
inline constexpr std::size_t notice_argument_characters_max = 120;  ///< a longer one is cut
inline constexpr std::size_t notices_in_mail_max = 30;  ///< of full wording; the rest is in the app
inline constexpr std::size_t notice_members_at_once = 200;  ///< a run of the job
inline constexpr auto unsubscribe_link_age_max = 180 * 24h;
inline constexpr int refusals_in_row_max = 3;             ///< then an address counts as refusing
inline constexpr unsigned unsubscribes_network_max = 60;  ///< in the next line's time
inline constexpr auto unsubscribes_network_time = 1h;

// web push
inline constexpr std::size_t push_endpoint_bytes_max = 1000;
inline constexpr std::size_t push_subscriptions_max = 20;  ///< of one member
inline constexpr std::size_t push_payload_bytes = 512;     ///< padded to it: always the same size
inline constexpr auto push_age_max = 24h;                  ///< TTL at the push service
inline constexpr auto push_token_age_max = 12h;            ///< RFC 8292, 2 allows 24 h
inline constexpr int push_attempts_max = 8;
inline constexpr auto push_connect_time_max = 10s;
inline constexpr auto push_time_max = 20s;

// export
inline constexpr std::size_t zip_bytes_max = 512ul * 1024 * 1024;

// pages
inline constexpr std::size_t page_items = 50;
inline constexpr std::size_t page_items_before_linked = 10;  ///< of a comment that a link leads to

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
inline constexpr auto session_seen_step = 1min;  ///< how exactly idleness is known
inline constexpr auto session_kept_after_end = 30 * 24h;
inline constexpr unsigned sign_in_tries_max = 5;  ///< an account, in the next line's time
inline constexpr auto sign_in_tries_time = 15min;
inline constexpr unsigned sign_in_tries_network_max = 20;  ///< an address, in the next line's time
inline constexpr auto sign_in_tries_network_time = 1h;
inline constexpr auto known_device_age_max = 180 * 24h;  ///< since it last signed in
inline constexpr std::size_t known_devices_max = 10;     ///< of one member; the oldest go first
inline constexpr std::size_t sign_in_candidates_max =
    5;  ///< members of one name whose password is tried
inline constexpr auto sign_in_link_age_max = 15min;
inline constexpr auto email_link_age_max = 24h;
inline constexpr std::size_t recovery_codes_made = 8;
inline constexpr auto recovery_delay = 72h;        ///< until a recovered session may do all
inline constexpr unsigned joins_network_max = 10;  ///< an address, in the next line's time
inline constexpr auto joins_network_time = 1h;
inline constexpr std::size_t join_words_characters_max = 1000;
inline constexpr auto join_request_age_max = 30 * 24h;  ///< once it was decided
inline constexpr std::size_t sessions_listed_max = 50;
inline constexpr auto leave_wait_max = 1s;  ///< for the session to end before leaving
inline constexpr auto invitation_age_max = 72h;
inline constexpr auto reauthentication_age_max = 5min;
inline constexpr auto erasure_grace = 7 * 24h;

// search
inline constexpr std::size_t search_characters_max = 200;      ///< of a question; the rest is cut
inline constexpr std::size_t search_terms_max = 12;            ///< words and phrases of a question
inline constexpr std::size_t search_begun_characters_min = 3;  ///< of a word that may go on
inline constexpr std::size_t search_beginnings_max = 100;      ///< words that begin alike
inline constexpr std::size_t search_word_characters_max = 64;  ///< longer ones are found by these
inline constexpr std::size_t search_words_max = 20'000;        ///< of one thing, in the index
inline constexpr std::size_t search_bytes_max = 256 * 1024;    ///< and their size
inline constexpr std::size_t search_scopes_max = 200;          ///< groups looked through
inline constexpr std::size_t search_items = 20;                ///< a page of one kind
inline constexpr std::size_t search_items_of_each = 5;         ///< where all kinds are shown
inline constexpr std::size_t search_batch = 500;               ///< put anew in one deed
inline constexpr std::size_t snippet_characters = 240;
inline constexpr std::size_t snippet_before_characters = 60;  ///< ahead of the first found word
inline constexpr std::size_t snippet_bytes_read = 64 * 1024;  ///< of a text, to find its snippet
inline constexpr unsigned searches_max = 60;                  ///< in the next line's time
inline constexpr auto searches_time = 1min;

// members and the host
inline constexpr std::size_t about_characters_max = 2000;  ///< of oneself
inline constexpr std::size_t invitation_note_characters_max = 100;
inline constexpr std::size_t invitations_open_max = 20;  ///< of one member
inline constexpr unsigned invitations_made_max = 40;     ///< by one member, in the next line's time
inline constexpr auto invitations_made_time = 24h;
inline constexpr std::size_t invitations_listed_max = 100;
inline constexpr unsigned copies_max = 5;  ///< of everything, in the next line's time
inline constexpr auto copies_time = 24h;
inline constexpr std::size_t erasures_at_once = 20;  ///< a run of the job
inline constexpr std::size_t agreement_bytes_max = 16 * 1024;
inline constexpr std::size_t community_name_characters_max = 60;
inline constexpr std::size_t help_line_characters_max = 120;
inline constexpr std::size_t help_lines_max = 20;     ///< of one country
inline constexpr auto help_line_age_max = 180 * 24h;  ///< then its number is looked at again

// writing (database/)
inline constexpr std::size_t deeds_waiting_max = 4096;
inline constexpr std::size_t deeds_together_max = 256;
inline constexpr int deed_tries_max = 6;  ///< PostgreSQL: once and 5 retries
inline constexpr std::size_t read_sessions_max = 32;
inline constexpr auto read_session_wait_max = 10s;
inline constexpr auto lock_wait_max = 10s;  ///< another process holds the database
inline constexpr auto connect_time_max = 5s;
inline constexpr auto slow_no_time = 1s;    ///< a try that took so long met a silent server
inline constexpr auto reconnect_time = 1s;  ///< until the next try then
inline constexpr auto silent_server_time_max = 10s;  ///< PostgreSQL that says nothing at all
inline constexpr std::size_t page_cache_bytes = 64ul * 1024 * 1024;    ///< a session that reads
inline constexpr std::size_t mapped_bytes_max = 2047ul * 1024 * 1024;  ///< the same; SQLite's most
/// A session that writes, which maps nothing: what it reads again it has mostly written itself. A
/// larger one was slower, and a mapped file counts as this program's memory in its whole size.
inline constexpr std::size_t writing_cache_bytes = 16ul * 1024 * 1024;
inline constexpr int log_pages_checkpoint = 4000;  ///< then pages move to the database
inline constexpr int log_pages_truncate = 16'384;  ///< 64 MB: then the log is cut off
inline constexpr int job_tries_max = 12;
inline constexpr auto job_retry_delay_first = 10s;  ///< doubled each time
inline constexpr auto job_retry_delay_max = 6h;
inline constexpr auto job_time_max = 10min;  ///< then another may take it
inline constexpr std::size_t job_error_bytes_max = 500;
inline constexpr std::size_t job_kinds_max = 200;  ///< listed for the host

// several nodes (web/nodes)
inline constexpr auto nodes_look_time = 1s;    ///< each looks by itself what the others have done
inline constexpr auto nodes_late_time = 1min;  ///< a row may come to be seen so long after its time
inline constexpr auto stream_end_age_max = 1h;
inline constexpr auto nodes_sweep_time = 10min;
inline constexpr std::size_t news_at_once = 200;  ///< of one thing, in one look
inline constexpr auto bus_connect_time_max = 2s;
inline constexpr auto bus_reconnect_time = 500ms;
inline constexpr auto bus_ping_time = 2s;
inline constexpr std::size_t bus_waiting_max = 10'000;  ///< hints that aren't handed over yet
inline constexpr std::size_t bus_waiting_bytes_max = 1024 * 1024;  ///< hints for a bus that is gone
inline constexpr std::size_t hints_waiting_max = 10'000;           ///< things to look at

// storage, as the host is told of it
inline constexpr std::size_t files_counted_max = 200'000;
inline constexpr std::size_t disk_free_bytes_min = 1'000'000'000;
inline constexpr auto backup_age_max = 7 * 24h;

// talk
inline constexpr auto live_event_age_max = 2 * 24h;         ///< then a stream begins anew
inline constexpr std::size_t live_events_missed_max = 200;  ///< given again after a cut
inline constexpr auto comment_confirmation_age_max = 72h;   ///< a guest's link
inline constexpr unsigned member_comments_max = 60;         ///< in the next line's time
inline constexpr auto member_comments_time = 10min;
inline constexpr unsigned guest_comments_max = 5;  ///< an hour from one network
inline constexpr std::size_t idempotency_key_bytes_max = 100;
inline constexpr std::size_t decision_reason_characters_max = 1000;
inline constexpr std::size_t review_items = 20;
inline constexpr std::int64_t comment_edit_hours_max = 8760;  ///< what a host may set: a year
inline constexpr std::size_t comment_versions_shown_max = 50;
inline constexpr std::size_t mentions_max = 10;      ///< people named in one comment
inline constexpr std::size_t mention_words_max = 4;  ///< of a name that is looked for
inline constexpr std::size_t quotes_max = 10;        ///< comments that one comment quotes
inline constexpr std::size_t folds_max = 100;        ///< of one member
inline constexpr std::size_t fold_characters_max = 60;
inline constexpr std::size_t kind_replies_shown_max = 500;  ///< on one page, to an author
inline constexpr unsigned kind_replies_max = 240;           ///< an hour, of one member
inline constexpr std::size_t poll_choices_min = 2;
inline constexpr std::size_t poll_choices_max = 8;
inline constexpr std::size_t poll_choice_characters_max = 100;

// circles
inline constexpr std::int64_t circle_size_min = 2;
inline constexpr std::int64_t circle_size_max = 500;  ///< whatever the host allows
inline constexpr std::int64_t circle_size_default = 12;
inline constexpr std::int64_t circle_small_max = 12;  ///< where nobody can be invisible
inline constexpr std::size_t circle_name_characters_max = 60;
inline constexpr std::size_t circle_purpose_characters_max = 400;
inline constexpr std::size_t circle_tags_max = 12;  ///< of one circle, of one member
inline constexpr std::size_t circle_tag_characters_max = 40;
inline constexpr std::size_t circles_of_member_max = 100;
inline constexpr std::size_t circle_agreements_listed_max = 50;
inline constexpr std::size_t circle_words_characters_max = 1000;  ///< of who asks to come in
inline constexpr auto circle_ask_again_time = 30 * 24h;
inline constexpr auto circle_request_age_max = 180 * 24h;
inline constexpr auto circle_invitation_age_max = 30 * 24h;  ///< of a member; a link: 72 hours
inline constexpr std::size_t circle_invitations_open_max = 20;
inline constexpr std::size_t circle_removals_listed_max = 20;
inline constexpr auto circle_closed_time = 30 * 24h;       ///< read-only, then erased
inline constexpr std::size_t circles_erased_at_once = 20;  ///< a run of the job
inline constexpr std::size_t circle_copy_comments_max = 100'000;
inline constexpr std::int64_t slow_minutes_max = 60;

// nobody in silence, and welcome
inline constexpr std::size_t unanswered_listed_max = 50;     ///< of one kind; the oldest come first
inline constexpr std::size_t waits_travelling_at_once = 20;  ///< a run of the job
inline constexpr std::size_t greeters_max = 50;
inline constexpr std::size_t greeting_characters_max = 140;  ///< of oneself as a greeter
inline constexpr auto first_week_time = 7 * 24h;
inline constexpr auto reply_time_measured = 30 * 24h;  ///< whose words tell of the time to a reply
inline constexpr std::size_t replies_measured_max = 5000;
inline constexpr std::size_t replies_told_min = 5;  ///< fewer words tell nothing

}  // namespace kith::limits
