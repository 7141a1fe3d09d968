#include "postgres.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <grp.h>
#include <libpq-fe.h>
#include <netinet/in.h>
#include <pwd.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <stdexcept>
#include <thread>

namespace kith::tests {

namespace {

std::string program(std::string const& name) {
    std::vector<std::string> found;
    std::error_code ignored;
    for (auto const& version :
         std::filesystem::directory_iterator("/usr/lib/postgresql", ignored)) {
        auto const path = version.path() / "bin" / name;
        if (std::filesystem::exists(path)) {
            found.push_back(path.string());
        }
    }
    if (found.empty()) {
        throw std::runtime_error("PostgreSQL's " + name + " is missing");
    }
    return *std::max_element(found.begin(), found.end());
}

std::uint16_t free_port() {
    int const listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof(address);
    ::bind(listener, reinterpret_cast<sockaddr*>(&address), size);
    ::getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size);
    ::close(listener);
    return ntohs(address.sin_port);
}

void give_to_postgres(std::filesystem::path const& path) {
    if (::geteuid() != 0) {
        return;
    }
    passwd const* const user = ::getpwnam("postgres");
    if (user == nullptr || ::chown(path.c_str(), user->pw_uid, user->pw_gid) != 0) {
        throw std::runtime_error("the user postgres is missing");
    }
}

}  // namespace

PostgresServer::PostgresServer() : port_(free_port()) {
    auto const data = directory_.path / "data";
    give_to_postgres(directory_.path);
    run_to_end({program("initdb"), "--pgdata=" + data.string(), "--username=kith", "--auth=trust",
                "--encoding=UTF8", "--locale=C", "--no-sync"});
    start();
}

PostgresServer::~PostgresServer() { stop(); }

PostgresServer& PostgresServer::of_this_program() {
    static PostgresServer server;
    return server;
}

std::string PostgresServer::new_database() {
    std::string const name = "kith_" + std::to_string(++databases_);
    command("create database " + name + " template template0");
    return url(name);
}

std::string PostgresServer::copy_of(std::string const& url) {
    std::string const name = "kith_" + std::to_string(++databases_);
    command("create database " + name + " template " + url.substr(url.rfind('/') + 1));
    return this->url(name);
}

std::string PostgresServer::url(std::string const& database) const {
    return "postgresql://kith@127.0.0.1:" + std::to_string(port_) + "/" + database;
}

void PostgresServer::command(std::string const& sql) {
    std::unique_ptr<PGconn, void (*)(PGconn*)> const connection(
        PQconnectdb(url("postgres").c_str()), PQfinish);
    std::unique_ptr<PGresult, void (*)(PGresult*)> const result(
        PQexec(connection.get(), sql.c_str()), PQclear);
    auto const status = PQresultStatus(result.get());
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) {
        throw std::runtime_error(PQerrorMessage(connection.get()));
    }
}

void PostgresServer::start() {
    process_ =
        spawn({program("postgres"), "-D", (directory_.path / "data").string(), "-c",
               "listen_addresses=127.0.0.1", "-c", "port=" + std::to_string(port_), "-c",
               "unix_socket_directories=" + directory_.path.string(), "-c", "fsync=off", "-c",
               "full_page_writes=off", "-c", "max_connections=200", "-c", "shared_buffers=32MB"});
    auto const end = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    while (PQping(url("postgres").c_str()) != PQPING_OK) {
        if (std::chrono::steady_clock::now() > end) {
            throw std::runtime_error("PostgreSQL didn't start");
        }
        std::this_thread::yield();
    }
}

void PostgresServer::stop() {
    if (process_ <= 0) {
        return;
    }
    ::kill(process_, SIGINT);
    ::waitpid(process_, nullptr, 0);
    process_ = 0;
}

pid_t PostgresServer::spawn(std::vector<std::string> words) const {
    std::vector<char*> arguments;
    for (auto& word : words) {
        arguments.push_back(word.data());
    }
    arguments.push_back(nullptr);
    std::string const log = (directory_.path / "log").string();
    std::string const home = directory_.path.string();
    passwd const* const user = ::geteuid() == 0 ? ::getpwnam("postgres") : nullptr;
    pid_t const child = ::fork();
    if (child != 0) {
        return child;
    }
    if (user != nullptr && (::setgroups(0, nullptr) != 0 || ::setgid(user->pw_gid) != 0 ||
                            ::setuid(user->pw_uid) != 0)) {
        ::_exit(126);
    }
    // After setuid, which clears it: the server goes when the test goes.
    ::prctl(PR_SET_PDEATHSIG, SIGQUIT);
    int const out = ::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
    ::dup2(out, STDOUT_FILENO);
    ::dup2(out, STDERR_FILENO);
    if (::chdir(home.c_str()) != 0) {
        ::_exit(126);
    }
    ::execv(arguments[0], arguments.data());
    ::_exit(127);
}

void PostgresServer::run_to_end(std::vector<std::string> words) const {
    std::string const name = words.front();
    int status = 0;
    ::waitpid(spawn(std::move(words)), &status, 0);
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
        throw std::runtime_error(name + " failed");
    }
}

TestDatabase new_sqlite_database() {
    auto directory = std::make_shared<TestDirectory>();
    return {"sqlite", "sqlite://" + (directory->path / "kith.db").string(), directory};
}

TestDatabase new_postgres_database() {
    return {"postgres", PostgresServer::of_this_program().new_database(), nullptr};
}

std::vector<TestDatabase> databases_for_tests() {
    return {new_sqlite_database(), new_postgres_database()};
}

}  // namespace kith::tests
