// What was typed is there again, whatever became of the session, the network or the browser.
#include "community.hpp"
#include "postgres.hpp"

using namespace kith;
using namespace kith::tests;

namespace {

/// The key that a page's form sends without any script.
std::string key_in(Reply const& page, std::string const& action) {
    auto const form = page.body.find("action=\"" + action + "\"");
    REQUIRE(form != std::string::npos);
    std::string const before = "name=\"idempotency_key\" value=\"";
    auto const at = page.body.find(before, form);
    REQUIRE(at != std::string::npos);
    auto const begin = at + before.size();
    return page.body.substr(begin, page.body.find('"', begin) - begin);
}

std::size_t letters_in(Community& community, Person const& person, std::string const& url) {
    return community.as(person).get_json(url).json().at("letters").as_array().size();
}

}  // namespace

TEST_CASE("a session that ended on an essay for members loses no words") {
    Community community;
    community.write([](database::Write& write) { database::execute(write, let_guests_comment); });
    auto const open = community.publish();
    auto const closed = community.publish({{"audience", "members"}});
    auto stranger = community.stranger();
    for (auto const* form : {"/comments", "/reach-out"}) {
        for (auto const& path : {closed, open, std::string("/essays/was-never-there")}) {
            CAPTURE(path);
            auto const reply = stranger.post(path + form, {{"body", "Words of an hour"}});
            CHECK(reply.status == 401);
            CHECK(reply.has("Words of an hour"));
            CHECK(reply.has("name=\"resume_action\" value=\"" + path + form + "\""));
            CHECK(stranger.post_json(path + form, {{"body", "Words"}}).status == 401);
        }
    }
}

TEST_CASE("a letter that is sent again after a lost answer is there once") {
    for (auto const& fresh : databases_for_tests()) {
        CAPTURE(fresh.engine);
        Community community(fresh.url);
        auto const path = community.publish();
        auto member = community.as(community.member);
        auto author = community.as(community.author);
        auto const key = key_in(member.get(path + "/reach-out"), path + "/reach-out");
        FormFields const first{{"body", "May I ask?"}, {"idempotency_key", key}};
        auto const sent = member.post(path + "/reach-out", first);
        auto const url = sent.header("location").substr(0, sent.header("location").find('?'));
        CHECK(member.post(path + "/reach-out", first).status == 303);
        CHECK(member.get_json("/reach-outs").json().at("yours").as_array().size() == 1);

        CHECK(author.post(url + "/read").status == 303);
        auto const told = community.mailbox->notices().size();
        FormFields const answer{{"body", "You may."},
                                {"idempotency_key", key_in(author.get(url), url + "/answer")}};
        CHECK(author.post(url + "/answer", answer).status == 303);
        CHECK(author.post(url + "/answer", answer).status == 303);
        CHECK(letters_in(community, community.member, url) == 2);
        CHECK(community.mailbox->notices().size() == told + 1);
        // It arrived, so it is no conflict that the other has closed the exchange meanwhile.
        CHECK(member.post(url + "/close").status == 303);
        CHECK(author.post(url + "/answer", answer).status == 303);
        CHECK(author.post(url + "/answer", {{"body", "More"}, {"idempotency_key", "n"}}).status ==
              409);
        CHECK(letters_in(community, community.member, url) == 2);
    }
}

TEST_CASE("a guest's letters are there once, and mailed once") {
    for (auto const& fresh : databases_for_tests()) {
        CAPTURE(fresh.engine);
        Community community(fresh.url);
        auto const path = community.publish();
        auto guest = community.stranger();
        auto const letter = [&](std::string const& email) {
            return guest.post(
                path + "/reach-out",
                {{"body", "Hello"}, {"name", "Jo"}, {"email", email}, {"idempotency_key", "k1"}});
        };
        auto const first = letter("jo@example.org");
        auto const again = letter("Jo@example.org");
        CHECK(first.status == 303);
        CHECK(again.header("location") == first.header("location"));
        CHECK(community.mailbox->mails().size() == 1);
        auto const link = community.mailbox->last_path();
        CHECK(letter("someone.else@example.org").status == 303);
        CHECK(community.mailbox->mails().size() == 2);

        CHECK(guest.post(link + "/confirm").status == 303);
        FormFields const further{{"body", "One more thing"},
                                 {"idempotency_key", key_in(guest.get(link), link + "/answer")}};
        CHECK(guest.post(link + "/answer", further).status == 303);
        CHECK(guest.post(link + "/answer", further).status == 303);
        CHECK(guest.get_json(link).json().at("letters").as_array().size() == 2);
    }
}

TEST_CASE("thanks are sent once without any script, and a mistake keeps the key") {
    Community community;
    auto const path = community.publish();
    auto member = community.as(community.member);
    auto const key = key_in(member.get(path), path + "/thanks");
    CHECK(key != key_in(member.get(path), path + "/thanks"));
    auto const wrong =
        member.post(path + "/thanks", {{"to", ""}, {"note", "Thanks"}, {"idempotency_key", key}});
    CHECK(wrong.status == 422);
    CHECK(key_in(wrong, path + "/thanks") == key);
    for (int i = 0; i < 2; ++i)
        CHECK(member
                  .post(path + "/thanks",
                        {{"to", "Olu Other"}, {"note", "Thanks"}, {"idempotency_key", key}})
                  .status == 303);
    CHECK(member.get_json("/thanks").json().at("sent").as_array().size() == 1);
}

