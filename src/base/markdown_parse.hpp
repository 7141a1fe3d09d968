#pragma once

#include <md4c.h>

#include <cstddef>
#include <exception>
#include <string>
#include <string_view>
#include <vector>

#include "base/markdown.hpp"

/// What the Markdown renderers share: parsing within bounds, and the blocks that are Kith's own.
namespace kith::markdown {

/// A stretch of an essay: plain Markdown, or the inside of a `:::` block.
struct Part {
    enum class Kind { plain, note, pull };
    Kind kind = Kind::plain;
    std::string note;  ///< the words after `::: note`
    std::string_view source;
};

/// Splits `source` at its `:::` blocks, which don't nest; one that never closes ends with the text.
[[nodiscard]] std::vector<Part> parts_of(std::string_view source);

/// An upper estimate of what md4c 0.4.8 needs for `source`, in about nanoseconds. It is quadratic
/// in the marks of one paragraph (links, autolinks) and in the depth of containers.
[[nodiscard]] std::size_t parse_cost(std::string_view source);

/// Above this the source is shown as typed.
inline constexpr std::size_t parse_cost_max = 30'000'000;

/// The text of an entity such as `&amp;` or `&#65;`; the entity itself if Kith doesn't know it.
[[nodiscard]] std::string entity_text(std::string_view entity);

/// The text of an attribute (an address, a title), entities resolved.
[[nodiscard]] std::string attribute_text(MD_ATTRIBUTE const& attribute);

/// Whether a link may lead to `target`: http, https, mailto, tel, or a path of this site.
[[nodiscard]] bool is_safe_address(std::string_view target);

/// Where `target` may lead: itself, percent-encoded where needed; empty when it isn't safe or too
/// long.
[[nodiscard]] std::string safe_link(std::string_view target);

/// Whether `target` is a picture of this site.
[[nodiscard]] bool is_own_picture(std::string_view target);

/// Throws std::logic_error unless `html` holds only the elements and attributes that rendering
/// makes, closed in order. The last line of defence: it never fires unless the renderer is wrong.
void check_markup(std::string_view html);

/// Whether md4c read all of `source` into `sink`; false when the sink had enough.
/// A sink has enter(MD_BLOCKTYPE, void*), leave(…), the same for MD_SPANTYPE, and
/// text(MD_TEXTTYPE, string_view); each returns false to stop.
template <typename Sink>
bool parse(std::string_view source, Sink& sink) {
    struct State {
        Sink& sink;
        std::exception_ptr error;  // md4c is C: nothing may be thrown through it
    };
    // md4c 0.4.8 goes on with the next block after a number above zero.
    static constexpr int stop = -1;
    auto guarded = [](void* data, auto step) -> int {
        State& state = *static_cast<State*>(data);
        try {
            return step(state.sink) ? 0 : stop;
        } catch (...) {
            state.error = std::current_exception();
            return stop;
        }
    };
    static constexpr auto call = guarded;
    MD_PARSER parser{};
    parser.flags = MD_FLAG_NOHTML | MD_FLAG_PERMISSIVEAUTOLINKS | MD_FLAG_NOINDENTEDCODEBLOCKS;
    parser.enter_block = [](MD_BLOCKTYPE type, void* detail, void* data) {
        return call(data, [&](Sink& to) { return to.enter(type, detail); });
    };
    parser.leave_block = [](MD_BLOCKTYPE type, void* detail, void* data) {
        return call(data, [&](Sink& to) { return to.leave(type, detail); });
    };
    parser.enter_span = [](MD_SPANTYPE type, void* detail, void* data) {
        return call(data, [&](Sink& to) { return to.enter(type, detail); });
    };
    parser.leave_span = [](MD_SPANTYPE type, void* detail, void* data) {
        return call(data, [&](Sink& to) { return to.leave(type, detail); });
    };
    parser.text = [](MD_TEXTTYPE type, MD_CHAR const* text, MD_SIZE size, void* data) {
        return call(data, [&](Sink& to) { return to.text(type, {text, size}); });
    };
    State state{sink, nullptr};
    int const result =
        md_parse(source.data(), static_cast<MD_SIZE>(source.size()), &parser, &state);
    if (state.error) std::rethrow_exception(state.error);
    return result == 0;
}

}  // namespace kith::markdown
