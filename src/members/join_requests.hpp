#pragma once

#include <boost/describe.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "database/session.hpp"
#include "members/members.hpp"

namespace kith::members {

struct JoinRequest;  // the tag of Id<JoinRequest>
struct Invitation;   // the tag of Id<Invitation>

/// The notice of a request to those who decide; taken back once one of them has.
inline constexpr std::string_view request_waits = "members.request_waits";

/// How a request to join stands.
enum class JoinState { waiting, accepted, declined };
BOOST_DESCRIBE_ENUM(JoinState, waiting, accepted, declined)

/// Someone who asks to come in, for the stewards and for themselves.
struct JoinRequestRow {
    Id<JoinRequest> id;
    PublicId public_id;
    std::string name;
    std::string pronouns;
    std::optional<std::string> email;
    std::string words;
    JoinState state = JoinState::waiting;
    Time asked_at{};
    std::optional<Id<Member>> member;  ///< once accepted
    bool by_mail = false;              ///< found by the link that was mailed to `email`
};
BOOST_DESCRIBE_STRUCT(JoinRequestRow, (),
                      (id, public_id, name, pronouns, email, words, state, asked_at, member,
                       by_mail))

/// What someone brings who wants to join, by whatever door.
struct Joining {
    std::string name;
    std::string pronouns;
    std::optional<std::string> email;
    std::optional<std::string> password_hash;
    std::string words;
    std::string language;
    std::int64_t agreement_version = 0;
};

/// Keeps a request; gives the token of the link by which it can be followed.
[[nodiscard]] std::string ask_to_join(web::Site& site, database::Write& write,
                                      Joining const& joining);
/// The request that `token` follows.
[[nodiscard]] std::optional<JoinRequestRow> find_join_request(web::Site& site, database::Read& read,
                                                              std::string_view token);
/// The requests that wait for a steward, the oldest first; none for anybody else.
[[nodiscard]] std::vector<JoinRequestRow> join_requests_waiting(database::Read& read,
                                                                Viewer const& viewer);
/// Lets them in: they become a member. Whoever gave an address is mailed where the answer stands.
/// Refuses with Refusal::not_found what is not waiting.
Id<Member> accept_join_request(web::Site& site, database::Write& write, PublicId const& request,
                               Id<Member> by);
/// Says no; the link by which they asked tells them, kindly.
void decline_join_request(web::Site& site, database::Write& write, PublicId const& request,
                          Id<Member> by);
/// Forgets requests that were decided before; those that wait are kept.
void sweep_join_requests(database::Write& write, Time before);
/// Forgets by which request a member came.
void forget_join_request_of(database::Write& write, Id<Member> member);

/// Whoever made the invitation of `token`, if it may still be used.
[[nodiscard]] std::optional<Id<Member>> find_invitation(web::Site& site, database::Read& read,
                                                        std::string_view token);
/// Uses the invitation for `member`; false when another was faster.
[[nodiscard]] bool use_invitation(web::Site& site, database::Write& write, std::string_view token,
                                  Id<Member> member);
/// Forgets the invitations that a member made: erasure.
void delete_invitations_of(database::Write& write, Id<Member> member);
/// Makes an invitation, kept as a hash; gives the path "/join/{token}".
[[nodiscard]] std::string make_invitation(web::Site& site, database::Write& write, Id<Member> by,
                                          std::string const& note);

}  // namespace kith::members
