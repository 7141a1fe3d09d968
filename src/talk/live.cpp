#include "talk/live.hpp"

#include <algorithm>
#include <map>

#include "base/limits.hpp"
#include "talk/folds.hpp"
#include "talk/folds_store.hpp"
#include "talk/mentions.hpp"
#include "talk/pictures.hpp"
#include "talk/polls.hpp"
#include "talk/quotes.hpp"
#include "talk/tell.hpp"
#include "web/respond.hpp"

namespace kith::talk {
namespace {

/// An event as the wire has it (HTML Living Standard, 9.2.5); each line of data has its own name.
std::string frame_of(std::string_view id, std::string_view event, std::string_view data) {
    std::string frame;
    frame.reserve(data.size() + data.size() / 32 + 64);
    if (!id.empty()) frame.append("id: ").append(id).append("\n");
    frame.append("event: ").append(event).append("\n");
    while (!data.empty()) {
        auto const end = std::min(data.find('\n'), data.size());
        frame.append("data: ").append(data.substr(0, end)).append("\n");
        data.remove_prefix(std::min(end + 1, data.size()));
    }
    return frame += "\n";
}

/// Whether the reader is one of those who may hear of it, as of this deed: who takes distance in a
/// later one may still hear of what was before it.
web::Audience audience_of(database::Read& read, NewsPlace const& place, CommentRow const& row) {
    std::vector<Id<Member>> readers;
    if (place.in_group) readers = group_readers(read, Viewer::server(), place.discussion);
    std::vector<Id<Member>> separated;
    if (!place.small_circle) {
        separated = separated_from_any(read, Viewer::server(), row.id, row.author,
                                       row.thread_author, place.subject_author);
    }
    return
        [audience = place.audience, author = place.subject_author, in_group = place.in_group,
         readers = std::move(readers), separated = std::move(separated)](Viewer const& listener) {
            return admits(audience, listener, author) &&
                   (!in_group || std::ranges::binary_search(readers, listener.member)) &&
                   !std::ranges::binary_search(separated, listener.member);
        };
}

/// Members of an audience for whom a comment is folded.
struct Folders {
    std::map<std::string, std::vector<Id<Member>>> by_words;  ///< who folds these words
    distance::FoldedPeople by_author;                         ///< who folds its author

