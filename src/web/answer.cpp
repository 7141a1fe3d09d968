#include "web/answer.hpp"

#include <spdlog/spdlog.h>

#include <atomic>
#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>

#include "web/cross_site.hpp"
#include "web/finish.hpp"
#include "web/negotiate.hpp"
#include "web/refuse.hpp"
#include "web/respond.hpp"

namespace kith::web {
namespace {

namespace net = boost::asio;
using Clock = std::chrono::steady_clock;

/// What a kept answer depends on beside the database.
std::string kept_key(HttpRequest const& request) {
    std::string key = request.target;
    for (auto const name : {"accept", "accept-language", "accept-encoding"})
        key.append("\n").append(request.header(name));
    return key;
}

bool may_be_kept(HttpRequest const& request) {
    return request.verb != Verb::post && request.header("cookie").empty() &&
           request.header("authorization").empty();
}

Answer plain_failure(unsigned status, std::string sentence) {
    auto answer = raw("text/plain; charset=utf-8", std::move(sentence) + "\n");
    answer.status = status;
    return answer;
}

}  // namespace

struct Answering::Parts {
    Parts(Site& the_site, Router const& the_router, std::size_t count)
        : site(the_site), router(the_router), workers(count), finishing(the_site) {
        for (auto const& route : router.routes())
            if (route.at_once) at_once.push_back(&route);
    }

    /// The route that is answered without a hop to a worker, if it is such a one.
    [[nodiscard]] Route const* answered_at_once(HttpRequest const& request) const {
        if (request.verb == Verb::post) return nullptr;
        auto const path = std::string_view(request.target).substr(0, request.target.find('?'));
        for (auto const* route : at_once)
            if (route->pattern == path) return route;
        return nullptr;
    }

    Site& site;
    Router const& router;
    net::thread_pool workers;
    Finishing finishing;
    KeptAnswers kept;
    std::vector<Route const*> at_once;
};

namespace {

/// One request from the hop to a worker until its reply.
class Exchange : public std::enable_shared_from_this<Exchange> {
public:
    Exchange(std::shared_ptr<Answering::Parts> parts, HttpRequest request, Reply reply)
        : parts_(std::move(parts)),
          call_(parts_->site, std::move(request)),
          reply_(std::move(reply)),
          began_(Clock::now()),
          version_(parts_->site.database.version()) {}

    /// On a worker: everything up to the deed.
    void begin() {
        guarded([this] {
            prepare();
            if (call_.route && call_.route->before_database) {
                pending_.emplace(call_.route->act(call_));
                return proceed();
            }
            parts_->site.database.read([this](database::Read& read) {
                LentRead const transaction(call_, read);
                authorise();
                pending_.emplace(run_handler());
            });
            proceed();
        });
    }

    /// On the thread that read the request: what needs neither a visitor nor the database.
    void answer_at_once(Route const& route) {
        call_.route = &route;
        finish(route.show(call_));
    }

private:
    /// Lends the read transaction to the call for as long as it is open.
    class LentRead {
    public:
        LentRead(Call& call, database::Read& read) : call_(call) { call_.lend(&read); }
        ~LentRead() { call_.lend(nullptr); }
        LentRead(LentRead const&) = delete;
        LentRead& operator=(LentRead const&) = delete;

    private:
        Call& call_;
    };

    void prepare() {
        auto const& request = call_.request;
        call_.wants_json = preferred_face(request.header("accept")) == Face::json;
        choose_language();
        auto const mark = std::min(request.target.find('?'), request.target.size());
        auto path = url_decode(std::string_view(request.target).substr(0, mark));
        if (!path) throw Refusal::malformed();
        call_.path = *std::move(path);
        auto match = parts_->router.find(request.verb, call_.path);
        call_.route = match.route;
        call_.parameters = std::move(match.parameters);
        if (mark < request.target.size())
            call_.query = parse_query(std::string_view(request.target).substr(mark + 1));
        if (request.verb == Verb::post) {
            if (from_another_site(request, parts_->site.settings.public_url))
                throw Refusal::not_allowed("refusal.another_site");
            call_.form = parse_form(request.header("content-type"), request.body);
            if (request.header("content-type").starts_with("application/json") &&
                request.header("accept").empty())
                call_.wants_json = true;
        }
    }

