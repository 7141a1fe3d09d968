#include "essays/essays_commands.hpp"

#include <CLI/CLI.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <ostream>

#include "base/limits.hpp"
#include "base/text.hpp"
#include "essays/writing.hpp"
#include "members/members.hpp"
#include "web/command.hpp"
#include "web/house.hpp"
#include "web/json.hpp"

namespace kith::essays {
namespace {

using web::CommandHouse;
using web::CommandRefused;

struct ImportedEssay {
    std::string path;
};
BOOST_DESCRIBE_STRUCT(ImportedEssay, (), (path))

std::string read_whole(std::string const& name) {
    std::ifstream file(name, std::ios::binary);
    if (!file || std::filesystem::is_directory(name))
        throw CommandRefused("The file " + name + " can't be read.");
    std::string text(std::istreambuf_iterator<char>(file), {});
    if (text.size() > limits::essay_bytes_max)
        throw CommandRefused("The file " + name + " is longer than an essay can be: " +
                             std::to_string(limits::essay_bytes_max / 1024) + " KB.");
    return text;
}

void import_file(CommandHouse& line, CLI::App const& command) {
    auto& site = line.house().site();
    auto const name = command.get_option("FILE")->as<std::string>();
    auto const author = command.get_option("--author")->as<std::string>();
    bool const publish = command.get_option("--publish")->count() > 0;
    bool const markdown = name.ends_with(".md") || name.ends_with(".markdown");
    auto const text = read_whole(name);
    auto const words = words_of_file(text, markdown);
    if (trim(words.body).empty())
        throw CommandRefused("There are no words in the file " + name + ".");
    if (publish && trim(words.title).empty())
        throw CommandRefused("The file " + name +
                             " has no title: begin it with a line such as \"# My essay\".");
    try {
        auto const path = site.database.write_now([&](database::Write& write) {
            auto const id = PublicId::parse(author);
            auto const member =
                id ? members::find_member(write, Viewer::server(), *id) : std::nullopt;
            if (!member || member->state != members::MemberState::active)
                throw CommandRefused("There is no member with the id " + author + ".");
            return import_essay(site, write, member->id, text, markdown, publish);
        });
        line.out() << (line.wants_json() ? web::to_json(ImportedEssay{path}) : path) << '\n';
    } catch (Refusal const& refusal) {
        throw web::in_words(site, refusal);
    }
}

void declare(CLI::App& root, CommandHouse& line) {
    auto* import = root.add_subcommand("import", "Bring something in from elsewhere");
    import->require_subcommand(1);
    auto* essay = import->add_subcommand(
        "essay", "Import an essay from Markdown (.md) or plain text; print its path");
    essay->add_option("FILE", "The file")->required();
    essay->add_option("--author", "The id of the member whose essay it is")->required();
    essay->add_flag("--publish")->description("Publish it at once; else it is a draft");
    essay->callback([&line, essay] { import_file(line, *essay); });
}

}  // namespace

std::vector<web::DeclareCommand> essay_commands() { return {declare}; }

}  // namespace kith::essays
