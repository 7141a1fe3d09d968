#include "essays/essay_versions_store.hpp"

#include "base/limits.hpp"

namespace kith::essays {

using database::bind;
using database::Sql;

constexpr Sql versions = R"(
    select v.version, v.title, v.saved_at
    from essay_versions v
    join essays e on e.id = v.essay
    where v.essay = :essay and (e.author = :viewer or :viewer = -1)
    order by v.version desc)";

std::vector<VersionLine> list_versions(database::Read& read, Viewer const& viewer,
                                       Id<Essay> essay) {
    return database::rows<VersionLine>(read, versions, bind("essay", essay),
                                       bind("viewer", viewer.member));
}

constexpr Sql one_version = R"(
    select v.title, v.summary, v.content_note, v.markdown, v.version, v.saved_at
    from essay_versions v
    join essays e on e.id = v.essay
    where v.essay = :essay and v.version = :version and (e.author = :viewer or :viewer = -1))";

std::optional<KeptWords> find_version(database::Read& read, Viewer const& viewer, Id<Essay> essay,
                                      std::int64_t version) {
    return database::maybe<KeptWords>(read, one_version, bind("essay", essay),
                                      bind("version", version), bind("viewer", viewer.member));
}

constexpr Sql add_version = R"(
    insert into essay_versions (essay, version, title, summary, content_note, markdown, saved_at)
    values (:essay, :version, :title, :summary, :content_note, :markdown, :at))";
constexpr Sql drop_oldest =
    "delete from essay_versions where essay = :essay and version <= :version";

void insert_version(database::Write& write, Id<Essay> essay, EssayWords const& words,
                    std::int64_t version, Time at) {
    database::execute(write, add_version, bind("essay", essay), bind("version", version),
                      bind("title", words.title), bind("summary", words.summary),
                      bind("content_note", words.content_note), bind("markdown", words.body),
                      bind("at", at));
    auto const kept = static_cast<std::int64_t>(limits::essay_versions_max);
    database::execute(write, drop_oldest, bind("essay", essay), bind("version", version - kept));
}

constexpr Sql draft = R"(
    select d.title, d.summary, d.content_note, d.markdown, d.base_version, d.kept_at
    from essay_drafts d
    join essays e on e.id = d.essay
    where d.essay = :essay and (e.author = :viewer or :viewer = -1))";

std::optional<KeptWords> find_draft(database::Read& read, Viewer const& viewer, Id<Essay> essay) {
    return database::maybe<KeptWords>(read, draft, bind("essay", essay),
                                      bind("viewer", viewer.member));
}

constexpr Sql put_draft = R"(
    insert into essay_drafts (essay, title, summary, content_note, markdown, base_version, kept_at)
    values (:essay, :title, :summary, :content_note, :markdown, :base_version, :at)
    on conflict (essay) do update set
        title = excluded.title, summary = excluded.summary,
        content_note = excluded.content_note, markdown = excluded.markdown,
        base_version = excluded.base_version, kept_at = excluded.kept_at)";

void keep_draft(database::Write& write, Id<Essay> essay, EssayWords const& words,
                std::int64_t base_version, Time at) {
    database::execute(write, put_draft, bind("essay", essay), bind("title", words.title),
                      bind("summary", words.summary), bind("content_note", words.content_note),
                      bind("markdown", words.body), bind("base_version", base_version),
                      bind("at", at));
}

constexpr Sql remove_draft = "delete from essay_drafts where essay = :essay";

void drop_draft(database::Write& write, Id<Essay> essay) {
    database::execute(write, remove_draft, bind("essay", essay));
}

}  // namespace kith::essays
