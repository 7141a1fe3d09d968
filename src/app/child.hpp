#pragma once

#include <sys/types.h>

#include <map>
#include <string>
#include <vector>

namespace kith::app {

/// A program of the system and what it is given. Its errors go where ours do.
struct Program {
    std::vector<std::string> words;  ///< its name, found in PATH, and what follows
    std::string package;             ///< which Debian package brings it
    std::map<std::string, std::string> environment = {};  ///< beside our own
    int in = -1;                                          ///< its input; none: nothing
    int out = -1;                                         ///< its output; none: thrown away
};

/// A program that runs; it is ended with this.
class Child {
public:
    /// Throws CommandRefused when it can't be started.
    explicit Child(Program const& program);
    ~Child();
    Child(Child const&) = delete;
    Child& operator=(Child const&) = delete;

    /// Waits for its end; throws CommandRefused unless it ended well.
    void finish();

private:
    std::string name_;
    pid_t process_ = -1;
};

/// The two ends of a pipe.
class Pipe {
public:
    Pipe();
    ~Pipe();
    Pipe(Pipe const&) = delete;
    Pipe& operator=(Pipe const&) = delete;

    [[nodiscard]] int reading() const { return ends_[0]; }
    [[nodiscard]] int writing() const { return ends_[1]; }
    void close_reading() { close(0); }
    void close_writing() { close(1); }

private:
    void close(int which);
    int ends_[2] = {-1, -1};
};

}  // namespace kith::app
