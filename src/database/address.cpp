#include "database/address.hpp"

#include <stdexcept>
#include <string_view>

namespace kith::database {

Address address_of(std::string const& url) {
    constexpr std::string_view sqlite = "sqlite://";
    if (url.starts_with(sqlite)) {
        std::string path = url.substr(sqlite.size());
        if (path.empty() || path.find('"') != std::string::npos) {
            throw std::runtime_error("the database's file path is empty or holds a quote: " + url);
        }
        return {Engine::sqlite, std::move(path)};
    }
    if (url.starts_with("postgresql://") || url.starts_with("postgres://")) {
        return {Engine::postgres, url};
    }
    // A URL may hold a password, so only its beginning is shown.
    throw std::runtime_error("a database's address begins with sqlite:// or postgresql://, not \"" +
                             url.substr(0, url.find(':')) + "\"");
}

}  // namespace kith::database
