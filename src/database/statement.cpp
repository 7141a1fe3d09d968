#include <algorithm>
#include <stdexcept>

#include "base/refusal.hpp"
#include "base/text.hpp"
#include "database/drivers.hpp"

namespace kith::database {
namespace {

/// Both engines would keep or cut such text each in its own way; neither is what was typed.
void refuse_broken_text(std::span<Bind const> binds) {
    for (auto const& bind : binds) {
        if (bind.cell.kind != ColumnKind::text || bind.cell.null) {
            continue;
        }
        if (bind.cell.text.find('\0') != std::string::npos || !valid_utf8(bind.cell.text)) {
            throw Refusal::malformed();
        }
    }
}

}  // namespace

Statement::Statement(std::string_view sql, std::span<ColumnKind const> columns,
                     std::span<Bind const> binds)
    : sql_(sql), in_(binds.size()), out_(columns.size()) {
    for (std::size_t at = 0; at < binds.size(); ++at) {
        names_.emplace_back(binds[at].name);
        in_[at].kind = binds[at].cell.kind;
    }
    for (std::size_t at = 0; at < columns.size(); ++at) {
        out_[at].kind = columns[at];
    }
    check_names(binds);
}

void Statement::check_names(std::span<Bind const> binds) const {
    std::vector<std::string> given;
    for (auto const& bind : binds) {
        given.emplace_back(bind.name);
    }
    std::sort(given.begin(), given.end());
    if (given != names_in(sql_)) {
        throw std::logic_error("the values bound aren't those that the statement names: " + sql_);
    }
}

void Statement::check_columns(std::size_t found) const {
    if (found != out_.size()) {
        throw std::logic_error("a statement answers with " + std::to_string(found) +
                               " columns, its row takes " + std::to_string(out_.size()) + ": " +
                               sql_);
    }
}

bool Statement::begin(std::span<Bind> binds) {
    refuse_broken_text(binds);
    for (std::size_t at = 0; at < binds.size(); ++at) {
        std::size_t place = at;
        if (binds[at].name != names_[at]) {
            // Another caller binds the same statement in another order.
            auto const found = std::find(names_.begin(), names_.end(), binds[at].name);
            if (found == names_.end()) {
                check_names(binds);
            }
            place = static_cast<std::size_t>(found - names_.begin());
        }
        if (in_[place].kind != binds[at].cell.kind) {
            throw std::logic_error("one statement bound with different types: " + sql_);
        }
        in_[place] = std::move(binds[at].cell);
    }
    return run();
}

}  // namespace kith::database
