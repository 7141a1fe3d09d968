#include "app/command_line.hpp"

#include <unistd.h>

#include <CLI/CLI.hpp>
#include <iostream>
#include <map>
#include <memory>
#include <optional>

#include "app/commands.hpp"
#include "app/community_house.hpp"
#include "app/import_commands.hpp"
#include "app/slices.hpp"
#include "web/command.hpp"
#include "web/picture.hpp"

namespace kith::app {
namespace {

/// What every command works with: the settings' flags, and the community once it is asked for.
class Line final : public CommandLine {
public:
    Line(std::istream& in, std::ostream& out) : in_(in), out_(out) {}

    void declare_flags(CLI::App& root) {
        root.add_option("--config", config_,
                        "A settings file; else kith.toml in the data directory");
        root.add_flag("--json", json_, "Answer for a program");
        for (auto const& setting : all_settings()) {
            std::string flag = "--" + std::string(setting.name);
            for (auto& c : flag) c = c == '_' ? '-' : c;
            auto keep = [this, name = std::string(setting.name)](std::string const& value) {
                flags_[name] = value;
            };
            root.add_option_function<std::string>(flag, keep, std::string(setting.help));
        }
    }

    [[nodiscard]] Settings settings() const override {
        auto const file =
            config_.empty() ? std::nullopt : std::optional<std::filesystem::path>(config_);
        return read_settings(file, flags_);
    }
    [[nodiscard]] CommunityHouse& community() override {
        if (!community_) require_community(settings());
        return opened(web::OldDatabase::refuse);
    }
    [[nodiscard]] CommunityHouse& upgraded_community() override {
        return opened(web::OldDatabase::upgrade);
    }
    [[nodiscard]] web::House& house() override { return community().house(); }
    [[nodiscard]] web::House& new_house() override {
        return opened(web::OldDatabase::refuse).house();
    }
    [[nodiscard]] bool wants_json() const override { return json_; }
    [[nodiscard]] std::istream& in() override { return in_; }
    [[nodiscard]] std::ostream& out() override { return out_; }
    void exit_with(int status) override { status_ = status; }
    [[nodiscard]] int status() const { return status_; }

private:
    CommunityHouse& opened(web::OldDatabase old_database) {
        if (!community_) community_ = std::make_unique<CommunityHouse>(settings(), old_database);
        return *community_;
    }

