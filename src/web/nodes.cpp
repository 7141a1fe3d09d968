#include "web/nodes.hpp"

#include <charconv>
#include <condition_variable>
#include <map>
#include <mutex>
#include <set>
#include <stdexcept>
#include <thread>
#include <unordered_map>

#include "base/limits.hpp"
#include "web/live_subscription.hpp"
#include "web/nodes_store.hpp"
#include "web/site.hpp"

namespace kith::web {
namespace {

// The hints: one letter, and the number of a row.
constexpr char something_changed = 'c';
constexpr char streams_ended = 'e';
constexpr char look_at = 'l';

std::string hint_of(char what, std::int64_t number) { return what + std::to_string(number); }

std::optional<std::int64_t> number_in(std::string_view hint) {
    std::int64_t number = 0;
    auto const* const end = hint.data() + hint.size();
    auto const [rest, error] = std::from_chars(hint.data() + 1, end, number);
    if (error != std::errc{} || rest != end) return std::nullopt;
    return number;
}

}  // namespace

struct Nodes::Parts {
    Parts(database::Database& the_database, LiveHub& the_live, Clock const& the_clock,
          database::OnFault fault)
        : database(the_database), live(the_live), clock(the_clock), on_fault(std::move(fault)) {}

    /// A thing that streams of this node listen to, and how far they were told.
    struct Followed {
        std::int64_t place = 0;
        std::weak_ptr<void> lease;  ///< held by each of them
    };

    void hear(std::string_view hint);
    void want_look(std::int64_t thing);
    void work();
    void look(std::set<std::int64_t> const& things, bool is_due);
    void note_changes(database::Read& read);
    void end_streams(database::Read& read);
    void add_latest(database::Read& read, std::set<std::int64_t>& things);
    void tell(database::Read& read, std::int64_t thing);
    void sweep();

    database::Database& database;
    LiveHub& live;
    Clock const& clock;
    database::OnFault const on_fault;
    Site* site = nullptr;
    std::unique_ptr<Bus> bus;

    std::mutex mutex;
    std::condition_variable woken;
    bool is_stopping = false;
    std::set<std::int64_t> to_look;
    std::unordered_map<std::int64_t, Followed> followed;
    std::thread thread;

