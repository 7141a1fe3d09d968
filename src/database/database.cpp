#include "database/database.hpp"

#include <atomic>
#include <future>
#include <mutex>

#include "base/refusal.hpp"
#include "database/bell.hpp"
#include "database/connection.hpp"
#include "database/postgres_writer.hpp"
#include "database/readers.hpp"
#include "database/silence.hpp"
#include "database/sqlite_writer.hpp"

namespace kith::database {

struct Database::Parts {
    explicit Parts(DatabaseSettings given)
        : settings(std::move(given)),
          address(address_of(settings.url)),
          shared{{}, jobs_bell, version, settings.on_fault, {}} {
        // The writer first: on SQLite it makes the file, and readers can't.
        if (address.engine == Engine::sqlite) {
            sqlite_writer = std::make_unique<SqliteWriter>(address, shared);
        } else {
            postgres::require_whole_sessions(address);
            watch = std::make_unique<SilenceWatch>();
            postgres_writer =
                std::make_unique<PostgresWriter>(address, settings.writers, shared, *watch);
        }
        readers = std::make_unique<Readers>(address, settings.readers, watch.get());
    }

    [[nodiscard]] bool is_writing_thread() const {
        return sqlite_writer ? sqlite_writer->is_this_thread() : postgres_writer->is_this_thread();
    }

    DatabaseSettings settings;
    Address address;
    Bell jobs_bell;
    std::atomic<std::uint64_t> version = 1;
    WriterShared shared;
    std::unique_ptr<SilenceWatch> watch;  ///< PostgreSQL
    std::unique_ptr<Readers> readers;
    std::once_flag apart_opened;
    std::unique_ptr<Readers> apart;  ///< PostgreSQL, once it is used
    std::unique_ptr<SqliteWriter> sqlite_writer;
    std::unique_ptr<PostgresWriter> postgres_writer;
};

Database::Database(DatabaseSettings settings)
    : parts_(std::make_unique<Parts>(std::move(settings))) {}

Database::~Database() = default;

Engine Database::engine() const { return parts_->address.engine; }

std::string const& Database::url() const { return parts_->settings.url; }

Bell& Database::jobs_bell() { return parts_->jobs_bell; }

std::uint64_t Database::version() const { return parts_->version; }

void Database::note_outside_change() { ++parts_->version; }

void Database::on_commit(std::function<void()> tell) { parts_->shared.on_commit = std::move(tell); }

void Database::write_apart(std::function<void(Write&)> const& work) {
    if (engine() == Engine::sqlite) {
        return write_now([&](Write& write) { work(write); });
    }
    try {
        std::call_once(parts_->apart_opened, [this] {
            parts_->apart = std::make_unique<Readers>(parts_->address, 1, parts_->watch.get(),
                                                      Purpose::writing);
        });
        parts_->apart->read([&](Read& read) {
            Write write(read.connection(), parts_->jobs_bell);
            work(write);
        });
    } catch (DatabaseError const&) {
        std::rethrow_exception(as_refusal(std::current_exception(), parts_->settings.on_fault));
    }
}

void Database::run_read(std::function<void(Read&)> const& work) {
    try {
        parts_->readers->read(work);
    } catch (DatabaseError const&) {
        std::rethrow_exception(as_refusal(std::current_exception(), parts_->settings.on_fault));
    }
}

void Database::write(Deed deed, Done done) {
    parts_->shared.queue.put({std::move(deed), std::move(done)});
}

void Database::wait_for_write(Deed deed) {
    if (parts_->is_writing_thread()) {
        throw std::logic_error("a deed can't wait for another deed");
    }
    // Shared: who waits may be gone before set_value() has returned on the other thread.
    auto const ended = std::make_shared<std::promise<std::exception_ptr>>();
    auto future = ended->get_future();
    write(std::move(deed),
          [ended](std::exception_ptr error) { ended->set_value(std::move(error)); });
    if (auto error = future.get()) {
        std::rethrow_exception(std::move(error));
    }
}

void Database::finish_writing() {
    if (parts_->sqlite_writer) parts_->sqlite_writer->stop();
    if (parts_->postgres_writer) parts_->postgres_writer->stop();
}

std::size_t Database::deeds_waiting() { return parts_->shared.queue.size(); }

void Database::check() {
    constexpr Sql nothing = "select 1";
    parts_->readers->read([&](Read& read) { number(read, nothing); });
}

}  // namespace kith::database
