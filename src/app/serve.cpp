#include "app/serve.hpp"

#include <signal.h>
#include <spdlog/spdlog.h>
#include <sys/resource.h>

#include <ostream>
#include <thread>

#include "app/service_manager.hpp"
#include "app/watch.hpp"
#include "base/limits.hpp"
#include "members/host_members.hpp"
#include "web/answer.hpp"
#include "web/server.hpp"

namespace kith::app {
namespace {

/// Connections need files: take as many as the system lets us have.
void raise_file_limit() {
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
    limit.rlim_cur = limit.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &limit);
}

web::ServerSettings server_settings(Settings const& settings) {
    auto const listen = parse_listen(settings.listen);
    web::ServerSettings server;
    server.address = listen.host;
    server.port = listen.port;
    server.trusted_proxies = settings.trusted_proxies;
    server.connections_max = limits::connections_max;
    return server;
}

std::size_t worker_count(Settings const& settings) {
    if (settings.workers > 0) return static_cast<std::size_t>(settings.workers);
    return 2 * std::max(1U, std::thread::hardware_concurrency());
}

bool has_nobody(web::Site& site) {
    return site.database.read([](database::Read& read) {
        return members::members_for_host(read, Viewer::server(), {}, {}, 1).empty();
    });
}

}  // namespace

sigset_t take_signals() {
    sigset_t set;
    sigemptyset(&set);
    for (int const signal : {SIGTERM, SIGINT, SIGHUP}) sigaddset(&set, signal);
    pthread_sigmask(SIG_BLOCK, &set, nullptr);
    ::signal(SIGPIPE, SIG_IGN);
    return set;
}

int serve(CommunityHouse& community, sigset_t const& signals, std::ostream& out) {
    raise_file_limit();
    auto& house = community.house();
    auto& site = house.site();
    auto const& settings = community.settings();
    web::Answering answering(site, house.router(), worker_count(settings));
    web::Server server(
        server_settings(settings),
        [&](web::HttpRequest request, web::Reply reply) {
            answering(std::move(request), std::move(reply));
        },
        [&](web::Verb verb, std::string_view target) {
            return answering.body_limit(verb, target);
        });
    watch(site, server);
    server.start();
    house.start_jobs();
    auto const listen = parse_listen(settings.listen);
    auto const host =
        listen.host.find(':') == std::string::npos ? listen.host : "[" + listen.host + "]";
    out << "Kith is at http://" << host << ":" << server.port() << std::endl;
    if (has_nobody(site))
        out << "Nobody is a member yet. With the same --data or --config, this adds you:\n"
               "kith member add --name \"Your name\" --role host"
            << std::endl;
    site.log->info("started port={}", server.port());
    tell_service_manager("READY=1");
    for (int signal = 0; sigwait(&signals, &signal) == 0 && signal == SIGHUP;)
        community.reopen_log();
    site.log->info("stopping");
    tell_service_manager("STOPPING=1");
    site.ready = false;
    server.stop();
    // The workers last: they tell whoever waits how their deed ended.
    house.stop();
    answering.stop();
    site.log->info("stopped");
    return 0;
}

}  // namespace kith::app
