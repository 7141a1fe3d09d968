#include "essays/essays_store.hpp"

#include "base/limits.hpp"

namespace kith::essays {

using database::bind;
using database::Sql;

// Who may read an essay, the same in each statement below: the server; its author; and once it is
// published whoever its audience includes, unless they and the author are apart.

constexpr Sql by_slug = R"(
    select e.id, e.public_id, e.slug, e.title, e.summary, e.excerpt, e.content_note, e.state,
           e.audience, e.reading_minutes, e.edited_at, e.published_at, m.id, m.public_id, m.name,
           m.role, case when m.avatar is null then 0 else 1 end,
           m.listed + m.author, p.alt, p.width,
           p.height,
           case when exists (select 1 from mutes u
                             where u.member = :viewer and u.other = e.author)
                then 1 else 0 end,
           x.html, e.comments_closed, e.version, e.discussion, m.about,
           case when m.state = 'active' then 1 else 0 end,
           o.takes_letters, o.takes_guests, o.when_read, o.answer_days, r.public_id, r.state,
           r.written_at
    from essay_slugs k
    join essays e on e.id = k.essay
    join essay_texts x on x.essay = e.id
    join members m on m.id = e.author
    left join essay_pictures p on p.id = e.picture
    left join reach_out_offers o on o.member = e.author
    left join reach_outs r on r.id = (select max(q.id) from reach_outs q
                                      where q.sender = :viewer and q.recipient = e.author)
    where k.slug = :slug
      and (:viewer = -1 or e.author = :viewer
           or (e.state = 'published' and m.state not in ('erasing', 'erased')
               and (e.audience = 'anyone' or :viewer > 0)
               and not exists (select 1 from separations s
                               where s.viewer = :viewer and s.other = e.author))))";

std::optional<EssayRow> find_essay(database::Read& read, Viewer const& viewer,
                                   std::string_view slug) {
    return database::maybe<EssayRow>(read, by_slug, bind("slug", slug),
                                     bind("viewer", viewer.member));
}

constexpr Sql newest = R"(
    select e.id, e.public_id, e.slug, e.title, e.summary, e.excerpt, e.content_note, e.state,
           e.audience, e.reading_minutes, e.edited_at, e.published_at, m.id, m.public_id, m.name,
           m.role, case when m.avatar is null then 0 else 1 end,
           m.listed + m.author, p.alt, p.width,
           p.height,
           case when exists (select 1 from mutes u
                             where u.member = :viewer and u.other = e.author)
                then 1 else 0 end
    from essays e
    join members m on m.id = e.author
    left join essay_pictures p on p.id = e.picture
    where e.state = 'published'
      and (:after = 0 or (e.published_at, e.id) < (select l.published_at, l.id
                                                   from essays l where l.id = :after))
      and (:viewer = -1 or e.author = :viewer
           or (m.state not in ('erasing', 'erased') and (e.audience = 'anyone' or :viewer > 0)
               and not exists (select 1 from separations s
                               where s.viewer = :viewer and s.other = e.author)))
    order by e.published_at desc, e.id desc limit :at_most)";

std::vector<EssayLine> list_essays(database::Read& read, Viewer const& viewer, Id<Essay> after,
                                   std::size_t at_most) {
    return database::rows<EssayLine>(read, newest, bind("after", after),
                                     bind("viewer", viewer.member), bind("at_most", at_most));
}

constexpr Sql newest_with_text = R"(
    select e.id, e.public_id, e.slug, e.title, e.summary, e.excerpt, e.content_note, e.state,
           e.audience, e.reading_minutes, e.edited_at, e.published_at, m.id, m.public_id, m.name,
           m.role, case when m.avatar is null then 0 else 1 end,
           m.listed + m.author, p.alt, p.width,
           p.height, 0, x.html
    from essays e
    join essay_texts x on x.essay = e.id
    join members m on m.id = e.author
    left join essay_pictures p on p.id = e.picture
    where e.state = 'published'
      and (:viewer = -1 or e.author = :viewer
           or (m.state not in ('erasing', 'erased') and (e.audience = 'anyone' or :viewer > 0)
               and not exists (select 1 from separations s
                               where s.viewer = :viewer and s.other = e.author)))
    order by e.published_at desc, e.id desc limit :at_most)";

