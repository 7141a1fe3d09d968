#include "app/postgres_dump.hpp"

#include "app/bytes.hpp"
#include "app/child.hpp"
#include "web/form.hpp"

namespace kith::app {
namespace {

namespace fs = std::filesystem;

Program client(std::vector<std::string> words) {
    Program program;
    program.words = std::move(words);
    program.package = "postgresql-client";
    return program;
}

/// With the address, its password apart: a command line is everybody's to read.
Program client_of(std::vector<std::string> words, std::string const& url) {
    auto address = without_password(url);
    auto program = client(std::move(words));
    program.words.push_back("--dbname=" + address.url);
    if (!address.password.empty()) program.environment["PGPASSWORD"] = address.password;
    return program;
}

}  // namespace

SplitAddress without_password(std::string const& url) {
    auto const begin = url.find("://");
    if (begin == std::string::npos) return {url, {}};
    auto const end = std::min(url.find_first_of("/?", begin + 3), url.size());
    auto const at = url.rfind('@', end - 1);
    auto const colon = url.find(':', begin + 3);
    if (at == std::string::npos || at < begin || colon >= at) return {url, {}};
    auto password = url.substr(colon + 1, at - colon - 1);
    std::string escaped;
    for (char const c : password) escaped += c == '+' ? std::string("%2B") : std::string(1, c);
    return {url.substr(0, colon) + url.substr(at),
            web::url_decode(escaped).value_or(std::move(password))};
}

void dump_postgres(std::string const& url, fs::path const& path) {
    NewFile file(path);
    auto program = client_of({"pg_dump", "--format=custom", "--no-owner", "--no-privileges"}, url);
    program.out = file.number();
    Child dump(program);
    dump.finish();
    file.finish();
}

void restore_postgres(fs::path const& path, std::string const& url) {
    auto program = client_of(
        {"pg_restore", "--exit-on-error", "--single-transaction", "--no-owner", "--no-privileges"},
        url);
    web::Descriptor const file(open_to_read(path));
    program.in = file.number();
    Child restore(program);
    restore.finish();
}

void check_postgres_dump(fs::path const& path) {
    web::Descriptor const file(open_to_read(path));
    // All of it is read, and goes nowhere.
    auto program = client({"pg_restore", "--file=/dev/null"});
    program.in = file.number();
    Child restore(program);
    restore.finish();
}

}  // namespace kith::app
