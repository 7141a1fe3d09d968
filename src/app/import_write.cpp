#include "app/import_write.hpp"

#include "app/bytes.hpp"
#include "app/disk.hpp"
#include "app/import_limits.hpp"
#include "app/import_text.hpp"
#include "base/email.hpp"
#include "base/limits.hpp"
#include "base/text.hpp"
#include "essays/writing.hpp"
#include "members/account_deeds.hpp"
#include "members/community.hpp"
#include "members/imported.hpp"
#include "talk/comment_store.hpp"
#include "talk/post_comment.hpp"
#include "web/form.hpp"

namespace kith::app {
namespace {

namespace fs = std::filesystem;
using members::KnownMember;
using members::MemberState;

std::string csv_field(std::string const& text) {
    std::string field = "\"";
    // A name must not be taken for a formula by who opens the list in a spreadsheet.
    if (text.find_first_of("=+-@") == 0) field += '\'';
    for (char const c : text) field += c == '"' ? std::string("\"\"") : std::string(1, c);
    return field + "\"";
}

/// Somebody as the community knows them.
struct Standing {
    std::optional<KnownMember> known;
    bool imported_before = false;
};

std::string origin_of(web::Site& site, ImportWish const& wish, std::string const& id) {
    return site.seal.hash("import", wish.origin + "\n" + id);
}

/// Whom an earlier import brought, or who has that address by which links go to them.
Standing standing_of(web::Site& site, database::Read& read, ImportWish const& wish,
                     ImportPerson const& person, std::optional<std::string> const& email) {
    auto const viewer = Viewer::server();
    if (auto known = members::find_imported(read, viewer, origin_of(site, wish, person.id)))
        return {known, true};
    if (!email) return {};
    auto const account = members::account_for_link(read, viewer, *email);
    if (!account) return {};
    auto const row = members::member_by_id(read, viewer, account->id);
    return {KnownMember{account->id, account->state, row ? row->agreement_version : 0,
                        account->password_hash.has_value()},
            false};
}

class PeopleImport {
public:
    PeopleImport(web::Site& site, ImportWish const& wish, ImportReport& report)
        : site_(site), wish_(wish), report_(report), links_(wish.links) {}

    std::map<std::string, Id<Member>> run(std::vector<ImportPerson> const& people) {
        for (auto const& person : people) take(person);
        links_.finish();
        return std::move(ids_);
    }

private:
    void take(ImportPerson const& person) {
        auto const name = clean_name(person.name);
        if (name.empty()) return report_.fault(person.line, "somebody without a name");
        std::optional<std::string> email;
        if (person.email && !trim(*person.email).empty()) {
            email = lower_ascii(trim(*person.email));
            if (!valid_email(*email)) {
                report_.fault(person.line, "an address that can't be right; they come without it");
                email.reset();
            }
        }
        if (wish_.dry_run) {
            site_.database.read([&](database::Read& read) {
                count(person, standing_of(site_, read, wish_, person, email));
            });
            return;
        }
        auto const [before, now] = site_.database.write_now([&](database::Write& write) {
            auto found = standing_of(site_, write, wish_, person, email);
            auto const origin = origin_of(site_, wish_, person.id);
            if (found.known && !found.imported_before)
                members::note_imported(write, origin, found.known->id);
            if (!found.known) add(write, person, name, email);
            return std::pair(found, members::find_imported(write, Viewer::server(), origin));
        });
        count(person, before);
        if (now) keep(person, *now);
    }

    void count(ImportPerson const& person, Standing const& standing) {
        bool const here = standing.known && standing.known->state == MemberState::active;
        if (!standing.known) {
            ++report_.people;
        } else if (here) {
            ++report_.there_already;
        } else {
            report_.leave_out("people who have left this community since");
        }
        // So that a dry run can tell whose words would come.
        if (wish_.dry_run && (!standing.known || here))
            ids_[person.id] = standing.known ? standing.known->id : Id<Member>{0};
    }

