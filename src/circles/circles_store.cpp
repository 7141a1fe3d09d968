#include "circles/circles_store.hpp"

#include "base/limits.hpp"
#include "circles/search_store.hpp"

namespace kith::circles {

using database::bind;
using database::Sql;

// A small circle is a room where nobody can be invisible; whoever doesn't belong to it, and in a
// larger one everybody, sees nobody they are apart from (SAFETY 2).
constexpr Sql by_id = R"(
    select c.id, c.public_id, c.name, c.purpose, c.kind, c.size_max, c.small, c.listing, c.joining,
           c.history_open, c.agreement_version, c.talk_group, c.made_at, c.closed_at, c.erase_at,
           case when (select count(*) from circle_members f where f.circle = c.id) >= c.size_max
                then 1 else 0 end,
           (select count(*) from circle_members n join members m on m.id = n.member
            where n.circle = c.id and m.state = 'active' and y.member is not null
              and (c.small = 1
                   or not exists (select 1 from separations s
                                  where s.viewer = :viewer and s.other = n.member))),
           case when y.member is null then 0 else 1 end,
           case when y.keeper = 1 and (c.kind <> 'therapy' or :guides = 1) then 1 else 0 end,
           y.joined_at, coalesce(y.agreed_version, 0), r.state, r.asked_at,
           case when exists (select 1 from circle_invitations i
                             where i.circle = c.id and i.member = :viewer and i.state = 'open'
                               and i.expires_at > :now
                               and not exists (select 1 from separations s
                                               where s.viewer = :viewer and s.other = i.made_by))
                then 1 else 0 end,
           case when exists (select 1 from circle_removals x
                             where x.circle = c.id and x.member = :viewer and x.lifted = 0)
                then 1 else 0 end
    from circles c
    left join circle_members y on y.circle = c.id and y.member = :viewer
    left join circle_requests r on r.circle = c.id and r.member = :viewer
    where c.public_id = :circle
      and (:viewer = -1 or y.member is not null
           or (:viewer > 0 and c.closed_at is null
               and (exists (select 1 from circle_invitations i
                            where i.circle = c.id and i.member = :viewer and i.state = 'open'
                              and i.expires_at > :now
                              and not exists (select 1 from separations s
                                              where s.viewer = :viewer and s.other = i.made_by))
                    or (c.listing <> 'hidden'
                        and not exists (select 1 from separations s
                                        where s.viewer = :viewer and s.other = c.made_by))))))";

std::optional<CircleRow> find_circle(database::Read& read, Viewer const& viewer,
                                     PublicId const& circle, Time now) {
    return database::maybe<CircleRow>(
        read, by_id, bind("circle", circle), bind("viewer", viewer.member),
        bind("guides", viewer.at_least(Role::guide)), bind("now", now));
}

constexpr Sql own = R"(
    select c.public_id, c.name, c.purpose, c.kind,
           case when y.keeper = 1 and (c.kind <> 'therapy' or :guides = 1) then 1 else 0 end,
           case when c.closed_at is null then 0 else 1 end
    from circle_members y join circles c on c.id = y.circle
    where y.member = :viewer
    order by lower(c.name), c.id limit :at_most)";

std::vector<OwnCircleRow> own_circles(database::Read& read, Viewer const& viewer) {
    return database::rows<OwnCircleRow>(read, own, bind("viewer", viewer.member),
                                        bind("guides", viewer.at_least(Role::guide)),
                                        bind("at_most", limits::circles_of_member_max));
}

// Asked for only of a circle that the viewer was given by find_circle or findable_circles.
constexpr Sql tags = R"(
    select t.kind, t.word from circle_tags t
    where t.circle = :circle and :viewer <> 0 order by t.id limit :at_most)";

std::vector<Tag> tags_of(database::Read& read, Viewer const& viewer, Id<Circle> circle) {
    return database::rows<Tag>(read, tags, bind("circle", circle), bind("viewer", viewer.member),
                               bind("at_most", limits::circle_tags_max));
}

constexpr Sql insert_tag = R"(
    insert into circle_tags (circle, kind, word, folded) values (:circle, :kind, :word, :folded))";
