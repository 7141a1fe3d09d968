#pragma once

#include <condition_variable>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace kith::tests {

/// A mail as the sink took it: the envelope, and the source with its dots unstuffed.
struct SunkMail {
    std::string hello;
    std::string from;
    std::vector<std::string> to;
    std::string source;
};

/// A mail server on loopback that speaks RFC 5321, one client at a time, and keeps what it gets.
class SmtpSink {
public:
    SmtpSink();
    ~SmtpSink();
    SmtpSink(SmtpSink const&) = delete;
    SmtpSink& operator=(SmtpSink const&) = delete;

    [[nodiscard]] std::string url() const;

    /// From now on `verb` ("MAIL", "RCPT", "DATA", "AUTH"; "" is the greeting, "." the end of a
    /// mail) is answered with `line`, such as "451 later"; an empty line takes that back.
    void answer(std::string const& verb, std::string const& line);

    /// Says that it can sign people in, and takes any name and password.
    void offer_sign_in();

    [[nodiscard]] std::vector<SunkMail> mails() const;

    /// The mails once there are `count` of them; throws when they don't come within 20 s.
    [[nodiscard]] std::vector<SunkMail> wait_for(std::size_t count) const;

private:
    bool readable(int number) const;

    void serve();

    /// The next line without its CRLF; nothing when the client or the sink has gone.
    std::optional<std::string> line(int client, std::string& waiting) const;

    /// Answers `verb` and says whether that was a yes.
    bool reply(int client, std::string const& verb, std::string usual);

    /// Reads a mail's source up to its final dot.
    std::optional<std::string> source(int client, std::string& waiting) const;

    void talk(int client);

    void keep(SunkMail const& mail);

    int listener_;
    int stop_[2] = {-1, -1};
    int port_ = 0;
    mutable std::mutex mutex_;
    mutable std::condition_variable came_;
    std::map<std::string, std::string> answers_;
    std::vector<SunkMail> mails_;
    std::thread thread_;
};

}  // namespace kith::tests
