#include "simulate/listening.hpp"

#include <algorithm>

namespace kith::simulate {

Listeners::~Listeners() {
    for (auto const& [agent, listener] : all_) client_.cut(listener->stream);
}

void Listeners::listen(World const& world, std::size_t agent, Listener& listener) {
    Request request;
    request.kind = "event stream";
    request.path = listener.live_url;
    request.cookie = world.agents.at(agent).cookie;
    request.last_event = listener.parser.last_id();
    listener.parser.restart();
    listener.open = false;
    Hearing hearing;
    hearing.begun = [this, &listener](long status) {
        listener.open = true;
        if (status != 200) ++counts_.refused;
    };
    hearing.heard = [&listener](std::string_view bytes) {
        for (auto const& event : listener.parser.take(bytes)) {
            if (event.name == "reload") listener.read_anew = true;
            for (auto& id : comments_in(event.data)) listener.heard.insert(std::move(id));
        }
    };
    hearing.ended = [&listener] { listener.stream = 0; };
    listener.stream = client_.listen(request, std::move(hearing));
}

void Listeners::open(World const& world, std::size_t agent, std::string const& live_url,
                     std::string const& discussion) {
    auto listener = std::make_unique<Listener>();
    listener->live_url = live_url;
    listener->discussion = discussion;
    listener->from = world.ledger.said.size();
    listen(world, agent, *listener);
    all_.insert_or_assign(agent, std::move(listener));
    ++counts_.streams;
}

void Listeners::cut(World const& world, std::size_t agent) {
    auto& listener = *all_.at(agent);
    if (listener.stream == 0 || listener.left || world.agents.at(agent).cookie.empty()) return;
    client_.cut(listener.stream);
    ++counts_.cuts;
    listen(world, agent, listener);
}

void Listeners::leave(std::size_t agent, std::size_t until) {
    auto const found = all_.find(agent);
    if (found == all_.end() || found->second->left) return;
    found->second->left = true;
    found->second->until = until;
}

void Listeners::come_back(World const& world) {
    for (auto& [agent, listener] : all_) {
        if (listener->read_anew) {
            // A reader opens the page, which has everything; only what comes now counts.
            listener->read_anew = false;
            listener->from = world.ledger.said.size();
            ++counts_.read_anew;
        }
        if (listener->stream != 0 || listener->left) continue;
        if (world.agents.at(agent).cookie.empty()) continue;
        ++counts_.ended;
        listen(world, agent, *listener);
    }
}

void Listeners::settle() {
    auto const waits = [this] {
        return std::any_of(all_.begin(), all_.end(), [](auto const& entry) {
            return entry.second->stream != 0 && !entry.second->open;
        });
    };
    auto const end = Steady::now() + std::chrono::seconds(60);
    while (waits() && Steady::now() < end) client_.move(std::chrono::milliseconds(50));
}

void Listeners::count(World const& world, Listener const& listener, StreamCounts& counts) const {
    auto const& said = world.ledger.said;
    for (auto number = listener.from; number < std::min(said.size(), listener.until); ++number) {
        auto const& words = said[number];
        // What a steward put aside while the stream was cut isn't told again.
        if (words.discussion != listener.discussion || words.put_aside) continue;
        bool const was_heard = listener.heard.contains(words.comment);
        ++counts.expected;
        counts.heard += was_heard;
        counts.lost += !was_heard;
    }
}

StreamCounts Listeners::finish(World const& world, std::chrono::seconds most) {
    auto const end = Steady::now() + most;
    for (;;) {
        come_back(world);
        auto counts = counts_;
        for (auto const& [agent, listener] : all_) count(world, *listener, counts);
        if (counts.lost == 0 || Steady::now() >= end) return counts;
        client_.move(std::chrono::milliseconds(50));
    }
}

}  // namespace kith::simulate
