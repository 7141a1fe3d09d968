#include "essays/search_store.hpp"

#include "base/limits.hpp"
#include "base/markdown.hpp"

namespace kith::essays {

using database::bind;
using database::SearchScope;
using database::Sql;

// Who may read an essay is said here as in essays_store.
constexpr Sql found = database::in_found<R"(
    select f.id, e.slug, e.title, e.summary, e.content_note, x.markdown, m.name, e.published_at
    from found f cross join essays e
    join essay_texts x on x.essay = e.id
    join members m on m.id = e.author
    where e.id = f.thing and e.state = 'published'
      and (e.author = :viewer
           or (m.state not in ('erasing', 'erased') and (e.audience = 'anyone' or :viewer > 0)
               and not exists (select 1 from separations s
                               where s.viewer = :viewer and s.other = e.author)))
    order by f.id desc limit :at_most)">;

std::vector<FoundEssayRow> find_essays(database::Read& read, Viewer const& viewer,
                                       std::string_view language, web::SearchWish const& wish) {
    std::vector<SearchScope> scopes{SearchScope::anyone()};
    if (viewer.signed_in()) scopes.push_back(SearchScope::members());
    auto const by = database::found_by(read, wish.query, wish.last, found_essays, scopes, language);
    return database::rows<FoundEssayRow>(read, found, bind("found", by),
                                         bind("before", wish.before), bind("viewer", viewer.member),
                                         bind("at_most", wish.at_most));
}

namespace {

struct IndexedRow {
    EssayAudience audience = EssayAudience::anyone;
    std::string language;
    std::string title;
    std::string summary;
    std::string markdown;
};
BOOST_DESCRIBE_STRUCT(IndexedRow, (), (audience, language, title, summary, markdown))

}  // namespace

constexpr Sql published = R"(
    select e.audience, coalesce(nullif(m.language, ''), k.language), e.title, e.summary, x.markdown
    from essays e join essay_texts x on x.essay = e.id join members m on m.id = e.author
    cross join community k
    where e.id = :essay and e.state = 'published')";

void index_essay(database::Write& write, Id<Essay> essay) {
    auto const row = database::maybe<IndexedRow>(write, published, bind("essay", essay));
    if (!row) return database::take_from_search(write, found_essays, essay.value);
    auto const words =
        database::search_words(row->title + "\n" + row->summary + "\n" +
                               plain_text_of_markdown(row->markdown, limits::essay_bytes_max));
    auto const scope =
        row->audience == EssayAudience::anyone ? SearchScope::anyone() : SearchScope::members();
    database::put_in_search(write, {found_essays, essay.value, scope, row->language, words});
}

constexpr Sql of_author = "select id from essays where author = :author order by id";

void unindex_essays(database::Write& write, Id<Member> author) {
    for (auto const essay : database::rows<Id<Essay>>(write, of_author, bind("author", author)))
        database::take_from_search(write, found_essays, essay.value);
}

constexpr Sql later = "select id from essays where id > :after order by id limit :at_most";

std::int64_t index_essays(database::Write& write, std::int64_t after, std::size_t at_most) {
    auto const essays =
        database::rows<Id<Essay>>(write, later, bind("after", after), bind("at_most", at_most));
    for (auto const essay : essays) index_essay(write, essay);
    return essays.size() < at_most ? 0 : essays.back().value;
}

}  // namespace kith::essays
