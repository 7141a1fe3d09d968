// The body of a post: its first line is the content type, what follows is the body.
#include "base/limits.hpp"
#include "require.hpp"
#include "web/form.hpp"

namespace {

using namespace kith;

enum class Colour { plain, bright };
BOOST_DESCRIBE_ENUM(Colour, plain, bright)

struct EveryKind {
    std::string body;
    bool agreed = false;
    Colour colour = Colour::plain;
    std::int64_t count = 0;
    double share = 0;
    PublicId parent;
    std::optional<PublicId> other;
    std::vector<std::string> tags;
};
BOOST_DESCRIBE_STRUCT(EveryKind, (), (body, agreed, colour, count, share, parent, other, tags))

void check_fields(web::Fields const& fields) {
    fuzz::require(fields.values().size() <= limits::form_fields_max, "fields have a most");
    for (auto const& [name, value] : fields.values()) {
        fuzz::require(name.size() <= limits::form_name_bytes_max, "names have a longest");
        fuzz::require(value.find('\0') == value.npos, "no value holds a NUL");
        fuzz::require(value.find('\r') == value.npos, "line ends are plain");
        auto const again = web::url_decode(web::url_encode(value));
        fuzz::require(again == value, "what is encoded is decoded to the same");
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(unsigned char const* data, std::size_t size) {
    auto body = fuzz::text_of(data, size);
    auto const type = fuzz::take_line(body);
    try {
        auto const fields = web::parse_form(type, body);
        check_fields(fields);
        static_cast<void>(web::read_form<EveryKind>(fields));
    } catch (Refusal const&) {
        // Refusing is fine; whatever else is thrown ends the target.
    }
    return 0;
}