std::vector<EssayText> newest_texts(database::Read& read, Viewer const& viewer,
                                    std::size_t at_most) {
    return database::rows<EssayText>(read, newest_with_text, bind("viewer", viewer.member),
                                     bind("at_most", at_most));
}

// Unsaved words count as the newest of an essay: its author goes on with them.
constexpr Sql unpublished = R"(
    select e.id, e.public_id, e.slug, coalesce(d.title, e.title), coalesce(d.summary, e.summary),
           e.excerpt, e.content_note, e.state, e.audience, e.reading_minutes,
           coalesce(d.kept_at, e.edited_at), e.published_at, m.id, m.public_id, m.name, m.role,
           case when m.avatar is null then 0 else 1 end,
           m.listed + m.author, p.alt, p.width, p.height, 0
    from essays e
    join members m on m.id = e.author
    left join essay_drafts d on d.essay = e.id
    left join essay_pictures p on p.id = e.picture
    where e.author = :viewer and (e.state <> 'published' or d.essay is not null)
    order by coalesce(d.kept_at, e.edited_at) desc, e.id desc limit :at_most)";

std::vector<EssayLine> list_unpublished(database::Read& read, Viewer const& viewer) {
    return database::rows<EssayLine>(read, unpublished, bind("viewer", viewer.member),
                                     bind("at_most", limits::page_items));
}

constexpr Sql own_by_slug = R"(
    select e.id, e.public_id, e.slug, e.state, e.audience, e.comments_closed, e.version,
           e.discussion, e.published_at, e.title, e.summary, e.content_note, x.markdown
    from essay_slugs k
    join essays e on e.id = k.essay
    join essay_texts x on x.essay = e.id
    where k.slug = :slug and (e.author = :viewer or :viewer = -1))";

std::optional<OwnEssay> find_own_essay(database::Read& read, Viewer const& viewer,
                                       std::string_view slug) {
    return database::maybe<OwnEssay>(read, own_by_slug, bind("slug", slug),
                                     bind("viewer", viewer.member));
}

constexpr Sql own_by_id = R"(
    select e.id, e.public_id, e.slug, e.state, e.audience, e.comments_closed, e.version,
           e.discussion, e.published_at, e.title, e.summary, e.content_note, x.markdown
    from essays e
    join essay_texts x on x.essay = e.id
    where e.public_id = :id and (e.author = :viewer or :viewer = -1))";

std::optional<OwnEssay> find_own_essay(database::Read& read, Viewer const& viewer,
                                       PublicId const& id) {
    return database::maybe<OwnEssay>(read, own_by_id, bind("id", id),
                                     bind("viewer", viewer.member));
}

constexpr Sql begun_by_key = R"(
    select e.id, e.public_id, e.slug, e.state, e.audience, e.comments_closed, e.version,
           e.discussion, e.published_at, e.title, e.summary, e.content_note, x.markdown
    from essays e
    join essay_texts x on x.essay = e.id
    where e.author = :viewer and e.idempotency_key = :key)";

std::optional<OwnEssay> find_begun_essay(database::Read& read, Viewer const& viewer,
                                         std::string_view key) {
    return database::maybe<OwnEssay>(read, begun_by_key, bind("key", key),
                                     bind("viewer", viewer.member));
}

constexpr Sql by_author = R"(
    select e.id, e.public_id, e.slug, e.state, e.audience, e.comments_closed, e.version,
           e.discussion, e.published_at, e.title, e.summary, e.content_note, x.markdown
    from essays e
    join essay_texts x on x.essay = e.id
    where e.author = :author and (e.author = :viewer or :viewer = -1)
    order by e.id)";

std::vector<OwnEssay> essays_of(database::Read& read, Viewer const& viewer, Id<Member> author) {
    return database::rows<OwnEssay>(read, by_author, bind("author", author),
                                    bind("viewer", viewer.member));
}

