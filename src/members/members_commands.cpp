#include "members/members_commands.hpp"

#include <CLI/CLI.hpp>
#include <boost/mp11/algorithm.hpp>
#include <iomanip>
#include <istream>
#include <ostream>

#include "base/email.hpp"
#include "base/text.hpp"
#include "members/account_deeds.hpp"
#include "members/community.hpp"
#include "members/host_members.hpp"
#include "members/password.hpp"
#include "web/command.hpp"
#include "web/form.hpp"
#include "web/house.hpp"
#include "web/json.hpp"

namespace kith::members {
namespace {

using web::CommandHouse;
using web::CommandRefused;

/// An account and the absolute link that signs its member in, once.
struct AccountLink {
    PublicId id;
    std::string sign_in_link;
};
BOOST_DESCRIBE_STRUCT(AccountLink, (), (id, sign_in_link))

/// How an account stands after a command.
struct AccountState {
    PublicId id;
    Role role = Role::member;
    MemberState state = MemberState::active;
};
BOOST_DESCRIBE_STRUCT(AccountState, (), (id, role, state))

/// An account in the list of them.
struct ListedAccount {
    PublicId id;
    std::string name;
    Role role = Role::member;
    MemberState state = MemberState::active;
};
BOOST_DESCRIBE_STRUCT(ListedAccount, (), (id, name, role, state))

struct ListedAccounts {
    std::vector<ListedAccount> members;
};
BOOST_DESCRIBE_STRUCT(ListedAccounts, (), (members))

CLI::IsMember known_role() {
    return CLI::IsMember(std::vector<std::string>{"member", "guide", "steward", "host"});
}

Role role_of(std::string const& word) {
    Role role = Role::member;
    (void)web::forms::read(word, role);
    return role;
}

void print(CommandHouse& line, AccountLink const& link) {
    if (line.wants_json()) {
        line.out() << web::to_json(link) << '\n';
    } else {
        line.out() << link.id.text() << '\n' << link.sign_in_link << '\n';
    }
}

MemberRow member_called(database::Read& read, std::string const& id) {
    auto const public_id = PublicId::parse(id);
    auto member = public_id ? find_member(read, Viewer::server(), *public_id) : std::nullopt;
    if (!member || member->state == MemberState::erased)
        throw CommandRefused("There is no member with the id " + id + ".");
    return *std::move(member);
}

/// The one line of standard input; a password on the command line would be seen by others.
std::string password_from(CommandHouse& line, web::Site& site, NewMember const& member) {
    std::string password;
    std::getline(line.in(), password);
    if (password.ends_with('\r')) password.pop_back();
    auto const house = site.database.read([](database::Read& read) { return community(read); });
    PasswordContext const context{{member.name, member.email.value_or(""), house.name}};
    if (auto const wrong = password_mistake(password, context))
        throw CommandRefused(site.words.has(*wrong) ? site.words.say("en", *wrong)
                                                    : "This password can't be taken.");
    return hash_password(password);
}

NewMember newcomer_of(CommandHouse& line, CLI::App const& command, web::Site& site) {
    NewMember member{.public_id = PublicId::make(site.random), .name = {}};
    member.name = trim(command.get_option("--name")->as<std::string>());
    if (member.name.empty() || code_points(member.name) > limits::name_characters_max ||
        !valid_utf8(member.name))
        throw CommandRefused("A name has between 1 and " +
                             std::to_string(limits::name_characters_max) + " characters.");
    member.role = role_of(command.get_option("--role")->as<std::string>());
    member.writes_essays = command.get_option("--writes-essays")->count() > 0;
    if (auto const* email = command.get_option("--email"); email->count() > 0) {
        member.email = lower_ascii(trim(email->as<std::string>()));
        if (!valid_email(*member.email))
            throw CommandRefused("This doesn't look like an email address.");
    }
    if (command.get_option("--password-stdin")->count() > 0)
        member.password_hash = password_from(line, site, member);
    member.joined_at = site.now();
    return member;
}

std::string absolute_link(web::Site& site, database::Write& write, Id<Member> member) {
    return site.settings.public_url + make_sign_in_link(site, write, member);
}

void add(CommandHouse& line, CLI::App const& command) {
    auto& site = line.new_house().site();
    auto const member = newcomer_of(line, command, site);
    print(line, site.database.write_now([&](database::Write& write) {
        auto const id = add_member_by_host(site, write, member);
        return AccountLink{member.public_id, absolute_link(site, write, id)};
    }));
}

void print_link(CommandHouse& line, CLI::App const& command) {
    auto& site = line.house().site();
    auto const id = command.get_option("ID")->as<std::string>();
    print(line, site.database.write_now([&](database::Write& write) {
        auto const member = member_called(write, id);
        if (member.state == MemberState::disabled)
            throw CommandRefused("This account is disabled: kith member enable " + id);
        return AccountLink{member.public_id, absolute_link(site, write, member.id)};
    }));
}

/// Does `deed` to the member that ID names, and says how the account stands then.
template <class Deed>
void change(CommandHouse& line, CLI::App const& command, Deed deed) {
    auto& site = line.house().site();
    auto const id = command.get_option("ID")->as<std::string>();
    try {
        auto const now = site.database.write_now([&](database::Write& write) {
            deed(site, write, member_called(write, id));
            auto const member = member_called(write, id);
            return AccountState{member.public_id, member.role, member.state};
        });
        line.out() << (line.wants_json() ? web::to_json(now) : std::string("Done.")) << '\n';
    } catch (Refusal const& refusal) {
        throw web::in_words(site, refusal);
    }
}

void change_role(CommandHouse& line, CLI::App const& command) {
    auto const role = role_of(command.get_option("ROLE")->as<std::string>());
    change(line, command, [role](web::Site& site, database::Write& write, MemberRow const& row) {
        give_role(site, write, Viewer::server(), row, role);
    });
}

void change_state(CommandHouse& line, CLI::App const& command, MemberState state) {
    change(line, command, [state](web::Site& site, database::Write& write, MemberRow const& row) {
        disable_or_enable(site, write, Viewer::server(), row, state);
    });
}

/// The word for a choice, as a command takes it.
template <class Choice>
std::string word_of(Choice choice) {
    std::string word;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<Choice>>([&](auto each) {
        if (choice == each.value) word = each.name;
    });
    return word;
}

ListedAccounts all_accounts(web::Site& site) {
    return site.database.read([](database::Read& read) {
        ListedAccounts all;
        Seal::Place after;
        for (bool more = true; more;) {
            auto const page =
                members_for_host(read, Viewer::server(), {}, after, limits::page_items);
            for (auto const& row : page)
                all.members.push_back({row.public_id, row.name, row.role, row.state});
            more = page.size() == limits::page_items;
            if (more) after = {page.back().order, page.back().id.value};
        }
        return all;
    });
}

/// A name may hold anything: a line of the list stays a line, and moves no cursor of a terminal.
std::string on_one_line(std::string name) {
    for (auto& c : name)
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = ' ';
    return name;
}

void list(CommandHouse& line) {
    auto const all = all_accounts(line.house().site());
    if (line.wants_json()) {
        line.out() << web::to_json(all) << '\n';
        return;
    }
    for (auto const& account : all.members)
        line.out() << account.id.text() << "  " << std::left << std::setw(8)
                   << word_of(account.role) << std::setw(9) << word_of(account.state)
                   << on_one_line(account.name) << '\n';
}

void declare_add(CLI::App& member, CommandHouse& line) {
    auto* add_command = member.add_subcommand(
        "add", "Add a member; print their id and a link that signs them in, once");
    add_command->add_option("--name", "What to call them")->required();
    add_command->add_option("--role", "member, guide, steward or host")
        ->required()
        ->check(known_role());
    add_command->add_flag("--writes-essays")
        ->description("They may write essays, whatever their role");
    add_command->add_option("--email", "Where links go to");
    add_command->add_flag("--password-stdin")
        ->description("Read their password, one line of standard input");
    add_command->callback([&line, add_command] { add(line, *add_command); });
}

void declare(CLI::App& root, CommandHouse& line) {
    auto* member = root.add_subcommand("member", "Accounts");
    member->require_subcommand(1);
    declare_add(*member, line);

    auto* list_command =
        member->add_subcommand("list", "Print every member's id, role, state and name");
    list_command->callback([&line] { list(line); });

    auto* role = member->add_subcommand("role", "Give a member another role");
    role->add_option("ID", "The member's id")->required();
    role->add_option("ROLE", "member, guide, steward or host")->required()->check(known_role());
    role->callback([&line, role] { change_role(line, *role); });

    auto* disable = member->add_subcommand("disable", "Close an account; nothing is erased");
    disable->add_option("ID", "The member's id")->required();
    disable->callback([&line, disable] { change_state(line, *disable, MemberState::disabled); });

    auto* enable = member->add_subcommand("enable", "Open a disabled account again");
    enable->add_option("ID", "The member's id")->required();
    enable->callback([&line, enable] { change_state(line, *enable, MemberState::active); });

    auto* link =
        member->add_subcommand("sign-in-link", "Print a link that signs a member in, once");
    link->add_option("ID", "The member's id")->required();
    link->callback([&line, link] { print_link(line, *link); });
}

}  // namespace

std::vector<web::DeclareCommand> member_commands() { return {declare}; }

}  // namespace kith::members
