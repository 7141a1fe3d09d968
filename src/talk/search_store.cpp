#include "talk/search_store.hpp"

#include "base/limits.hpp"
#include "talk/found_text.hpp"

namespace kith::talk {
namespace {

using database::bind;
using database::maybe;
using database::rows;
using database::SearchScope;
using database::Sql;

// Who may read a comment is said here as comment_store and discussion_store say it.
constexpr Sql found_sql = database::in_found<R"sql(
    select f.id, c.public_id, c.html, c.content_note, c.guest_name, m.name, c.created_at
    from found f cross join comments c
    join discussions d on d.id = c.discussion
    left join members m on m.id = c.author
    where c.id = f.thing and c.state = 'published'
      and (m.id is null or m.state <> 'erasing' or m.id = :viewer)
      and (d.audience = 'anyone'
           or (d.audience in ('members', 'group') and :viewer > 0)
           or (d.audience = 'author' and d.author = :viewer))
      and (d.talk_group is null
           or exists (select 1 from talk_group_members g
                      where g.talk_group = d.talk_group and g.member = :viewer
                        and (g.reads_from <= d.begun_at or d.open_to_later = 1)))
      and not exists (select 1 from members e where e.id = d.author and e.state = 'erasing'
                      and e.id <> :viewer)
      and (d.small_circle = 1
           or (not exists (select 1 from separations s
                           where s.viewer = :viewer
                             and s.other in (c.author, c.thread_author, d.author))
               and not exists (select 1 from quote_separations x
                               where x.viewer = :viewer and x.comment in (c.id, c.parent))))
    order by f.id desc limit :at_most
)sql">;

constexpr Sql groups_of_sql =
    "select talk_group from talk_group_members where member = :viewer "
    "order by talk_group desc limit :at_most";

/// What the index needs to know beside the words.
struct PlaceRow {
    Audience audience = Audience::nobody;
    std::optional<Id<Group>> group;
    std::string language;
};
BOOST_DESCRIBE_STRUCT(PlaceRow, (), (audience, group, language))

constexpr Sql place_sql = R"sql(
    select d.audience, d.talk_group, coalesce(nullif(m.language, ''), k.language)
    from discussions d cross join community k left join members m on m.id = :author
    where d.id = :discussion
)sql";

struct IndexedRow : PlaceRow {
    std::string html;
};
BOOST_DESCRIBE_STRUCT(IndexedRow, (PlaceRow), (html))

constexpr Sql published_sql = R"sql(
    select d.audience, d.talk_group, coalesce(nullif(m.language, ''), k.language), c.html
    from comments c join discussions d on d.id = c.discussion
    cross join community k left join members m on m.id = c.author
    where c.id = :comment and c.state = 'published'
)sql";

constexpr Sql of_author_sql = "select id from comments where author = :author order by id";
constexpr Sql of_group_sql =
    "select c.id from comments c join discussions d on d.id = c.discussion "
    "where d.talk_group = :talk_group order by c.id";
constexpr Sql of_discussion_sql =
    "select id from comments where discussion = :discussion and state = 'published' order by id";
constexpr Sql after_sql = "select id from comments where id > :after order by id limit :at_most";

/// An essay that only its author reads any more keeps the scope it had: the query knows.
std::optional<SearchScope> scope_of(PlaceRow const& place) {
    if (place.group) return SearchScope::group(place.group->value);
    if (place.audience == Audience::anyone) return SearchScope::anyone();
    if (place.audience == Audience::members) return SearchScope::members();
    return std::nullopt;
}

std::vector<SearchScope> scopes_of(database::Read& read, Viewer const& viewer) {
    std::vector<SearchScope> scopes{SearchScope::anyone()};
    auto const groups = rows<Id<Group>>(read, groups_of_sql, bind("viewer", viewer.member),
                                        bind("at_most", limits::search_scopes_max));
    if (viewer.signed_in()) scopes.push_back(SearchScope::members());
    for (auto const group : groups) scopes.push_back(SearchScope::group(group.value));
    return scopes;
}

}  // namespace

std::vector<FoundCommentRow> find_comments(database::Read& read, Viewer const& viewer,
                                           std::string_view language, web::SearchWish const& wish) {
    auto const scopes = scopes_of(read, viewer);
    auto const found =
        database::found_by(read, wish.query, wish.last, found_comments, scopes, language);
    return rows<FoundCommentRow>(read, found_sql, bind("found", found), bind("before", wish.before),
                                 bind("viewer", viewer.member), bind("at_most", wish.at_most));
}

std::string found_words(std::string_view html) {
    return database::search_words(text_without_quotes(html));
}

void index_new_comment(database::Write& write, Id<Comment> id, CommentToAdd const& comment) {
    if (comment.state != State::published) return;
    auto const place = maybe<PlaceRow>(write, place_sql, bind("discussion", comment.discussion),
                                       bind("author", comment.author));
    if (!place) return;
    std::string words(comment.found_words);
    if (words.empty()) words = found_words(comment.html);
    database::add_to_search(
        write, {found_comments, id.value, scope_of(*place).value_or(SearchScope::members()),
                place->language, words});
}

void index_comment(database::Write& write, Id<Comment> comment) {
    auto const row = maybe<IndexedRow>(write, published_sql, bind("comment", comment));
    if (!row) return database::take_from_search(write, found_comments, comment.value);
    auto const words = found_words(row->html);
    database::put_in_search(
        write, {found_comments, comment.value, scope_of(*row).value_or(SearchScope::members()),
                row->language, words});
}

void index_comments_of(database::Write& write, Id<Member> author) {
    for (auto const comment : rows<Id<Comment>>(write, of_author_sql, bind("author", author)))
        index_comment(write, comment);
}

void unindex_group(database::Write& write, Id<Group> group) {
    for (auto const comment : rows<Id<Comment>>(write, of_group_sql, bind("talk_group", group)))
        database::take_from_search(write, found_comments, comment.value);
}

void index_audience(database::Write& write, Id<Discussion> discussion) {
    auto const place = maybe<PlaceRow>(write, place_sql, bind("discussion", discussion),
                                       bind("author", Id<Member>{}));
    auto const scope = place ? scope_of(*place) : std::nullopt;
    if (!scope) return;
    for (auto const comment :
         rows<Id<Comment>>(write, of_discussion_sql, bind("discussion", discussion)))
        database::set_search_scope(write, found_comments, comment.value, *scope);
}

std::int64_t index_comments(database::Write& write, std::int64_t after, std::size_t at_most) {
    auto const comments =
        rows<Id<Comment>>(write, after_sql, bind("after", after), bind("at_most", at_most));
    for (auto const comment : comments) index_comment(write, comment);
    return comments.size() < at_most ? 0 : comments.back().value;
}

}  // namespace kith::talk
