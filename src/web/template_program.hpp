#pragma once

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
    std::size_t slot = 0;
    std::vector<void const* (*)(void const*)> hops = {};
    Shape const* shape = nullptr;  ///< of the value; never optional
    Facet facet = Facet::whole;
    std::size_t choice = 0;
};

struct Program;

/// One thing to do while rendering.
struct TemplateStep {
    enum class Kind { text, value, section, inverted, partial, content, sentence };

    Kind kind;
    std::string text = {};                     ///< text
    ValuePath path = {};                       ///< value, section, inverted
    std::size_t end = 0;                       ///< section, inverted: index behind its body
    std::size_t pushes_slot = 0;               ///< section: where its value stands meanwhile
    bool pushes = false;                       ///< section
    Program const* program = nullptr;          ///< partial
    Words::Handle sentence = 0;                ///< sentence
    std::vector<ValuePath> placeholders = {};  ///< sentence
};

/// A template resolved against a stack of models.
struct Program {
    std::vector<TemplateStep> steps;
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

    Program const& add_program(std::string_view name, ShapeStack const& stack);
    void add_steps(Program& program, std::string_view name, std::span<TemplatePart const> parts,
                   std::size_t first, std::size_t last, ShapeStack const& stack);
    void add_section(Program& program, std::string_view name, std::span<TemplatePart const> parts,
                     std::size_t index, ShapeStack const& stack);
    [[nodiscard]] TemplateStep partial(TemplatePart const& part, Place place,
                                       ShapeStack const& stack);
    [[nodiscard]] TemplateStep value(TemplatePart const& part, Place place,
                                     ShapeStack const& stack);
    [[nodiscard]] TemplateStep sentence(TemplatePart const& part, Place place,
                                        ShapeStack const& stack);
    [[nodiscard]] ValuePath resolve(std::string_view name, Place place, ShapeStack const& stack);

    std::map<std::string, std::vector<TemplatePart>, std::less<>> const& templates_;
    Words const& words_;
    std::map<Key, std::unique_ptr<Program>, KeyLess> programs_;
    std::map<Shape const*, std::size_t> slots_;
    std::set<std::string, std::less<>> used_;
    std::vector<Key> unfinished_;  ///< what the compilation under way has made
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