constexpr Sql drop_tags = "delete from circle_tags where circle = :circle";

namespace {

void keep_tags(database::Write& write, Id<Circle> circle, std::vector<Tag> const& words) {
    database::execute(write, drop_tags, bind("circle", circle));
    for (auto const& tag : words)
        database::execute(write, insert_tag, bind("circle", circle), bind("kind", tag.kind),
                          bind("word", tag.word), bind("folded", folded(tag.word)));
}

}  // namespace

constexpr Sql insert = R"(
    insert into circles (public_id, name, purpose, kind, size_max, small, listing, joining,
                         history_open, agreement_version, talk_group, made_by, made_at)
    values (:public_id, :name, :purpose, :kind, :size_max, :small, :listing, :joining,
            :history_open, 1, :talk_group, :made_by, :made_at)
    returning id)";

Id<Circle> insert_circle(database::Write& write, CircleToAdd const& circle,
                         CheckedCircle const& words) {
    auto const& form = words.form;
    auto const id = database::scalar<Id<Circle>>(
        write, insert, bind("public_id", circle.public_id), bind("name", form.name),
        bind("purpose", form.purpose), bind("kind", form.kind), bind("size_max", form.size_max),
        bind("small", form.size_max <= limits::circle_small_max), bind("listing", form.listing),
        bind("joining", form.joining), bind("history_open", form.history_open),
        bind("talk_group", circle.group), bind("made_by", circle.maker),
        bind("made_at", circle.at));
    keep_tags(write, id, words.tags);
    insert_agreement(write, id, {1, form.agreement, circle.at});
    index_circle(write, id);
    return id;
}

constexpr Sql change = R"(
    update circles set name = :name, purpose = :purpose, kind = :kind, size_max = :size_max,
           small = :small, listing = :listing, joining = :joining, history_open = :history_open,
           agreement_version = :agreement_version
    where id = :circle)";

void update_circle(database::Write& write, Id<Circle> circle, CheckedCircle const& words,
                   std::int64_t agreement_version, bool small) {
    auto const& form = words.form;
    database::execute(write, change, bind("name", form.name), bind("purpose", form.purpose),
                      bind("kind", form.kind), bind("size_max", form.size_max),
                      bind("small", small), bind("listing", form.listing),
                      bind("joining", form.joining), bind("history_open", form.history_open),
                      bind("agreement_version", agreement_version), bind("circle", circle));
    keep_tags(write, circle, words.tags);
    index_circle(write, circle);
}

constexpr Sql close = R"(
    update circles set closed_at = :now, erase_at = :erase_at
    where id = :circle and closed_at is null)";

void close_circle(database::Write& write, Id<Circle> circle, Time now, Time erase_at) {
    database::execute(write, close, bind("now", now), bind("erase_at", erase_at),
                      bind("circle", circle));
    index_circle(write, circle);
}

// Asked for only of a circle that the viewer was given by find_circle.
constexpr Sql agreements = R"(
    select a.version, a.markdown, a.made_at from circle_agreements a
    where a.circle = :circle and :viewer <> 0 order by a.version desc limit :at_most)";

std::vector<AgreementRow> agreements_of(database::Read& read, Viewer const& viewer,
                                        Id<Circle> circle, std::size_t at_most) {
    return database::rows<AgreementRow>(read, agreements, bind("circle", circle),
                                        bind("viewer", viewer.member), bind("at_most", at_most));
}

AgreementRow current_agreement(database::Read& read, Viewer const& viewer, Id<Circle> circle) {
    auto found = agreements_of(read, viewer, circle, 1);
    if (found.empty()) throw Refusal::not_found();
    return std::move(found.front());
}

constexpr Sql add_agreement = R"(
    insert into circle_agreements (circle, version, markdown, made_at)
    values (:circle, :version, :markdown, :made_at))";

void insert_agreement(database::Write& write, Id<Circle> circle, AgreementRow const& agreement) {
    database::execute(write, add_agreement, bind("circle", circle),
                      bind("version", agreement.version), bind("markdown", agreement.markdown),
                      bind("made_at", agreement.made_at));
}

}  // namespace kith::circles
