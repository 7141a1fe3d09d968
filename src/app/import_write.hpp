#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/import_model.hpp"
#include "essays/essay.hpp"
#include "web/command.hpp"
#include "web/site.hpp"

namespace kith::app {

/// How an import is done.
struct ImportWish {
    std::string origin;  ///< what the place is called where it comes from
    bool dry_run = false;
    bool publish = false;  ///< else essays are drafts, which their authors alone see
    std::optional<std::filesystem::path> links;  ///< a new file for the links of who sleeps
};

/// A link for each account that still sleeps, written for the host alone.
class LinkList {
public:
    /// Throws CommandRefused when the file is there already.
    explicit LinkList(std::optional<std::filesystem::path> const& path);
    ~LinkList();
    LinkList(LinkList const&) = delete;
    LinkList& operator=(LinkList const&) = delete;

    [[nodiscard]] bool wanted() const;
    void add(ImportPerson const& person, std::string const& link);
    void finish();

private:
    struct File;
    std::unique_ptr<File> file_;
};

/// Brings people into the community as accounts that sleep. Run again, it adds nobody twice, and
/// nobody who has left. Gives each one's account, by their id there; who can't come has none.
std::map<std::string, Id<Member>> import_people(web::Site& site, ImportWish const& wish,
                                                std::vector<ImportPerson> const& people,
                                                ImportReport& report);

/// Brings people and topics: each topic as an essay of who opened it, for members, its answers as
/// comments. Run again, it adds what is new.
void import_forum(web::Site& site, ImportWish const& wish, ImportForum const& forum,
                  ImportReport& report);

/// An essay as it was written elsewhere.
struct EssayFromElsewhere {
    Id<Member> author;
    std::string key;  ///< what tells it from others of its author
    Time at{};
    bool closed = false;
    bool publish = false;
};
/// Its discussion, and whether it was there already.
struct ImportedPlace {
    Id<talk::Discussion> discussion;
    bool was_there = false;
};
[[nodiscard]] ImportedPlace import_essay_once(web::Site& site, database::Write& write,
                                              EssayFromElsewhere const& essay,
                                              essays::ReadyEssay const& ready);
/// The words, checked and rendered before the deed. Refuses (mistakes) what can't be kept.
[[nodiscard]] essays::ReadyEssay ready_essay(web::Site& site, std::string const& title,
                                             std::string body);

/// Runs `work`; what it refuses becomes a fault of `line`. False then.
template <class Work>
bool or_fault(web::Site& site, ImportReport& report, std::size_t line, Work work) {
    try {
        work();
        return true;
    } catch (Refusal const& refusal) {
        report.fault(line, web::in_words(site, refusal).what());
        return false;
    }
}

}  // namespace kith::app
