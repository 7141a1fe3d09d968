// Pictures and questions with choices in conversations of a circle.
#include "base/limits.hpp"
#include "circles/own_words.hpp"
#include "circles_site.hpp"
#include "pictures.hpp"

using namespace kith;
using namespace kith::tests;

namespace {

FormFields const evenings{{"poll_question", "Which evening?"},
                          {"poll_choices", "Monday\nTuesday\nWednesday"}};

/// A circle of Ada, Ben and Cleo.
std::string circle_of_three(CirclesSite& house, FormFields const& fields = {}) {
    auto circle = house.make(house.ada, fields);
    house.join(house.ben, circle);
    house.join(house.cleo, circle);
    return circle;
}

Reply say_with_picture(CirclesSite& house, Person const& person, std::string const& conversation) {
    auto browser = house.as(person);
    return upload_files(browser, conversation + "/comments",
                        {{"body", "Look"}, {"about_picture_1", "A frosted fern"}},
                        {{"picture_1", one_pixel()}});
}

boost::json::value poll_of(CirclesSite& house, Person const& person,
                           std::string const& conversation) {
    return house.as(person).get_json(conversation).json().at("poll");
}

std::string poll_url(CirclesSite& house, std::string const& conversation) {
    return std::string(poll_of(house, house.ada, conversation).at("url").as_string());
}

std::int64_t count_polls(CirclesSite& house) {
    return house.write([](database::Write& write) {
        return database::number(write, database::Sql("select count(*) from polls"));
    });
}

}  // namespace

TEST_CASE("a conversation begins with a question, answered by who is in the circle") {
    on_both([](CirclesSite& house) {
        auto const circle = circle_of_three(house);
        auto const conversation = house.begin(house.ben, circle, evenings);
        auto const url = poll_url(house, conversation);
        auto cleo = house.as(house.cleo);
        CHECK(cleo.get(conversation).has("<legend dir=\"auto\">Which evening?</legend>"));
        CHECK(cleo.post(url + "/vote", {{"choice", "2"}})
                  .header("location")
                  .starts_with(conversation));
        CHECK(poll_of(house, house.cleo, conversation).at("choices").at(1).at("votes") == 1);
        CHECK(house.as(house.dan).post(url + "/vote", {{"choice", "2"}}).status == 404);
        CHECK(house.as(house.dan).get(url).body == CirclesSite::missing(house.as(house.dan)));
        CHECK(house.stranger().post(url + "/vote", {{"choice", "2"}}).status == 401);
        REQUIRE(house.as(house.ben).post(conversation + "/withdraw").status == 303);
        CHECK(cleo.get(url).status == 404);
        CHECK(count_polls(house) == 0);
    });
}

TEST_CASE("a question that is wrong keeps what was typed to begin a conversation") {
    CirclesSite house;
    auto const circle = circle_of_three(house);
    auto const reply =
        house.as(house.ben).post(circle + "/conversations", {{"title", "Meeting"},
                                                             {"body", "When?"},
                                                             {"poll_question", "Which evening?"},
                                                             {"poll_choices", "Monday"},
                                                             {"poll_many", "1"},
                                                             {"poll_ends", "week"}});
    CHECK(reply.status == 422);
    CHECK(reply.has("id=\"poll_choices-mistake\""));
    CHECK(reply.has("value=\"Which evening?\""));
    CHECK(reply.has("name=\"poll_many\" value=\"1\" checked"));
    CHECK(reply.has("value=\"week\" selected"));
    CHECK(count_polls(house) == 0);
}

TEST_CASE("a closed circle takes no answers, and goes with its questions and pictures") {
    on_both([](CirclesSite& house) {
        use_ready_worker(house.site);
        auto const circle = circle_of_three(house);
        auto const conversation = house.begin(house.ben, circle, evenings);
        auto const url = poll_url(house, conversation);
        REQUIRE(say_with_picture(house, house.ben, conversation).status == 303);
        REQUIRE(house.as(house.ada).post(circle + "/close").status == 303);
        CHECK(house.as(house.cleo).post(url + "/vote", {{"choice", "1"}}).status == 409);
        CHECK(poll_of(house, house.cleo, conversation).at("shows_results") == true);
        auto const copy = house.as(house.cleo).post(circle + "/copy");
        CHECK(copy.status == 200);
        CHECK(copy.has("pictures/"));
        house.site.clock.move(limits::circle_closed_time);
        circles::tidy(house.site.site());
        CHECK(count_polls(house) == 0);
        house.site.house().run_due_jobs();
        auto const folder = house.site.directory.path / "files";
        std::size_t files = 0;
        for (auto const& entry : std::filesystem::recursive_directory_iterator(folder))
            files += entry.is_regular_file() ? 1 : 0;
        CHECK(files == 0);
    });
}

TEST_CASE("whoever must wait for their next words can't send pictures sooner") {
    CirclesSite house;
    use_ready_worker(house.site);
    auto const circle = circle_of_three(house);
    auto const conversation = house.begin(house.ben, circle);
    REQUIRE(house.as(house.ada).post(conversation + "/slow", {{"minutes", "10"}}).status == 303);
    CHECK(say_with_picture(house, house.cleo, conversation).status == 303);
    CHECK(say_with_picture(house, house.cleo, conversation).status == 429);
}

TEST_CASE("who must accept the agreement first is told that pictures can't be kept on the way") {
    CirclesSite house;
    use_ready_worker(house.site);
    auto const circle = circle_of_three(house);
    auto const conversation = house.begin(house.ben, circle);
    auto const settings = CirclesSite::circle_form({{"agreement", "We listen."}});
    REQUIRE(house.as(house.ada).post(circle + "/settings", settings).status == 303);
    auto const reply = say_with_picture(house, house.cleo, conversation);
    CHECK(reply.status == 409);
    CHECK(reply.has("Your pictures could not be kept on the way."));
    CHECK(reply.has("A frosted fern"));
    CHECK_FALSE(house.as(house.ada).get(conversation).has("/comments/pictures/"));
}
