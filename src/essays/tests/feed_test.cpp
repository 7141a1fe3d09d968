#include "essays/feed.hpp"

#include <doctest/doctest.h>

#include <boost/property_tree/ptree.hpp>
#include <boost/property_tree/xml_parser.hpp>
#include <sstream>

#include "base/random.hpp"

using namespace kith;
using namespace kith::essays;

TEST_CASE("a feed is well-formed Atom, whatever was typed") {
    SystemRandom random;
    Feed feed{"Us & <them>", "en", "https://example.org", "/feed.atom", "/essays", {}};
    FeedEntry entry;
    entry.id = PublicId::make(random);
    entry.url = "https://example.org/essays/a-b";
    entry.title = "“]]>” & \"quotes\" \xEF\xBF\xBF";
    entry.author = "Ruth <b>";
    entry.html = "<p>It was <em>there</em>.</p>";
    entry.published_at = Time(std::chrono::microseconds(1'773'000'000'000'000));
    entry.edited_at = entry.published_at + std::chrono::hours(2);
    feed.entries.push_back(entry);

    std::istringstream text(atom_of(feed));
    boost::property_tree::ptree tree;
    boost::property_tree::read_xml(text, tree);
    auto const& root = tree.get_child("feed");
    CHECK(root.get<std::string>("<xmlattr>.xmlns") == "http://www.w3.org/2005/Atom");
    CHECK(root.get<std::string>("title") == "Us & <them>");
    CHECK(root.get<std::string>("id") == "https://example.org/feed.atom");
    CHECK(root.get<std::string>("updated") == "2026-03-08T22:00:00Z");
    auto const& first = root.get_child("entry");
    CHECK(first.get<std::string>("title") == "“]]>” & \"quotes\" ");
    CHECK(first.get<std::string>("author.name") == "Ruth <b>");
    CHECK(first.get<std::string>("content") == entry.html);
    CHECK(first.get<std::string>("content.<xmlattr>.type") == "html");
    CHECK(first.get<std::string>("published") == "2026-03-08T20:00:00Z");
    auto const id = first.get<std::string>("id");
    CHECK(id.starts_with("urn:uuid:"));
    CHECK(id.size() == 9 + 36);
}

TEST_CASE("an empty feed is a feed") {
    std::istringstream text(atom_of({"Us", "en", "https://example.org", "/f", "/essays", {}}));
    boost::property_tree::ptree tree;
    boost::property_tree::read_xml(text, tree);
    CHECK(tree.get_child("feed").count("entry") == 0);
}