TEST_CASE("an essay that is sent again after a lost answer is published once") {
    for (auto const& fresh : databases_for_tests()) {
        CAPTURE(fresh.engine);
        Community community(fresh.url);
        auto author = community.as(community.author);
        auto const key = key_in(author.get("/essays/new"), "/essays/new");
        FormFields form{{"title", "Once"}, {"body", "Words."}, {"idempotency_key", key}};
        auto const listed = [&] {
            return community.stranger().get_json("/essays").json().at("items").as_array().size();
        };
        CHECK(author.post("/essays/new", form).status == 303);
        CHECK(listed() == 0);
        form.emplace_back("publish", "1");
        auto const first = author.post("/essays/new", form);
        auto const again = author.post("/essays/new", form);
        CHECK(first.status == 303);
        CHECK(again.header("location") == first.header("location"));
        CHECK(listed() == 1);
        // Nothing is taken for something else, and nothing of anybody else's is found.
        CHECK(author
                  .post("/essays/new", {{"title", "Another"},
                                        {"body", "Other words."},
                                        {"publish", "1"},
                                        {"idempotency_key", key}})
                  .status == 303);
        CHECK(listed() == 2);
        auto steward = community.as(community.steward);
        CHECK(steward.post("/essays/new", form).status == 303);
        CHECK(listed() == 3);
    }
}

TEST_CASE("a draft that is kept on the way and the essay that it becomes are one") {
    Community community;
    auto author = community.as(community.author);
    FormFields form{{"title", "One"}, {"body", "Half a"}, {"idempotency_key", "k1"}};
    auto const first = author.post("/essays/draft", form);
    auto const again = author.post("/essays/draft", form);
    CHECK(again.header("location") == first.header("location"));
    CHECK(author.get_json("/essays").json().at("own").as_array().size() == 1);
    form[1].second = "Half a sentence, and the rest.";
    form.emplace_back("publish", "1");
    CHECK(author.post("/essays/new", form).status == 303);
    CHECK(author.get_json("/essays").json().at("own").as_array().empty());
    CHECK(author.get_json("/essays").json().at("items").as_array().size() == 1);
}

TEST_CASE("changes that are sent again after a lost answer are no conflict") {
    Community community;
    auto author = community.as(community.author);
    auto const path = community.publish();
    FormFields form{{"title", "A cup on the table"}, {"version", "1"}, {"body", "At eight."}};
    auto const first = author.post(path + "/edit", form);
    auto const again = author.post(path + "/edit", form);
    CHECK(first.status == 303);
    CHECK(again.status == 303);
    CHECK(again.header("location") == first.header("location"));
    CHECK(author.get_json(path + "/edit").json().at("version") == 2);
    form.emplace_back("audience", "members");
    CHECK(author.post(path + "/edit", form).status == 409);
    form.pop_back();
    form[2].second = "At nine.";
    CHECK(author.post(path + "/edit", form).status == 409);
}

TEST_CASE("a preview without a script leads back to the editor with every field") {
    Community community;
    auto author = community.as(community.author);
    auto const path = community.publish();
    auto const id = std::string(author.get_json(path).json().at("id").as_string());
    CHECK(author.get(path + "/edit").has("name=\"essay\" value=\"" + id + "\""));
    FormFields const typed{{"essay", id},
                           {"version", "1"},
                           {"title", "Cups & \"saucers\""},
                           {"summary", "In short"},
                           {"content_note", "a hospital"},
                           {"body", "One.\n\n<b>Two</b>."},
                           {"audience", "members"},
                           {"comments_closed", "1"},
                           {"new_address", "1"}};
    auto const preview = author.post("/essays/preview", typed);
    CHECK(preview.status == 200);
    CHECK(preview.has("action=\"/essays/write-on\""));
    CHECK(preview.has("name=\"body\" value=\"One.\n\n&lt;b&gt;Two&lt;/b&gt;.\""));
    for (auto const& [name, value] : typed) CHECK_MESSAGE(preview.has("name=\"" + name), name);
    auto const editor = author.post("/essays/write-on", typed);
    CHECK(editor.status == 200);
    CHECK(editor.has("action=\"" + path + "/edit\""));
    CHECK(editor.has("value=\"Cups &amp; &quot;saucers&quot;\""));
    CHECK(editor.has("One.\n\n&lt;b&gt;Two&lt;/b&gt;.</textarea>"));
    CHECK(editor.has("value=\"members\" checked"));
    CHECK(editor.has("name=\"comments_closed\" value=\"1\" checked"));
    CHECK(editor.has("name=\"new_address\" value=\"1\" checked"));
    CHECK(community.stranger().get(path).has("at seven"));
    CHECK(author.post_json("/essays/preview", {{"body", "x"}}).json().at("carried").is_null());
}

TEST_CASE("back from the preview of a new essay its key is the same; others find no editor") {
    Community community;
    auto author = community.as(community.author);
    FormFields const typed{{"title", "New"}, {"body", "Words."}, {"idempotency_key", "k1"}};
    CHECK(key_in(author.post("/essays/preview", typed), "/essays/write-on") == "k1");
    CHECK(key_in(author.post("/essays/write-on", typed), "/essays/new") == "k1");
    auto const path = community.publish();
    auto const id = std::string(author.get_json(path).json().at("id").as_string());
    auto steward = community.as(community.steward);
    CHECK(steward.post("/essays/write-on", {{"essay", id}, {"body", "x"}}).status == 404);
    CHECK(steward.post("/essays/write-on", {{"essay", "x"}, {"body", "x"}}).status == 404);
    CHECK(community.as(community.member).post("/essays/write-on", typed).status == 404);
    auto const stranger = community.stranger().post("/essays/write-on", typed);
    CHECK(stranger.status == 401);
    CHECK(stranger.has("Words."));
}
