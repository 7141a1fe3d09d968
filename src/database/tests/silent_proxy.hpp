#pragma once
// A way to PostgreSQL that can fall silent.

#include <atomic>
#include <string>
#include <thread>
#include <vector>

namespace kith::database {

/// Stands before a server on this computer. Silent, it keeps its connections and takes new ones,
/// and passes nothing on.
class SilentProxy {
public:
    /// Before the server at `url`, as PostgresServer gives it.
    explicit SilentProxy(std::string const& url);
    ~SilentProxy();
    SilentProxy(SilentProxy const&) = delete;
    SilentProxy& operator=(SilentProxy const&) = delete;

    /// The same database through here.
    [[nodiscard]] std::string url() const { return url_; }
    void fall_silent();
    /// Closes all connections.
    void cut();
    /// Passes on again; closes those that were taken in silence.
    void go_on();
    /// How many connections were taken in silence.
    [[nodiscard]] int taken() const { return taken_; }

private:
    struct Pair {
        int client = -1;
        int server = -1;  ///< none of one that was taken in silence
    };
    void work();
    void heed();
    void take();
    void pass_on(std::vector<int> const& ready);
    void wake() const;
    static void close(Pair& pair);

    std::string url_;
    int server_port_ = 0;
    int listener_ = -1;
    int bell_ = -1;
    std::atomic<bool> is_silent_ = false;
    std::atomic<bool> is_to_cut_ = false;
    std::atomic<bool> is_ending_ = false;
    std::atomic<int> taken_ = 0;
    std::vector<Pair> pairs_;
    std::thread thread_;
};

}  // namespace kith::database
