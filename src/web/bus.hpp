#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace kith::web {

/// Carries hints between the nodes of one community: "look there", never what there is to see.
/// A hint may be lost, come late or come twice; each node also looks by itself.
class Bus {
public:
    virtual ~Bus() = default;
    /// Tells the other nodes; returns at once. Safe to call from any thread.
    virtual void send(std::string_view hint) = 0;
    /// Whether hints come and go just now.
    [[nodiscard]] virtual bool is_there() const = 0;
};

/// Told each hint of the other nodes, on a thread of the bus.
using OnHint = std::function<void(std::string_view hint)>;
/// Opens the bus of the community that is called `name` there.
using OpenBus = std::function<std::unique_ptr<Bus>(std::string const& name, OnHint on_hint)>;

/// A bus through NATS. `urls` are one or more addresses with commas between, such as
/// "nats://10.0.0.1:4222,nats://10.0.0.2:4222". Servers that aren't there are tried until they are.
[[nodiscard]] std::unique_ptr<Bus> open_nats(std::string const& urls, std::string const& name,
                                             OnHint on_hint);

}  // namespace kith::web