    /// What the member chose, else what the browser asks for, else what the community speaks.
    void choose_language() {
        auto const& visitor = call_.visitor;
        call_.language = visitor.language;
        if (call_.language.empty())
            call_.language =
                preferred_language(call_.request.header("accept-language"),
                                   parts_->site.words.languages(), visitor.community_language);
    }

    void authorise() {
        auto& site = parts_->site;
        call_.visitor = site.hooks.recognise(site, call_.read(), call_.request, call_.now());
        choose_language();
        if (!call_.route) throw Refusal::not_found();
        if (call_.visitor.viewer.signed_in() && !call_.route->by_itself)
            site.hooks.seen(site, call_.visitor, call_.now());
        require_access(call_.route->access);
        if (call_.route->rate.times > 0)
            site.rates.require(std::string(call_.route->pattern), call_.actor(),
                               call_.route->rate.times, call_.route->rate.period);
        require_good_standing();
        bool const stale =
            call_.now() - call_.visitor.authenticated_at > limits::reauthentication_age_max;
        if (call_.route->needs_fresh_sign_in && stale)
            throw Refusal::not_allowed("refusal.fresh_sign_in");
    }

    /// What reaches others is for those who have accepted the agreement and mean to stay.
    void require_good_standing() const {
        bool const reaches_others =
            call_.request.verb == Verb::post && !call_.route->before_agreement;
        if (!reaches_others || !call_.viewer().signed_in()) return;
        if (call_.visitor.being_erased) throw Refusal::conflict("refusal.being_erased");
        if (!call_.visitor.agreement_accepted) throw Refusal::conflict("refusal.agreement");
    }

    void require_access(Access access) const {
        if (access == Access::anyone) return;
        if (access == Access::loopback) {
            // A proxy on this machine brings others: it says so, trusted or not.
            bool const brought = !call_.request.header("x-forwarded-for").empty() ||
                                 !call_.request.header("forwarded").empty();
            auto const& peer = call_.request.peer;
            if (brought || (peer != "127.0.0.1" && peer != "::1")) throw Refusal::not_found();
            return;
        }
        if (!call_.viewer().signed_in()) throw Refusal::sign_in_first();
        auto const least = access == Access::member    ? Role::member
                           : access == Access::guide   ? Role::guide
                           : access == Access::steward ? Role::steward
                                                       : Role::host;
        // Not theirs and not there are the same.
        if (!call_.viewer().at_least(least)) throw Refusal::not_found();
    }

    Outcome run_handler() {
        if (call_.route->show) return call_.route->show(call_);
        return call_.route->act(call_);
    }

    /// Goes on with what the handler wants next; answers when it is an answer.
    void proceed() {
        auto next = std::move(pending_->next);
        pending_.reset();
        if (auto* answer = std::get_if<Answer>(&next)) return finish(std::move(*answer));
        auto self = shared_from_this();
        if (auto* slow = std::get_if<Slow>(&next)) {
            auto& pool =
                slow->pool == Pool::passwords ? parts_->site.password_pool : parts_->site.file_pool;
            auto run = [self, work = std::move(slow->work)] {
                self->guarded([&] {
                    self->pending_.emplace(work());
                    self->proceed();
                });
            };
            if (!pool.try_post(std::move(run))) throw Refusal::too_often(std::chrono::seconds(5));
            return;
        }
        auto answer = std::make_shared<Answer>();
        auto deed = [self, answer, deed = std::get<Deed>(std::move(next))](database::Write& write) {
            *answer = deed(write);
        };
        parts_->site.database.write(
            std::move(deed), [self, answer](std::exception_ptr const& failure) {
                if (!failure) return self->finish(std::move(*answer));
                net::post(self->parts_->workers, [self, failure] { self->failed(failure); });
            });
    }

