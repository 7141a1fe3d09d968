#include "circles/circles_routes.hpp"

#include "circles/circle_handlers.hpp"
#include "circles/probe_store.hpp"
#include "circles/sharing.hpp"

namespace kith::circles {

using web::before_agreement;
using web::freshly_signed_in;
using web::get;
using web::limited;
using web::NoFields;
using web::post;
using namespace std::chrono_literals;

namespace {

constexpr auto member = web::Access::member;

std::vector<web::Route> circle_routes() {
    return {
        get<CirclesPage>("/circles", member, show_circles),
        get<CircleEditorPage>(new_pattern, member, show_new),
        limited(post<CircleForm>(new_pattern, member, act_new, show_new), {10, 24h}),
        get<CirclePage>("/circles/{id}", member, show_circle),
        get<CircleEditorPage>(settings_pattern, member, show_settings),
        limited(post<CircleForm>(settings_pattern, member, act_settings, show_settings), {60, 1h}),
        get<CircleMembersPage>("/circles/{id}/members", member, show_members),
        get<CircleAgreementPage>(agreement_pattern, member, show_agreement),
        post<AgreeForm>(agreement_pattern, member, act_agree, show_agreement),
        get<SharingPage>(sharing_pattern, member, show_sharing),
        limited(post<SharingForm>(sharing_pattern, member, act_sharing, show_sharing), {60, 1h}),
    };
}

std::vector<web::Route> entry_routes() {
    return {
        limited(post<EntryForm>(join_pattern, member, act_join, show_circle), {30, 24h}),
        limited(post<AskForm>(ask_pattern, member, act_ask, show_circle), {20, 24h}),
        before_agreement(post<NoFields>("/circles/{id}/ask/withdraw", member, act_take_back)),
        get<RequestsPage>("/circles/{id}/requests", member, show_requests),
        post<NoFields>("/circles/{id}/requests/{request}/let-in", member, act_let_in,
                       show_requests),
        post<NoFields>("/circles/{id}/requests/{request}/not-now", member, act_not_now,
                       show_requests),
        get<InvitationsPage>(invite_pattern, member, show_invitations),
        limited(post<InviteForm>(invite_pattern, member, act_invite, show_invitations), {30, 24h}),
        limited(post<NoFields>("/circles/{id}/invitations/link", member, act_make_link,
                               show_invitations),
                {30, 24h}),
        before_agreement(post<NoFields>("/circles/{id}/invitations/{invitation}/withdraw", member,
                                        act_withdraw_invitation)),
        post<EntryForm>(accept_pattern, member, act_accept, show_circle),
        before_agreement(post<NoFields>("/circles/{id}/invitation/ignore", member, act_ignore)),
        limited(get<InvitedPage>("/circles/invitations/{token}", member, show_link), {60, 1h}),
        limited(post<EntryForm>(use_link_pattern, member, act_use_link, show_link), {30, 1h}),
    };
}

std::vector<web::Route> keeping_routes() {
    return {
        before_agreement(post<NoFields>("/circles/{id}/leave", member, act_leave)),
        post<KeeperForm>("/circles/{id}/members/{member}/keeper", member, act_name_keeper,
                         show_members),
        before_agreement(
            post<NoFields>("/circles/{id}/step-down", member, act_step_down, show_settings)),
        limited(post<RemoveForm>(remove_pattern, member, act_remove, show_members), {30, 24h}),
        before_agreement(
            post<NoFields>("/circles/removals/{removal}/put-away", member, act_put_away)),
        post<NoFields>("/circles/{id}/close", member, act_close, show_settings),
        limited(before_agreement(
                    freshly_signed_in(post<NoFields>("/circles/{id}/copy", member, act_copy))),
                {10, 24h}),
    };
}

web::Route deed(std::string_view pattern, web::Act act) {
    return limited(post<NoFields>(pattern, member, act, show_conversation), {120, 1h});
}

std::vector<web::Route> conversation_routes() {
    return {
        get<ConversationsPage>(begin_pattern, member, show_conversations),
        get<BeginPage>("/circles/{id}/conversations/new", member, show_begin),
        limited(post<ConversationForm>(begin_pattern, member, act_begin, show_begin), {30, 24h}),
        get<ConversationPage>("/conversations/{id}", member, show_conversation),
        limited(talk::with_comment_pictures(post<talk::CommentForm>(
                    comments_pattern, member, act_comment, show_conversation)),
                {300, 1h}),
        before_agreement(
            limited(post<ReadForm>("/conversations/{id}/read", member, act_read), {1200, 1h})),
        deed("/conversations/{id}/close", act_close_conversation),
        deed("/conversations/{id}/reopen", act_reopen),
        deed("/conversations/{id}/pin", act_pin),
        deed("/conversations/{id}/unpin", act_unpin),
        deed("/conversations/{id}/open-to-later", act_open_to_later),
        before_agreement(deed("/conversations/{id}/close-to-later", act_close_to_later)),
        limited(post<SlowForm>(slow_pattern, member, act_slow, show_conversation), {120, 1h}),
        before_agreement(limited(
            post<talk::PatienceForm>(patience_pattern, member, act_patience, show_conversation),
            {120, 1h})),
        before_agreement(deed("/conversations/{id}/withdraw", act_withdraw)),
    };
}

web::Probe fixed(std::string_view pattern) {
    return {pattern,
            [pattern](database::Read&) { return std::vector<std::string>{std::string(pattern)}; }};
}

using Ids = std::vector<std::string> (*)(database::Read&);

/// The pattern with each of the ids in the place of its {…}.
web::Probe each(std::string_view pattern, Ids ids) {
    return {pattern, [pattern, ids](database::Read& read) {
                auto const open = pattern.find('{');
                auto const close = pattern.find('}');
                std::vector<std::string> paths;
                for (auto const& id : ids(read))
                    paths.push_back(std::string(pattern.substr(0, open)) + id +
                                    std::string(pattern.substr(close + 1)));
                return paths;
            }};
}

}  // namespace

std::vector<web::Route> circles_routes() {
    std::vector<web::Route> all;
    for (auto const& part :
         {circle_routes(), entry_routes(), keeping_routes(), conversation_routes()})
        all.insert(all.end(), part.begin(), part.end());
    return all;
}

std::vector<web::Probe> circles_probes() {
    return {
        fixed("/circles"),
        fixed(new_pattern),
        fixed(sharing_pattern),
        each("/circles/{id}", all_circle_ids),
        each(settings_pattern, all_circle_ids),
        each("/circles/{id}/members", all_circle_ids),
        each(agreement_pattern, all_circle_ids),
        each("/circles/{id}/requests", all_circle_ids),
        each(invite_pattern, all_circle_ids),
        // A link's token leaves the server once: only a forged one can be tried.
        each("/circles/invitations/{token}", all_circle_ids),
        each(begin_pattern, all_circle_ids),
        each("/circles/{id}/conversations/new", all_circle_ids),
        each("/conversations/{id}", all_conversation_ids),
    };
}

}  // namespace kith::circles
