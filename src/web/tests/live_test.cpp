#include <doctest/doctest.h>

#include "base/limits.hpp"
#include "web/live_subscription.hpp"
#include "web/tests/connection_test_parts.hpp"

using namespace kith;
using namespace kith::web;
using namespace kith::web::tests;

namespace {

std::string const open_stream = "GET /events HTTP/1.1\r\nHost: kith\r\n\r\n";

LiveMessage message(std::string const& id, std::string const& text = "") {
    return {id, std::make_shared<std::string const>("id: " + id + "\ndata: " + text + "\n\n")};
}

bool everyone(Viewer const&) { return true; }

Viewer member(std::int64_t id, Role role = Role::member) { return {Id<Member>{id}, role}; }

/// Answers each request with a stream on "news" for member 1, 2, 3 … in turn.
struct Streaming {
    explicit Streaming(ServerTimes times = {})
        : server(
              [this](HttpRequest const&, Reply const& reply) {
                  HttpResponse response;
                  response.stream = {hub.subscribe(member(++members), {"news"}), missed};
                  if (before_answer) before_answer();
                  reply(std::move(response));
              },
              times) {}

    /// A client that has the head of its stream.
    Client open() {
        auto client = server.connect();
        client.send(open_stream);
        head = client.receive();
        return client;
    }

    LiveHub hub;
    std::vector<LiveMessage> missed;
    std::function<void()> before_answer;
    std::atomic<std::int64_t> members = 0;
    Received head;
    TestServer server;
};

}  // namespace

TEST_CASE("a stream has the head of one") {
    Streaming streaming;
    auto client = streaming.open();
    CHECK(streaming.head.status == 200);
    CHECK(streaming.head.has("content-type: text/event-stream"));
    CHECK(streaming.head.has("cache-control: no-store"));
    CHECK(streaming.head.has("x-accel-buffering: no"));
    CHECK(streaming.head.has("connection: close"));
    CHECK_FALSE(streaming.head.names("content-length"));
}

TEST_CASE("HEAD of a stream gets its head and ends") {
    Streaming streaming;
    auto client = streaming.server.connect();
    client.send("HEAD /events HTTP/1.1\r\nHost: kith\r\n\r\n");
    CHECK(client.receive().status == 200);
    CHECK(client.is_closed());
    CHECK(streaming.hub.stream_count() == 0);
}

TEST_CASE("what is published to a topic reaches those whom the audience admits, in order") {
    Streaming streaming;
    auto first = streaming.open();
    auto second = streaming.open();
    streaming.hub.publish("news", message("1", "for one"),
                          [](Viewer const& viewer) { return viewer.is(Id<Member>{1}); });
    streaming.hub.publish("elsewhere", message("2"), everyone);
    streaming.hub.publish("news", message("3", "for all"), everyone);
    CHECK(first.receive_until("for all\n\n") == "id: 1\ndata: for one\n\nid: 3\ndata: for all\n\n");
    CHECK(second.receive_until("for all\n\n") == "id: 3\ndata: for all\n\n");
}

TEST_CASE("what was missed comes first, and nothing comes twice") {
    Streaming streaming;
    streaming.missed = {message("1"), message("2"), message("3")};
    // Published while the answer is made: number 2 was read from the database as well.
    streaming.before_answer = [&] {
        streaming.hub.publish("news", message("2"), everyone);
        streaming.hub.publish("news", message("4"), everyone);
    };
    auto client = streaming.open();
    // And number 3 is published late.
    streaming.hub.publish("news", message("3"), everyone);
    streaming.hub.publish("news", message("5", "end"), everyone);
    CHECK(client.receive_until("end\n\n") ==
          "id: 1\ndata: \n\nid: 2\ndata: \n\nid: 3\ndata: \n\n"
          "id: 4\ndata: \n\nid: 5\ndata: end\n\n");
}

TEST_CASE("what a client had before it came back isn't told again") {
    Streaming streaming;
    streaming.missed = {{"1", nullptr}, message("2")};
    auto client = streaming.open();
    streaming.hub.publish("news", message("1"), everyone);
    streaming.hub.publish("news", message("3", "end"), everyone);
    CHECK(client.receive_until("end\n\n") == "id: 2\ndata: \n\nid: 3\ndata: end\n\n");
}

TEST_CASE("what a stream has read itself isn't told again from the rows, however late") {
    LiveHub hub;
    auto const told = [](std::int64_t place) {
        auto one = message(std::to_string(place));
        one.place = place;
        return one;
    };
    auto const subscription = hub.subscribe(member(1), {"news"});
    hub.publish("news", told(3), everyone);
    hub.publish("news", told(5), everyone);
    // It has read up to 4: 3 waited already, 4 comes late.
    subscription->begin_after(4, nullptr);
    hub.publish("news", told(4), everyone);
    hub.publish("news", told(6), everyone);
    hub.publish("news", message("reload"), everyone);
    std::vector<std::string> ids;
    for (auto const& one : subscription->take().messages) ids.push_back(one.id);
    CHECK(ids == std::vector<std::string>{"5", "6", "reload"});
}

TEST_CASE("a quiet stream says now and then that it is alive") {
    Streaming streaming({.heartbeat = 30ms, .sweep = 10ms});
    auto client = streaming.open();
    CHECK(client.receive_until(":\n\n:\n\n") == ":\n\n:\n\n");
    streaming.hub.publish("news", message("1", "end"), everyone);
    CHECK(client.receive_until("end\n\n").ends_with("id: 1\ndata: end\n\n"));
}

