#include <doctest/doctest.h>

#include <sys/socket.h>

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/write.hpp>
#include <map>
#include <thread>

#include "distance/distance_store.hpp"
#include "postgres.hpp"
#include "talk/live.hpp"
#include "talk_site.hpp"

namespace kith::talk {
namespace {

namespace net = boost::asio;
using testing::Person;
using testing::TalkSite;

struct Event {
    std::string id;
    std::string name;
    std::string data;
};

/// An EventSource: reads events as they come and can be cut off at any time.
class Listener {
public:
    Listener(std::uint16_t port, std::string const& target, std::string const& cookie,
             std::string const& last_id = {})
        : socket_(context_) {
        socket_.connect({net::ip::make_address("127.0.0.1"), port});
        // A test that waits in vain fails instead of hanging.
        timeval const patience{20, 0};
        ::setsockopt(socket_.native_handle(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
        std::string request = "GET " + target +
                              " HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(port) +
                              "\r\nAccept: text/event-stream\r\n";
        if (!cookie.empty()) request += "Cookie: member=" + cookie + "\r\n";
        if (!last_id.empty()) request += "Last-Event-ID: " + last_id + "\r\n";
        net::write(socket_, net::buffer(request + "\r\n"));
        head_ = until("\r\n\r\n");
    }

    [[nodiscard]] std::string const& head() const { return head_; }

    /// The next event; keep-alive comments are passed over.
    Event next() {
        for (;;) {
            auto const block = until("\n\n");
            Event event;
            std::size_t at = 0;
            while (at < block.size()) {
                auto const end = std::min(block.find('\n', at), block.size());
                auto const line = block.substr(at, end - at);
                at = end + 1;
                if (line.starts_with("id: ")) event.id = line.substr(4);
                if (line.starts_with("event: ")) event.name = line.substr(7);
                if (line.starts_with("data: ")) event.data += line.substr(6) + "\n";
            }
            if (!event.data.empty()) return event;
        }
    }

private:
    std::string until(std::string const& end) {
        for (;;) {
            auto const found = text_.find(end);
            if (found != std::string::npos) {
                auto block = text_.substr(0, found + end.size());
                text_.erase(0, found + end.size());
                return block;
            }
            std::array<char, 4096> bytes{};
            auto const count = ::recv(socket_.native_handle(), bytes.data(), bytes.size(), 0);
            if (count <= 0) throw std::runtime_error("the stream ended");
            text_.append(bytes.data(), static_cast<std::size_t>(count));
        }
    }

    net::io_context context_;
    net::ip::tcp::socket socket_;
    std::string text_;
    std::string head_;
};

struct Stage {
    explicit Stage(std::string database_url = {}) : site(std::move(database_url)) {}

    TalkSite site;
    Person ada = site.person("Ada");
    Person ben = site.person("Ben");
    Person lea = site.person("Lea");
    PublicId discussion = site.discussion(ada);

    std::string live_url(Person const& person) {
        auto browser = site.browser_of(person);
        auto const page = browser.get_json("/test/" + discussion.text()).json();
        return std::string(page.at("comments").at("live_url").as_string());
    }
    std::unique_ptr<Listener> listen(Person const& person, std::string const& last_id = {}) {
        return listen_at(live_url(person), person, last_id);
    }
    std::unique_ptr<Listener> listen_at(std::string const& url, Person const& person,
                                        std::string const& last_id = {}) {
        return std::make_unique<Listener>(site.site.port(), url, person.public_id.text(), last_id);
    }
};

TEST_CASE("a comment that arrives live is folded for whoever folds its words, and for no other") {
    Stage s;
    auto lea_browser = s.site.browser_of(s.lea);
    CHECK(lea_browser.post("/settings/folds", {{"words", "Hunger"}}).status == 303);
    auto lea = s.listen(s.lea);
    auto ada = s.listen(s.ada);
    auto const id = s.site.post(s.ben, s.discussion, "There was hunger then");
    auto const folded = lea->next();
    CHECK(folded.data.find("Folded: you fold “Hunger”") != std::string::npos);
    CHECK(folded.data.find("There was hunger then") != std::string::npos);
    CHECK(ada->next().data.find("Folded") == std::string::npos);
    s.site.post(s.ben, s.discussion, "and bread");
    CHECK(lea->next().data.find("Folded") == std::string::npos);
    CHECK(ada->next().data.find("and bread") != std::string::npos);
    // What was missed is folded as well.
    s.site.post(s.ben, s.discussion, "hunger again");
    auto late = s.listen(s.lea, folded.id);
    CHECK(late->next().data.find("and bread") != std::string::npos);
    CHECK(late->next().data.find("Folded: you fold “Hunger”") != std::string::npos);
}

TEST_CASE("a comment that arrives live is folded for whoever mutes its author, and for no other") {
    Stage s;
    s.site.site.database().write_now([&](database::Write& write) {
        CHECK(distance::mute(write, {s.lea.id, Role::member}, s.ben.id, "Ben",
                             s.site.site.clock.now()));
    });
    auto lea_browser = s.site.browser_of(s.lea);
    CHECK(lea_browser.post("/settings/folds", {{"words", "Hunger"}}).status == 303);
    auto lea = s.listen(s.lea);
    auto ada = s.listen(s.ada);
    s.site.post(s.ben, s.discussion, "There was hunger then");
    auto const folded = lea->next();
    CHECK(folded.data.find("Words of somebody you muted") != std::string::npos);
    CHECK(folded.data.find("Folded: you fold “Hunger”") != std::string::npos);
    CHECK(ada->next().data.find("olded") == std::string::npos);
    s.site.post(s.ada, s.discussion, "and hunger after");
    auto const of_ada = lea->next();
    CHECK(of_ada.data.find("and hunger after") != std::string::npos);
    CHECK(of_ada.data.find("muted") == std::string::npos);
    CHECK(ada->next().data.find("and hunger after") != std::string::npos);
    // What was missed is folded as well.
    s.site.post(s.ben, s.discussion, "Bread");
    CHECK(s.listen(s.lea, of_ada.id)->next().data.find("Words of somebody you muted") !=
          std::string::npos);
}

TEST_CASE("who leaves a group hears nothing more of it") {
    Stage s;
    auto const id = PublicId::make(s.site.site.random);
    Id<Group> group;
    s.site.site.database().write_now([&](database::Write& write) {
        group = make_group(write, GroupSize::small);
        for (auto const& person : {s.ada, s.ben})
            admit(write, group, person.id, s.site.site.clock.now());
        DiscussionOpening opening{id, "/test/" + id.text(), Audience::group, s.ada.id};
        opening.group = group;
        opening.begun_at = s.site.site.clock.now();
        static_cast<void>(open_discussion(write, opening));
    });
    s.discussion = id;
    auto stays = s.listen(s.ada);
    auto leaves = s.listen(s.ben);
    s.site.site.database().write_now(
        [&](database::Write& write) { dismiss(s.site.site.site(), write, group, s.ben.id); });
    CHECK_THROWS_AS(static_cast<void>(leaves->next()), std::runtime_error);
    s.site.post(s.ada, s.discussion, "still here");
    CHECK(stays->next().data.find("still here") != std::string::npos);
}

TEST_CASE("a comment arrives where people listen, without what only some may do") {
    Stage s;
    auto listener = s.listen(s.ada);
    CHECK(listener->head().find("text/event-stream") != std::string::npos);
    auto const id = s.site.post(s.ben, s.discussion, "live words");
    auto const event = listener->next();
    CHECK(event.name == "message");
    CHECK(event.data.find("action=\"append\" target=\"comments\"") != std::string::npos);
    CHECK(event.data.find("id=\"c-" + id + "\"") != std::string::npos);
    CHECK(event.data.find("live words") != std::string::npos);
    CHECK(event.data.find("/edit") == std::string::npos);
    CHECK(event.data.find("/distance") == std::string::npos);
    auto const reply = s.site.post(s.ada, s.discussion, "a reply", id);
    CHECK(listener->next().data.find("target=\"replies-" + id + "\"") != std::string::npos);
    auto browser = s.site.browser_of(s.ada);
    browser.post("/comments/" + reply + "/edit", {{"body", "changed"}});
    auto const edited = listener->next();
    CHECK(edited.data.find("action=\"replace\" target=\"comment-" + reply) != std::string::npos);
    CHECK(edited.data.find("changed") != std::string::npos);
    browser.post("/comments/" + reply + "/delete");
    CHECK(listener->next().data.find("action=\"remove\" target=\"c-" + reply) != std::string::npos);
}

TEST_CASE("a stream goes on after the event that was heard last") {
    Stage s;
    auto const first = s.site.post(s.ben, s.discussion, "one");
    auto const url = s.live_url(s.ada);
    auto const second = s.site.post(s.ben, s.discussion, "two");
    auto const third = s.site.post(s.ben, s.discussion, "three");
    Listener listener(s.site.site.port(), url, s.ada.public_id.text());
    auto const event = listener.next();
    CHECK(event.data.find("c-" + second) != std::string::npos);
    CHECK(listener.next().data.find("c-" + third) != std::string::npos);
    auto again = s.listen(s.ada, event.id);
    CHECK(again->next().data.find("c-" + third) != std::string::npos);
    auto unknown = s.listen(s.ada, std::string(22, 'A'));
    CHECK(unknown->next().name == "reload");
}

TEST_CASE("whoever is apart hears nothing, and what they heard before is no more known") {
    Stage s;
    auto hearing = s.listen(s.lea);
    s.site.post(s.ben, s.discussion, "before");
    auto const last = hearing->next().id;
    auto const url = s.live_url(s.lea);
    s.site.keep_apart(s.ben, s.lea);
    s.site.post(s.ben, s.discussion, "after");
    auto const top = s.site.post(s.ada, s.discussion, "Ada's");
    CHECK(s.listen(s.lea, last)->next().name == "reload");
    // A page that was there before goes on from where it stopped.
    CHECK(s.listen_at(url, s.lea)->next().data.find("c-" + top) != std::string::npos);
    auto listener = s.listen(s.lea);
    s.site.post(s.ben, s.discussion, "Ben's");
    s.site.post(s.ben, s.discussion, "Ben under Ada's", top);
    auto const bens = s.site.post(s.ben, s.discussion, "Ben's again");
    s.site.post(s.ada, s.discussion, "Ada under Ben's", bens);
    auto const adas = s.site.post(s.ada, s.discussion, "Ada's again");
    CHECK(listener->next().data.find("c-" + adas) != std::string::npos);
    auto const from_start = s.listen_at("/events?on=" + s.discussion.text(), s.lea);
    CHECK(from_start->next().data.find("c-" + top) != std::string::npos);
    CHECK(from_start->next().data.find("c-" + adas) != std::string::npos);
}

/// Eight write while one listens and is cut off again and again; deeds that are done side by side
/// must not leave a gap behind the event that was heard last.
void lose_nothing(Stage& s) {
    constexpr int writers = 8;
    constexpr int each = 12;
    auto const url = s.live_url(s.lea);
    std::vector<std::jthread> threads;
    for (int i = 0; i < writers; ++i) {
        threads.emplace_back([&s, i] {
            for (int j = 0; j < each; ++j)
                s.site.post(i % 2 == 0 ? s.ada : s.ben, s.discussion, "words");
        });
    }
    std::map<std::string, int> heard;
    std::string last;
    std::size_t connections = 0;
    while (heard.size() < writers * each) {
        Listener listener(s.site.site.port(), url, s.lea.public_id.text(), last);
        ++connections;
        // Cut off after a few, at another place each time.
        for (std::size_t i = 0; i < 1 + connections % 7 && heard.size() < writers * each; ++i) {
            auto const event = listener.next();
            REQUIRE(event.name == "message");
            last = event.id;
            ++heard[event.id];
        }
    }
    threads.clear();
    CHECK(connections > 5);
    for (auto const& [id, times] : heard) CHECK_MESSAGE(times == 1, id);
    // What the streams told is what the page holds.
    auto browser = s.site.browser_of(s.lea);
    std::size_t shown = 0;
    std::string next = "/test/" + s.discussion.text();
    while (!next.empty()) {
        auto const page = browser.get_json(next).json();
        shown += testing::ids_of(page).size();
        auto const& more = page.at("comments").at("next_url");
        next = more.is_null() ? std::string() : std::string(more.as_string());
        next = next.substr(0, next.find('#'));
    }
    CHECK(shown == writers * each);
}

TEST_CASE("nothing is lost or doubled across reconnects while eight write") {
    for (auto const& fresh : tests::databases_for_tests()) {
        CAPTURE(fresh.engine);
        Stage s(fresh.url);
        lose_nothing(s);
    }
}

TEST_CASE("every change of a comment waits for the one before it in its discussion") {
    for (auto const& fresh : tests::databases_for_tests()) {
        CAPTURE(fresh.engine);
        Stage s(fresh.url);
        auto const steward = s.site.person("Sue", Role::steward);
        constexpr int each = 6;
        std::vector<std::string> ids;
        for (int i = 0; i < 4 * each; ++i) ids.push_back(s.site.post(s.ben, s.discussion, "words"));
        auto const url = s.live_url(s.lea);
        std::vector<std::jthread> threads;
        auto const run = [&](Person const& person, int at, std::string const& what) {
            threads.emplace_back([&s, &ids, person, at, what] {
                auto browser = s.site.browser_of(person);
                for (int i = 0; i < each; ++i) {
                    auto const path = "/comments/" + ids[static_cast<std::size_t>(at * each + i)];
                    if (what == "edit") browser.post(path + "/edit", {{"body", "changed"}});
                    if (what != "edit") browser.post(path + "/" + what);
                    if (what == "hold") browser.post(path + "/release");
                }
            });
        };
        run(s.ben, 0, "edit");
        run(s.ben, 1, "delete");
        run(steward, 2, "hold");
        run(steward, 3, "hold");
        std::size_t heard = 0;
        std::string last;
        std::map<std::string, int> events;
        while (heard < 6 * each) {
            Listener listener(s.site.site.port(), url, s.lea.public_id.text(), last);
            for (int i = 0; i < 3 && heard < 6 * each; ++i) {
                auto const event = listener.next();
                REQUIRE(event.name == "message");
                last = event.id;
                heard += ++events[event.id] == 1 ? 1 : 0;
            }
        }
        threads.clear();
        for (auto const& [id, times] : events) CHECK_MESSAGE(times == 1, id);
    }
}

TEST_CASE("who is no longer signed in as a stream begins is told nothing by it") {
    Stage s;
    auto const url = s.live_url(s.ada);
    s.site.post(s.ben, s.discussion, "missed");
    auto& hooks = s.site.site.site().hooks;
    auto const before = hooks.recognise;
    std::atomic<int> asked = 0;
    hooks.recognise = [&](auto& site, auto& read, auto const& request, Time now) {
        return ++asked == 1 ? before(site, read, request, now) : web::Visitor{};
    };
    Listener listener(s.site.site.port(), url, s.ada.public_id.text());
    CHECK(listener.head().find("200") != std::string::npos);
    CHECK_THROWS_AS(listener.next(), std::runtime_error);
}

TEST_CASE("an event that was heard from the database isn't told once more when it comes late") {
    Stage s;
    s.site.post(s.ben, s.discussion, "heard");
    Listener first(s.site.site.port(), "/events?on=" + s.discussion.text(), s.ada.public_id.text());
    auto const heard = first.next();
    auto again = s.listen(s.ada, heard.id);
    // As if what follows its deed's commit had been slow.
    auto const frame = "id: " + heard.id + "\nevent: message\ndata: twice\n\n";
    s.site.site.site().live.publish(topic_of(s.discussion, "en"),
                                    {heard.id, std::make_shared<std::string const>(frame)},
                                    [](Viewer const&) { return true; });
    auto const next = s.site.post(s.ben, s.discussion, "next");
    CHECK(again->next().data.find("c-" + next) != std::string::npos);
}

TEST_CASE("listening is no activity") {
    auto const routes = talk_slice().routes;
    auto const events = std::ranges::find(routes, "/events", &web::Route::pattern);
    REQUIRE(events != routes.end());
    CHECK(events->by_itself);
}

TEST_CASE("old events are swept, and a stream that was away longer begins anew") {
    Stage s;
    s.site.post(s.ben, s.discussion, "old");
    auto const url = s.live_url(s.ada);
    s.site.site.clock.move(limits::live_event_age_max + std::chrono::hours(1));
    for (auto const& job : talk_slice().jobs) job.run(s.site.site.site(), "");
    CHECK(s.listen_at(url, s.ada)->next().name == "reload");
}

TEST_CASE("from two marks nobody can tell whether anything happened that they don't see") {
    Stage s;
    s.site.keep_apart(s.ben, s.lea);
    std::set marks{s.live_url(s.lea), s.live_url(s.lea)};
    s.site.post(s.ben, s.discussion, "unseen");
    marks.insert(s.live_url(s.lea));
    CHECK(marks.size() == 3);
    CHECK(marks.begin()->size() == marks.rbegin()->size());
    CHECK(s.listen_at(s.live_url(s.ada), s.lea)->next().name == "reload");
}

}  // namespace
}  // namespace kith::talk