constexpr Sql insert = R"(
    insert into essays (public_id, author, slug, title, summary, content_note, excerpt, state,
                        audience, comments_closed, reading_minutes, version, discussion, picture,
                        created_at, edited_at, published_at, idempotency_key)
    values (:public_id, :author, :slug, :title, :summary, :content_note, :excerpt, 'draft',
            :audience, :comments_closed, :reading_minutes, :version, :discussion, null,
            :at, :at, null, :idempotency_key)
    returning id)";
constexpr Sql insert_text =
    "insert into essay_texts (essay, markdown, html) values (:essay, :markdown, :html)";
constexpr Sql insert_slug = "insert into essay_slugs (slug, essay) values (:slug, :essay)";

Id<Essay> insert_essay(database::Write& write, EssayToAdd const& essay, ReadyEssay const& ready) {
    auto const id = database::scalar<Id<Essay>>(
        write, insert, bind("public_id", essay.public_id), bind("author", essay.author),
        bind("slug", essay.slug), bind("title", ready.words.title),
        bind("summary", ready.words.summary), bind("content_note", ready.words.content_note),
        bind("excerpt", ready.excerpt), bind("audience", essay.audience),
        bind("comments_closed", essay.comments_closed),
        bind("reading_minutes", ready.reading_minutes), bind("version", essay.version),
        bind("discussion", essay.discussion), bind("at", essay.at),
        bind("idempotency_key", essay.idempotency_key));
    database::execute(write, insert_text, bind("essay", id), bind("markdown", ready.words.body),
                      bind("html", ready.html));
    database::execute(write, insert_slug, bind("slug", essay.slug), bind("essay", id));
    return id;
}

constexpr Sql change_words = R"(
    update essays set title = :title, summary = :summary, content_note = :content_note,
           excerpt = :excerpt, reading_minutes = :reading_minutes, version = :version,
           edited_at = :at
    where id = :essay)";
constexpr Sql change_text =
    "update essay_texts set markdown = :markdown, html = :html where essay = :essay";

void update_words(database::Write& write, Id<Essay> essay, ReadyEssay const& ready,
                  std::int64_t version, Time at) {
    database::execute(
        write, change_words, bind("title", ready.words.title), bind("summary", ready.words.summary),
        bind("content_note", ready.words.content_note), bind("excerpt", ready.excerpt),
        bind("reading_minutes", ready.reading_minutes), bind("version", version), bind("at", at),
        bind("essay", essay));
    database::execute(write, change_text, bind("markdown", ready.words.body),
                      bind("html", ready.html), bind("essay", essay));
}

constexpr Sql change_settings = R"(
    update essays set audience = :audience, comments_closed = :comments_closed
    where id = :essay)";

void update_settings(database::Write& write, Id<Essay> essay, EssayAudience audience,
                     bool comments_closed) {
    database::execute(write, change_settings, bind("audience", audience),
                      bind("comments_closed", comments_closed), bind("essay", essay));
}

constexpr Sql change_state = "update essays set state = :state where id = :essay";
constexpr Sql note_publication = R"(
    update essays set published_at = :at where id = :essay and published_at is null)";

void update_state(database::Write& write, Id<Essay> essay, EssayState state, Time at) {
    database::execute(write, change_state, bind("state", state), bind("essay", essay));
    if (state == EssayState::published)
        database::execute(write, note_publication, bind("at", at), bind("essay", essay));
}

constexpr Sql standing_of_author = R"(
    select e.author, (select count(*) from essays p
                      where p.author = e.author and p.state = 'published')
    from essays e where e.id = :essay and :viewer = -1)";

AuthorStanding author_standing(database::Read& read, Viewer const& viewer, Id<Essay> essay) {
    return database::one<AuthorStanding>(read, standing_of_author, bind("essay", essay),
                                         bind("viewer", viewer.member));
}

constexpr Sql change_slug = "update essays set slug = :slug where id = :essay";

void update_slug(database::Write& write, Id<Essay> essay, std::string_view slug) {
    database::execute(write, insert_slug, bind("slug", slug), bind("essay", essay));
    database::execute(write, change_slug, bind("slug", slug), bind("essay", essay));
}

}  // namespace kith::essays
