#include "web/call.hpp"

#include <algorithm>
#include <stdexcept>

namespace kith::web {

std::string_view Site::static_url(std::string_view name) const {
    for (auto const& file : static_files)
        if (file.name == name) return file.url;
    throw std::logic_error("no such static file: " + std::string(name));
}

Call::Call(Site& the_site, HttpRequest the_request)
    : site(the_site), request(std::move(the_request)), now_(the_site.now()) {}

std::string const& Call::parameter(std::string const& name) const { return parameters.at(name); }

PublicId Call::id(std::string const& name) const {
    auto id = PublicId::parse(parameter(name));
    if (!id) throw Refusal::not_found();
    return *std::move(id);
}

database::Read& Call::read() const {
    if (!read_) throw std::logic_error("no read transaction here: use the deed's own");
    return *read_;
}

Reading Call::reading() const { return make_reading(site.words, language, visitor.zone, now_); }

std::string Call::say(std::string_view key, std::initializer_list<WordArgument> arguments) const {
    return site.words.say(reading(), key, arguments);
}

std::string Call::say(std::string_view key,
                      std::vector<std::pair<std::string, std::string>> const& arguments) const {
    return site.words.say(language, key, arguments);
}

bool Call::failed(std::string_view post_pattern) const {
    return failure && failure->pattern == post_pattern;
}

Field Call::field(std::string_view post_pattern, std::string const& name,
                  std::string initial) const {
    if (!failed(post_pattern)) return {std::move(initial), std::nullopt};
    auto const* typed = form.find(name);
    Field field{typed ? *typed : std::string(), std::nullopt};
    for (auto const& line : failure->sentences)
        if (line.field == name) field.mistake = line.sentence;
    return field;
}

std::string Call::once_key(std::string_view post_pattern) const {
    auto const* sent = failed(post_pattern) ? form.find("idempotency_key") : nullptr;
    return sent && !sent->empty() ? *sent : PublicId::make(site.random).text();
}

std::string Call::actor() const {
    if (visitor.viewer.signed_in()) return "member " + std::to_string(visitor.viewer.member.value);
    // An IPv6 customer holds a /64: the network is the actor, not one of its addresses.
    auto const& peer = request.peer;
    if (peer.find(':') == std::string::npos) return "network " + peer;
    std::size_t end = 0;
    for (int groups = 0; groups < 4 && end != std::string::npos; ++groups)
        end = peer.find(':', end + 1);
    return "network " + peer.substr(0, end);
}

std::string Call::then_path(std::string fallback) const {
    auto const* then = form.find("then");
    if (!then) then = query.find("then");
    if (then && is_own_path(*then)) return *then;
    return fallback;
}

bool is_own_path(std::string_view path) {
    // Browsers read "//host" and "/\host" as another site, and drop tabs and line ends before.
    auto const astray = [](unsigned char c) { return c <= 0x20 || c == 0x7f || c == '\\'; };
    return path.starts_with('/') && !path.starts_with("//") && path.size() < 2000 &&
           std::ranges::none_of(path, astray);
}

}  // namespace kith::web
