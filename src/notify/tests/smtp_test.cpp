#include "notify/smtp.hpp"

#include <doctest/doctest.h>

#include "base/limits.hpp"
#include "notify/mail_encoding.hpp"
#include "smtp_sink.hpp"

using namespace kith;
using namespace kith::notify;
using kith::tests::SmtpSink;
using kith::tests::SunkMail;

namespace {

SmtpSettings settings(std::string url = "smtp://127.0.0.1:9") {
    return {std::move(url), "", "", "no-reply@kith.example", "Quiet Mornings"};
}

Mail letter() { return {"anna@example.org", "You have an update", "Hello.\n", "id1"}; }

Time some_time() { return Time(std::chrono::seconds(1'700'000'000)); }

/// The value of header `name` with its continuation lines joined.
std::string header(std::string const& source, std::string const& name) {
    std::size_t const start = ("\r\n" + source).find("\r\n" + name + ": ");
    if (start == std::string::npos) return "(none)";
    std::size_t end = source.find("\r\n", start);
    while (source.compare(end, 3, "\r\n ") == 0) end = source.find("\r\n", end + 2);
    std::string value = source.substr(start + name.size() + 2, end - start - name.size() - 2);
    for (std::size_t at = 0; (at = value.find("\r\n")) != std::string::npos;) value.erase(at, 2);
    return value;
}

std::string decoded(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] != '=')
            out += text[at];
        else if (text.substr(at + 1, 2) == "\r\n")
            at += 2;
        else {
            out += static_cast<char>(std::stoi(std::string(text.substr(at + 1, 2)), nullptr, 16));
            at += 2;
        }
    }
    return out;
}

}  // namespace

TEST_CASE("a mail arrives as it was written") {
    SmtpSink sink;
    Mail mail = letter();
    mail.subject = "Grüße aus dem Garten, und noch viel mehr Wörter, damit es über eine Zeile geht";
    mail.text = "Liebe Anna,\n.\n..two dots\nFrom here = there\ntrailing space \n\n" +
                std::string(200, 'x') + " ü 字 😀";
    send_mail(settings(sink.url()), mail);
    std::vector<SunkMail> const mails = sink.wait_for(1);
    REQUIRE(mails.size() == 1);
    CHECK(mails[0].hello == "kith.example");
    CHECK(mails[0].from.starts_with("FROM:<no-reply@kith.example>"));
    CHECK(mails[0].to == std::vector<std::string>{"TO:<anna@example.org>"});
    std::string const& source = mails[0].source;
    CHECK(header(source, "From") == "\"Quiet Mornings\" <no-reply@kith.example>");
    CHECK(header(source, "To") == "anna@example.org");
    CHECK(header(source, "Message-ID") == "<id1@kith.example>");
    CHECK(header(source, "Auto-Submitted") == "auto-generated");
    CHECK(header(source, "Content-Type") == "text/plain; charset=utf-8");
    CHECK(header(source, "Subject").starts_with("=?utf-8?B?"));
    CHECK(header(source, "List-Unsubscribe") == "(none)");
    std::string expected = mail.text + "\n";
    for (std::size_t at = 0; (at = expected.find('\n', at)) != std::string::npos; at += 2)
        expected.insert(at, "\r");
    CHECK(decoded(source.substr(source.find("\r\n\r\n") + 4)) == expected);
    for (std::size_t at = 0, end = 0; (end = source.find("\r\n", at)) != std::string::npos;
         at = end + 2)
        CHECK(end - at <= 100);
}

TEST_CASE("a mail's source says when, and how to unsubscribe") {
    Mail mail = letter();
    mail.unsubscribe_url = "https://kith.example/unsubscribe/x";
    mail.headers = {{"X-Kind", "digest"}};
    std::string const source = mail_source(settings(), mail, some_time());
    CHECK(header(source, "Date") == "Tue, 14 Nov 2023 22:13:20 +0000");
    CHECK(header(source, "List-Unsubscribe") == "<https://kith.example/unsubscribe/x>");
    CHECK(header(source, "List-Unsubscribe-Post") == "List-Unsubscribe=One-Click");
    CHECK(header(source, "X-Kind") == "digest");
    mail.date = some_time() - std::chrono::hours(24);
    CHECK(header(mail_source(settings(), mail, some_time()), "Date").starts_with("Mon, 13 Nov"));
    SmtpSettings discreet = settings();
    discreet.from_name = "";
    CHECK(header(mail_source(discreet, mail, some_time()), "From") == "no-reply@kith.example");
}

