#pragma once
// A server of NATS for one client, which can stop to read.

#include <atomic>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace kith::web {

class FakeNats {
public:
    FakeNats();
    ~FakeNats();
    FakeNats(FakeNats const&) = delete;
    FakeNats& operator=(FakeNats const&) = delete;

    [[nodiscard]] std::string url() const;
    /// Reads nothing from now on; its connections stay.
    void fall_silent() { is_silent_ = true; }
    void go_on();
    /// What clients have published, as it came.
    [[nodiscard]] std::vector<std::string> published() const;

private:
    void work();
    void serve(int client);
    /// Answers what stands in `text`; leaves what isn't whole yet.
    void heed(int client, std::string& text);

    int port_ = 0;
    int listener_ = -1;
    std::atomic<bool> is_silent_ = false;
    std::atomic<bool> is_ending_ = false;
    mutable std::mutex mutex_;
    std::vector<std::string> published_;
    std::thread thread_;
};

}  // namespace kith::web
