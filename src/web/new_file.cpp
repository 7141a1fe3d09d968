#include "web/new_file.hpp"

#include <atomic>

namespace kith::web {

struct NewFile::State {
    State(FileStore& the_files, std::string the_name)
        : files(the_files), name(std::move(the_name)) {}
    ~State() {
        if (!is_named) files.remove(name);
    }
    State(State const&) = delete;
    State& operator=(State const&) = delete;

    FileStore& files;
    std::string const name;
    std::atomic<bool> is_named = false;
};

NewFile::NewFile(FileStore& files, std::string_view bytes, std::string_view extension)
    : state_(std::make_shared<State>(files, files.put(bytes, extension))) {}

std::string const& NewFile::name() const { return state_->name; }

void NewFile::keep_after(database::Write& write) const {
    write.after_commit([state = state_] { state->is_named = true; });
    // Sent again under its key, the deed may be found there: with the first file, not the second.
    write.if_unsure([state = state_] { state->is_named = true; });
}

}  // namespace kith::web
