#include "talk/tell.hpp"

#include <algorithm>

namespace kith::talk {
namespace {

constexpr std::string_view replied = "talk.replied";
constexpr std::string_view commented = "talk.commented";
constexpr std::string_view mentioned = "talk.mentioned";
constexpr std::string_view kindly = "talk.kindly";
constexpr std::string_view told_released = "talk.told_released";
constexpr std::string_view told_refused = "talk.told_refused";

/// Each from whom it comes is told of once, and is taken back alone.
std::string about_kind_reply(PublicId const& comment, PublicId const& from) {
    return comment.text() + " " + from.text();
}

std::string url_of(CommentRow const& comment) { return "/comments/" + comment.public_id.text(); }

/// Where the comment stands, if `member` may read it there.
std::optional<DiscussionRow> read_in(database::Write& write, Id<Member> member,
                                     CommentRow const& comment) {
    Viewer const reader{member, Role::member};
    auto place = find_discussion(write, reader, comment.discussion);
    if (!find_comment(write, reader, comment.id)) place.reset();
    return place;
}

std::string place_of(DiscussionRow const& discussion) {
    return discussion.group ? told_in(*discussion.group) : std::string();
}

void tell(web::Site& site, database::Write& write, Id<Member> subject_author,
          CommentRow const& comment, std::string_view kind, Id<Member> to) {
    auto const discussion = read_in(write, to, comment);
    if (!discussion) return;
    web::Notice notice;
    notice.place = place_of(*discussion);
    notice.to = to;
    notice.kind = kind;
    notice.url = url_of(comment);
    if (comment.guest_name) notice.arguments = {{"name", *comment.guest_name}};
    notice.about = comment.public_id.text();
    notice.from = comment.author;
    if (comment.thread_author) notice.beneath.push_back(*comment.thread_author);
    if (subject_author) notice.beneath.push_back(subject_author);
    web::tell(write, site, std::move(notice));
}

}  // namespace

std::vector<web::NoticeKind> talk_notices() {
    return {{replied}, {commented}, {mentioned}, {kindly}, {told_released}, {told_refused}};
}

void tell_of_comment(web::Site& site, database::Write& write, PostingRow const& posting,
                     CommentRow const& comment, std::optional<Id<Member>> answered) {
    std::vector<Id<Member>> told;
    if (comment.author) told.push_back(*comment.author);
    auto const once = [&](std::optional<Id<Member>> const& member, std::string_view kind) {
        if (!member || !*member || std::ranges::find(told, *member) != told.end()) return;
        told.push_back(*member);
        tell(site, write, posting.subject_author, comment, kind, *member);
    };
    once(answered, replied);
    once(comment.thread_author, replied);
    once(posting.subject_author, commented);
}

void tell_of_decision(web::Site& site, database::Write& write, CommentRow const& comment,
                      State state) {
    if (!comment.author) return;
    web::Notice notice;
    notice.to = *comment.author;
    notice.kind = state == State::published ? told_released : told_refused;
    notice.url = url_of(comment);
    notice.about = comment.public_id.text();
    web::tell(write, site, std::move(notice));
}

void tell_of_mentions(web::Site& site, database::Write& write, Id<Member> subject_author,
                      CommentRow const& comment, std::vector<Id<Member>> const& named) {
    for (auto const& member : named) {
        // They are told of the comment anyway.
        if (member == subject_author || comment.thread_author == member) continue;
        tell(site, write, subject_author, comment, mentioned, member);
    }
}

void tell_of_kind_reply(web::Site& site, database::Write& write, Id<Member> subject_author,
                        CommentRow const& comment, KindFromMember const& from) {
    auto const discussion = read_in(write, *comment.author, comment);
    if (!discussion) return;
    web::Notice notice;
    notice.place = place_of(*discussion);
    notice.to = *comment.author;
    notice.kind = kindly;
    notice.url = url_of(comment);
    notice.about = about_kind_reply(comment.public_id, from.public_id);
    notice.from = from.member;
    if (comment.thread_author) notice.beneath.push_back(*comment.thread_author);
    if (subject_author) notice.beneath.push_back(subject_author);
    web::tell(write, site, std::move(notice));
}

void untell_kind_reply(web::Site& site, database::Write& write, PublicId const& comment,
                       KindFromMember const& from) {
    web::untell(write, site, kindly, about_kind_reply(comment, from.public_id));
}

void untell_comment(web::Site& site, database::Write& write, CommentRow const& comment) {
    for (auto const kind : {replied, commented, mentioned, told_released, told_refused})
        web::untell(write, site, kind, comment.public_id.text());
}

}  // namespace kith::talk
