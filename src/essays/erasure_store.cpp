#include "essays/erasure_store.hpp"

#include "essays/search_store.hpp"

namespace kith::essays {

using database::bind;
using database::Sql;

constexpr Sql drafts = R"(
    delete from essay_drafts where essay in (select id from essays where author = :member))";
constexpr Sql versions = R"(
    delete from essay_versions where essay in (select id from essays where author = :member))";
constexpr Sql slugs = R"(
    delete from essay_slugs where essay in (select id from essays where author = :member))";
constexpr Sql texts = R"(
    update essay_texts set markdown = '', html = ''
    where essay in (select id from essays where author = :member))";
// The public id is chance, and so says nothing of the title that the address was made from.
constexpr Sql words = R"(
    update essays set title = '', summary = '', content_note = '', excerpt = '',
           state = 'withdrawn', picture = null, slug = public_id, comments_closed = 1
    where author = :member)";
constexpr Sql pictures = R"(
    delete from essay_pictures where essay in (select id from essays where author = :member))";

void erase_essays(database::Write& write, Id<Member> member) {
    database::execute(write, drafts, bind("member", member));
    database::execute(write, versions, bind("member", member));
    database::execute(write, slugs, bind("member", member));
    database::execute(write, texts, bind("member", member));
    database::execute(write, words, bind("member", member));
    database::execute(write, pictures, bind("member", member));
    unindex_essays(write, member);
}

}  // namespace kith::essays
