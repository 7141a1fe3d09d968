#include "circles/circle.hpp"

#include <doctest/doctest.h>

using namespace kith;
using namespace kith::circles;

TEST_CASE(
    "tags are the words between commas and line ends, each once, without regard to capitals") {
    web::Mistakes mistakes;
    auto const tags =
        tags_in({" Tagalog, sea swimming\n,, tagalog ", "", "ÜBEN, üben", ""}, mistakes);
    CHECK_FALSE(mistakes.any());
    CHECK(tags == std::vector<Tag>{{TagKind::culture, "Tagalog"},
                                   {TagKind::culture, "sea swimming"},
                                   {TagKind::experiences, "ÜBEN"}});
    CHECK(typed(tags, TagKind::culture) == "Tagalog, sea swimming");
}

TEST_CASE("at most twelve tags, each of at most forty characters") {
    web::Mistakes long_word;
    static_cast<void>(tags_in({std::string(41, 'a'), "", "", ""}, long_word));
    CHECK(long_word.any());
    web::Mistakes many;
    static_cast<void>(tags_in({"a,b,c,d,e,f,g", "a,b,c,d,e,f", "", ""}, many));
    CHECK(many.any());
    web::Mistakes fits;
    static_cast<void>(tags_in({"a,b,c,d,e,f", "a,b,c,d,e,f", "", std::string()}, fits));
    CHECK_FALSE(fits.any());
}

TEST_CASE("a circle needs a name, a purpose, an agreement, and a size that the host allows") {
    CircleForm form;
    form.name = " Quiet Mornings ";
    form.purpose = "Tea.";
    form.agreement = "Be kind.";
    CHECK(check_circle(form, 12).form.name == "Quiet Mornings");
    for (auto const size : {1, 13, 501}) {
        auto wrong = form;
        wrong.size_max = size;
        CHECK_THROWS_AS(check_circle(wrong, 12), Refusal);
    }
    for (auto const field : {&CircleForm::name, &CircleForm::purpose, &CircleForm::agreement}) {
        auto wrong = form;
        wrong.*field = "  ";
        CHECK_THROWS_AS(check_circle(wrong, 12), Refusal);
    }
}

TEST_CASE("a guided circle is kept by guides, any other by anybody") {
    CHECK_FALSE(may_keep(CircleKind::therapy, Role::member));
    CHECK(may_keep(CircleKind::therapy, Role::guide));
    CHECK(may_keep(CircleKind::friends, Role::member));
}
