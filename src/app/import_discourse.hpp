#pragma once

#include <filesystem>

#include "app/import_model.hpp"

namespace kith::app {

/// Reads dump.sql or dump.sql.gz, the database within a backup of Discourse, or the directory that
/// it was unpacked in. Only what every member there could read comes along: see docs/moving.md.
/// Throws CommandRefused when the file isn't one, or doesn't say what everybody could read.
[[nodiscard]] ImportForum read_discourse(std::filesystem::path const& path, Time now,
                                         ImportReport& report);

/// Discourse's [quote]…[/quote] as Markdown's own.
[[nodiscard]] std::string with_markdown_quotes(std::string const& raw);

}  // namespace kith::app