    void add(database::Write& write, ImportPerson const& person, std::string const& name,
             std::optional<std::string> const& email) {
        members::NewMember member{.public_id = PublicId::make(site_.random), .name = name};
        member.pronouns = clean_name(person.pronouns);
        member.email = email;
        member.joined_at = std::min(person.joined_at.value_or(site_.now()), site_.now());
        auto const id = members::add_member_by_host(site_, write, member);
        members::note_imported(write, origin_of(site_, wish_, person.id), id);
    }

    void keep(ImportPerson const& person, KnownMember const& known) {
        if (known.state != MemberState::active) return;
        ids_[person.id] = known.id;
        bool const sleeps = known.agreement_version == 0 && !known.has_password;
        if (sleeps && links_.wanted()) write_link(person, known.id);
    }

    void write_link(ImportPerson const& person, Id<Member> member) {
        links_.add(person, site_.settings.public_url +
                               site_.database.write_now([&](database::Write& write) {
                                   return members::make_imported_link(site_, write, member);
                               }));
    }

    web::Site& site_;
    ImportWish const& wish_;
    ImportReport& report_;
    LinkList links_;
    std::map<std::string, Id<Member>> ids_;
};

}  // namespace

struct LinkList::File {
    explicit File(fs::path const& path) : file(path) {}
    NewFile file;
};

LinkList::LinkList(std::optional<fs::path> const& path) {
    if (!path) return;
    if (fs::exists(*path))
        throw web::CommandRefused(path->string() + " is there already; name a new file for links.");
    try {
        file_ = std::make_unique<File>(*path);
        file_->file.write("name,email,link\n");
    } catch (fs::filesystem_error const& error) {
        throw web::CommandRefused(disk_sentence(error.code(), *path));
    }
}

LinkList::~LinkList() = default;

bool LinkList::wanted() const { return file_ != nullptr; }

void LinkList::add(ImportPerson const& person, std::string const& link) {
    file_->file.write(csv_field(clean_name(person.name)) + "," +
                      csv_field(person.email.value_or("")) + "," + csv_field(link) + "\n");
}

void LinkList::finish() {
    if (file_) file_->file.finish();
}

std::map<std::string, Id<Member>> import_people(web::Site& site, ImportWish const& wish,
                                                std::vector<ImportPerson> const& people,
                                                ImportReport& report) {
    return PeopleImport(site, wish, report).run(people);
}

essays::ReadyEssay ready_essay(web::Site& site, std::string const& title, std::string body) {
    auto const language =
        site.database.read([](database::Read& read) { return members::community(read).language; });
    essays::EssayWords words;
    words.title = trim(first_code_points(clean_text(title), limits::title_characters_max));
    std::replace(words.title.begin(), words.title.end(), '\n', ' ');
    words.body = std::move(body);
    check_essay(words, essays::Completeness::to_publish);
    return make_ready(std::move(words), essays::content_note_term(site, language));
}

ImportedPlace import_essay_once(web::Site& site, database::Write& write,
                                EssayFromElsewhere const& essay, essays::ReadyEssay const& ready) {
    auto const key = essays::kept_key(site, "import " + essay.key);
    if (auto const found = essays::find_begun_essay(write, {essay.author, Role::member}, *key))
        return {found->discussion, true};
    auto const place = essays::add_essay(site, write,
                                         {.author = essay.author,
                                          .audience = essays::EssayAudience::members,
                                          .comments_closed = essay.closed,
                                          .at = essay.at,
                                          .idempotency_key = key},
                                         ready);
    // Whoever can't write couldn't change, publish or withdraw their own words either.
    auto const author = members::member_by_id(write, Viewer::server(), essay.author);
    if (author) members::let_write_essays(site, write, Viewer::server(), *author, true);
    if (essay.publish) {
        auto const own = essays::find_own_essay(write, Viewer::server(), place.public_id);
        essays::set_state(write, *own, essays::EssayState::published, essay.at);
    }
    return {place.discussion, false};
}

}  // namespace kith::app