    std::istream& in_;
    std::ostream& out_;
    std::string config_;
    bool json_ = false;
    int status_ = 0;
    std::map<std::string, std::string> flags_;
    std::unique_ptr<CommunityHouse> community_;
};

/// What an option takes, in the help: not the parser's own names of types and checks.
class PlainHelp final : public CLI::Formatter {
public:
    PlainHelp() { column_width(34); }
    [[nodiscard]] std::string make_option_opts(CLI::Option const* option) const override {
        if (option->get_items_expected_max() == 0) return {};
        std::string words = option->get_positional() ? "" : " VALUE";
        if (!option->get_default_str().empty()) words += " (" + option->get_default_str() + ")";
        if (option->get_required()) words += " (needed)";
        return words;
    }
};

constexpr auto settings_footer =
    "Settings such as --data DIR, --config FILE or --public-url URL may stand here too:\n"
    "kith help lists them. Where --data isn't said, the community is the directory ./var.";

void add_footer(CLI::App& command) {
    auto const own = command.get_footer();
    command.footer(own.empty() ? settings_footer : own + "\n\n" + settings_footer);
}

void declare_all(CLI::App& root, Line& line) {
    root.require_subcommand(1);
    root.fallthrough();
    root.formatter(std::make_shared<PlainHelp>());
    root.set_version_flag("--version", "kith " KITH_VERSION, "Print the version and end");
    line.declare_flags(root);
    declare_commands(root, line);
    for (auto const& slice : all_slices())
        for (auto const& declare : slice.commands) declare(root, line);
    declare_imports(root, line);
    // Flags of the settings may stand before or after the command's name.
    root.get_subcommands([](CLI::App* command) {
        command->fallthrough();
        add_footer(*command);
        command->get_subcommands([](CLI::App* inner) {
            inner->fallthrough();
            add_footer(*inner);
            return true;
        });
        return true;
    });
    root.footer("kith help COMMAND explains one.");
}

/// A word that should have been a command's name.
class UnknownCommand final : public std::runtime_error {
public:
    explicit UnknownCommand(std::string const& word)
        : std::runtime_error("There is no command \"" + word + "\"") {}
};

CLI::App* command_called(CLI::App& root, std::string const& word) {
    auto const found =
        root.get_subcommands([&](CLI::App const* inner) { return inner->get_name() == word; });
    if (found.empty()) throw UnknownCommand(word);
    return found.front();
}

/// "kith help member add" is "kith member add --help".
std::vector<std::string> with_help_last(CLI::App& root, std::vector<std::string> words) {
    if (words.empty() || words.front() != "help") return words;
    words.erase(words.begin());
    if (!words.empty() && words.front() == "help") words.erase(words.begin());
    auto* command = &root;
    for (auto const& word : words) {
        if (word.starts_with('-')) break;
        command = command_called(*command, word);
    }
    words.emplace_back("--help");
    return words;
}

/// The last of the commands that were named, and where it is explained: "kith help member add".
std::pair<CLI::App const*, std::string> named_last(CLI::App const& root) {
    auto const* at = &root;
    std::string words = "kith help";
    while (!at->get_subcommands().empty()) {
        at = at->get_subcommands().back();
        words += " " + at->get_name();
    }
    return {at, words};
}

/// What was wrong with the words, as somebody who typed them would say it.
std::string mistake_in(CLI::App const& root, CLI::App const& command,
                       CLI::ParseError const& error) {
    bool const lacks_command = command.get_require_subcommand_min() > 0;
    auto const extra = root.remaining(true);
    auto const flag = std::find_if(extra.begin(), extra.end(),
                                   [](std::string const& word) { return word.starts_with('-'); });
    if (flag != extra.end()) return "There is no option \"" + *flag + "\"";
    if (lacks_command && !extra.empty()) return UnknownCommand(extra.front()).what();
    if (lacks_command && dynamic_cast<CLI::RequiredError const*>(&error) != nullptr)
        return "A command is missing";
    return error.what();
}

int run(CLI::App& root, Line& line, std::vector<std::string> words, std::ostream& out,
        std::ostream& errors) {
    try {
        words = with_help_last(root, std::move(words));
        std::reverse(words.begin(), words.end());
        root.parse(std::move(words));
        return line.status();
    } catch (CLI::CallForHelp const&) {
        out << root.help();
        return 0;
    } catch (CLI::ParseError const& error) {
        if (error.get_exit_code() == 0) return root.exit(error, out, errors);
        auto const [command, help] = named_last(root);
        errors << "kith: " << mistake_in(root, *command, error) << "\nTry: " << help << '\n';
        return 2;
    } catch (UnknownCommand const& unknown) {
        errors << "kith: " << unknown.what() << "\nTry: kith help\n";
        return 2;
    } catch (SettingsFault const& fault) {
        errors << "kith: " << fault.what() << '\n';
        return 2;
    } catch (std::exception const& error) {
        errors << "kith: " << on_one_line(error.what()) << '\n';
        return 1;
    }
}

}  // namespace

int run_command_line(std::vector<std::string> words, std::istream& in, std::ostream& out,
                     std::ostream& errors) {
    // The child that decodes pictures: it sees standard input and output and nothing else. It ends
    // at once, since it is forbidden what a sanitizer does at the end of a program.
    if (words.size() == 1 && words.front() == "picture-worker")
        ::_exit(web::picture_worker_main(0, 1));
    CLI::App root("Kith: a home for a community that wants to be safe enough.", "kith");
    Line line(in, out);
    declare_all(root, line);
    return run(root, line, std::move(words), out, errors);
}

}  // namespace kith::app
