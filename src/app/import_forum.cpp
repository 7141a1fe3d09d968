#include <algorithm>

#include "app/import_limits.hpp"
#include "app/import_text.hpp"
#include "app/import_write.hpp"
#include "base/limits.hpp"
#include "essays/writing.hpp"
#include "talk/comment_store.hpp"
#include "talk/post_comment.hpp"
#include "web/form.hpp"

namespace kith::app {
namespace {

/// Brings topics whose authors have come.
class TopicsImport {
public:
    TopicsImport(web::Site& site, ImportWish const& wish, ImportReport& report,
                 std::map<std::string, Id<Member>> const& people)
        : site_(site), wish_(wish), report_(report), people_(people) {}

    void take(ImportTopic const& topic) {
        auto const& opening = topic.posts.front();
        auto const author = author_of(opening);
        if (!author) return report_.leave_out("topics whose author doesn't come along");
        std::optional<essays::ReadyEssay> ready;
        bool const good = or_fault(site_, report_, topic.line, [&] {
            ready = ready_essay(site_, topic.title, clean_text(opening.markdown));
        });
        if (!good) return;
        EssayFromElsewhere const essay{*author, wish_.origin + " topic " + topic.id,
                                       std::min(opening.at, site_.now()), topic.closed,
                                       wish_.publish};
        auto const place = begin(essay, *ready);
        ++(place && place->was_there ? report_.there_already : report_.essays);
        threads_.clear();
        add_answers(topic, place ? std::optional(place->discussion) : std::nullopt);
    }

private:
    /// The comment at the top of a thread, which answers stand under.
    struct Thread {
        Id<talk::Comment> comment;
        Id<Member> author;
    };
    /// A comment as it is added; rendered before the deed.
    struct Ready {
        ImportPost const* post;
        Id<Member> author;
        talk::CheckedWords words;
    };

    [[nodiscard]] std::optional<Id<Member>> author_of(ImportPost const& post) const {
        auto const found = people_.find(post.author);
        return found == people_.end() ? std::nullopt : std::optional(found->second);
    }

    [[nodiscard]] std::string key_of(std::string const& what) const {
        return *essays::kept_key(site_, "import " + wish_.origin + " post " + what);
    }

    /// None where a dry run finds nothing.
    std::optional<ImportedPlace> begin(EssayFromElsewhere const& essay,
                                       essays::ReadyEssay const& ready) {
        if (!wish_.dry_run)
            return site_.database.write_now([&](database::Write& write) {
                return import_essay_once(site_, write, essay, ready);
            });
        auto const key = essays::kept_key(site_, "import " + essay.key);
        auto const found = site_.database.read([&](database::Read& read) {
            return essays::find_begun_essay(read, {essay.author, Role::member}, *key);
        });
        if (!found) return std::nullopt;
        return ImportedPlace{found->discussion, true};
    }

    void add_answers(ImportTopic const& topic, std::optional<Id<talk::Discussion>> discussion) {
        std::vector<Ready> some;
        for (std::size_t at = 1; at < topic.posts.size(); ++at) {
            if (auto ready = make_ready(topic.posts[at])) some.push_back(*std::move(ready));
            bool const full = some.size() == limits::import_posts_in_deed;
            if (full || at + 1 == topic.posts.size()) {
                keep(some, discussion);
                some.clear();
            }
        }
    }

    std::optional<Ready> make_ready(ImportPost const& post) {
        auto const author = author_of(post);
        if (!author) {
            report_.leave_out("posts whose author doesn't come along");
            return std::nullopt;
        }
        auto const body = clean_text(post.markdown);
        bool const good = or_fault(site_, report_, post.line, [&] {
            web::Mistakes mistakes;
            talk::check_words(mistakes, body, "");
            mistakes.throw_if_any();
        });
        if (!good) return std::nullopt;
        return Ready{&post, *author, talk::render_words(body, "")};
    }

    void keep(std::vector<Ready> const& some, std::optional<Id<talk::Discussion>> discussion) {
        auto const count = [&](std::size_t added) {
            report_.comments += added;
            report_.there_already += some.size() - added;
        };
        if (wish_.dry_run) {
            return count(site_.database.read([&](database::Read& read) {
                return static_cast<std::size_t>(
                    std::count_if(some.begin(), some.end(), [&](Ready const& ready) {
                        return !talk::sent_before(read, {ready.author, Role::member},
                                                  key_of(ready.post->id));
                    }));
            }));
        }
        auto const [added, threads] = site_.database.write_now([&](database::Write& write) {
            std::pair result(std::size_t{0}, threads_);
            for (auto const& ready : some)
                result.first += add(write, *discussion, ready, result.second) ? 1 : 0;
            return result;
        });
        threads_ = threads;
        count(added);
    }

    using Threads = std::map<std::string, Thread>;

    /// False where it was added before; then its answers still find their thread.
    bool add(database::Write& write, Id<talk::Discussion> discussion, Ready const& ready,
             Threads& threads) {
        talk::CommentToAdd comment;
        comment.public_id = PublicId::make(site_.random);
        comment.discussion = discussion;
        comment.author = ready.author;
        comment.markdown = ready.words.markdown;
        comment.found_words = ready.words.found_words;
        comment.html = ready.words.html;
        comment.at = std::min(ready.post->at, site_.now());
        comment.idempotency_key = key_of(ready.post->id);
        auto const above = threads.find(ready.post->answers);
        if (above != threads.end()) {
            comment.parent = above->second.comment;
            comment.thread_author = above->second.author;
        }
        auto const id = talk::add(write, comment);
        if (id) {
            threads[ready.post->id] =
                above != threads.end() ? above->second : Thread{*id, ready.author};
        } else if (auto const before = added_before(write, ready)) {
            threads[ready.post->id] = *before;
        }
        return id.has_value();
    }

    std::optional<Thread> added_before(database::Read& read, Ready const& ready) const {
        auto const public_id =
            talk::sent_before(read, {ready.author, Role::member}, key_of(ready.post->id));
        auto const row =
            public_id ? talk::find_comment(read, Viewer::server(), *public_id) : std::nullopt;
        if (!row) return std::nullopt;
        if (row->parent && row->thread_author) return Thread{*row->parent, *row->thread_author};
        return Thread{row->id, ready.author};
    }

    web::Site& site_;
    ImportWish const& wish_;
    ImportReport& report_;
    std::map<std::string, Id<Member>> const& people_;
    Threads threads_;
};

}  // namespace

void import_forum(web::Site& site, ImportWish const& wish, ImportForum const& forum,
                  ImportReport& report) {
    auto const people = import_people(site, wish, forum.people, report);
    TopicsImport topics(site, wish, report, people);
    for (auto const& topic : forum.topics) topics.take(topic);
}

}  // namespace kith::app
