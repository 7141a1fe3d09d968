#pragma once

#include <optional>
#include <vector>

#include "database/session.hpp"
#include "essays/essay.hpp"

namespace kith::essays {

/// One time that an essay was saved.
struct VersionLine {
    std::int64_t version = 0;
    std::string title;
    Time saved_at{};
};
BOOST_DESCRIBE_STRUCT(VersionLine, (), (version, title, saved_at))

/// Words of an essay: of a version, or of an unsaved draft; `at` is when they were kept.
struct KeptWords : EssayWords {
    std::int64_t version = 0;  ///< its own; of a draft: the one that it began from
    Time at{};
};
BOOST_DESCRIBE_STRUCT(KeptWords, (EssayWords), (version, at))

/// The versions of the viewer's own essay, newest first.
[[nodiscard]] std::vector<VersionLine> list_versions(database::Read& read, Viewer const& viewer,
                                                     Id<Essay> essay);
[[nodiscard]] std::optional<KeptWords> find_version(database::Read& read, Viewer const& viewer,
                                                    Id<Essay> essay, std::int64_t version);
/// Keeps the words as `version`, and lets the oldest go beyond limits::essay_versions_max.
void insert_version(database::Write& write, Id<Essay> essay, EssayWords const& words,
                    std::int64_t version, Time at);

/// The words of the viewer's own essay that wait unsaved.
[[nodiscard]] std::optional<KeptWords> find_draft(database::Read& read, Viewer const& viewer,
                                                  Id<Essay> essay);
void keep_draft(database::Write& write, Id<Essay> essay, EssayWords const& words,
                std::int64_t base_version, Time at);
void drop_draft(database::Write& write, Id<Essay> essay);

}  // namespace kith::essays
