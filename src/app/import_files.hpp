#pragma once

#include <filesystem>

#include "app/import_model.hpp"
#include "app/import_write.hpp"

namespace kith::app {

/// The people of a CSV file whose first row names its columns: name, email, pronouns, joined.
/// Throws CommandRefused when there is no column "name".
[[nodiscard]] std::vector<ImportPerson> read_people(std::filesystem::path const& path,
                                                    ImportReport& report);

/// A Markdown file, and what stands in its front matter.
struct EssayFile {
    std::string title;  ///< else its first heading or its name
    std::string author;
    std::optional<Time> at;
    std::string markdown;
    bool bad_date = false;
};
[[nodiscard]] EssayFile read_essay_file(std::string const& name, std::string_view text);

/// Brings the Markdown files of a directory, by name; `author` is the id or the name of whose they
/// are where a file doesn't say. Run again, it adds those that are new.
void import_essay_files(web::Site& site, ImportWish const& wish,
                        std::filesystem::path const& directory, std::string const& author,
                        ImportReport& report);

}  // namespace kith::app
