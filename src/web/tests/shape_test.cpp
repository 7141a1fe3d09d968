#include "web/shape.hpp"

#include <doctest/doctest.h>

namespace kith::web::shape_test {

enum class Status { draft, published, withdrawn };
BOOST_DESCRIBE_ENUM(Status, draft, published, withdrawn)

struct Named {
    std::string name;
};
BOOST_DESCRIBE_STRUCT(Named, (), (name))

struct Comment : Named {
    Status status = Status::published;
    std::optional<int> likes;
    std::vector<Comment> replies;
    Time at;
    Html body;
    bool mine = false;
    double weight = 0;
};
BOOST_DESCRIBE_STRUCT(Comment, (Named), (status, likes, replies, at, body, mine, weight))

namespace {

using Kind = Shape::Kind;

Comment some_comment() {
    Comment comment;
    comment.name = "Rosa";
    comment.status = Status::withdrawn;
    comment.likes = 3;
    comment.replies.resize(2);
    comment.replies[1].name = "Ben";
    return comment;
}

TEST_CASE("a described struct names its members, inherited ones too") {
    auto const& shape = shape_of<Comment>();
    CHECK(shape.kind == Kind::object);
    CHECK(shape.members.size() == 8);
    REQUIRE(shape.member("name") != nullptr);
    CHECK(shape.member("name")->shape().kind == Kind::text);
    CHECK(shape.member("body")->shape().kind == Kind::html);
    CHECK(shape.member("at")->shape().kind == Kind::time);
    CHECK(shape.member("mine")->shape().kind == Kind::boolean);
    CHECK(shape.member("weight")->shape().kind == Kind::real);
    CHECK(shape.member("nothing") == nullptr);
}

TEST_CASE("a shape's type has the name that the API gives it") {
    CHECK(shape_of<Comment>().name == "web.shape_test.Comment");
    CHECK(shapes::name_of("kith::(anonymous namespace)::Page<int>") == "Page_int_");
}

TEST_CASE("accessors reach what they name") {
    auto const comment = some_comment();
    auto const& shape = shape_of<Comment>();
    auto const* name = shape.member("name");
    CHECK(name->shape().text(name->in(&comment)) == "Rosa");
    auto const* likes = shape.member("likes");
    auto const* inside = likes->shape().inside(likes->in(&comment));
    REQUIRE(inside != nullptr);
    CHECK(likes->shape().element().number(inside) == 3);
    CHECK(likes->shape().inside(likes->in(&comment.replies[0])) == nullptr);
}

TEST_CASE("a comment's replies are comments") {
    auto const comment = some_comment();
    auto const* replies = shape_of<Comment>().member("replies");
    auto const& list = replies->shape();
    CHECK(list.kind == Kind::list);
    CHECK(&list.element() == &shape_of<Comment>());
    REQUIRE(list.size(replies->in(&comment)) == 2);
    auto const* second = static_cast<Comment const*>(list.at(replies->in(&comment), 1));
    CHECK(second->name == "Ben");
}

TEST_CASE("a choice tells its name and its place among the choices") {
    auto const& shape = shape_of<Status>();
    auto const status = Status::withdrawn;
    CHECK(shape.kind == Kind::choice);
    CHECK(shape.text(&status) == "withdrawn");
    CHECK(shape.chosen(&status) == 2);
    CHECK(shape.choice("draft") == 0);
    CHECK(shape.choice("lost") == Shape::no_choice);
    auto const none = static_cast<Status>(7);
    CHECK(shape.chosen(&none) == Shape::no_choice);
    CHECK(shape.text(&none).empty());
}

}  // namespace

}  // namespace kith::web::shape_test
