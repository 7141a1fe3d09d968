#include "essays/essays_store.hpp"

#include <doctest/doctest.h>

#include "community.hpp"
#include "essays/erasure_store.hpp"
#include "essays/essay_versions_store.hpp"
#include "essays/pictures_store.hpp"
#include "essays/reach_out_store.hpp"
#include "essays/thanks_store.hpp"
#include "postgres.hpp"
#include "resources/database.hpp"

using namespace kith;
using namespace kith::essays;
using namespace kith::tests;
using namespace std::chrono_literals;

namespace {

Time const evening{std::chrono::microseconds(1'773'000'000'000'000)};

/// A database with two members, and what the stores need beside it.
class Shelf {
public:
    explicit Shelf(std::string const& url) : database({.url = url}) {
        std::vector<database::Migration> all;
        for (auto const& resources :
             {database_resources(), members_resources(), talk_resources(), essays_resources()})
            for (auto& migration : database::migrations_of(resources)) all.push_back(migration);
        database::migrate(database, all);
        write([this](database::Write& write) {
            ada = add_person(write, random, "Ada");
            ben = add_person(write, random, "Ben");
        });
    }
    template <class Work>
    void write(Work work) {
        database.write_now([&](database::Write& write) { work(write); });
    }
    Id<Essay> add(database::Write& write, Person const& author, std::string const& slug,
                  EssayState state, Time at, EssayAudience audience = EssayAudience::anyone) {
        EssayToAdd essay;
        essay.public_id = PublicId::make(random);
        essay.author = author.id;
        essay.slug = slug;
        essay.audience = audience;
        essay.version = 1;
        essay.at = at;
        essay.discussion = talk::open_discussion(
            write, {PublicId::make(random), essay_url(slug), talk::Audience::author, author.id});
        auto const id = insert_essay(write, essay, {{slug, "", "", "b"}, "<p>b</p>", "", 1});
        insert_version(write, id, {slug, "", "", "b"}, 1, at);
        update_state(write, id, state, at);
        return id;
    }
    std::vector<std::string> listed(Viewer const& viewer, Id<Essay> after = {}) {
        std::vector<std::string> slugs;
        database.read([&](database::Read& read) {
            for (auto const& line : list_essays(read, viewer, after, 10))
                slugs.push_back(line.slug);
        });
        return slugs;
    }
    bool reads(Viewer const& viewer, std::string const& slug) {
        return database.read(
            [&](database::Read& read) { return find_essay(read, viewer, slug).has_value(); });
    }

    SystemRandom random;
    database::Database database;
    Person ada, ben;
};

template <class Test>
void on_both(Test test) {
    for (auto const& fresh : databases_for_tests()) {
        CAPTURE(fresh.engine);
        Shelf shelf(fresh.url);
        test(shelf);
    }
}

using Slugs = std::vector<std::string>;

}  // namespace

TEST_CASE("published essays are listed newest first, page by page") {
    on_both([](Shelf& shelf) {
        Id<Essay> middle;
        shelf.write([&](database::Write& write) {
            shelf.add(write, shelf.ada, "one", EssayState::published, evening);
            middle = shelf.add(write, shelf.ada, "two", EssayState::published, evening + 1h);
            shelf.add(write, shelf.ada, "three", EssayState::published, evening + 1h);
            shelf.add(write, shelf.ada, "draft", EssayState::draft, evening + 2h);
        });
        CHECK(shelf.listed(Viewer::stranger()) == Slugs{"three", "two", "one"});
        CHECK(shelf.listed(Viewer::stranger(), middle) == Slugs{"one"});
    });
}

TEST_CASE("who may read an essay: state, audience and distance decide") {
    on_both([](Shelf& shelf) {
        shelf.write([&](database::Write& write) {
            shelf.add(write, shelf.ada, "open", EssayState::published, evening);
            shelf.add(write, shelf.ada, "inside", EssayState::published, evening,
                      EssayAudience::members);
            shelf.add(write, shelf.ada, "gone", EssayState::withdrawn, evening);
        });
        CHECK(shelf.listed(Viewer::stranger()) == Slugs{"open"});
        CHECK(shelf.listed(shelf.ben.viewer()).size() == 2);
        CHECK(shelf.reads(shelf.ada.viewer(), "gone"));
        CHECK_FALSE(shelf.reads(shelf.ben.viewer(), "gone"));
        CHECK_FALSE(shelf.reads({shelf.ben.id, Role::host}, "gone"));
        CHECK(shelf.reads(Viewer::server(), "gone"));
        shelf.write([&](database::Write& write) { separate(write, shelf.ada.id, shelf.ben.id); });
        CHECK(shelf.listed(shelf.ben.viewer()).empty());
        CHECK_FALSE(shelf.reads(shelf.ben.viewer(), "open"));
        CHECK(shelf.reads(Viewer::stranger(), "open"));
        shelf.database.read([&](database::Read& read) {
            CHECK(newest_texts(read, shelf.ben.viewer(), 9).empty());
            CHECK(newest_texts(read, Viewer::stranger(), 9).size() == 1);
        });
    });
}

TEST_CASE("an old address leads to the essay") {
    on_both([](Shelf& shelf) {
        shelf.write([&](database::Write& write) {
            auto const id = shelf.add(write, shelf.ada, "old", EssayState::published, evening);
            update_slug(write, id, "new");
        });
        shelf.database.read([&](database::Read& read) {
            auto const essay = find_essay(read, Viewer::stranger(), "old");
            REQUIRE(essay);
            CHECK(essay->slug == "new");
        });
    });
}

TEST_CASE("versions are kept up to their limit, a draft once, each for its author") {
    on_both([](Shelf& shelf) {
        Id<Essay> id;
        auto const most = static_cast<std::int64_t>(limits::essay_versions_max);
        shelf.write([&](database::Write& write) {
            id = shelf.add(write, shelf.ada, "one", EssayState::draft, evening);
            for (std::int64_t version = 2; version <= most + 3; ++version)
                insert_version(write, id, {"t", "", "", "b"}, version, evening);
            keep_draft(write, id, {"first", "", "", ""}, 1, evening);
            keep_draft(write, id, {"second", "", "", ""}, 2, evening + 1h);
        });
        shelf.database.read([&](database::Read& read) {
            CHECK(list_versions(read, shelf.ada.viewer(), id).size() == limits::essay_versions_max);
            CHECK(list_versions(read, shelf.ben.viewer(), id).empty());
            CHECK_FALSE(find_version(read, shelf.ben.viewer(), id, most));
            CHECK_FALSE(find_draft(read, shelf.ben.viewer(), id));
            auto const draft = find_draft(read, shelf.ada.viewer(), id);
            REQUIRE(draft);
            CHECK(draft->title == "second");
            CHECK(draft->version == 2);
            CHECK(list_unpublished(read, shelf.ada.viewer()).at(0).title == "second");
        });
    });
}

TEST_CASE("a picture is seen by whoever may read its essay") {
    on_both([](Shelf& shelf) {
        PictureRow picture{.id = {},
                           .public_id = PublicId::make(shelf.random),
                           .file = "f.jpg",
                           .type = "image/jpeg",
                           .width = 4,
                           .height = 3,
                           .alt = "Two chairs"};
        Id<Essay> id;
        shelf.write([&](database::Write& write) {
            id = shelf.add(write, shelf.ada, "one", EssayState::draft, evening);
            set_picture_above(write, id, insert_picture(write, id, picture, evening));
        });
        shelf.database.read([&](database::Read& read) {
            CHECK(find_picture(read, shelf.ada.viewer(), picture.public_id)->above);
            CHECK(find_picture_above(read, shelf.ada.viewer(), id)->alt == "Two chairs");
            CHECK_FALSE(find_picture(read, shelf.ben.viewer(), picture.public_id));
            CHECK(find_essay(read, shelf.ada.viewer(), "one")->picture_width == 4);
        });
        shelf.write([&](database::Write& write) {
            delete_picture(write, id, list_pictures(write, shelf.ada.viewer(), id).at(0).id);
        });
        shelf.database.read([&](database::Read& read) {
            CHECK(count_pictures(read, shelf.ada.viewer(), id) == 0);
            CHECK_FALSE(find_essay(read, shelf.ada.viewer(), "one")->picture_alt);
        });
    });
}

TEST_CASE("thanks: once by key, by link while it holds, received once") {
    on_both([](Shelf& shelf) {
        ThanksToAdd thanks{.public_id = PublicId::make(shelf.random),
                           .essay = {},
                           .sender = shelf.ada.id,
                           .receiver = {},
                           .by_mail = true,
                           .to_name = {},
                           .token_hash = "hash",
                           .note = "Thank you",
                           .idempotency_key = "key",
                           .sent_at = evening,
                           .expires_at = evening + 1h};
        shelf.write([&](database::Write& write) {
            thanks.essay = shelf.add(write, shelf.ada, "one", EssayState::published, evening);
            CHECK(insert_thanks(write, thanks));
            thanks.public_id = PublicId::make(shelf.random);
            thanks.token_hash = "other";
            CHECK_FALSE(insert_thanks(write, thanks));
        });
        shelf.write([&](database::Write& write) {
            auto const stranger = Viewer::stranger();
            CHECK_FALSE(find_thanks_by_link(write, stranger, "hash", evening + 1h));
            auto const found = find_thanks_by_link(write, stranger, "hash", evening);
            REQUIRE(found);
            CHECK(found->to_viewer);
            mark_received(write, found->id, evening);
            mark_received(write, found->id, evening + 5min);
            CHECK(find_thanks_by_link(write, stranger, "hash", evening)->received_at == evening);
            CHECK(thanks_for_today(write, shelf.ada.viewer(), evening - 1h).size() == 1);
            put_thanks_away(write, shelf.ada.viewer(), found->id);
            CHECK(thanks_for_today(write, shelf.ada.viewer(), evening - 1h).empty());
            expire_thanks(write, evening + 1h);
            CHECK_FALSE(find_thanks_by_link(write, stranger, "hash", evening));
        });
    });
}

TEST_CASE("letters are for the two; whoever can't go on sees them closed, without a name") {
    on_both([](Shelf& shelf) {
        ReachOutToAdd add;
        add.public_id = PublicId::make(shelf.random);
        add.recipient = shelf.ada.id;
        add.sender = shelf.ben.id;
        add.at = evening;
        shelf.write([&](database::Write& write) {
            auto const id = insert_reach_out(write, add);
            REQUIRE(id);
            insert_letter(write, *id, WrittenBy::sender, {"Hello", "<p>Hello</p>"}, evening);
            auto const cleo = add_person(write, shelf.random, "Cleo", Role::host);
            CHECK_FALSE(find_reach_out(write, {cleo.id, Role::host}, add.public_id));
            CHECK(count_waiting(write, shelf.ada.viewer()) == 1);
            auto const open = find_reach_out(write, shelf.ben.viewer(), add.public_id);
            REQUIRE(open);
            CHECK(open->other_name == "Ada");
            change_state(write, *id, LetterState::answered, evening + 1h);
            CHECK(answered_since(write, shelf.ben.viewer(), evening).size() == 1);
            separate(write, shelf.ada.id, shelf.ben.id);
            auto const closed = find_reach_out(write, shelf.ben.viewer(), add.public_id);
            REQUIRE(closed);
            CHECK(closed->state == LetterState::closed);
            CHECK(closed->other_name.empty());
            CHECK_FALSE(closed->other_id);
            CHECK(answered_since(write, shelf.ben.viewer(), evening).empty());
            CHECK(list_reach_outs(write, shelf.ada.viewer()).at(0).other_name.empty());
        });
    });
}

TEST_CASE("a guest's address is forgotten, and what was never confirmed goes") {
    on_both([](Shelf& shelf) {
        ReachOutToAdd add;
        add.public_id = PublicId::make(shelf.random);
        add.recipient = shelf.ada.id;
        add.guest_name = "Jo";
        add.guest_email = "jo@example.org";
        add.state = LetterState::waiting_for_email;
        add.at = evening;
        shelf.write([&](database::Write& write) {
            auto const id = insert_reach_out(write, add);
            insert_letter(write, *id, WrittenBy::sender, {"Hello", "<p>Hello</p>"}, evening);
            insert_link(write, *id, "hash", evening + limits::reach_out_link_age_max);
            auto const stranger = Viewer::stranger();
            CHECK(find_by_link(write, stranger, "hash", evening)->guest_email == "jo@example.org");
            CHECK_FALSE(find_reach_out(write, shelf.ada.viewer(), add.public_id));
            tidy_reach_outs(write, evening + limits::reach_out_confirmation_age_max);
            CHECK_FALSE(find_by_link(write, stranger, "hash", evening));

            add.public_id = PublicId::make(shelf.random);
            add.state = LetterState::received;
            auto const other = insert_reach_out(write, add);
            insert_link(write, *other, "second", evening + limits::reach_out_link_age_max);
            change_state(write, *other, LetterState::closed, evening);
            CHECK_FALSE(find_by_link(write, stranger, "second", evening)->guest_email);
        });
    });
}

TEST_CASE("erasing takes every word and address of a member's essays") {
    on_both([](Shelf& shelf) {
        shelf.write([&](database::Write& write) {
            auto const id = shelf.add(write, shelf.ada, "one", EssayState::published, evening);
            keep_draft(write, id, {"t", "", "", "b"}, 1, evening);
            erase_essays(write, shelf.ada.id);
            CHECK_FALSE(find_essay(write, Viewer::server(), "one"));
            auto const left = essays_of(write, Viewer::server(), shelf.ada.id);
            REQUIRE(left.size() == 1);
            CHECK(left[0].title.empty());
            CHECK(left[0].body.empty());
            CHECK(left[0].state == EssayState::withdrawn);
            CHECK(list_versions(write, Viewer::server(), id).empty());
        });
    });
}
