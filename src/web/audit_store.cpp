#include <sodium.h>

#include <array>
#include <chrono>

#include "base/base64url.hpp"
#include "web/audit.hpp"

namespace kith::web {
namespace {

struct AuditRow {
    std::int64_t id = 0;
    Time at;
    std::string what;
    std::string who;
    std::string about;
    std::string previous;
    std::string hash;
};
BOOST_DESCRIBE_STRUCT(AuditRow, (), (id, at, what, who, about, previous, hash))

std::string hash_of(AuditRow const& row) {
    std::string words = row.previous;
    for (auto const& part :
         {std::to_string(row.at.time_since_epoch().count()), row.what, row.who, row.about})
        words.append("\n").append(part);
    std::array<std::byte, crypto_hash_sha256_BYTES> sum{};
    crypto_hash_sha256(reinterpret_cast<unsigned char*>(sum.data()),
                       reinterpret_cast<unsigned char const*>(words.data()), words.size());
    return to_base64url(sum);
}

constexpr database::Sql last_hash = "select hash from audit order by id desc limit 1";
constexpr database::Sql add_entry =
    "insert into audit (at, what, who, about, previous, hash)"
    " values (:at, :what, :who, :about, :previous, :hash)";
constexpr database::Sql next_entries =
    "select id, at, what, who, about, previous, hash from audit where id > :after"
    " order by id limit 1000";
constexpr database::Sql last_of =
    "select at from audit where what = :what order by id desc limit 1";
constexpr database::Sql remove_old = "delete from audit where at < :before";

}  // namespace

void note_audit(database::Write& write, Time at, std::string_view what, std::string_view who,
                std::string_view about) {
    AuditRow row;
    row.at = at;
    row.what = what;
    row.who = who;
    row.about = about;
    row.previous = database::maybe<std::string>(write, last_hash).value_or("");
    row.hash = hash_of(row);
    database::execute(write, add_entry, database::bind("at", row.at),
                      database::bind("what", row.what), database::bind("who", row.who),
                      database::bind("about", row.about), database::bind("previous", row.previous),
                      database::bind("hash", row.hash));
}

std::optional<Time> last_audit(database::Read& read, std::string_view what) {
    return database::maybe<Time>(read, last_of, database::bind("what", what));
}

std::string audit_mark(Seal const& seal, Id<Member> member) {
    return member ? seal.short_hash("audit", std::to_string(member.value)) : std::string("-");
}

AuditCheck verify_audit(database::Read& read) {
    AuditCheck check;
    std::int64_t after = 0;
    bool first = true;
    while (true) {
        auto const part =
            database::rows<AuditRow>(read, next_entries, database::bind("after", after));
        if (part.empty()) return check;
        for (auto const& row : part) {
            bool const follows = first || row.previous == check.head;
            if (!follows || row.hash != hash_of(row)) {
                check.broken_at = row.id;
                return check;
            }
            first = false;
            check.head = row.hash;
            after = row.id;
            ++check.entries;
        }
    }
}

void forget_old_audit(database::Write& write, Time now) {
    database::execute(write, remove_old,
                      database::bind("before", now - std::chrono::hours(366 * 24)));
}

}  // namespace kith::web
