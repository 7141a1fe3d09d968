#include "simulate/simulate_slice.hpp"

#include "resources/simulate.hpp"
#include "simulate/simulate_commands.hpp"

namespace kith {

web::Slice simulate_slice() {
    return {
        .name = "simulate",
        .resources = simulate_resources(),
        .routes = {},
        .pages = {},
        .commands = simulate::simulate_commands(),
        .export_for = web::ExportFor([](web::Site&, database::Read&, Id<Member>, web::Archive&) {}),
        .erase_for = web::EraseFor([](database::Write&, Id<Member>) {}),
        .probes = std::vector<web::Probe>{},
    };
}

}  // namespace kith
