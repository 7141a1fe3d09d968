// What a capability can't forget: it doesn't compile, or doesn't start.
#include "web/slice.hpp"

#include <doctest/doctest.h>

namespace kith::web {
namespace {

static_assert(!std::is_default_constructible_v<Slice>);
static_assert(!std::is_default_constructible_v<Required<ExportFor>>);
static_assert(!std::is_default_constructible_v<Required<EraseFor>>);
static_assert(!std::is_default_constructible_v<Required<std::vector<Probe>>>);

using Probes = std::vector<Probe>;

template <class T>
concept WithAll = requires(ExportFor export_for, EraseFor erase_for, Probes probes) {
    T{.name = "x", .export_for = export_for, .erase_for = erase_for, .probes = probes};
};
template <class T>
concept WithoutExport = requires(EraseFor erase_for, Probes probes) {
    T{.name = "x", .erase_for = erase_for, .probes = probes};
};
template <class T>
concept WithoutErasure = requires(ExportFor export_for, Probes probes) {
    T{.name = "x", .export_for = export_for, .probes = probes};
};
template <class T>
concept WithoutProbes = requires(ExportFor export_for, EraseFor erase_for) {
    T{.name = "x", .export_for = export_for, .erase_for = erase_for};
};
static_assert(WithAll<Slice>);
static_assert(!WithoutExport<Slice>);
static_assert(!WithoutErasure<Slice>);
static_assert(!WithoutProbes<Slice>);

TEST_CASE("an export or an erasure that is no function is refused when the program starts") {
    CHECK_THROWS_AS(Required<ExportFor>(ExportFor{}), std::logic_error);
    CHECK_THROWS_AS(Required<EraseFor>(EraseFor{}), std::logic_error);
    CHECK_NOTHROW(Required<EraseFor>(EraseFor([](database::Write&, Id<Member>) {})));
    // Nothing to probe is fine for a room without pages: the test over all routes misses the rest.
    CHECK_NOTHROW(Required<Probes>(Probes{}));
}

}  // namespace
}  // namespace kith::web