TEST_CASE("a stream that is old ends, and its browser may come back") {
    Streaming streaming({.stream = 30ms, .sweep = 10ms});
    auto client = streaming.open();
    CHECK(client.is_closed());
    CHECK(eventually([&] { return streaming.hub.stream_count() == 0; }));
}

TEST_CASE("a client that leaves is forgotten at once") {
    Streaming streaming;
    auto stays = streaming.open();
    {
        auto leaves = streaming.open();
        auto half_leaves = streaming.open();
        CHECK(streaming.hub.stream_count() == 3);
        half_leaves.finish_sending();
        CHECK(eventually([&] { return streaming.hub.stream_count() == 2; }));
    }
    CHECK(eventually([&] { return streaming.hub.stream_count() == 1; }));
    CHECK(eventually([&] { return streaming.server->counts().connections_open == 1; }));
}

TEST_CASE("messages are told in the order of their turns, whoever is first") {
    LiveHub hub;
    std::string told;
    auto const tell = [&](std::string const& what) { return [&told, what] { told += what; }; };
    auto first = hub.take_turn("a");
    auto second = hub.take_turn("a");
    auto third = hub.take_turn("a");
    auto const other = hub.take_turn("b");
    third->use(tell("3"));
    CHECK(told.empty());
    other->use(tell("b"));
    CHECK(told == "b");
    CHECK_THROWS_AS(first->use([&] {
        tell("1")();
        throw std::runtime_error("the first fails");
    }),
                    std::runtime_error);
    CHECK(told == "b1");
    second.reset();  // its deed failed
    CHECK(told == "b13");
    hub.take_turn("a")->use(tell("4"));
    CHECK(told == "b134");
}

TEST_CASE("the streams of one viewer can be ended, after what was sent to them") {
    Streaming streaming;
    auto first = streaming.open();
    auto second = streaming.open();
    streaming.hub.publish("news", message("1"), everyone);
    streaming.hub.end_streams_of({1});
    CHECK(first.receive_rest() == "id: 1\ndata: \n\n");
    streaming.hub.publish("news", message("2", "end"), everyone);
    CHECK(second.receive_until("end\n\n") == "id: 1\ndata: \n\nid: 2\ndata: end\n\n");
    streaming.hub.end_all();
    CHECK(second.is_closed());
    CHECK(eventually([&] { return streaming.hub.stream_count() == 0; }));
}

TEST_CASE("a stream that was ended before it began closes") {
    Streaming streaming;
    streaming.before_answer = [&] { streaming.hub.end_all(); };
    auto client = streaming.open();
    CHECK(client.is_closed());
}

TEST_CASE("a stream that lags too far behind is closed without a gap") {
    Streaming streaming;
    streaming.before_answer = [&] {
        for (std::size_t i = 0; i <= limits::stream_messages_waiting_max; ++i)
            streaming.hub.publish("news", message(std::to_string(i)), everyone);
    };
    auto client = streaming.open();
    CHECK(client.is_closed());
    CHECK(eventually([&] { return streaming.hub.stream_count() == 0; }));
}

TEST_CASE("a client that stops reading is cut, one that reads gets every byte") {
    Streaming streaming;
    auto reads = streaming.open();
    Client stuck(streaming.server.port(), 4096);
    stuck.send(open_stream);
    stuck.receive();
    std::string const large(200'000, 'x');
    std::size_t sent = 0;
    CHECK(eventually([&] {
        auto const next = message(std::to_string(sent++), large);
        streaming.hub.publish("news", next, everyone);
        CHECK(reads.receive_until("\n\n") == *next.frame);
        return streaming.hub.stream_count() == 1;
    }));
    CHECK(sent > limits::stream_messages_waiting_max);
}

TEST_CASE("a stuck stream is cut after a while even if nothing more is published") {
    Streaming streaming({.answer = 100ms, .sweep = 10ms});
    Client stuck(streaming.server.port(), 4096);
    stuck.send(open_stream);
    stuck.receive();
    streaming.hub.publish("news", message("1", std::string(64'000'000, 'x')), everyone);
    CHECK(eventually([&] { return streaming.hub.stream_count() == 0; }));
}

TEST_CASE("stopping the server ends its streams") {
    Streaming streaming;
    auto client = streaming.open();
    streaming.server->stop();
    CHECK(client.is_closed());
    CHECK(streaming.hub.stream_count() == 0);
}

TEST_CASE("many streams, published to from several threads while some come and go") {
    Streaming streaming;
    std::vector<Client> clients;
    for (int i = 0; i < 300; ++i) clients.push_back(streaming.open());
    {
        std::vector<std::jthread> publishers;
        for (int publisher = 0; publisher < 3; ++publisher)
            publishers.emplace_back([&, publisher] {
                for (int i = 0; i < 10; ++i)
                    streaming.hub.publish(
                        "news", message(std::to_string(publisher) + '.' + std::to_string(i)),
                        everyone);
            });
        for (int i = 0; i < 50; ++i) auto const passing = streaming.open();
    }
    streaming.hub.publish("news", message("last", "end"), everyone);
    for (auto& client : clients) {
        auto const text = client.receive_until("end\n\n");
        CHECK(std::count(text.begin(), text.end(), ':') == 2 * 31);
    }
}

TEST_CASE("a subscription may outlive its hub") {
    std::shared_ptr<LiveSubscription> subscription;
    {
        LiveHub hub;
        subscription = hub.subscribe(member(1), {"news", "news", "more"});
        hub.publish("news", message("1"), everyone);
    }
    CHECK(subscription->take().messages.size() == 1);
}
