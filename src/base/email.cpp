#include "base/email.hpp"

#include <algorithm>

#include "base/limits.hpp"

namespace kith {
namespace {

constexpr std::size_t local_bytes_max = 64;  // RFC 5321, 4.5.3.1.1
constexpr std::size_t label_bytes_max = 63;  // RFC 1035, 2.3.4

bool is_word(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/// RFC 5322, 3.2.3: a dot-atom.
bool valid_local(std::string_view local) {
    if (local.empty() || local.size() > local_bytes_max) return false;
    if (local.front() == '.' || local.back() == '.') return false;
    if (local.find("..") != local.npos) return false;
    return std::ranges::all_of(local, [](char c) {
        return is_word(c) ||
               std::string_view("!#$%&'*+-/=?^_`{|}~.").find(c) != std::string_view::npos;
    });
}

bool valid_label(std::string_view label) {
    if (label.empty() || label.size() > label_bytes_max) return false;
    if (label.front() == '-' || label.back() == '-') return false;
    return std::ranges::all_of(label, [](char c) { return is_word(c) || c == '-'; });
}

bool valid_host(std::string_view host) {
    if (host == "localhost") return true;
    std::size_t labels = 0;
    for (bool last = false; !last; ++labels) {
        std::size_t const dot = host.find('.');
        last = dot == host.npos;
        if (!valid_label(host.substr(0, dot))) return false;
        if (!last) host.remove_prefix(dot + 1);
    }
    return labels > 1;
}

}  // namespace

bool valid_email(std::string_view address) {
    if (address.size() > limits::email_bytes_max) return false;
    std::size_t const at = address.find('@');
    if (at == address.npos) return false;
    return valid_local(address.substr(0, at)) && valid_host(address.substr(at + 1));
}

}  // namespace kith
