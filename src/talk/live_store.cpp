#include "talk/live_store.hpp"

#include <stdexcept>

namespace kith::talk {
namespace {

using database::bind;
using database::execute;
using database::maybe;
using database::rows;
using database::Sql;

constexpr Sql add_sql =
    "insert into live_events (public_id, discussion, comment, kind, at) "
    "values (:public_id, :discussion, :comment, :kind, :at)";

constexpr Sql event_sql = R"sql(
    select e.id from live_events e join comments c on c.id = e.comment
    where e.public_id = :event and e.discussion = :discussion
      and ((select d.small_circle from discussions d where d.id = :discussion) = 1
           or (not exists (select 1 from separations s
                           where s.viewer = :viewer and s.other in (c.author, c.thread_author))
               and not exists (select 1 from quote_separations x
                               where x.viewer = :viewer and x.comment in (c.id, c.parent))))
)sql";

constexpr Sql until_sql = R"sql(
    select e.public_id from live_events e join comments c on c.id = e.comment
    where e.discussion = :discussion and e.id <= :event
      and ((select d.small_circle from discussions d where d.id = :discussion) = 1
           or (not exists (select 1 from separations s
                           where s.viewer = :viewer and s.other in (c.author, c.thread_author))
               and not exists (select 1 from quote_separations x
                               where x.viewer = :viewer and x.comment in (c.id, c.parent))))
    order by e.id desc limit :limit
)sql";

constexpr Sql after_sql = R"sql(
    select e.public_id, e.comment, c.public_id, p.public_id, e.kind
    from live_events e join comments c on c.id = e.comment left join comments p on p.id = c.parent
    where e.discussion = :discussion and e.id > :event
      and ((select d.small_circle from discussions d where d.id = :discussion) = 1
           or (not exists (select 1 from separations s
                           where s.viewer = :viewer and s.other in (c.author, c.thread_author))
               and not exists (select 1 from quote_separations x
                               where x.viewer = :viewer and x.comment in (c.id, c.parent))))
    order by e.id limit :limit
)sql";

// Separations are symmetric: the key (viewer, other) serves both ways.
constexpr Sql separated_sql =
    "select s.other from separations s "
    "where s.viewer in (:author, :thread_author, :subject_author) "
    "union select x.viewer from quote_separations x "
    "where x.comment in (select c.id from comments c where c.id = :comment "
    "union select c.parent from comments c where c.id = :comment) order by 1";

// Of whoever is being erased others see nothing.
constexpr Sql heard_at_sql = R"sql(
    select d.id, d.public_id, d.audience, d.author,
           case when d.talk_group is null then 0 else 1 end, d.small_circle, k.zone
    from discussions d cross join community k
    where d.id = :discussion
      and not exists (select 1 from members e where e.id = d.author and e.state = 'erasing')
)sql";

constexpr Sql all_after_sql =
    "select e.id, e.public_id, e.comment, c.public_id, p.public_id, e.kind "
    "from live_events e join comments c on c.id = e.comment left join comments p on p.id = "
    "c.parent "
    "where e.discussion = :discussion and e.id > :event order by e.id limit :limit";

constexpr Sql gone_sql =
    "select id, public_id, author, thread_author from comments where id = :comment";

constexpr Sql last_sql =
    "select coalesce(max(id), 0) from live_events where discussion = :discussion";

constexpr Sql latest_sql =
    "select discussion, max(id) from live_events where at >= :since group by discussion";

constexpr Sql forget_sql = "delete from live_events where at < :until";

}  // namespace

void add_live_event(database::Write& write, PublicId const& public_id, Id<Discussion> discussion,
                    Id<Comment> comment, LiveKind kind, Time at) {
    execute(write, add_sql, bind("public_id", public_id), bind("discussion", discussion),
            bind("comment", comment), bind("kind", kind), bind("at", at));
}

std::optional<Id<LiveEvent>> live_event(database::Read& read, Viewer const& viewer,
                                        Id<Discussion> discussion, PublicId const& event) {
    return maybe<Id<LiveEvent>>(read, event_sql, bind("event", event),
                                bind("discussion", discussion), bind("viewer", viewer.member));
}

std::vector<PublicId> live_events_until(database::Read& read, Viewer const& viewer,
                                        Id<Discussion> discussion, Id<LiveEvent> event,
                                        std::size_t limit) {
    return rows<PublicId>(read, until_sql, bind("discussion", discussion), bind("event", event),
                          bind("viewer", viewer.member), bind("limit", limit));
}

std::vector<LiveEventRow> live_events_after(database::Read& read, Viewer const& viewer,
                                            Id<Discussion> discussion, Id<LiveEvent> event,
                                            std::size_t limit) {
    return rows<LiveEventRow>(read, after_sql, bind("discussion", discussion), bind("event", event),
                              bind("viewer", viewer.member), bind("limit", limit));
}

std::optional<HeardAt> heard_at(database::Read& read, Viewer const& viewer,
                                Id<Discussion> discussion) {
    if (!viewer.is_server()) throw std::logic_error("only the server tells events on");
    return maybe<HeardAt>(read, heard_at_sql, bind("discussion", discussion));
}

std::vector<NumberedEventRow> all_events_after(database::Read& read, Viewer const& viewer,
                                               Id<Discussion> discussion, Id<LiveEvent> event,
                                               std::size_t limit) {
    if (!viewer.is_server()) throw std::logic_error("only the server tells events on");
    return rows<NumberedEventRow>(read, all_after_sql, bind("discussion", discussion),
                                  bind("event", event), bind("limit", limit));
}

std::optional<GoneCommentRow> gone_comment(database::Read& read, Viewer const& viewer,
                                           Id<Comment> comment) {
    if (!viewer.is_server()) throw std::logic_error("only the server tells events on");
    return maybe<GoneCommentRow>(read, gone_sql, bind("comment", comment));
}

Id<LiveEvent> last_event_of(database::Read& read, Viewer const& viewer, Id<Discussion> discussion) {
    if (!viewer.is_server()) throw std::logic_error("only the server tells events on");
    return database::scalar<Id<LiveEvent>>(read, last_sql, bind("discussion", discussion));
}

std::vector<web::LatestNews> latest_events_since(database::Read& read, Time since) {
    return rows<web::LatestNews>(read, latest_sql, bind("since", since));
}

std::vector<Id<Member>> separated_from_any(database::Read& read, Viewer const& viewer,
                                           Id<Comment> comment, std::optional<Id<Member>> author,
                                           std::optional<Id<Member>> thread_author,
                                           Id<Member> subject_author) {
    if (!viewer.is_server()) throw std::logic_error("only the server knows who is apart");
    return rows<Id<Member>>(read, separated_sql, bind("comment", comment),
                            bind("author", author.value_or(subject_author)),
                            bind("thread_author", thread_author.value_or(subject_author)),
                            bind("subject_author", subject_author));
}

void forget_live_events(database::Write& write, Time until) {
    execute(write, forget_sql, bind("until", until));
}

}  // namespace kith::talk
