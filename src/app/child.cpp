#include "app/child.hpp"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>

#include "web/command.hpp"

namespace kith::app {
namespace {

using web::CommandRefused;

std::vector<std::string> environment_of(Program const& program) {
    std::vector<std::string> all;
    for (char** each = ::environ; *each != nullptr; ++each) {
        std::string const line = *each;
        if (!program.environment.contains(line.substr(0, line.find('=')))) all.push_back(line);
    }
    for (auto const& [name, value] : program.environment)
        all.emplace_back(name).append("=").append(value);
    return all;
}

std::vector<char*> pointers(std::vector<std::string>& words) {
    std::vector<char*> all;
    all.reserve(words.size() + 1);
    for (auto& word : words) all.push_back(word.data());
    all.push_back(nullptr);
    return all;
}

void add_file(posix_spawn_file_actions_t& actions, int own, int as, int mode) {
    if (own >= 0) {
        posix_spawn_file_actions_adddup2(&actions, own, as);
    } else {
        posix_spawn_file_actions_addopen(&actions, as, "/dev/null", mode, 0);
    }
}

}  // namespace

Child::Child(Program const& program) : name_(program.words.front()) {
    auto words = program.words;
    auto environment = environment_of(program);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    add_file(actions, program.in, STDIN_FILENO, O_RDONLY);
    add_file(actions, program.out, STDOUT_FILENO, O_WRONLY);
    // We don't want to end by a program that takes no more; it shall.
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    sigset_t usual;
    sigemptyset(&usual);
    sigaddset(&usual, SIGPIPE);
    posix_spawnattr_setsigdefault(&attributes, &usual);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
    int const failure = posix_spawnp(&process_, name_.c_str(), &actions, &attributes,
                                     pointers(words).data(), pointers(environment).data());
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    if (failure == 0) return;
    process_ = -1;
    throw CommandRefused(failure == ENOENT
                             ? "The program " + name_ + " is missing: install the package " +
                                   program.package + "."
                             : "The program " + name_ + " can't be started.");
}

Child::~Child() {
    if (process_ <= 0) return;
    ::kill(process_, SIGKILL);
    ::waitpid(process_, nullptr, 0);
}

void Child::finish() {
    if (process_ <= 0) return;
    int status = 0;
    while (::waitpid(process_, &status, 0) < 0 && errno == EINTR) {
    }
    process_ = -1;
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
        throw CommandRefused("The program " + name_ + " failed; what it said stands above.");
}

Pipe::Pipe() {
    if (::pipe2(ends_, O_CLOEXEC) != 0) throw CommandRefused("There are no more files to open.");
}

Pipe::~Pipe() {
    close(0);
    close(1);
}

void Pipe::close(int which) {
    if (ends_[which] >= 0) ::close(ends_[which]);
    ends_[which] = -1;
}

}  // namespace kith::app
