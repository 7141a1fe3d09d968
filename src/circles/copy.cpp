// A copy of a circle for who belongs to it: what they may read, with everybody else under a name of
// the copy's own (SAFETY 2: others are pseudonyms).
#include <map>

#include "base/limits.hpp"
#include "base/markdown.hpp"
#include "circles/circle_handlers.hpp"
#include "members/copy.hpp"
#include "talk/group_words.hpp"
#include "web/archive.hpp"
#include "web/respond.hpp"

namespace kith::circles {

using web::Call;
using web::Outcome;

namespace {

struct CopiedPicture {
    std::string file;  ///< in the copy
    std::string alt;
};
BOOST_DESCRIBE_STRUCT(CopiedPicture, (), (file, alt))

struct CopiedChoice {
    std::string words;
    std::optional<std::int64_t> votes;  ///< where the member may see them
};
BOOST_DESCRIBE_STRUCT(CopiedChoice, (), (words, votes))

struct CopiedPoll {
    std::string question;
    std::vector<CopiedChoice> choices;
};
BOOST_DESCRIBE_STRUCT(CopiedPoll, (), (question, choices))

struct CopiedComment {
    std::string by;
    Time at{};
    bool reply = false;
    std::optional<std::string> content_note;
    web::Html words;
    std::vector<CopiedPicture> pictures;
    std::optional<CopiedPoll> poll;
};
BOOST_DESCRIBE_STRUCT(CopiedComment, (), (by, at, reply, content_note, words, pictures, poll))

struct CopiedConversation {
    std::string title;
    std::string begun_by;
    Time begun_at{};
    std::optional<std::string> content_note;
    web::Html words;
    std::optional<CopiedPoll> poll;
    std::vector<CopiedComment> comments;
};
BOOST_DESCRIBE_STRUCT(CopiedConversation, (),
                      (title, begun_by, begun_at, content_note, words, poll, comments))

struct CopiedWording {
    std::int64_t version = 0;
    Time made_at{};
    web::Html words;
};
BOOST_DESCRIBE_STRUCT(CopiedWording, (), (version, made_at, words))

struct CopiedCircle {
    std::string name;
    std::string purpose;
    std::vector<CopiedWording> agreement;
    std::vector<CopiedConversation> conversations;
};
BOOST_DESCRIBE_STRUCT(CopiedCircle, (), (name, purpose, agreement, conversations))

/// "You", and "Someone 1", "Someone 2" for the others, the same throughout the copy.
class Names {
public:
    explicit Names(Call const& call) : call_(call) {}
    std::string of(Id<Member> member) {
        if (call_.viewer().is(member)) return call_.say("circles.copy_you");
        auto const number = static_cast<std::int64_t>(
            numbers_.try_emplace(member.value, numbers_.size() + 1).first->second);
        return call_.say("circles.copy_someone", {{"number", number}});
    }

private:
    Call const& call_;
    std::map<std::int64_t, std::size_t> numbers_;
};

constexpr std::string_view pictures_folder = "pictures/";

std::optional<CopiedPoll> copied(std::optional<talk::PollView> const& poll) {
    if (!poll) return std::nullopt;
    CopiedPoll view;
    view.question = poll->question;
    for (auto const& choice : poll->choices) view.choices.push_back({choice.words, choice.votes});
    return view;
}

/// What was said, with the pictures' names in the copy.
CopiedComment copied(talk::CopiedWords& words, Names& names) {
    CopiedComment view{
        names.of(words.author),  words.at, words.reply,       std::move(words.content_note),
        {std::move(words.html)}, {},       copied(words.poll)};
    for (auto& picture : words.pictures)
        view.pictures.push_back(
            {std::string(pictures_folder) + picture.file, std::move(picture.alt)});
    return view;
}

CopiedConversation copied(Call const& call, PublicId const& id, Names& names, std::size_t& left) {
    CopiedConversation view;
    auto row = find_conversation(call.read(), call.viewer(), id);
    if (!row) throw Refusal::not_found();
    view.title = std::move(row->title);
    view.begun_by = names.of(row->author);
    view.begun_at = row->begun_at;
    if (!row->content_note.empty()) view.content_note = std::move(row->content_note);
    view.words.text = std::move(row->html);
    view.poll = copied(talk::beginning_poll(call, row->discussion, false));
    for (auto& words :
         talk::words_of(call.read(), call.viewer(), row->discussion, left, call.now()))
        view.comments.push_back(copied(words, names));
    left -= view.comments.size();
    return view;
}

CopiedCircle copied(Call const& call, CircleRow const& circle) {
    CopiedCircle view;
    Names names(call);
    view.name = circle.name;
    view.purpose = circle.purpose;
    for (auto const& row :
         agreements_of(call.read(), call.viewer(), circle.id, limits::circle_agreements_listed_max))
        view.agreement.push_back(
            {row.version, row.made_at, {render_markdown(row.markdown, MarkdownKind::essay)}});
    auto left = limits::circle_copy_comments_max;
    Id<Conversation> after;
    for (;;) {
        auto const lines =
            conversations_in(call.read(), call.viewer(), circle.id, after, limits::page_items);
        for (auto const& line : lines)
            view.conversations.push_back(copied(call, line.public_id, names, left));
        if (lines.size() < limits::page_items) break;
        after = lines.back().id;
    }
    if (left == 0) throw Refusal::too_large("circles.copy_too_large");
    return view;
}

/// Adds the files of the pictures; one that was taken back meanwhile is left out.
void add_pictures(Call const& call, CopiedCircle const& view, web::Archive& archive) {
    std::size_t bytes = 0;
    for (auto const& conversation : view.conversations) {
        for (auto const& comment : conversation.comments) {
            for (auto const& picture : comment.pictures) {
                auto file = call.site.files.get(picture.file.substr(pictures_folder.size()));
                if (!file) continue;
                bytes += file->size();
                if (bytes > limits::zip_bytes_max)
                    throw Refusal::too_large("circles.copy_too_large");
                archive.add_file(picture.file, *std::move(file));
            }
        }
    }
}

}  // namespace

Outcome act_copy(Call& call) {
    auto const circle = joined_circle(call, call.read());
    auto view = copied(call, circle);
    return Outcome::slow(
        web::Pool::files, [&call, name = circle.name, view = std::move(view)]() -> Outcome {
            web::Archive archive;
            archive.add("circle", name, view);
            add_pictures(call, view, archive);
            auto answer =
                web::raw("application/zip", members::zip_of(call.site, archive, call.language));
            // A name that a bystander may read.
            answer.headers.emplace_back("content-disposition", "attachment; filename=\"copy.zip\"");
            return answer;
        });
}

}  // namespace kith::circles
