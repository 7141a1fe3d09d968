#include "talk/folds.hpp"

#include "base/limits.hpp"
#include "base/text.hpp"
#include "talk/folds_store.hpp"
#include "web/respond.hpp"

namespace kith::talk {

using web::Answer;
using web::Call;

Answer show_folds(Call& call) {
    FoldsPage view;
    for (auto& fold : folds_of(call.read(), call.viewer()))
        view.folds.push_back(std::move(fold.words));
    view.words = call.field(folds_path, "words");
    return web::respond(call, view,
                        web::Head{.title = call.say("talk.folds_title"), .place = web::Place::you});
}

web::Outcome act_fold(Call& call) {
    auto const form = web::read_form<FoldForm>(call.form);
    Fold fold{web::trimmed(form.words), compared_words(form.words)};
    web::Mistakes mistakes;
    mistakes.required("words", fold.words).max("words", fold.words, limits::fold_characters_max);
    mistakes.require(fold.words.empty() || !fold.compared.empty(), "words", "talk.fold_mistake");
    bool const room = folds_of(call.read(), call.viewer()).size() < limits::folds_max;
    mistakes.require(room, "words", "talk.folds_many");
    mistakes.throw_if_any();
    return web::Outcome::deed([&call, fold = std::move(fold)](database::Write& write) {
        add_fold(write, call.viewer().member, fold);
        return web::done(call, std::string(folds_path), "talk.said_fold");
    });
}

web::Outcome act_unfold(Call& call) {
    return web::Outcome::deed(
        [&call, form = web::read_form<FoldForm>(call.form)](database::Write& write) {
            remove_fold(write, call.viewer().member, form.words);
            return web::done(call, std::string(folds_path), "talk.said_unfold");
        });
}

std::vector<std::string> words_to_compare(std::optional<std::string> const& content_note,
                                          std::string_view html,
                                          std::vector<CommentPicture> const& pictures,
                                          std::optional<PollView> const& poll) {
    auto text = content_note.value_or(std::string()) + "\n" + text_of_html(html);
    for (auto const& picture : pictures) text += "\n" + picture.alt;
    if (poll) {
        text += "\n" + poll->question;
        for (auto const& choice : poll->choices) text += "\n" + choice.words;
    }
    return compared_words(text);
}

void fold_for(database::Read& read, Viewer const& viewer, DiscussionRow const& discussion,
              std::vector<CommentRow>& rows) {
    if (!discussion.viewer_folds || rows.empty()) return;
    auto const folds = folds_of(read, viewer);
    std::vector<Id<Member>> authors;
    for (auto const& row : rows)
        if (row.author) authors.push_back(*row.author);
    auto const people = distance::folded_people(read, viewer, authors);
    for (auto& row : rows) {
        if (row.author && viewer.is(*row.author)) continue;
        row.folded = people.why(row.author);
        if (folds.empty()) continue;
        auto const words = words_to_compare(row.content_note, row.html, row.pictures, row.poll);
        if (auto const* fold = fold_in(folds, words)) row.folded_for = fold->words;
    }
}

}  // namespace kith::talk
