#include "essays/feed.hpp"

#include <algorithm>

#include "base/base64url.hpp"
#include "base/text.hpp"
#include "web/moment.hpp"

namespace kith::essays {
namespace {

/// `text` as XML 1.0 allows it in an element or attribute: some of Unicode isn't in it.
std::string xml(std::string_view text) {
    std::string clean;
    while (!text.empty()) {
        auto const code_point = next_code_point(text);
        bool const allowed = code_point &&
                             (*code_point >= 0x20 || *code_point == '\n' || *code_point == '\t') &&
                             *code_point != 0xFFFE && *code_point != 0xFFFF;
        if (allowed) append_utf8(clean, *code_point);
    }
    return escape_html(clean);
}

std::string moment(Time at) {
    std::string out;
    web::write_rfc3339(out, at);
    return out;
}

std::string element(std::string_view name, std::string_view text) {
    return "<" + std::string(name) + ">" + xml(text) + "</" + std::string(name) + ">\n";
}

std::string link(std::string_view relation, std::string_view type, std::string const& url) {
    return "<link rel=\"" + std::string(relation) + "\" type=\"" + std::string(type) +
           "\" href=\"" + xml(url) + "\"/>\n";
}

/// An essay's 128 random bits in the spelling of a UUID: an id that holds no address.
std::string urn_of(PublicId const& id) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string urn = "urn:uuid:";
    auto const bytes = from_base64url(id.text());
    for (std::size_t i = 0; bytes && i < bytes->size(); ++i) {
        if (i == 4 || i == 6 || i == 8 || i == 10) urn += '-';
        auto const byte = std::to_integer<unsigned>((*bytes)[i]);
        urn += digits[byte >> 4U];
        urn += digits[byte & 15U];
    }
    return urn;
}

void add_entry(std::string& out, FeedEntry const& entry) {
    out += "<entry>\n";
    out += element("id", urn_of(entry.id));
    out += element("title", entry.title);
    out += link("alternate", "text/html", entry.url);
    out += element("published", moment(entry.published_at));
    out += element("updated", moment(std::max(entry.published_at, entry.edited_at)));
    out += "<author>" + element("name", entry.author) + "</author>\n";
    if (!entry.summary.empty()) out += element("summary", entry.summary);
    if (!entry.html.empty()) out += "<content type=\"html\">" + xml(entry.html) + "</content>\n";
    out += "</entry>\n";
}

}  // namespace

std::string atom_of(Feed const& feed) {
    Time updated{};
    for (auto const& entry : feed.entries)
        updated = std::max({updated, entry.published_at, entry.edited_at});
    std::string out = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n";
    out += "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"" + xml(feed.language) +
           "\" xml:base=\"" + xml(feed.site_url) + "/\">\n";
    out += element("id", feed.site_url + feed.path);
    out += element("title", feed.title);
    out += element("updated", moment(updated));
    out += link("self", "application/atom+xml", feed.site_url + feed.path);
    out += link("alternate", "text/html", feed.site_url + feed.page_path);
    for (auto const& entry : feed.entries) add_entry(out, entry);
    return out + "</feed>\n";
}

}  // namespace kith::essays
