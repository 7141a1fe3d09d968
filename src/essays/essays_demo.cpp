#include "essays/essays_demo.hpp"

#include <stdexcept>

#include "essays/reach_out_store.hpp"
#include "essays/writing.hpp"
#include "resources/essays.hpp"

namespace kith::essays {
namespace {

using namespace std::chrono_literals;

std::string_view demo_text(std::string_view name) {
    for (auto const& resource : essays_resources())
        if (resource.path == name) return resource.bytes;
    throw std::logic_error("a demo essay is missing: " + std::string(name));
}

/// A comment of the demo, and what its essay's author answered.
struct DemoComment {
    std::string_view words;
    std::string_view reply = {};
    std::string_view content_note = {};
};

class Demo {
public:
    Demo(web::Site& site, database::Write& write, DemoPeople const& people)
        : site_(site), write_(write), people_(people) {}

    std::string publish(Id<Member> author, std::string_view file,
                        std::vector<DemoComment> const& comments) {
        auto const ready =
            make_ready(words_of_file(demo_text(file), true), content_note_term(site_, "en"));
        at_ += 3h;
        auto const place = add_essay(site_, write_, {.author = author, .at = at_}, ready);
        auto const essay = find_own_essay(write_, Viewer::server(), place.public_id);
        set_state(write_, *essay, EssayState::published, at_);
        for (auto const& comment : comments) add(place.discussion, author, comment);
        return essay_url(place.slug);
    }

private:
    void add(Id<talk::Discussion> discussion, Id<Member> author, DemoComment const& comment) {
        auto const reader = people_.readers.at(next_reader_++ % people_.readers.size());
        at_ += 47min;
        auto const id = talk::add_comment(site_, write_,
                                          {discussion,
                                           reader,
                                           {},
                                           std::string(comment.words),
                                           std::string(comment.content_note),
                                           at_});
        if (comment.reply.empty()) return;
        at_ += 19min;
        talk::add_comment(site_, write_,
                          {discussion, author, id, std::string(comment.reply), {}, at_});
    }

    web::Site& site_;
    database::Write& write_;
    DemoPeople const& people_;
    std::size_t next_reader_ = 0;
    Time at_ = site_.now() - 48h;
};

}  // namespace

std::vector<std::string> essays_demo(web::Site& site, database::Write& write,
                                     DemoPeople const& people) {
    Demo demo(site, write, people);
    std::vector<std::string> paths;
    paths.push_back(demo.publish(
        people.author, "data/demo-the-borrowed-ladder.md",
        {{"Mine was a pressure cooker. I had it back before I had used it, and we have eaten "
          "together on Sundays ever since.",
          "I would like to hear what you cook. The Sundays are the point, aren’t they."},
         {"“You are trying to pay for it so that you will not have had it.” I have read that "
          "sentence four times now. I do this with everyone.",
          "So does half the street, I suspect. Start with an onion."},
         {"I asked the woman downstairs for the time of the bus. She came out with me to the "
          "stop."}}));
    paths.push_back(demo.publish(
        people.guide, "data/demo-the-chair-by-the-window.md",
        {{"Thank you for “she said no again, quite cheerfully”. My father was the same, and I was "
          "hurt by it at the time. I think he only wanted me to watch the birds with him.",
          "It sounds as if you were there to watch them. That counts.", "the death of a father"},
         {"I am in the chair this month. I have stopped bringing articles."}}));
    paths.push_back(demo.publish(
        people.guide, "data/demo-a-meeting-that-ends-on-time.md",
        {{"We use an egg timer. When it rings, whoever is speaking may finish the sentence, and "
          "only the sentence.",
          "“Only the sentence” is going on our list of customs tonight."},
         {"Is it all right to come and say “pass” the whole evening?",
          "More than all right. Someone did that from March to June, and then told us why. We had "
          "missed nothing by waiting."}}));
    keep_offer(write, people.guide,
               {true, true, "on Tuesdays and Fridays", 5, "English, Deutsch",
                "You need not tell me the whole of it. Begin anywhere, and stop when you like."},
               site.now());
    keep_offer(write, people.author, {true, false, "most evenings", 3, "English", ""}, site.now());
    return paths;
}

}  // namespace kith::essays
