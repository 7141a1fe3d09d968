#include "web/picture.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <system_error>

#include "base/refusal.hpp"
#include "web/picture_header.hpp"
#include "web/picture_message.hpp"

namespace kith::web {
namespace {

[[noreturn]] void refuse(std::string word) {
    throw Refusal::mistakes({{"picture", std::move(word)}});
}

[[noreturn]] void fail(char const* what) {
    throw std::system_error(errno, std::generic_category(), what);
}

/// A file descriptor that closes itself.
class Descriptor {
public:
    explicit Descriptor(int number) : number_(number) {}
    ~Descriptor() { close(); }
    Descriptor(Descriptor const&) = delete;
    Descriptor& operator=(Descriptor const&) = delete;

    [[nodiscard]] int number() const { return number_; }
    void close() {
        if (number_ >= 0) ::close(number_);
        number_ = -1;
    }

private:
    int number_;
};

/// A file in memory that holds `text`, ready to be read: the child can be late or die without
/// anybody waiting to write to it.
int memory_file(std::string_view text) {
    int const file = memfd_create("picture", MFD_CLOEXEC);
    if (file < 0) fail("memfd_create");
    while (!text.empty()) {
        ssize_t const written = write(file, text.data(), text.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) {
            ::close(file);
            fail("write to memory");
        }
        text.remove_prefix(static_cast<std::size_t>(written));
    }
    lseek(file, 0, SEEK_SET);
    return file;
}

/// A running child; killed and waited for when it is left.
class Child {
public:
    Child(std::vector<std::string> const& command, int in, int out) {
        posix_spawn_file_actions_t actions;
        posix_spawn_file_actions_init(&actions);
        posix_spawn_file_actions_adddup2(&actions, in, STDIN_FILENO);
        posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO);
        posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
        std::vector<char*> words;
        words.reserve(command.size() + 1);
        for (std::string const& word : command) words.push_back(const_cast<char*>(word.c_str()));
        words.push_back(nullptr);
        // None of the server's environment: it may hold passwords.
        char arenas[] = "MALLOC_ARENA_MAX=1";
        char threads[] = "VIPS_CONCURRENCY=1";
        char locale[] = "LC_ALL=C.UTF-8";
        // Where libvips finds no modules: ImageMagick and others, for kinds that we don't take.
        char modules[] = "VIPSHOME=/nonexistent";
        char* environment[] = {arenas, threads, locale, modules, nullptr};
        int const error =
            posix_spawn(&process_, words[0], &actions, nullptr, words.data(), environment);
        posix_spawn_file_actions_destroy(&actions);
        errno = error;
        if (error != 0) fail("start the picture worker");
    }
    ~Child() {
        if (process_ > 0) kill(process_, SIGKILL);
        (void)wait();
    }
    Child(Child const&) = delete;
    Child& operator=(Child const&) = delete;

    /// Whether it ended well; blocks until it ends.
    bool wait() {
        if (process_ <= 0) return false;
        int status = 0;
        while (waitpid(process_, &status, 0) < 0 && errno == EINTR) continue;
        process_ = -1;
        return WIFEXITED(status) && WEXITSTATUS(status) == 0;
    }

private:
    pid_t process_ = -1;
};

/// All that comes from `file` until its end; nothing when it takes or holds too much.
std::optional<std::string> read_until(int file, std::chrono::steady_clock::time_point deadline) {
    std::string text;
    std::vector<char> buffer(64 * 1024);
    for (;;) {
        auto const left = std::chrono::duration_cast<std::chrono::milliseconds>(
            deadline - std::chrono::steady_clock::now());
        if (left.count() <= 0) return std::nullopt;
        pollfd waiting{file, POLLIN, 0};
        int const ready = poll(&waiting, 1, static_cast<int>(left.count()));
        if (ready < 0 && errno != EINTR) fail("wait for the picture worker");
        if (ready <= 0) continue;
        ssize_t const count = read(file, buffer.data(), buffer.size());
        if (count == 0) return text;
        if (count < 0 && errno != EINTR) fail("read from the picture worker");
        if (count > 0) text.append(buffer.data(), static_cast<std::size_t>(count));
        if (text.size() > picture_answer_bytes_max) return std::nullopt;
    }
}

}  // namespace

Picture accept_picture(PictureWorker const& worker, std::string_view bytes, PictureSize size) {
    if (bytes.size() > limits::upload_bytes_max) throw Refusal::too_large("picture.too_large");
    auto const header = picture_header(bytes);
    if (!header) refuse("picture.kind");
    bool const sides =
        header->width <= limits::picture_side_max && header->height <= limits::picture_side_max;
    if (!sides || header->width * header->height > limits::picture_pixels_max)
        refuse("picture.pixels");

    auto const deadline = std::chrono::steady_clock::now() + worker.time_max;
    Descriptor const request(memory_file(write_picture_request(size, bytes)));
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) fail("pipe");
    Descriptor const from_child(ends[0]);
    Descriptor to_us(ends[1]);
    Child child(worker.command, request.number(), to_us.number());
    to_us.close();
    auto const answer = read_until(from_child.number(), deadline);
    auto const unavailable = answer ? read_pictures_unavailable(*answer) : std::nullopt;
    if (unavailable) throw Refusal::nothing_saved("picture.unavailable", *unavailable);
    auto picture = answer && child.wait() ? read_picture_answer(*answer) : std::nullopt;
    if (!picture) refuse("picture.unreadable");
    return *std::move(picture);
}

}  // namespace kith::web
