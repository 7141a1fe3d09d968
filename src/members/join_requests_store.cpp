#include "base/limits.hpp"
#include "members/join_requests.hpp"
#include "members/member_mail.hpp"

namespace kith::members {

using database::bind;
using database::Sql;

constexpr Sql ask = R"(
    insert into join_requests (public_id, token_hash, name, pronouns, email, password_hash, words,
                               language, agreement_version, state, asked_at)
    values (:public_id, :token_hash, :name, :pronouns, :email, :password_hash, :words,
            :language, :agreement_version, 'waiting', :now))";

constexpr Sql who_decides =
    "select id from members where role in ('steward', 'host') and state = 'active' order by id";

std::string ask_to_join(web::Site& site, database::Write& write, Joining const& joining) {
    auto token = make_token(site.random);
    auto const id = PublicId::make(site.random);
    database::execute(write, ask, bind("public_id", id),
                      bind("token_hash", site.seal.hash("join request", token)),
                      bind("name", joining.name), bind("pronouns", joining.pronouns),
                      bind("email", joining.email), bind("password_hash", joining.password_hash),
                      bind("words", joining.words), bind("language", joining.language),
                      bind("agreement_version", joining.agreement_version),
                      bind("now", site.now()));
    for (auto const& member : database::rows<Id<Member>>(write, who_decides)) {
        web::Notice notice;
        notice.to = member;
        notice.kind = request_waits;
        notice.url = "/host/joining";
        notice.arguments = {{"name", joining.name}};
        notice.about = id.text();
        web::tell(write, site, std::move(notice));
    }
    return token;
}

constexpr Sql by_token = R"(
    select id, public_id, name, pronouns, email, words, state, asked_at, member,
           case when mailed_token_hash = :token_hash then 1 else 0 end
    from join_requests where token_hash = :token_hash or mailed_token_hash = :token_hash)";

std::optional<JoinRequestRow> find_join_request(web::Site& site, database::Read& read,
                                                std::string_view token) {
    return database::maybe<JoinRequestRow>(
        read, by_token, bind("token_hash", site.seal.hash("join request", token)));
}

constexpr Sql waiting = R"(
    select id, public_id, name, pronouns, email, words, state, asked_at, member, 0
    from join_requests where state = 'waiting' and :steward = 1 order by asked_at, id
    limit :at_most)";

std::vector<JoinRequestRow> join_requests_waiting(database::Read& read, Viewer const& viewer) {
    return database::rows<JoinRequestRow>(read, waiting,
                                          bind("steward", viewer.at_least(Role::steward)),
                                          bind("at_most", limits::page_items));
}

namespace {

/// What a request holds that only its becoming a member needs.
struct JoiningRow {
    Id<JoinRequest> id;
    std::string name;
    std::string pronouns;
    std::optional<std::string> email;
    std::optional<std::string> password_hash;
    std::string language;
    std::int64_t agreement_version = 0;
};
BOOST_DESCRIBE_STRUCT(JoiningRow, (),
                      (id, name, pronouns, email, password_hash, language, agreement_version))

constexpr Sql whole = R"(
    select id, name, pronouns, email, password_hash, language, agreement_version
    from join_requests where public_id = :public_id and state = 'waiting')";
// The address and the password move to the member: they are kept once.
constexpr Sql decide = R"(
    update join_requests set state = :state, decided_at = :now, decided_by = :by,
        member = :member, email = null, password_hash = null,
        mailed_token_hash = :mailed_token_hash
    where public_id = :public_id and state = 'waiting')";

struct Decision {
    PublicId request;
    JoinState state;
    Id<Member> by;
    std::optional<Id<Member>> member;
};

/// Keeps the decision, and mails whoever gave an address that there is an answer.
void settle(web::Site& site, database::Write& write, JoiningRow const& row,
            Decision const& decision) {
    auto const token = make_token(site.random);
    database::execute(write, decide, bind("state", decision.state), bind("now", site.now()),
                      bind("by", decision.by), bind("member", decision.member),
                      bind("mailed_token_hash", site.seal.hash("join request", token)),
                      bind("public_id", decision.request));
    if (row.email) mail_answer(site, write, row.language, *row.email, "/join/asked/" + token);
}

}  // namespace

Id<Member> accept_join_request(web::Site& site, database::Write& write, PublicId const& request,
                               Id<Member> by) {
    auto const row = database::one<JoiningRow>(write, whole, bind("public_id", request));
    NewMember newcomer{.public_id = PublicId::make(site.random), .name = row.name};
    newcomer.pronouns = row.pronouns;
    newcomer.email = row.email;
    newcomer.password_hash = row.password_hash;
    newcomer.language = row.language;
    newcomer.joined_at = site.now();
    newcomer.agreement_version = row.agreement_version;
    newcomer.invited_by = by;
    auto const member = add_member(write, newcomer);
    settle(site, write, row, {request, JoinState::accepted, by, member});
    return member;
}

void decline_join_request(web::Site& site, database::Write& write, PublicId const& request,
                          Id<Member> by) {
    auto const row = database::maybe<JoiningRow>(write, whole, bind("public_id", request));
    if (!row) throw Refusal::not_found();
    settle(site, write, *row, {request, JoinState::declined, by, std::nullopt});
}

// One that waits is somebody's question: it stays until it is answered.
constexpr Sql sweep = R"(
    delete from join_requests where state <> 'waiting' and decided_at < :before)";

void sweep_join_requests(database::Write& write, Time before) {
    database::execute(write, sweep, bind("before", before));
}

constexpr Sql forget = "delete from join_requests where member = :member";

void forget_join_request_of(database::Write& write, Id<Member> member) {
    database::execute(write, forget, bind("member", member));
}

constexpr Sql invitation = R"(
    select i.made_by from invitations i join members m on m.id = i.made_by
    where i.token_hash = :token_hash and i.used_at is null and i.withdrawn_at is null
      and i.expires_at > :now and m.state = 'active')";

std::optional<Id<Member>> find_invitation(web::Site& site, database::Read& read,
                                          std::string_view token) {
    return database::maybe<Id<Member>>(read, invitation,
                                       bind("token_hash", site.seal.hash("invitation", token)),
                                       bind("now", site.now()));
}

constexpr Sql use = R"(
    update invitations set used_at = :now, used_by = :member
    where token_hash = :token_hash and used_at is null and withdrawn_at is null
      and expires_at > :now)";

bool use_invitation(web::Site& site, database::Write& write, std::string_view token,
                    Id<Member> member) {
    return database::execute(write, use, bind("now", site.now()), bind("member", member),
                             bind("token_hash", site.seal.hash("invitation", token))) == 1;
}

constexpr Sql delete_made_by = "delete from invitations where made_by = :member";

void delete_invitations_of(database::Write& write, Id<Member> member) {
    database::execute(write, delete_made_by, bind("member", member));
}

constexpr Sql invite = R"(
    insert into invitations (public_id, token_hash, made_by, note, made_at, expires_at)
    values (:public_id, :token_hash, :made_by, :note, :made_at, :expires_at))";

std::string make_invitation(web::Site& site, database::Write& write, Id<Member> by,
                            std::string const& note) {
    auto const token = make_token(site.random);
    database::execute(write, invite, bind("public_id", PublicId::make(site.random)),
                      bind("token_hash", site.seal.hash("invitation", token)), bind("made_by", by),
                      bind("note", note), bind("made_at", site.now()),
                      bind("expires_at", site.now() + limits::invitation_age_max));
    return "/join/" + token;
}

}  // namespace kith::members
