#include "essays/essays_routes.hpp"

#include "essays/editor_views.hpp"
#include "essays/essay_handlers.hpp"
#include "essays/history_views.hpp"
#include "essays/probe_store.hpp"
#include "essays/reach_out.hpp"
#include "essays/reach_out_views.hpp"
#include "essays/thanks.hpp"
#include "essays/thanks_views.hpp"

namespace kith::essays {

using web::Access;
using web::before_agreement;
using web::get;
using web::get_raw;
using web::kept;
using web::limited;
using web::NoFields;
using web::post;
using web::with_uploads;
using namespace std::chrono_literals;

namespace {

constexpr auto anyone = Access::anyone;
constexpr auto member = Access::member;

std::vector<web::Route> reading_routes() {
    return {
        kept(get<EssaysPage>("/essays", anyone, show_essays)),
        kept(get<EssayPage>("/essays/{slug}", anyone, show_essay)),
        kept(get_raw("/essays/{slug}/text", anyone, show_essay_text)),
        get_raw("/essays/{slug}/picture", anyone, show_picture),
        get_raw("/files/{id}", anyone, show_file),
        kept(get_raw("/feed.atom", anyone, show_feed)),
        talk::with_comment_pictures(
            post<talk::CommentForm>(comments_pattern, anyone, act_comment, show_essay)),
    };
}

std::vector<web::Route> writing_routes() {
    return {
        get<EditorPage>(new_pattern, member, show_new),
        limited(post<EssayForm>(new_pattern, member, act_new, show_new), {60, 24h}),
        get<EditorPage>(edit_pattern, member, show_edit),
        limited(post<EssayForm>(edit_pattern, member, act_edit, show_edit), {120, 1h}),
        limited(post<CarriedEssay>("/essays/preview", member, act_preview), {600, 1h}),
        limited(post<CarriedEssay>("/essays/write-on", member, act_write_on), {600, 1h}),
        limited(post<EssayForm>("/essays/draft", member, act_keep_draft), {1200, 1h}),
        post<NoFields>("/essays/{slug}/draft/drop", member, act_drop_draft),
        limited(with_uploads(post<ImportForm>(import_pattern, member, act_import, show_new)),
                {60, 24h}),
        post<NoFields>("/essays/{slug}/publish", member, act_publish, show_edit),
        before_agreement(post<NoFields>("/essays/{slug}/withdraw", member, act_withdraw)),
        limited(with_uploads(
                    post<PictureForm>(add_picture_pattern, member, act_add_picture, show_edit)),
                {60, 1h}),
        post<NoFields>("/essays/{slug}/pictures/{id}/drop", member, act_drop_picture),
        get<HistoryPage>("/essays/{slug}/history", member, show_history),
    };
}

std::vector<web::Route> thanks_routes() {
    return {
        post<ThanksForm>(thanks_pattern, member, act_thanks, show_essay),
        get<ThanksListPage>("/thanks", member, show_thanks_list),
        get<ThanksPage>("/thanks/{token}", anyone, show_thanks),
        before_agreement(post<NoFields>("/thanks/{token}/received", anyone, act_received)),
        before_agreement(post<NoFields>("/thanks/{token}/put-away", member, act_put_away)),
    };
}

std::vector<web::Route> letter_routes() {
    return {
        get<ReachOutPage>("/essays/{slug}/reach-out", anyone, show_reach_out),
        post<ReachOutForm>("/essays/{slug}/reach-out", anyone, act_reach_out, show_reach_out),
        get<ReachOutPage>("/guides/{id}/reach-out", anyone, show_reach_out),
        post<ReachOutForm>("/guides/{id}/reach-out", anyone, act_reach_out, show_reach_out),
        get<ReachOutsPage>("/reach-outs", member, show_reach_outs),
        get<LetterPage>("/reach-outs/{id}", member, show_letter),
        before_agreement(post<NoFields>("/reach-outs/{id}/read", member, act_read)),
        limited(post<LetterForm>("/reach-outs/{id}/answer", member, act_answer, show_letter),
                {60, 1h}),
        before_agreement(post<NoFields>("/reach-outs/{id}/close", member, act_close)),
        get<LetterPage>("/reach-outs/link/{token}", anyone, show_guest_letter),
        limited(post<NoFields>("/reach-outs/link/{token}/confirm", anyone, act_guest_confirm),
                {30, 1h}),
        limited(post<LetterForm>("/reach-outs/link/{token}/answer", anyone, act_guest_answer,
                                 show_guest_letter),
                {20, 1h}),
        post<NoFields>("/reach-outs/link/{token}/close", anyone, act_guest_close),
        get<OfferPage>("/settings/reach-out", member, show_offer),
        post<Offer>("/settings/reach-out", member, act_offer, show_offer),
    };
}

web::Probe fixed(std::string_view pattern) {
    return {pattern,
            [pattern](database::Read&) { return std::vector<std::string>{std::string(pattern)}; }};
}

using Names = std::vector<std::string> (*)(database::Read&);

/// The pattern with each of the names in the place of its {…}.
web::Probe each(std::string_view pattern, Names names) {
    return {pattern, [pattern, names](database::Read& read) {
                auto const open = pattern.find('{');
                auto const close = pattern.find('}');
                std::vector<std::string> paths;
                for (auto const& name : names(read))
                    paths.push_back(std::string(pattern.substr(0, open)) + name +
                                    std::string(pattern.substr(close + 1)));
                return paths;
            }};
}

}  // namespace

std::vector<web::Route> essays_routes() {
    std::vector<web::Route> all;
    for (auto const& part : {reading_routes(), writing_routes(), thanks_routes(), letter_routes()})
        all.insert(all.end(), part.begin(), part.end());
    return all;
}

std::vector<web::Probe> essays_probes() {
    return {
        fixed("/essays"),
        fixed("/feed.atom"),
        fixed(new_pattern),
        fixed("/thanks"),
        fixed("/reach-outs"),
        fixed("/settings/reach-out"),
        each("/essays/{slug}", all_slugs),
        each("/essays/{slug}/text", all_slugs),
        each("/essays/{slug}/picture", all_slugs),
        each("/essays/{slug}/edit", all_slugs),
        each("/essays/{slug}/history", all_slugs),
        each("/essays/{slug}/reach-out", all_slugs),
        each("/files/{id}", all_picture_ids),
        each("/thanks/{token}", all_thanks_ids),
        each("/guides/{id}/reach-out", all_member_ids),
        each("/reach-outs/{id}", all_reach_out_ids),
        // A guest's token leaves the server by mail alone: only a forged one can be tried.
        each("/reach-outs/link/{token}", all_reach_out_ids),
    };
}

}  // namespace kith::essays
