#pragma once

#include "app/community_house.hpp"
#include "web/command.hpp"

namespace CLI {
class App;
}

namespace kith::app {

/// What the program's own commands work with, beside what slices' commands see.
class CommandLine : public web::CommandHouse {
public:
    [[nodiscard]] virtual Settings settings() const = 0;
    [[nodiscard]] virtual CommunityHouse& community() = 0;
    /// The same, its database brought up to date: for who serves, and for the demo.
    [[nodiscard]] virtual CommunityHouse& upgraded_community() = 0;
    /// Ends the program with `status` (0 unless told).
    virtual void exit_with(int status) = 0;
};

/// What an engine says on several lines, as one: a command ends with one sentence.
[[nodiscard]] std::string on_one_line(std::string_view said);

/// serve, routes, config check, backup, restore, move, doctor, upgrade, audit verify, demo.
void declare_commands(CLI::App& root, CommandLine& line);

}  // namespace kith::app
