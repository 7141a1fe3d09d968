#include "talk/talk_slice.hpp"

#include <algorithm>

#include "base/limits.hpp"
#include "members/members.hpp"
#include "resources/talk.hpp"
#include "talk/comment_store.hpp"
#include "talk/discussion_store.hpp"
#include "talk/events.hpp"
#include "talk/folds.hpp"
#include "talk/folds_store.hpp"
#include "talk/greeters.hpp"
#include "talk/guest.hpp"
#include "talk/guest_store.hpp"
#include "talk/history.hpp"
#include "talk/history_store.hpp"
#include "talk/kind_replies.hpp"
#include "talk/kind_replies_store.hpp"
#include "talk/live.hpp"
#include "talk/own_comment.hpp"
#include "talk/pictures.hpp"
#include "talk/polls.hpp"
#include "talk/probe_store.hpp"
#include "talk/review.hpp"
#include "talk/search.hpp"
#include "talk/tell.hpp"
#include "talk/waiting_store.hpp"

namespace kith::talk {
namespace {

using web::Access;
using namespace std::chrono_literals;

std::vector<web::Route> talk_routes() {
    using web::limited;
    using web::NoFields;
    using web::post;
    return {
        web::by_itself(web::get_raw("/events", Access::anyone, show_events)),
        web::get<ReviewPage>("/review", Access::steward, show_review),
        web::get<ConfirmPage>("/comments/confirm/{token}", Access::anyone, show_confirm),
        limited(post<NoFields>("/comments/confirm/{token}", Access::anyone, act_confirm), {30, 1h}),
        web::get<CommentView>("/comments/{id}", Access::anyone, show_comment),
        web::get_raw(picture_pattern, Access::anyone, show_picture),
        web::get<CommentHistoryPage>("/comments/{id}/history", Access::anyone,
                                     show_comment_history),
        web::get<PollPage>(poll_pattern, Access::member, show_poll),
        limited(post<VoteForm>("/polls/{id}/vote", Access::member, act_vote, show_poll), {120, 1h}),
        web::before_agreement(
            post<NoFields>("/polls/{id}/take-back", Access::member, act_vote_back, show_poll)),
        web::get<EditPage>(edit_pattern, Access::member, show_edit),
        limited(post<EditForm>(edit_pattern, Access::member, act_edit, show_edit), {60, 1h}),
        web::before_agreement(post<NoFields>("/comments/{id}/delete", Access::member, act_delete)),
        limited(post<KindForm>("/comments/{id}/kind", Access::member, act_kind),
                {limits::kind_replies_max, 1h}),
        web::before_agreement(
            post<NoFields>("/comments/{id}/kind/take-back", Access::member, act_kind_back)),
        web::get<FoldsPage>(folds_path, Access::member, show_folds),
        limited(post<FoldForm>(folds_path, Access::member, act_fold, show_folds), {60, 1h}),
        web::before_agreement(post<FoldForm>("/settings/folds/remove", Access::member, act_unfold)),
        post<NoFields>("/comments/{id}/hold", Access::steward, act_hold),
        post<NoFields>("/comments/{id}/release", Access::steward, act_release),
        post<RefuseForm>(refuse_pattern, Access::steward, act_refuse, show_review),
    };
}

/// A picture of a comment: its file in the copy, and what is to be seen in it.
struct ExportedPicture {
    std::string file;
    std::string alt;
};
BOOST_DESCRIBE_STRUCT(ExportedPicture, (), (file, alt))

/// One comment as its author takes it away.
struct ExportedComment {
    std::string where;
    Time at{};
    std::optional<Time> edited_at;
    State state = State::published;
    std::optional<std::string> content_note;
    std::string markdown;
    std::vector<ExportedPicture> pictures;
};
BOOST_DESCRIBE_STRUCT(ExportedComment, (),
                      (where, at, edited_at, state, content_note, markdown, pictures))

/// How one of them read until it was changed.
struct ExportedVersion {
    std::string where;
    Time until{};
    std::optional<std::string> content_note;
    std::string markdown;
};
BOOST_DESCRIBE_STRUCT(ExportedVersion, (), (where, until, content_note, markdown))

struct ExportedComments {
    std::vector<ExportedComment> comments;
    std::vector<ExportedVersion> earlier;
};
BOOST_DESCRIBE_STRUCT(ExportedComments, (), (comments, earlier))

/// What a member told others without words.
struct ExportedKindReply {
    std::string where;
    KindReply kind = KindReply::none;
    Time at{};
};
BOOST_DESCRIBE_STRUCT(ExportedKindReply, (), (where, kind, at))

struct ExportedKindReplies {
    std::vector<ExportedKindReply> kind_replies;
};
BOOST_DESCRIBE_STRUCT(ExportedKindReplies, (), (kind_replies))

/// A poll that a member asked, with its choices, or answered, with their answer.
struct ExportedPoll {
    std::string where;
    Time at{};
    std::string question;
    std::string words;
};
BOOST_DESCRIBE_STRUCT(ExportedPoll, (), (where, at, question, words))

struct ExportedPolls {
    std::vector<ExportedPoll> asked;
    std::vector<ExportedPoll> answered;
};
BOOST_DESCRIBE_STRUCT(ExportedPolls, (), (asked, answered))

struct ExportedFolds {
    std::vector<std::string> folds;
};
BOOST_DESCRIBE_STRUCT(ExportedFolds, (), (folds))

/// Adds the pictures of the comments, and their files.
void add_own_pictures(web::Site& site, database::Read& read, std::vector<OwnCommentRow> const& own,
                      std::vector<ExportedComment>& comments, web::Archive& archive) {
    std::vector<Id<Comment>> ids;
    ids.reserve(own.size());
    for (auto const& row : own) ids.push_back(row.id);
    for (auto const& picture : pictures_of(read, Viewer::server(), ids)) {
        auto bytes = site.files.get(picture.file);
        if (!bytes) continue;
        auto const place = std::ranges::find(ids, picture.comment) - ids.begin();
        auto const name = "pictures/" + picture.file;
        comments[static_cast<std::size_t>(place)].pictures.push_back({name, picture.alt});
        archive.add_file(name, *std::move(bytes));
    }
}

/// How far the member let their words travel, and what they say as a greeter.
struct ExportedWait {
    std::string where;
    Patience if_nobody_answers = Patience::stay;
    Reach seen_by = Reach::here;
    Time chosen_at{};
};
BOOST_DESCRIBE_STRUCT(ExportedWait, (), (where, if_nobody_answers, seen_by, chosen_at))

struct ExportedWaits {
    std::vector<ExportedWait> waits;
    std::optional<std::string> as_a_greeter;
};
BOOST_DESCRIBE_STRUCT(ExportedWaits, (), (waits, as_a_greeter))

void export_waits(web::Site& site, database::Read& read, Id<Member> member,
                  std::string const& language, web::Archive& archive) {
    ExportedWaits view;
    for (auto const& row : waits_of(read, Viewer::server(), member))
        view.waits.push_back(
            {site.settings.public_url + row.subject_path, row.patience, row.reach, row.chosen_at});
    if (auto own = own_greeting(read, {member, Role::member}))
        view.as_a_greeter = std::move(own->greeting);
    archive.add("waits", site.words.say(language, "talk.export_waits_title"), view);
}

void export_comments(web::Site& site, database::Read& read, Id<Member> member,
                     web::Archive& archive) {
    ExportedComments view;
    auto own = comments_of(read, Viewer::server(), member);
    for (auto& row : own) {
        view.comments.push_back({site.settings.public_url + row.subject_path,
                                 row.created_at,
                                 row.edited_at,
                                 row.state,
                                 std::move(row.content_note),
                                 std::move(row.markdown),
                                 {}});
    }
    add_own_pictures(site, read, own, view.comments, archive);
    for (auto& row : versions_by(read, Viewer::server(), member)) {
        view.earlier.push_back({site.settings.public_url + row.subject_path, row.replaced_at,
                                std::move(row.content_note), std::move(row.markdown)});
    }
    auto const language = members::language_of(
        read, members::account_of(read, Viewer::server(), member).value_or(members::Account{}));
    archive.add("comments", site.words.say(language, "talk.export_title"), view);
    ExportedKindReplies kind;
    for (auto const& row : kind_replies_by(read, Viewer::server(), member))
        kind.kind_replies.push_back(
            {site.settings.public_url + row.subject_path, row.kind, row.given_at});
    ExportedFolds folds;
    for (auto& fold : folds_of(read, {member, Role::member}))
        folds.folds.push_back(std::move(fold.words));
    export_waits(site, read, member, language, archive);
    archive.add("folds", site.words.say(language, "talk.folds_title"), folds);
    ExportedPolls polls;
    for (auto& row : polls_by(read, Viewer::server(), member))
        polls.asked.push_back({site.settings.public_url + row.subject_path, row.at,
                               std::move(row.question), std::move(row.words)});
    for (auto& row : votes_by(read, Viewer::server(), member))
        polls.answered.push_back({site.settings.public_url + row.subject_path, row.at,
                                  std::move(row.question), std::move(row.words)});
    archive.add("polls", site.words.say(language, "talk.export_polls_title"), polls);
    archive.add("kind-replies", site.words.say(language, "talk.export_kind_title"), kind);
}

void erase_words(database::Write& write, Id<Member> member) {
    take_back_all(write, member);
    remove_folds(write, member);
    drop_votes_of(write, member);
    forget_waits_of(write, member);
    unname_greeter(write, member);
    leave_all_groups(write, member);
}

void sweep(web::Site& site, std::string const&) {
    site.database.write_now([&](database::Write& write) {
        forget_live_events(write, site.now() - limits::live_event_age_max);
        forget_unconfirmed(write, site.now() - limits::comment_confirmation_age_max);
    });
}

std::vector<std::string> paths(std::vector<PublicId> const& ids, std::string_view before,
                               std::string_view after = {}) {
    std::vector<std::string> paths;
    paths.reserve(ids.size());
    for (auto const& id : ids)
        paths.push_back(std::string(before) + id.text() + std::string(after));
    return paths;
}

std::vector<web::Probe> talk_probes() {
    auto const server = Viewer::server();
    return {
        {"/events",
         [server](database::Read& read) {
             return paths(some_discussions(read, server), "/events?on=");
         }},
        {"/review", [](database::Read&) { return std::vector<std::string>{"/review"}; }},
        {"/comments/confirm/{token}",
         [](database::Read&) {
             return std::vector<std::string>{"/comments/confirm/" + std::string(43, 'A')};
         }},
        {"/comments/{id}",
         [server](database::Read& read) {
             return paths(some_comments(read, server), "/comments/");
         }},
        {picture_pattern,
         [server](database::Read& read) {
             return paths(some_pictures(read, server), "/comments/pictures/");
         }},
        {poll_pattern,
         [server](database::Read& read) { return paths(some_polls(read, server), "/polls/"); }},
        {folds_path, [](database::Read&) { return std::vector{std::string(folds_path)}; }},
        {"/comments/{id}/history",
         [server](database::Read& read) {
             return paths(some_comments(read, server), "/comments/", "/history");
         }},
        {edit_pattern,
         [server](database::Read& read) {
             return paths(some_comments(read, server), "/comments/", "/edit");
         }},
    };
}

}  // namespace
}  // namespace kith::talk

namespace kith {

web::NewsHooks talk::news_hooks() {
    return {tell_after,
            [](database::Read& read, Time since) { return latest_events_since(read, since); }};
}

web::Slice talk_slice() {
    using namespace talk;
    return {
        .name = "talk",
        .resources = talk_resources(),
        .routes = talk_routes(),
        .pages = {web::page<ReviewPage>(), web::page<EditPage>(), web::page<ConfirmPage>(),
                  web::page<CommentHistoryPage>(), web::page<FoldsPage>(), web::page<PollPage>(),
                  web::fragment_page<CommentView>(), web::fragment_page<LiveChange>()},
        .jobs = {{"sweep_talk", sweep, 1h}, {remove_picture_job, remove_picture}},
        .today = today_cards,
        .search = {search_kind()},
        .notices = talk_notices(),
        .export_for = web::ExportFor(export_comments),
        .erase_for = web::EraseFor(erase_words),
        .probes = talk_probes(),
    };
}

}  // namespace kith