    /// The words for which it is folded for a member; empty when it isn't.
    [[nodiscard]] std::string words_for(Id<Member> member) const {
        for (auto const& [words, members] : by_words)
            if (std::ranges::binary_search(members, member)) return words;
        return {};
    }
};

/// Who has folded what the comment says, or who said it.
Folders folders_of(database::Read& read, std::optional<Id<Member>> const& author,
                   CommentView const& comment) {
    Folders folders;
    auto const words =
        words_to_compare(comment.content_note, comment.html.text, comment.pictures, comment.poll);
    for (auto& folded : folded_for(read, Viewer::server(), words))
        if (author != folded.member) folders.by_words[folded.words].push_back(folded.member);
    folders.by_author = distance::folded_by(read, Viewer::server(), author);
    return folders;
}

/// What one event tells, and whom.
struct News {
    NewsPlace place;
    PublicId event;
    LiveChange change;
    web::Audience audience;
    std::optional<Id<Member>> author;  ///< of the comment
    std::optional<Folders> folders;    ///< absent where nobody listened when it was written
    Time at{};
    std::int64_t number = 0;  ///< where it is told from its row
};

/// Tells the change, folded in this way, to those of the audience for whom it is so folded.
void tell_folded(web::Site& site, std::string const& language, News const& news,
                 Folders const& folders, distance::Folded why, std::string const& words) {
    auto const reading = web::make_reading(site.words, language, news.place.zone, news.at);
    auto change = news.change;
    change.comment.folded = why;
    if (!words.empty()) change.comment.folded_for = words;
    auto message = live_message(site, reading, news.event, change);
    message.place = news.number;
    site.live.publish(topic_of(news.place.discussion_id, language), std::move(message),
                      [&](Viewer const& listener) {
                          return news.audience(listener) &&
                                 folders.by_author.why(listener.member) == why &&
                                 folders.words_for(listener.member) == words;
                      });
}

void tell_in(web::Site& site, std::string const& language, News const& news,
             Folders const& folders) {
    using distance::Folded;
    for (auto const why : {Folded::no, Folded::muted, Folded::distant}) {
        if (why != Folded::no && !folders.by_author.any()) continue;
        tell_folded(site, language, news, folders, why, {});
        for (auto const& entry : folders.by_words)
            tell_folded(site, language, news, folders, why, entry.first);
    }
}

void tell(web::Site& site, News const& news) {
    // Whoever begins to listen from here on finds the event in the database.
    if (site.live.stream_count() == 0) return;
    auto const ask = [&news](database::Read& read) {
        return folders_of(read, news.author, news.change.comment);
    };
    // The first listener may have come since.
    auto const folders = news.folders ? *news.folders : site.database.read(ask);
    for (auto const& language : site.words.languages()) tell_in(site, language, news, folders);
}

/// The news of one event as they stand now; none when there is nothing left to tell.
std::optional<News> news_of(database::Read& read, NewsPlace const& place,
                            NumberedEventRow const& event, Time now) {
    News news{place, event.public_id, {}, {}, {}, Folders{}, now, event.id.value};
    if (event.kind == LiveKind::removed) {
        auto gone = gone_comment(read, Viewer::server(), event.comment);
        if (!gone) return std::nullopt;
        CommentRow row;
        row.id = gone->id;
        row.public_id = gone->public_id;
        row.author = gone->author;
        row.thread_author = gone->thread_author;
        row.state = State::deleted;
        news.audience = audience_of(read, place, row);
        // As a replay has it: nothing of who wrote it.
        row.author.reset();
        news.change = live_change(event.kind, std::move(row), event.parent_id);
        return news;
    }
    auto row = find_comment(read, Viewer::server(), event.comment);
    if (!row || row->state != State::published) return std::nullopt;
    std::vector<CommentRow> rows{*std::move(row)};
    leave_out_gone_quotes(read, Viewer::server(), rows);
    add_pictures(read, Viewer::server(), rows);
    rows.front().poll = poll_for_all(read, rows.front().id);
    news.audience = audience_of(read, place, rows.front());
    news.author = rows.front().author;
    news.change = live_change(event.kind, std::move(rows.front()), event.parent_id);
    news.folders = folders_of(read, news.author, news.change.comment);
    return news;
}

}  // namespace

web::ToldNews tell_after(web::Site& site, database::Read& read, web::LatestNews const& after) {
    Id<Discussion> const discussion{after.thing};
    auto const events = all_events_after(read, Viewer::server(), discussion,
                                         Id<LiveEvent>{after.place}, limits::news_at_once);
    if (events.empty()) return {after.place, false};
    web::ToldNews const told{events.back().id.value, events.size() == limits::news_at_once};
    auto const place = heard_at(read, Viewer::server(), discussion);
    if (!place) return told;
    std::vector<News> all;
    for (auto const& event : events)
        if (auto news = news_of(read, *place, event, site.now())) all.push_back(*std::move(news));
    for (auto const& news : all) tell(site, news);
    return told;
}

NewsPlace news_place(PostingRow const& posting) {
    return {
        posting.discussion,        posting.public_id,    posting.audience, posting.subject_author,
        posting.group.has_value(), posting.small_circle, posting.zone};
}

LiveChange live_change(LiveKind kind, CommentRow row, std::optional<PublicId> const& parent) {
    LiveChange change;
    change.kind = kind;
    change.reply = parent.has_value();
    change.target = parent ? "replies-" + parent->text() : "comments";
    change.comment = neutral_view_of(std::move(row));
    // Strangers may listen as well, and see no member's page.
    if (change.comment.author) change.comment.author->url.clear();
    return change;
}

void announce(web::Site& site, database::Write& write, NewsPlace const& place, LiveKind kind,
              CommentRow row, std::optional<PublicId> const& parent, Time now) {
    // Only a change can take a name away; else words without '@' name nobody.
    if (kind == LiveKind::edited || row.html.find('@') != std::string::npos)
        tell_of_mentions(site, write, place.subject_author, row, note_mentions(write, row, now));
    auto const event = PublicId::make(site.random);
    add_live_event(write, event, place.discussion, row.id, kind, now);
    // Where others serve as well, each node tells it from its row: see tell_after().
    if (!site.nodes->alone()) return site.nodes->look_after(write, place.discussion.value);
    News news{place, event, {}, audience_of(write, place, row), row.author, {}, now};
    news.change = live_change(kind, std::move(row), parent);
    // Asked in the deed, where it costs no session of its own, but only while somebody listens.
    if (kind == LiveKind::removed) {
        news.folders.emplace();
    } else if (site.live.stream_count() > 0) {
        news.folders = folders_of(write, news.author, news.change.comment);
    }
    // The deed holds the discussion. Told in another order than numbered, an event that a browser
    // hadn't heard when it was cut off would lie behind the last that it had.
    auto const turn = site.live.take_turn(place.discussion_id.text());
    write.after_commit(
        [&site, turn, news = std::move(news)] { turn->use([&site, news] { tell(site, news); }); });
}

web::LiveMessage live_message(web::Site& site, web::Reading const& reading, PublicId const& event,
                              LiveChange const& change) {
    auto const html = web::fragment(site, reading, change);
    return {event.text(),
            std::make_shared<std::string const>(frame_of(event.text(), "message", html))};
}

web::LiveMessage reload_message() {
    return {{}, std::make_shared<std::string const>(frame_of({}, "reload", "reload"))};
}

std::string topic_of(PublicId const& discussion, std::string_view language) {
    return "discussion/" + discussion.text() + "/" + std::string(language);
}

}  // namespace kith::talk