    // Of the looking thread alone.
    std::string committed;
    bool changed = true;  ///< since what was looked at
    Time looked_until{};  ///< what was committed long before is known
    std::map<std::int64_t, Time> ends_known;
    std::chrono::steady_clock::time_point swept_at = std::chrono::steady_clock::now();
    bool database_is_gone = false;
};

Nodes::Nodes(database::Database& database, LiveHub& live, Clock const& clock,
             database::OnFault on_fault)
    : parts_(std::make_unique<Parts>(database, live, clock, std::move(on_fault))) {}

// The bus goes before what it calls.
Nodes::~Nodes() {
    stop();
    parts_->bus.reset();
}

bool Nodes::alone() const { return !parts_->bus; }

bool Nodes::bus_is_there() const { return parts_->bus && parts_->bus->is_there(); }

void Nodes::join(Site& site, OpenBus const& open_bus) {
    auto& parts = *parts_;
    if (parts.database.engine() != database::Engine::postgres)
        throw std::runtime_error(
            "bus: several nodes share a database on PostgreSQL; SQLite serves one machine alone");
    auto const own = site.seal.hash("nodes", "secret");
    auto const shared = parts.database.write_now(
        [&](database::Write& write) { return shared_secret_hash(write, own); });
    if (shared != own)
        throw std::runtime_error(
            "secret.key in the data directory isn't that of the community's other nodes: copy "
            "theirs, readable by nobody else");
    parts.site = &site;
    parts.looked_until = parts.clock.now();
    parts.bus = open_bus(site.seal.short_hash("nodes", "bus"),
                         [&parts](std::string_view hint) { parts.hear(hint); });
    parts.database.on_commit(
        [&parts] { parts.bus->send(std::string_view(&something_changed, 1)); });
}

void Nodes::start() {
    if (alone()) return;
    parts_->thread = std::thread([parts = parts_.get()] { parts->work(); });
}

void Nodes::stop() {
    {
        std::lock_guard const lock(parts_->mutex);
        parts_->is_stopping = true;
    }
    parts_->woken.notify_all();
    if (parts_->thread.joinable()) parts_->thread.join();
}

void Nodes::follow(LiveSubscription& subscription, std::int64_t thing, std::int64_t place) {
    if (alone()) return;
    std::shared_ptr<void> lease;
    {
        std::lock_guard const lock(parts_->mutex);
        auto& followed = parts_->followed[thing];
        lease = followed.lease.lock();
        if (!lease) {
            lease = std::make_shared<char>();
            followed = {place, lease};
            // What came between the reading of `place` and now was nobody's to look at.
            parts_->to_look.insert(thing);
        }
    }
    subscription.begin_after(place, std::move(lease));
    parts_->woken.notify_all();
}

void Nodes::look_after(database::Write& write, std::int64_t thing) {
    write.after_commit([parts = parts_.get(), thing] {
        parts->bus->send(hint_of(look_at, thing));
        parts->want_look(thing);
    });
}

void Nodes::end_streams_after(database::Write& write, Id<Member> member) {
    auto* const parts = parts_.get();
    // Also by a command beside the nodes, which has no bus: each finds it by its own look.
    if (write.engine() == database::Engine::postgres) {
        auto const now = parts->clock.now();
        // Here as well as in the sweep, which a node that serves alone has none of.
        forget_stream_ends(write, now - limits::stream_end_age_max);
        add_stream_end(write, member, now);
    }
    write.after_commit([parts, member] {
        parts->live.end_streams_of(member);
        if (parts->bus) parts->bus->send(hint_of(streams_ended, member.value));
    });
}

/// On the bus's thread.
void Nodes::Parts::hear(std::string_view hint) {
    if (hint.empty()) return;
    database.note_outside_change();
    auto const number = number_in(hint);
    if (!number) return;
    if (hint.front() == streams_ended) live.end_streams_of(Id<Member>{*number});
    if (hint.front() == look_at) want_look(*number);
}

void Nodes::Parts::want_look(std::int64_t thing) {
    {
        std::lock_guard const lock(mutex);
        // Too many to keep: the look that comes by itself finds them all.
        if (!followed.contains(thing) || to_look.size() >= limits::hints_waiting_max) return;
        to_look.insert(thing);
    }
    woken.notify_all();
}

void Nodes::Parts::work() {
    auto due = std::chrono::steady_clock::now();
    std::unique_lock lock(mutex);
    while (!is_stopping) {
        woken.wait_until(lock, due, [&] { return is_stopping || !to_look.empty(); });
        if (is_stopping) return;
        auto const things = std::exchange(to_look, {});
        lock.unlock();
        auto const now = std::chrono::steady_clock::now();
        bool const is_due = now >= due;
        look(things, is_due);
        if (is_due) {
            due = std::chrono::steady_clock::now() + limits::nodes_look_time;
            sweep();
        }
        lock.lock();
    }
}

/// Looks at `things`, and when it is due at whatever has changed. What can't be read now is looked
/// at when it can.
void Nodes::Parts::look(std::set<std::int64_t> const& things, bool is_due) {
    try {
        database.read([&](database::Read& read) {
            auto all = things;
            auto const began = clock.now();
            if (is_due) note_changes(read);
            // In the snapshot that shows the news: who may hear no more hears none of them.
            if (changed || !things.empty()) end_streams(read);
            if (is_due && changed) add_latest(read, all);
            for (auto const thing : all) tell(read, thing);
            if (is_due) {
                changed = false;
                looked_until = began;
            }
        });
        if (std::exchange(database_is_gone, false)) on_fault("nodes: the database is there again");
    } catch (std::exception const& error) {
        // What is kept may be old, and this node can't know.
        database.note_outside_change();
        changed = true;
        committed.clear();
        if (!std::exchange(database_is_gone, true)) on_fault(std::string("nodes: ") + error.what());
    }
}

void Nodes::Parts::note_changes(database::Read& read) {
    auto now = what_is_committed(read);
    if (now == committed) return;
    committed = std::move(now);
    changed = true;
    database.note_outside_change();
}

void Nodes::Parts::end_streams(database::Read& read) {
    auto const oldest = clock.now() - limits::stream_end_age_max;
    auto const since = std::max(oldest, looked_until - limits::nodes_late_time);
    for (auto const& end : stream_ends_since(read, since))
        if (ends_known.emplace(end.id, end.at).second) live.end_streams_of(end.member);
    std::erase_if(ends_known, [oldest](auto const& known) { return known.second < oldest; });
}

void Nodes::Parts::add_latest(database::Read& read, std::set<std::int64_t>& things) {
    {
        std::lock_guard const lock(mutex);
        std::erase_if(followed, [](auto const& entry) { return entry.second.lease.expired(); });
        if (followed.empty()) return;
    }
    auto const latest = site->news.latest_since(read, looked_until - limits::nodes_late_time);
    std::lock_guard const lock(mutex);
    for (auto const& news : latest) {
        auto const found = followed.find(news.thing);
        if (found != followed.end() && found->second.place < news.place) things.insert(news.thing);
    }
}

void Nodes::Parts::tell(database::Read& read, std::int64_t thing) {
    std::int64_t place = 0;
    {
        std::lock_guard const lock(mutex);
        auto const found = followed.find(thing);
        if (found == followed.end()) return;
        if (found->second.lease.expired()) {
            followed.erase(found);
            return;
        }
        place = found->second.place;
    }
    auto const told = site->news.tell_after(*site, read, {thing, place});
    std::lock_guard const lock(mutex);
    auto const found = followed.find(thing);
    if (found == followed.end()) return;
    found->second.place = std::max(found->second.place, told.place);
    if (told.more) to_look.insert(thing);
}

void Nodes::Parts::sweep() {
    auto const now = std::chrono::steady_clock::now();
    if (now - swept_at < limits::nodes_sweep_time) return;
    swept_at = now;
    try {
        database.write_apart([&](database::Write& write) {
            forget_stream_ends(write, clock.now() - limits::stream_end_age_max);
            forget_counts(write, clock.now());
        });
    } catch (std::exception const& error) {
        on_fault(std::string("nodes: ") + error.what());
    }
}

}  // namespace kith::web
