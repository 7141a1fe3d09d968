#include "talk/quotes_store.hpp"

#include "base/id_list.hpp"

namespace kith::talk {
namespace {

using database::bind;
using database::execute;
using database::maybe;
using database::rows;
using database::Sql;

constexpr Sql source_sql =
    "select t.markdown from comment_sources t join comments c on c.id = t.comment "
    "where t.comment = :comment and c.state = 'published'";

constexpr Sql add_sql =
    "insert into comment_quotes (comment, quoted) "
    "select cast(:comment as bigint), x.id from (select cast(:quoted as bigint) as id union "
    "select q.quoted from comment_quotes q where q.comment = :quoted) x "
    "where x.id <> :comment on conflict do nothing";

constexpr Sql gone_sql{{.sqlite = R"sql(
    select q.comment, o.public_id
    from comment_quotes q join comments o on o.id = q.quoted left join members w on w.id = o.author
    where q.comment in (select value from json_each(:comments))
      and (o.state <> 'published' or (w.state = 'erasing' and w.id <> :viewer))
)sql",
                        .postgres = R"sql(
    select q.comment, o.public_id
    from comment_quotes q join comments o on o.id = q.quoted left join members w on w.id = o.author
    where q.comment in (select cast(x.value as bigint)
                        from json_array_elements_text(cast(:comments as json)) x)
      and (o.state <> 'published' or (w.state = 'erasing' and w.id <> :viewer))
)sql"}};

}  // namespace

std::string quotable_source(database::Read& read, Viewer const&, Id<Comment> comment) {
    return maybe<std::string>(read, source_sql, bind("comment", comment)).value_or(std::string());
}

void add_quote(database::Write& write, Id<Comment> comment, Id<Comment> quoted) {
    execute(write, add_sql, bind("comment", comment), bind("quoted", quoted));
}

std::vector<GoneQuoteRow> gone_quotes(database::Read& read, Viewer const& viewer,
                                      std::vector<Id<Comment>> const& comments) {
    return rows<GoneQuoteRow>(read, gone_sql, bind("comments", id_list(comments)),
                              bind("viewer", viewer.member));
}

}  // namespace kith::talk
