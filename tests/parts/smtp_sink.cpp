#include "smtp_sink.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <stdexcept>
#include <string_view>

namespace kith::tests {

SmtpSink::SmtpSink() : listener_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* const plain = reinterpret_cast<sockaddr*>(&address);
    if (bind(listener_, plain, size) != 0 || listen(listener_, 16) != 0 ||
        getsockname(listener_, plain, &size) != 0 || pipe(stop_) != 0)
        throw std::runtime_error("the mail sink can't listen");
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] { serve(); });
}

SmtpSink::~SmtpSink() {
    (void)!write(stop_[1], "x", 1);
    thread_.join();
    for (int number : {listener_, stop_[0], stop_[1]}) close(number);
}

std::string SmtpSink::url() const { return "smtp://127.0.0.1:" + std::to_string(port_); }

void SmtpSink::answer(std::string const& verb, std::string const& line) {
    std::scoped_lock const lock(mutex_);
    if (line.empty())
        answers_.erase(verb);
    else
        answers_[verb] = line;
}

void SmtpSink::offer_sign_in() { answer("EHLO", "250-sink\r\n250 AUTH PLAIN"); }

std::vector<SunkMail> SmtpSink::mails() const {
    std::scoped_lock const lock(mutex_);
    return mails_;
}

std::vector<SunkMail> SmtpSink::wait_for(std::size_t count) const {
    std::unique_lock lock(mutex_);
    if (!came_.wait_for(lock, std::chrono::seconds(20), [&] { return mails_.size() >= count; }))
        throw std::runtime_error("the mail that was waited for didn't come");
    return mails_;
}

bool SmtpSink::readable(int number) const {
    std::array<pollfd, 2> waiting{pollfd{number, POLLIN, 0}, pollfd{stop_[0], POLLIN, 0}};
    while (poll(waiting.data(), waiting.size(), -1) < 0 && errno == EINTR) continue;
    return waiting[1].revents == 0;
}

void SmtpSink::serve() {
    while (readable(listener_)) {
        int const client = accept(listener_, nullptr, nullptr);
        if (client < 0) continue;
        talk(client);
        close(client);
    }
}

std::optional<std::string> SmtpSink::line(int client, std::string& waiting) const {
    for (;;) {
        std::size_t const end = waiting.find("\r\n");
        if (end != std::string::npos) {
            std::string found = waiting.substr(0, end);
            waiting.erase(0, end + 2);
            return found;
        }
        std::array<char, 4096> bytes{};
        if (!readable(client)) return std::nullopt;
        ssize_t const count = recv(client, bytes.data(), bytes.size(), 0);
        if (count <= 0) return std::nullopt;
        waiting.append(bytes.data(), static_cast<std::size_t>(count));
    }
}

bool SmtpSink::reply(int client, std::string const& verb, std::string usual) {
    {
        std::scoped_lock const lock(mutex_);
        if (auto const found = answers_.find(verb); found != answers_.end()) usual = found->second;
    }
    std::string const text = usual + "\r\n";
    send(client, text.data(), text.size(), MSG_NOSIGNAL);
    return usual[0] < '4';
}

std::optional<std::string> SmtpSink::source(int client, std::string& waiting) const {
    std::string text;
    for (;;) {
        auto next = line(client, waiting);
        if (!next) return std::nullopt;
        if (*next == ".") return text;
        text += (next->starts_with('.') ? next->substr(1) : *next) + "\r\n";
    }
}

void SmtpSink::talk(int client) {
    std::string waiting;
    SunkMail mail;
    if (!reply(client, "", "220 sink")) return;
    while (auto const command = line(client, waiting)) {
        std::string const verb = command->substr(0, 4);
        std::string const rest = command->size() > 5 ? command->substr(5) : "";
        if (verb == "EHLO") {
            mail.hello = rest;
            reply(client, verb, "250 sink");
        } else if (verb == "MAIL") {
            if (reply(client, verb, "250 ok")) mail.from = rest;
        } else if (verb == "RCPT") {
            if (reply(client, verb, "250 ok")) mail.to.push_back(rest);
        } else if (verb == "DATA") {
            if (!reply(client, verb, "354 go on")) continue;
            auto text = source(client, waiting);
            if (!text) return;
            mail.source = std::move(*text);
            if (reply(client, ".", "250 kept")) keep(mail);
        } else if (verb == "QUIT") {
            reply(client, verb, "221 bye");
            return;
        } else if (verb == "AUTH") {
            bool const asked = rest.find(' ') == std::string::npos;
            if (asked && (!reply(client, verb, "334 ") || !line(client, waiting))) continue;
            reply(client, verb, "235 signed in");
        } else {
            reply(client, verb, "250 ok");
        }
    }
}

void SmtpSink::keep(SunkMail const& mail) {
    std::scoped_lock const lock(mutex_);
    mails_.push_back(mail);
    came_.notify_all();
}

}  // namespace kith::tests