    template <class Work>
    void guarded(Work work) {
        try {
            work();
        } catch (...) {
            failed(std::current_exception());
        }
    }

    /// The one place where a Refusal becomes an answer.
    void failed(std::exception_ptr const& failure) {
        try {
            std::rethrow_exception(failure);
        } catch (Refusal const& refusal) {
            if (!refusal.reason().empty())
                parts_->site.log->error("refused route={} why={}",
                                        call_.route ? call_.route->pattern : "-", refusal.reason());
            finish(refused(refusal));
        } catch (std::exception const& error) {
            parts_->site.log->error("bug route={} what={}",
                                    call_.route ? call_.route->pattern : "-", error.what());
            finish(
                plain_failure(500, "Something went wrong here, not with you. Please try again."));
        }
    }

    Answer refused(Refusal const& refusal) {
        try {
            return parts_->site.database.read([&](database::Read& read) {
                LentRead const transaction(call_, read);
                return refuse(call_, refusal);
            });
        } catch (std::exception const& error) {
            // No database, no page: the sentence alone.
            parts_->site.log->error("refusal without a page what={}", error.what());
            return plain_failure(refusal.status(), refusal.kind() == Refusal::Kind::nothing_saved
                                                       ? "Nothing was saved. Please try again."
                                                       : "That did not work. Please go back.");
        }
    }

    void finish(Answer answer) {
        auto const keeps =
            call_.route && call_.route->keeps && may_be_kept(call_.request) && answer.status == 200;
        parts_->finishing.complete(call_, answer, keeps);
        if (keeps) parts_->kept.keep(kept_key(call_.request), version_, call_.now(), answer);
        auto const micros =
            std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - began_);
        parts_->finishing.note(call_, answer, micros);
        reply_(std::move(answer));
    }

    std::shared_ptr<Answering::Parts> parts_;
    Call call_;
    Reply reply_;
    std::optional<Outcome> pending_;
    Clock::time_point began_;
    std::uint64_t version_;
};

}  // namespace

Answering::Answering(Site& site, Router const& router, std::size_t workers)
    : parts_(std::make_shared<Parts>(site, router, workers)) {}

Answering::~Answering() { stop(); }

void Answering::stop() { parts_->workers.wait(); }

BodyAllowance Answering::body_limit(Verb verb, std::string_view target) const {
    if (verb != Verb::post) return 0;
    auto const path = target.substr(0, std::min(target.find('?'), target.size()));
    auto const match = parts_->router.find(verb, path);
    auto const uploads = match.route ? match.route->upload_bytes : 0;
    if (uploads == 0) return limits::body_bytes_max;
    return {uploads + 64 * 1024, true};
}

void Answering::operator()(HttpRequest request, Reply reply) {
    auto& site = parts_->site;
    if (request.target.starts_with("/static/")) {
        site.metrics.count_static();
        return reply(parts_->finishing.static_file(request));
    }
    if (auto const* route = parts_->answered_at_once(request)) {
        auto const exchange =
            std::make_shared<Exchange>(parts_, std::move(request), std::move(reply));
        return exchange->answer_at_once(*route);
    }
    if (may_be_kept(request)) {
        auto kept = parts_->kept.find(kept_key(request), site.database.version(), site.now());
        if (kept) {
            site.metrics.count_kept();
            return reply(parts_->finishing.not_modified_or(request, *std::move(kept)));
        }
    }
    auto exchange = std::make_shared<Exchange>(parts_, std::move(request), std::move(reply));
    net::post(parts_->workers, [exchange] { exchange->begin(); });
}

}  // namespace kith::web
