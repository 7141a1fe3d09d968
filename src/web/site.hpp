#pragma once

#include <atomic>
#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/blocking_pool.hpp"
#include "base/clock.hpp"
#include "base/random.hpp"
#include "base/seal.hpp"
#include "database/database.hpp"
#include "web/file_store.hpp"
#include "web/live.hpp"
#include "web/mail.hpp"
#include "web/metrics.hpp"
#include "web/nodes.hpp"
#include "web/notice.hpp"
#include "web/own_data.hpp"
#include "web/rates.hpp"
#include "web/route.hpp"
#include "web/search.hpp"
#include "web/shell.hpp"
#include "web/static_files.hpp"
#include "web/template.hpp"
#include "web/today.hpp"
#include "web/unanswered.hpp"
#include "web/visitor.hpp"
#include "web/words.hpp"

namespace spdlog {
class logger;
}

namespace kith::web {

class Call;
struct Site;

/// What the host of the server sets, from file, environment and flags (app/config).
struct SiteSettings {
    std::string public_url = "http://127.0.0.1:8080";  ///< without a final '/'
    std::filesystem::path data_directory = "./var";
    std::string picture_worker;  ///< the program that decodes pictures: this one
    std::string exit_url = "https://www.wikipedia.org/";  ///< where "leave quickly" goes
    MailSettings mail;
    bool secure_cookies = false;    ///< public_url is https: `__Host-` and Secure
    bool push_to_loopback = false;  ///< for tests: a push service on this machine, without TLS
};

/// What all members ask of each other, as they accept it before they post.
struct AgreementWords {
    Html words;
    std::int64_t version = 0;
};

/// How the rooms above web take part in each request, without web knowing them.
struct SiteHooks {
    /// Who sends this: from the session cookie or the bearer token.
    std::function<Visitor(Site&, database::Read&, HttpRequest const&, Time now)> recognise;
    /// Told of each request with a session, so that an idle one can end.
    std::function<void(Site&, Visitor const&, Time now)> seen;
    /// Fills the community's part of the frame: name, help lines.
    std::function<void(Call&, Shell&)> furnish;
    /// The agreement that waits to be accepted, for the page that refuses a post until then.
    std::function<AgreementWords(Call&)> agreement = [](Call&) { return AgreementWords{}; };
    /// Queues a mail in the deed (notify/outbox), for rooms below notify.
    std::function<void(database::Write&, Site&, OutgoingMail)> queue_mail;
    /// Tells a member of something within the deed that causes it; see web/notice.hpp. Empty in a
    /// house without notices.
    std::function<void(database::Write&, Site&, Notice)> tell;
    /// Takes back what nobody has seen yet.
    std::function<void(database::Write&, Site&, std::string_view kind, std::string_view about)>
        untell;
    /// Forgets what a member, or without one everybody, was told of a place.
    std::function<void(database::Write&, Site&, std::string_view place, std::optional<Id<Member>>)>
        forget_told;
    /// Where the viewer can write to a member in private, if that one takes letters; for the pages
    /// of rooms below the one that has the letters. Empty where there are none.
    std::function<std::optional<std::string>(Call&, PublicId const&)> reach_out_url;
    /// The page that asks for sign-in, and the one that takes the agreement.
    std::string_view sign_in_path = "/sign-in";
    std::string_view agreement_path = "/agreement";
};

/// Everything that a request may use, made once by the program and passed along.
struct Site {
    std::shared_ptr<spdlog::logger> log;
    SiteSettings settings;
    database::Database& database;
    Clock const& clock;
    Random& random;
    Seal const& seal;
    LiveHub& live;
    Templates& templates;
    Words const& words;
    Rates& rates;
    Metrics& metrics;
    FileStore& files;
    BlockingPool& password_pool;  ///< Argon2id
    BlockingPool& file_pool;      ///< pictures, copies of everything
    std::span<StaticFile const> static_files;
    SiteHooks hooks;
    std::vector<TodayCards> today = {};          ///< of all slices
    std::vector<Unanswered> unanswered = {};     ///< of all slices, in their order
    std::vector<SearchKind> search = {};         ///< of all slices
    std::vector<ExportFor> exports = {};         ///< of all slices
    std::vector<EraseFor> erasures = {};         ///< of all slices, in their order
    std::int64_t steps_known = 0;                ///< of the schema, by this program
    std::vector<NoticeKind> notice_kinds = {};   ///< of all slices, in their order
    std::vector<Route> const* routes = nullptr;  ///< of all slices, for the API's description
    std::atomic<bool> ready = true;  ///< false from the moment the server stops: /readyz
    Nodes* nodes = nullptr;          ///< always there; see House
    NewsHooks news = {};             ///< how rooms tell live news from their rows
    std::filesystem::path files_directory = {};  ///< where pictures lie

    [[nodiscard]] Time now() const { return clock.now(); }
    /// The URL of a built-in file by its plain name ("kith.css").
    [[nodiscard]] std::string_view static_url(std::string_view name) const;
};

}  // namespace kith::web
