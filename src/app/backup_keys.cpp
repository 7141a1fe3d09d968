#include "app/backup_keys.hpp"

#include <fstream>

#include "app/child.hpp"
#include "app/disk.hpp"
#include "app/sealed.hpp"
#include "web/command.hpp"

namespace kith::app {
namespace {

namespace fs = std::filesystem;
using web::CommandRefused;

constexpr std::string_view age_begin = "age-encryption.org/v1\n";
constexpr std::size_t passphrase_bytes_min = 12;

std::string read_passphrase(std::string const& name) {
    std::ifstream file(name, std::ios::binary);
    std::string passphrase;
    if (!file || !std::getline(file, passphrase))
        throw CommandRefused("The passphrase can't be read from " + name + ".");
    if (passphrase.ends_with('\r')) passphrase.pop_back();
    return passphrase;
}

void seal_into(fs::path const& path, std::string const& passphrase,
               std::function<void(Sink const&)> const& produce) {
    NewFile file(path);
    Sealing sealing(passphrase, [&](std::string_view bytes) { file.write(bytes); });
    produce([&](std::string_view bytes) { sealing.add(bytes); });
    sealing.finish();
    file.finish();
}

void age_into(fs::path const& path, std::vector<std::string> const& recipients,
              std::function<void(Sink const&)> const& produce) {
    NewFile file(path);
    Pipe pipe;
    Program program{.words = {"age", "--encrypt"},
                    .package = "age",
                    .environment = {},
                    .in = pipe.reading(),
                    .out = file.number()};
    for (auto const& recipient : recipients) {
        program.words.emplace_back("--recipient");
        program.words.push_back(recipient);
    }
    Child age(program);
    pipe.close_reading();
    try {
        produce([&](std::string_view bytes) { write_all(pipe.writing(), "age", bytes); });
    } catch (fs::filesystem_error const& error) {
        if (error.code() != std::errc::broken_pipe) throw;
        // It has ended early and said why.
        age.finish();
        throw;
    }
    pipe.close_writing();
    age.finish();
    file.finish();
}

void finish_reading(Child& age, std::string const& identity) {
    try {
        age.finish();
    } catch (CommandRefused const& refused) {
        throw CommandRefused(std::string(refused.what()) + " Look whether " + identity +
                             " is the key that the backup was encrypted to.");
    }
}

void read_with_age(fs::path const& path, std::string const& identity,
                   std::function<void(Source)> const& consume) {
    if (identity.empty())
        throw CommandRefused("This backup is encrypted: name its private key with --identity.");
    if (!fs::exists(identity)) throw CommandRefused("The key " + identity + " can't be read.");
    web::Descriptor const file(open_to_read(path));
    Pipe pipe;
    Child age({.words = {"age", "--decrypt", "--identity", fs::absolute(identity).string()},
               .package = "age",
               .environment = {},
               .in = file.number(),
               .out = pipe.writing()});
    pipe.close_writing();
    auto const source = source_of(pipe.reading(), path);
    bool begun = false;
    consume([&] {
        auto bytes = source();
        // Nothing at all, or an end too early: it says why, and its word goes before ours.
        if (bytes.empty() && !begun) finish_reading(age, identity);
        begun = true;
        return bytes;
    });
    age.finish();
}

}  // namespace

void require_good_keys(BackupKeys const& keys) {
    if (!keys.recipients.empty() && !keys.passphrase_file.empty())
        throw CommandRefused("Name recipients or a passphrase, not both.");
    for (auto const& recipient : keys.recipients)
        if (!recipient.starts_with("age1") && !recipient.starts_with("ssh-"))
            throw CommandRefused("A recipient begins with age1 or ssh-: " + recipient);
    if (!keys.passphrase_file.empty() &&
        read_passphrase(keys.passphrase_file).size() < passphrase_bytes_min)
        throw CommandRefused("The passphrase is too short: take at least " +
                             std::to_string(passphrase_bytes_min) + " characters.");
}

BackupForm form_of(fs::path const& path) {
    if (fs::is_directory(path)) return BackupForm::directory;
    if (!fs::is_regular_file(path)) throw CommandRefused("There is no backup at " + path.string());
    web::Descriptor const file(open_to_read(path));
    auto const begin = source_of(file.number(), path)();
    if (begin.starts_with(sealed_begin)) return BackupForm::passphrase;
    if (begin.starts_with(age_begin)) return BackupForm::age;
    throw CommandRefused(path.string() + " is no backup of Kith.");
}

void write_encrypted(fs::path const& path, BackupKeys const& keys,
                     std::function<void(Sink const&)> const& produce) {
    if (!keys.passphrase_file.empty())
        return seal_into(path, read_passphrase(keys.passphrase_file), produce);
    age_into(path, keys.recipients, produce);
}

void read_encrypted(fs::path const& path, BackupKeys const& keys,
                    std::function<void(Source)> const& consume) {
    if (form_of(path) == BackupForm::age) return read_with_age(path, keys.identity, consume);
    if (keys.passphrase_file.empty())
        throw CommandRefused(
            "This backup is encrypted: name its passphrase with "
            "--passphrase-file.");
    web::Descriptor const file(open_to_read(path));
    Unsealing unsealing(read_passphrase(keys.passphrase_file), source_of(file.number(), path));
    consume([&] { return unsealing.next(); });
}

}  // namespace kith::app
