#pragma once

#include <stdexcept>
#include <string>

namespace kith::database {

/// What went wrong in a statement, in words that both engines share.
enum class Fault {
    unique,       ///< a unique key is taken
    foreign_key,  ///< what it points to isn't there, or what points to it still is
    constraint,   ///< another rule of the table (check, not null)
    conflict,     ///< another deed was first; the same deed may be run again
    lost,         ///< the connection is gone
    storage,      ///< the disk is full, broken, locked or not writable
    other,        ///< wrong SQL, wrong types: a bug
};

/// A statement failed. Stores that expect `unique` better say `on conflict do nothing`: a deed in
/// which a statement failed is never kept, even if the error was caught (PostgreSQL's rule).
class DatabaseError final : public std::runtime_error {
public:
    DatabaseError(Fault fault, std::string const& message)
        : std::runtime_error(message), fault_(fault) {}

    [[nodiscard]] Fault fault() const { return fault_; }

private:
    Fault fault_;
};

}  // namespace kith::database
