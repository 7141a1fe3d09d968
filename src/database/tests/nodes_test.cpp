#include <doctest/doctest.h>

#include <atomic>
#include <thread>

#include "database/database.hpp"
#include "postgres.hpp"

namespace kith::database {
namespace {

constexpr Sql make_counter = "create table counter (n bigint not null)";
constexpr Sql begin_counter = "insert into counter (n) values (0)";
constexpr Sql read_counter = "select n from counter";
constexpr Sql set_counter = "update counter set n = :n";

void count_one_more(Database& database) {
    database.write_now([](Write& write) {
        auto const n = number(write, read_counter);
        execute(write, set_counter, bind("n", n + 1));
    });
}

TEST_CASE("deeds of several nodes that meet all come to their end, and none is refused") {
    constexpr int threads_each = 4;
    constexpr int deeds_each = 60;
    auto const fresh = tests::new_postgres_database();
    Database one({.url = fresh.url, .writers = threads_each});
    Database other({.url = fresh.url, .writers = threads_each});
    one.write_now([](Write& write) {
        execute(write, make_counter);
        execute(write, begin_counter);
    });
    std::atomic<int> refused = 0;
    std::vector<std::thread> clients;
    for (auto* const node : {&one, &other}) {
        for (int at = 0; at < threads_each; ++at) {
            clients.emplace_back([&refused, node] {
                for (int deed = 0; deed < deeds_each; ++deed) {
                    try {
                        count_one_more(*node);
                    } catch (Refusal const&) {
                        ++refused;
                    }
                }
            });
        }
    }
    for (auto& client : clients) {
        client.join();
    }
    CHECK(refused.load() == 0);
    CHECK(one.read([](Read& read) { return number(read, read_counter); }) ==
          2 * threads_each * deeds_each);
}

}  // namespace
}  // namespace kith::database
