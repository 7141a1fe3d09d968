#pragma once
// A small HTTP client that keeps cookies, as a browser does: for route tests over real HTTP.

#include <boost/beast/http/verb.hpp>
#include <boost/json.hpp>
#include <map>
#include <string>
#include <vector>

namespace kith::tests {

namespace http = boost::beast::http;

/// What came back.
struct Reply {
    unsigned status = 0;
    std::map<std::string, std::string> headers;  ///< lower-case names; the last of several
    std::vector<std::string> cookies;            ///< each Set-Cookie
    std::string body;

    [[nodiscard]] std::string header(std::string const& name) const;
    [[nodiscard]] boost::json::value json() const;
    [[nodiscard]] bool has(std::string_view words) const;
};

using FormFields = std::vector<std::pair<std::string, std::string>>;

[[nodiscard]] std::string encode_form(FormFields const& fields);

/// One person's browser; a new one is a stranger.
class Browser {
public:
    explicit Browser(std::uint16_t port) : port_(port) {}

    Reply get(std::string const& target);
    Reply head(std::string const& target);
    Reply post(std::string const& target, FormFields const& fields = {});
    Reply get_json(std::string const& target);
    Reply post_json(std::string const& target, boost::json::value const& body);
    /// Follows a 303 to its page.
    Reply follow(Reply const& reply);

    Reply send(http::verb verb, std::string const& target, std::string const& body,
               std::string const& type);
    /// The head of the answer to a GET, and no more of it: a stream has no end.
    Reply get_head(std::string const& target);

    std::map<std::string, std::string> headers;  ///< sent with every request
    std::map<std::string, std::string> cookies;

private:
    std::uint16_t port_;
};

}  // namespace kith::tests
