#include "notify/bounces.hpp"

#include <CLI/CLI.hpp>
#include <ostream>

#include "base/text.hpp"
#include "web/command.hpp"
#include "web/house.hpp"
#include "web/json.hpp"

namespace kith::notify {
namespace {

using web::CommandHouse;
using web::CommandRefused;

struct BouncedAddress {
    std::string address;
    bool refuses = true;
};
BOOST_DESCRIBE_STRUCT(BouncedAddress, (), (address, refuses))

void bounced(CommandHouse& line, CLI::App const& command) {
    auto& site = line.house().site();
    std::string const address(trim(command.get_option("ADDRESS")->as<std::string>()));
    bool const known = site.database.write_now(
        [&](database::Write& write) { return note_bounced(write, site, address); });
    if (!known) throw CommandRefused("No member has confirmed this address.");
    line.out() << (line.wants_json() ? web::to_json(BouncedAddress{lower_ascii(address)})
                                     : std::string("Done."))
               << '\n';
}

void declare(CLI::App& root, CommandHouse& line) {
    auto* mail = root.add_subcommand("mail", "Mail");
    mail->require_subcommand(1);
    auto* command = mail->add_subcommand(
        "bounced", "Mail to this address came back: send it no notices until it is confirmed anew");
    command->add_option("ADDRESS", "The member's address")->required();
    command->callback([&line, command] { bounced(line, *command); });
}

}  // namespace

std::vector<web::DeclareCommand> mail_commands() { return {declare}; }

}  // namespace kith::notify
