#include "essays/own_words.hpp"

#include "base/limits.hpp"
#include "database/jobs.hpp"
#include "essays/erasure_store.hpp"
#include "essays/essay_versions_store.hpp"
#include "essays/essays_store.hpp"
#include "essays/pictures_store.hpp"
#include "essays/reach_out.hpp"
#include "essays/reach_out_store.hpp"
#include "essays/thanks.hpp"
#include "essays/thanks_store.hpp"
#include "members/members.hpp"

namespace kith::essays {
namespace {

struct ExportedVersion {
    std::int64_t version = 0;
    Time saved_at{};
    std::string title;
    std::string summary;
    std::string content_note;
    std::string markdown;
};
BOOST_DESCRIBE_STRUCT(ExportedVersion, (),
                      (version, saved_at, title, summary, content_note, markdown))

struct ExportedPicture {
    std::string file;
    std::string alt;
};
BOOST_DESCRIBE_STRUCT(ExportedPicture, (), (file, alt))

/// One essay as its author takes it away.
struct ExportedEssay {
    std::string url;
    EssayState state = EssayState::draft;
    EssayAudience audience = EssayAudience::anyone;
    std::optional<Time> published_at;
    std::string title;
    std::string summary;
    std::string content_note;
    std::string markdown;
    std::optional<std::string> unsaved;
    std::vector<ExportedPicture> pictures;
    std::vector<ExportedVersion> versions;
};
BOOST_DESCRIBE_STRUCT(ExportedEssay, (),
                      (url, state, audience, published_at, title, summary, content_note, markdown,
                       unsaved, pictures, versions))

struct ExportedEssays {
    std::vector<ExportedEssay> essays;
};
BOOST_DESCRIBE_STRUCT(ExportedEssays, (), (essays))

/// A note of thanks. Whoever else is in it isn't named: their name is theirs.
struct ExportedThanks {
    bool sent_by_you = false;
    Time sent_at{};
    std::string note;
    bool received_with_love = false;
};
BOOST_DESCRIBE_STRUCT(ExportedThanks, (), (sent_by_you, sent_at, note, received_with_love))

struct ExportedLetters {
    std::optional<Offer> reach_out_offer;
    std::vector<ExportedThanks> thanks;
    std::vector<OwnLetter> letters;
};
BOOST_DESCRIBE_STRUCT(ExportedLetters, (), (reach_out_offer, thanks, letters))

void add_pictures(web::Site& site, database::Read& read, Id<Essay> essay, ExportedEssay& view,
                  web::Archive& archive) {
    for (auto const& picture : list_pictures(read, Viewer::server(), essay)) {
        auto bytes = site.files.get(picture.file);
        if (!bytes) continue;
        auto const name = "pictures/" + picture.file;
        view.pictures.push_back({name, picture.alt});
        archive.add_file(name, *std::move(bytes));
    }
}

ExportedEssay exported(web::Site& site, database::Read& read, OwnEssay& essay,
                       web::Archive& archive) {
    ExportedEssay view;
    view.url = site.settings.public_url + essay_url(essay.slug);
    view.state = essay.state;
    view.audience = essay.audience;
    view.published_at = essay.published_at;
    view.title = std::move(essay.title);
    view.summary = std::move(essay.summary);
    view.content_note = std::move(essay.content_note);
    view.markdown = std::move(essay.body);
    if (auto draft = find_draft(read, Viewer::server(), essay.id))
        view.unsaved = std::move(draft->body);
    add_pictures(site, read, essay.id, view, archive);
    for (auto const& line : list_versions(read, Viewer::server(), essay.id)) {
        auto words = find_version(read, Viewer::server(), essay.id, line.version);
        if (words)
            view.versions.push_back({line.version, line.saved_at, std::move(words->title),
                                     std::move(words->summary), std::move(words->content_note),
                                     std::move(words->body)});
    }
    return view;
}

}  // namespace

std::vector<web::TodayCard> today_cards(web::Call& call) {
    std::vector<web::TodayCard> cards;
    add_thanks_cards(call, cards);
    add_reach_out_cards(call, cards);
    auto const drafts = list_unpublished(call.read(), call.viewer());
    web::TodayCard card;
    for (auto const& draft : drafts)
        if (draft.state != EssayState::withdrawn)
            card.lines.push_back(draft.title.empty() ? call.say("essays.untitled") : draft.title);
    if (card.lines.empty()) return cards;
    card.title = call.say("essays.today_drafts");
    card.url = "/essays";
    card.action = call.say("essays.today_write_on");
    cards.push_back(std::move(card));
    return cards;
}

void export_own(web::Site& site, database::Read& read, Id<Member> member, web::Archive& archive) {
    auto const language = members::language_of(
        read, members::account_of(read, Viewer::server(), member).value_or(members::Account{}));
    ExportedEssays essays;
    for (auto& essay : essays_of(read, Viewer::server(), member))
        essays.essays.push_back(exported(site, read, essay, archive));
    archive.add("essays", site.words.say(language, "essays.export_essays"), essays);
    // As the member sees them: what someone they are apart from sent isn't theirs to read.
    Viewer const self{member, Role::member};
    ExportedLetters letters;
    letters.reach_out_offer = own_offer(read, self);
    for (auto& thanks : list_thanks(read, self, limits::thanks_listed_max))
        letters.thanks.push_back({thanks.by_viewer, thanks.sent_at, std::move(thanks.note),
                                  thanks.received_at.has_value()});
    letters.letters = letters_by(read, Viewer::server(), member);
    archive.add("reach-outs", site.words.say(language, "essays.export_letters"), letters);
}

void erase_own(database::Write& write, Id<Member> member) {
    for (auto const& essay : essays_of(write, Viewer::server(), member)) {
        for (auto const& picture : list_pictures(write, Viewer::server(), essay.id))
            database::enqueue(write, std::string(remove_file_job), picture.file, Time{});
        talk::set_audience(write, essay.discussion, talk::Audience::nobody, false);
    }
    erase_essays(write, member);
    erase_thanks(write, member);
    erase_reach_outs(write, member);
}

}  // namespace kith::essays
