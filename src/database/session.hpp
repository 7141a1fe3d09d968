#pragma once
// Contract (the store's whole view of a database):
//
//   struct EssayRow { Id<Essay> id; PublicId public_id; std::string title; std::optional<Time> published_at; bool held; Status status; };
//   BOOST_DESCRIBE_STRUCT(EssayRow, (), (id, public_id, title, published_at, held, status))
//
//   constexpr Sql essay_by_slug = "select id, public_id, title, … from essays where slug = :slug";
//   std::vector<EssayRow>   rows<EssayRow>(read, essay_by_slug, bind("slug", slug), bind("viewer", viewer.member));
//   std::optional<EssayRow> maybe<EssayRow>(read, sql, binds…);     // throws std::logic_error at two rows
//   EssayRow                one<EssayRow>(read, sql, binds…);       // throws Refusal::not_found() at none
//   std::int64_t            number(read, sql, binds…);              // one row, one column; scalar<T>() for other types
//   std::size_t             execute(write, sql, binds…);            // rows changed; `insert … returning id` goes through one<>/number
//   write.after_commit(fn);                                         // run once the deed is durable, not at all if it isn't
