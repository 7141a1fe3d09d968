#include "bonds/pace.hpp"

namespace kith::bonds {
namespace {

using database::bind;
using database::Sql;

constexpr Sql own_pace =
    "select delivery, unsend_minutes from paces where member = :viewer and :viewer > 0";

}  // namespace

Pace pace_of(database::Read& read, Viewer const& viewer) {
    return database::maybe<Pace>(read, own_pace, bind("viewer", viewer.member)).value_or(Pace{});
}

}  // namespace kith::bonds
