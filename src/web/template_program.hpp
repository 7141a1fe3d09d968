#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "web/shape.hpp"
#include "web/template_parser.hpp"
#include "web/words.hpp"

namespace kith::web {

/// What of a value is meant: all of it, a face of a moment, or one choice.
enum class Facet : std::uint8_t { whole, iso, date, time, choice };

/// The way from a model to a value, found once: a slot, then hops; a hop may end in null.
struct ValuePath {
    using Hop = void const* (*)(void const*);
    /// `a.b.c` with each of them optional.
    static constexpr std::size_t hops_max = 6;

    Shape const* shape = nullptr;  ///< of the value; never optional
    std::uint32_t slot = 0;
    std::uint16_t choice = 0;
    Facet facet = Facet::whole;
    std::uint8_t hop_count = 0;
    std::array<Hop, hops_max> hops = {};
};

/// One thing to do while rendering. Small, since a page has thousands: what it is done with stands
/// in the program's lists.
struct TemplateStep {
    enum class Kind : std::uint8_t { text, value, section, inverted, partial, content, sentence };
    static constexpr std::uint32_t pushes_nothing = static_cast<std::uint32_t>(-1);

    Kind kind;
    std::uint32_t index = 0;              ///< in the list of its kind; section, inverted: in paths
    std::uint32_t end = 0;                ///< section, inverted: index behind its body
    std::uint32_t slot = pushes_nothing;  ///< section: where its value stands meanwhile
};

/// A sentence that something is put into.
struct TemplateSentence {
    Words::Handle sentence;
    std::vector<ValuePath> placeholders;
};

/// A template resolved against a stack of models.
struct Program {
    std::vector<TemplateStep> steps = {};
    std::size_t languages = 1;
    std::vector<std::string_view> texts = {};  ///< of each text step one for each language
    std::vector<ValuePath> paths = {};
    std::vector<TemplateSentence> sentences = {};
    std::vector<Program const*> partials = {};
};

/// A stack of models' shapes, the nearest last; each stands in it once. A deeper model of the
/// same shape can't be seen past the nearer one, and so even a recursive partial (a comment's
/// replies) has few stacks and each shape one slot while rendering.
using ShapeStack = std::vector<Shape const*>;

/// Puts `shape` on top of `stack`.
[[nodiscard]] ShapeStack pushed(ShapeStack stack, Shape const* shape);

/// Resolves templates into programs and keeps them. Not for use from several threads at once.
class Compiler {
public:
    Compiler(std::map<std::string, std::vector<TemplatePart>, std::less<>> const& templates,
             Words const& words)
        : templates_(templates), words_(words) {}

    /// The program of a template for a stack; throws TemplateFault.
    [[nodiscard]] Program const& program(std::string_view name, ShapeStack const& stack);
    /// The same if it is there already.
    [[nodiscard]] Program const* find(std::string_view name,
                                      std::span<Shape const* const> stack) const;

    [[nodiscard]] std::size_t slot(Shape const* shape);
    [[nodiscard]] std::size_t known_slot(Shape const* shape) const { return slots_.at(shape); }
    [[nodiscard]] std::size_t slot_count() const { return slots_.size(); }
    [[nodiscard]] std::set<std::string, std::less<>> const& used() const { return used_; }

private:
    struct KeyView {
        std::string_view name;
        std::span<Shape const* const> stack;
    };
    struct Key {
        std::string name;
        ShapeStack stack;
        operator KeyView() const { return {name, stack}; }
    };
    struct KeyLess {
        using is_transparent = void;
        bool operator()(KeyView const& left, KeyView const& right) const;
    };
    struct Place {
        std::string_view name;
        std::size_t line;
    };

    /// Text that nothing is put into, as it reads in each language.
    using Spoken = std::vector<std::string>;

    Program const& add_program(std::string_view name, ShapeStack const& stack);
    void add_steps(Program& program, std::string_view name, std::span<TemplatePart const> parts,
                   std::size_t first, std::size_t last, ShapeStack const& stack);
    void add_section(Program& program, std::string_view name, std::span<TemplatePart const> parts,
                     std::size_t index, ShapeStack const& stack);
    void add_text(Program& program, Spoken& spoken);
    void add_partial(Program& program, TemplatePart const& part, Place place,
                     ShapeStack const& stack);
    void add_value(Program& program, TemplatePart const& part, Place place,
                   ShapeStack const& stack);
    void add_sentence(Program& program, TemplatePart const& part, Place place,
                      ShapeStack const& stack);
    [[nodiscard]] bool is_plain(TemplatePart const& part, Place place) const;
    void say_plainly(Spoken& spoken, TemplatePart const& part) const;
    [[nodiscard]] ValuePath resolve(std::string_view name, Place place, ShapeStack const& stack);

    std::map<std::string, std::vector<TemplatePart>, std::less<>> const& templates_;
    Words const& words_;
    std::map<Key, std::unique_ptr<Program>, KeyLess> programs_;
    std::map<Shape const*, std::size_t> slots_;
    std::set<std::string, std::less<>> used_;
    std::set<std::string, std::less<>> texts_;  ///< each text of all programs once
    std::vector<Key> unfinished_;               ///< what the compilation under way has made
};

/// Runs programs: what stands in each slot, and where the output goes.
struct Rendering {
    std::string& out;
    Words const& words;
    std::size_t language;
    Reading const& reading;
    std::vector<void const*> slots;
    Program const* content = nullptr;  ///< what `{{> content}}` stands for
    std::size_t depth = 0;
};

void run(Rendering& rendering, Program const& program);

}  // namespace kith::web
