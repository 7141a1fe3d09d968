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
    [[nodiscard]] CommunityHouse& community() override { return opened(web::OldDatabase::refuse); }
    [[nodiscard]] CommunityHouse& upgraded_community() override {
        return opened(web::OldDatabase::upgrade);
    }
    [[nodiscard]] web::House& house() override { return community().house(); }
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

void declare_all(CLI::App& root, Line& line) {
    root.require_subcommand(1);
    root.fallthrough();
    line.declare_flags(root);
    declare_commands(root, line);
    for (auto const& slice : all_slices())
        for (auto const& declare : slice.commands) declare(root, line);
    declare_imports(root, line);
    // Flags of the settings may stand before or after the command's name.
    root.get_subcommands([](CLI::App* command) {
        command->fallthrough();
        command->get_subcommands([](CLI::App* inner) {
            inner->fallthrough();
            return true;
        });
        return true;
    });
}

/// "kith help member add" is "kith member add --help".
std::vector<std::string> with_help_last(std::vector<std::string> words) {
    if (words.empty() || words.front() != "help") return words;
    words.erase(words.begin());
    words.emplace_back("--help");
    return words;
}

int run(CLI::App& root, Line& line, std::vector<std::string> words, std::ostream& out,
        std::ostream& errors) {
    try {
        words = with_help_last(std::move(words));
        std::reverse(words.begin(), words.end());
        root.parse(std::move(words));
        return line.status();
    } catch (CLI::CallForHelp const&) {
        out << root.help();
        return 0;
    } catch (CLI::ParseError const& error) {
        if (error.get_exit_code() == 0) return root.exit(error, out, errors);
        errors << "kith: " << error.what() << "\nTry: kith help\n";
        return 2;
    } catch (SettingsFault const& fault) {
        errors << "kith: " << fault.what() << '\n';
        return 2;
    } catch (std::exception const& error) {
        errors << "kith: " << error.what() << '\n';
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
