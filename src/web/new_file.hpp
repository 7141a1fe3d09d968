#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "database/session.hpp"
#include "web/file_store.hpp"

namespace kith::web {

/// A file that a deed is about to name. It goes again with its last copy, unless a deed that said
/// keep_after() was kept: one that fails, or is never done, leaves nothing behind.
class NewFile {
public:
    /// Keeps `bytes` as FileStore::put does. `files` outlives it.
    NewFile(FileStore& files, std::string_view bytes, std::string_view extension);

    [[nodiscard]] std::string const& name() const;
    void keep_after(database::Write& write) const;

private:
    struct State;
    std::shared_ptr<State> state_;
};

}  // namespace kith::web