TEST_CASE("nobody can begin a header of their own") {
    std::string const evil = "x\r\nBcc: spy@example.org";
    auto const refused = [](auto change) {
        Mail mail = letter();
        SmtpSettings from = settings();
        change(mail, from);
        CHECK_THROWS_AS((void)mail_source(from, mail, some_time()), MailRefused);
    };
    refused([&](Mail& mail, SmtpSettings&) { mail.to = "a@b.org\r\nBcc: spy@example.org"; });
    refused([&](Mail& mail, SmtpSettings&) { mail.to = "a@b.org>, <spy@example.org"; });
    refused([&](Mail& mail, SmtpSettings&) { mail.to = ""; });
    refused([&](Mail& mail, SmtpSettings&) { mail.subject = evil; });
    refused([&](Mail& mail, SmtpSettings&) { mail.subject = "x\ny"; });
    refused([&](Mail& mail, SmtpSettings&) { mail.subject = std::string("x\0y", 3); });
    refused([&](Mail& mail, SmtpSettings&) { mail.subject = std::string(5000, 'x'); });
    refused([&](Mail& mail, SmtpSettings&) { mail.message_id = evil; });
    refused([&](Mail& mail, SmtpSettings&) { mail.message_id = "a@b> <c"; });
    refused([&](Mail& mail, SmtpSettings&) { mail.unsubscribe_url = evil; });
    refused([&](Mail& mail, SmtpSettings&) { mail.headers = {{"X-Kind", evil}}; });
    refused([&](Mail& mail, SmtpSettings&) { mail.headers = {{"X-Kind: y\r\nBcc", "x"}}; });
    refused([&](Mail&, SmtpSettings& from) { from.from_name = evil; });
    refused([&](Mail&, SmtpSettings& from) { from.from_address = "a@b.org\r\nBcc: x@y.org"; });
    refused([&](Mail& mail, SmtpSettings&) {
        mail.text = std::string(limits::mail_bytes_max + 1, 'x');
    });
}

TEST_CASE("a mail that the server will never take is refused, any other is delayed") {
    SmtpSink sink;
    auto const send = [&] { send_mail(settings(sink.url()), letter()); };
    for (std::string const verb : {"RCPT", "DATA", ".", "MAIL"}) {
        CAPTURE(verb);
        sink.answer(verb, "550 5.1.1 no such anna@example.org");
        CHECK_THROWS_AS(send(), MailRefused);
        sink.answer(verb, "451 4.7.1 later");
        CHECK_THROWS_AS(send(), MailDelayed);
        sink.answer(verb, "");
    }
    sink.answer("", "421 too busy");
    CHECK_THROWS_AS(send(), MailDelayed);
    sink.answer("", "");
    CHECK(sink.mails().empty());
    send();
    CHECK(sink.wait_for(1).size() == 1);
}

TEST_CASE("an error's words hold no address") {
    SmtpSink sink;
    sink.answer("RCPT", "550 no such anna@example.org");
    try {
        send_mail(settings(sink.url()), letter());
        FAIL("it was sent");
    } catch (MailRefused const& refusal) {
        CHECK(std::string(refusal.what()) == "answered 550");
    }
}

TEST_CASE("without a server, a sign-in or TLS the mail is delayed") {
    CHECK_THROWS_AS(send_mail(settings("smtp://127.0.0.1:1"), letter()), MailDelayed);
    CHECK_THROWS_AS(send_mail(settings("https://127.0.0.1:1"), letter()), MailDelayed);
    CHECK_THROWS_AS(send_mail(settings("file:///etc/passwd"), letter()), MailDelayed);
    SmtpSink sink;
    SmtpSettings secure = settings(sink.url());
    secure.start_tls = StartTls::required;
    CHECK_THROWS_AS(send_mail(secure, letter()), MailDelayed);
    SmtpSettings member = settings(sink.url());
    member.user = "kith";
    member.password = "secret";
    sink.offer_sign_in();
    sink.answer("AUTH", "535 no");
    CHECK_THROWS_AS(send_mail(member, letter()), MailDelayed);
    sink.answer("AUTH", "");
    send_mail(member, letter());
    CHECK(sink.wait_for(1).size() == 1);
}

TEST_CASE("words of a header are encoded only where needed, never within a character") {
    CHECK(encode_words("You have an update") == "You have an update");
    CHECK(encode_words("é") == "=?utf-8?B?w6k=?=");
    CHECK(encode_words("a =?utf-8?B?x?=").starts_with("=?utf-8?B?"));
    CHECK(encode_name("A \"B\" \\") == "\"A \\\"B\\\" \\\\\"");
    std::string const long_text(300, 'x');
    std::string const words = encode_words(long_text + "😀");
    for (std::size_t at = 0, end = 0; at < words.size(); at = end + 2) {
        end = std::min(words.find("\r\n", at), words.size());
        CHECK(end - at <= 76);
    }
}

TEST_CASE("quoted-printable keeps every line short and every byte") {
    CHECK(quoted_printable("a=b") == "a=3Db");
    CHECK(quoted_printable("a \nb\t") == "a=20\r\nb=09");
    CHECK(quoted_printable("a\r\nb") == "a\r\nb");
    CHECK(quoted_printable(".a\nFrom x") == "=2Ea\r\n=46rom x");
    std::string const text = quoted_printable(std::string(500, 'y') + "é");
    CHECK(decoded(text) == std::string(500, 'y') + "é");
    CHECK(text.find("\r\n") == 76);
}
