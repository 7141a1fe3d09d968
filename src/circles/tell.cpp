// What members are told of their circles. What one person does to others comes `from` them, so that
// whoever is apart from them isn't told. What the circle itself has become (closed, another
// agreement) and that somebody is out of it is told all whom it concerns, and names nobody: their
// pages show it to them in any case (SAFETY 2, measures that must be notified).
#include "circles/tell.hpp"

#include "circles/conversation_views.hpp"
#include "circles/membership_store.hpp"

namespace kith::circles {
namespace {

constexpr std::string_view asked = "circles.told_asked";
constexpr std::string_view came_in = "circles.told_let_in";
constexpr std::string_view invited_in = "circles.told_invited";
constexpr std::string_view taken_out = "circles.told_removed";
constexpr std::string_view closed = "circles.told_closed";
constexpr std::string_view agreement = "circles.told_agreement";
constexpr std::string_view begun = "circles.told_begun";

std::string about_asking(PublicId const& circle, Id<Member> asking) {
    return circle.text() + " " + std::to_string(asking.value);
}

std::string kept(PublicId const& circle) { return "kept " + circle.text(); }
std::string invited_into(PublicId const& circle) { return "invited " + circle.text(); }

web::Notice notice_of(NamedCircle const& circle, std::string_view kind, std::string url) {
    web::Notice notice;
    notice.kind = kind;
    notice.url = std::move(url);
    notice.arguments = {{"circle", circle.name}};
    notice.about = circle.public_id.text();
    notice.place = talk::told_in(circle.group);
    return notice;
}

void tell_everybody_but(web::Site& site, database::Write& write, Id<Circle> circle, Id<Member> by,
                        web::Notice notice) {
    for (auto const& member : everybody_in(write, Viewer::server(), circle)) {
        if (member == by) continue;
        notice.to = member;
        web::tell(write, site, notice);
    }
}

}  // namespace

std::vector<web::NoticeKind> circles_notices() {
    return {{asked}, {came_in}, {invited_in}, {taken_out}, {closed}, {agreement}, {begun}};
}

void tell_of_asking(web::Site& site, database::Write& write, CircleRow const& circle,
                    Id<Member> asking) {
    auto notice = notice_of(circle.named(), asked, circle_url(circle.public_id) + "/requests");
    notice.about = about_asking(circle.public_id, asking);
    notice.place = kept(circle.public_id);
    notice.from = asking;
    for (auto const& keeper : keepers_of(write, Viewer::server(), circle)) {
        if (!may_keep(circle.kind, keeper.role)) continue;
        notice.to = keeper.member;
        web::tell(write, site, notice);
    }
}

void untell_asking(web::Site& site, database::Write& write, PublicId const& circle,
                   Id<Member> asking) {
    web::untell(write, site, asked, about_asking(circle, asking));
}

void forget_keeping(web::Site& site, database::Write& write, PublicId const& circle,
                    Id<Member> member) {
    web::forget_told(write, site, kept(circle), member);
}

void tell_let_in(web::Site& site, database::Write& write, CircleRow const& circle,
                 Id<Member> member, Id<Member> keeper) {
    auto notice = notice_of(circle.named(), came_in, circle_url(circle.public_id));
    notice.to = member;
    notice.from = keeper;
    web::tell(write, site, std::move(notice));
}

void tell_invited(web::Site& site, database::Write& write, CircleRow const& circle,
                  Invited const& invited) {
    for (auto const& member : everybody_in(write, Viewer::server(), circle.id))
        if (member == invited.member) return;
    auto notice = notice_of(circle.named(), invited_in, circle_url(circle.public_id));
    notice.about = invited.invitation.text();
    notice.place = invited_into(circle.public_id);
    notice.to = invited.member;
    notice.from = invited.by;
    web::tell(write, site, std::move(notice));
}

void untell_invited(web::Site& site, database::Write& write, PublicId const& invitation) {
    web::untell(write, site, invited_in, invitation.text());
}

void forget_invitations(web::Site& site, database::Write& write, PublicId const& circle,
                        Id<Member> member) {
    web::forget_told(write, site, invited_into(circle), member);
}

void tell_removed(web::Site& site, database::Write& write, CircleRow const& circle,
                  Id<Member> member, PublicId const& removal) {
    auto notice = notice_of(circle.named(), taken_out, "/circles");
    notice.about = removal.text();
    notice.place.clear();
    notice.to = member;
    web::tell(write, site, std::move(notice));
}

void untell_removed(web::Site& site, database::Write& write, PublicId const& removal) {
    web::untell(write, site, taken_out, removal.text());
}

void tell_of_closing(web::Site& site, database::Write& write, NamedCircle const& circle,
                     Id<Member> by) {
    // Nobody can come in any more, nor be let in.
    web::forget_told(write, site, kept(circle.public_id));
    web::forget_told(write, site, invited_into(circle.public_id));
    tell_everybody_but(site, write, circle.id, by,
                       notice_of(circle, closed, circle_url(circle.public_id)));
}

void tell_of_agreement(web::Site& site, database::Write& write, NamedCircle const& circle,
                       Id<Member> by) {
    tell_everybody_but(site, write, circle.id, by,
                       notice_of(circle, agreement, circle_url(circle.public_id) + "/agreement"));
}

void tell_of_beginning(web::Site& site, database::Write& write, NamedCircle const& circle,
                       Id<Member> author, PublicId const& conversation) {
    auto notice = notice_of(circle, begun, conversation_url(conversation));
    notice.about = conversation.text();
    notice.from = author;
    tell_everybody_but(site, write, circle.id, author, std::move(notice));
}

void untell_beginning(web::Site& site, database::Write& write, PublicId const& conversation) {
    web::untell(write, site, begun, conversation.text());
}

}  // namespace kith::circles
