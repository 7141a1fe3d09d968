#include <algorithm>
#include <array>
#include <functional>

#include "web/template.hpp"
#include "web/template_program.hpp"

namespace kith::web {

namespace {

using Part = TemplatePart::Kind;
using Step = TemplateStep::Kind;
using Kind = Shape::Kind;

constexpr std::string_view content_partial = "content";

std::string_view take_first(std::string_view& rest) {
    auto const dot = rest.find('.');
    auto const first = rest.substr(0, dot);
    rest.remove_prefix(dot == rest.npos ? rest.size() : dot + 1);
    return first;
}

std::string described(Shape const& shape) {
    static constexpr std::array<std::string_view, 10> names{
        "a text", "a number", "a number", "a truth", "a moment",
        "markup", "a choice", "optional", "a list",  ""};
    return shape.name.empty() ? std::string(names.at(static_cast<std::size_t>(shape.kind)))
                              : shape.name;
}

[[noreturn]] void fault(std::string_view name, std::size_t line, std::string const& why) {
    throw TemplateFault(template_place(name, line) + why);
}

std::string missing(std::string_view name, ShapeStack const& stack) {
    std::string sentence = "'" + std::string(name) + "' isn't in ";
    for (std::size_t i = stack.size(); i-- > 0;) {
        sentence += described(*stack[i]);
        if (i > 0) sentence += ", ";
    }
    return sentence;
}

void hop(ValuePath& path, ValuePath::Hop to) {
    if (path.hop_count == ValuePath::hops_max)
        throw TemplateFault("a name leads further than ValuePath::hops_max");
    path.hops.at(path.hop_count) = to;
    ++path.hop_count;
}

void unwrap_optional(ValuePath& path) {
    if (path.shape->kind != Kind::optional) return;
    hop(path, path.shape->inside);
    path.shape = &path.shape->element();
}

/// Follows one more name from where `path` stands (not at an optional); false if it isn't there.
bool follow(ValuePath& path, std::string_view name) {
    if (path.facet != Facet::whole) return false;
    auto const kind = path.shape->kind;
    if (kind == Kind::object) {
        auto const* member = path.shape->member(name);
        if (member == nullptr) return false;
        hop(path, member->in);
        path.shape = &member->shape();
        return true;
    }
    if (kind == Kind::time) {
        if (name == "iso") path.facet = Facet::iso;
        if (name == "date") path.facet = Facet::date;
        if (name == "time") path.facet = Facet::time;
    }
    if (kind == Kind::choice && path.shape->choice(name) != Shape::no_choice) {
        path.facet = Facet::choice;
        path.choice = static_cast<std::uint16_t>(path.shape->choice(name));
    }
    return path.facet != Facet::whole;
}

/// Where the next of `list` will stand.
template <class List>
std::uint32_t index_in(List const& list) {
    return static_cast<std::uint32_t>(list.size());
}

}  // namespace

ShapeStack pushed(ShapeStack stack, Shape const* shape) {
    std::erase(stack, shape);
    stack.push_back(shape);
    return stack;
}

bool Compiler::KeyLess::operator()(KeyView const& left, KeyView const& right) const {
    if (left.name != right.name) return left.name < right.name;
    return std::ranges::lexicographical_compare(left.stack, right.stack, std::less<>{});
}

std::size_t Compiler::slot(Shape const* shape) {
    return slots_.try_emplace(shape, slots_.size()).first->second;
}

Program const* Compiler::find(std::string_view name, std::span<Shape const* const> stack) const {
    auto const found = programs_.find(KeyView{name, stack});
    return found == programs_.end() ? nullptr : found->second.get();
}

Program const& Compiler::program(std::string_view name, ShapeStack const& stack) {
    if (auto const* known = find(name, stack)) return *known;
    unfinished_.clear();
    try {
        return add_program(name, stack);
    } catch (...) {
        // Half a program must never run, nor any that calls it: what this call made goes.
        for (auto const& key : unfinished_) programs_.erase(programs_.find(key));
        throw;
    }
}

Program const& Compiler::add_program(std::string_view name, ShapeStack const& stack) {
    auto const source = templates_.find(name);
    if (source == templates_.end())
        throw TemplateFault("there is no template '" + std::string(name) + "'");
    used_.insert(std::string(name));
    for (auto const* shape : stack) static_cast<void>(slot(shape));
    // Known before it is whole, so that a partial may hold itself.
    auto const [entry, added] =
        programs_.emplace(Key{std::string(name), stack}, std::make_unique<Program>());
    unfinished_.push_back(entry->first);
    Program whole{.languages = words_.languages().size()};
    add_steps(whole, name, source->second, 0, source->second.size(), stack);
    *entry->second = std::move(whole);
    return *entry->second;
}

// Text and sentences that nothing is put into make one step, however many stand side by side.
void Compiler::add_steps(Program& program, std::string_view name,
                         std::span<TemplatePart const> parts, std::size_t first, std::size_t last,
                         ShapeStack const& stack) {
    Spoken spoken(program.languages);
    for (auto i = first; i < last; ++i) {
        auto const& part = parts[i];
        Place const place{name, part.line};
        if (is_plain(part, place)) {
            say_plainly(spoken, part);
            continue;
        }
        add_text(program, spoken);
        switch (part.kind) {
            case Part::value: add_value(program, part, place, stack); break;
            case Part::partial: add_partial(program, part, place, stack); break;
            case Part::sentence: add_sentence(program, part, place, stack); break;
            case Part::section:
            case Part::inverted:
                add_section(program, name, parts, i, stack);
                i = part.end;
                break;
            case Part::text:
            case Part::end: break;
        }
    }
    add_text(program, spoken);
}

bool Compiler::is_plain(TemplatePart const& part, Place place) const {
    if (part.kind == Part::text) return true;
    if (part.kind != Part::sentence) return false;
    if (!words_.has(part.text))
        fault(place.name, place.line, "there is no sentence '" + part.text + "' in English");
    return words_.placeholders(words_.find(part.text)).empty();
}

void Compiler::say_plainly(Spoken& spoken, TemplatePart const& part) const {
    for (std::size_t language = 0; language < spoken.size(); ++language) {
        if (part.kind == Part::text) {
            spoken[language] += part.text;
        } else {
            words_.write(spoken[language], words_.find(part.text), language, {}, {},
                         Escaping::html);
        }
    }
}

void Compiler::add_text(Program& program, Spoken& spoken) {
    if (std::ranges::all_of(spoken, &std::string::empty)) return;
    program.steps.push_back({Step::text, index_in(program.texts)});
    for (auto& text : spoken) {
        program.texts.push_back(*texts_.insert(std::move(text)).first);
        text.clear();
    }
}

void Compiler::add_section(Program& program, std::string_view name,
                           std::span<TemplatePart const> parts, std::size_t index,
                           ShapeStack const& stack) {
    auto const& part = parts[index];
    Place const place{name, part.line};
    auto const path = resolve(part.text, place, stack);
    TemplateStep step{part.kind == Part::section ? Step::section : Step::inverted,
                      index_in(program.paths)};
    if (path.facet != Facet::whole && path.facet != Facet::choice)
        fault(name, part.line, "'" + part.text + "' is always there: ask for the moment itself");
    if (path.facet == Facet::whole && path.shape->kind == Kind::choice)
        fault(name, part.line, "'" + part.text + "' is a choice: ask for one of its names");
    auto inner = stack;
    bool const says_only_whether = path.facet == Facet::choice || path.shape->kind == Kind::boolean;
    if (step.kind == Step::section && !says_only_whether) {
        auto const* shape = path.shape->kind == Kind::list ? &path.shape->element() : path.shape;
        inner = pushed(stack, shape);
        step.slot = static_cast<std::uint32_t>(slot(shape));
    }
    auto const at = program.steps.size();
    program.paths.push_back(path);
    program.steps.push_back(step);
    add_steps(program, name, parts, index + 1, part.end, inner);
    program.steps[at].end = index_in(program.steps);
}

void Compiler::add_partial(Program& program, TemplatePart const& part, Place place,
                           ShapeStack const& stack) {
    if (part.text == content_partial) {
        program.steps.push_back({Step::content});
        return;
    }
    if (!templates_.contains(part.text))
        fault(place.name, place.line, "there is no template '" + part.text + "'");
    auto const* known = find(part.text, stack);
    program.steps.push_back({Step::partial, index_in(program.partials)});
    program.partials.push_back(known != nullptr ? known : &add_program(part.text, stack));
}

void Compiler::add_value(Program& program, TemplatePart const& part, Place place,
                         ShapeStack const& stack) {
    auto const path = resolve(part.text, place, stack);
    auto const kind = path.shape->kind;
    if (kind == Kind::object || kind == Kind::list)
        fault(place.name, place.line,
              "'" + part.text + "' is " + described(*path.shape) + ": it needs a section");
    if (path.facet == Facet::choice)
        fault(place.name, place.line, "'" + part.text + "' is a question: it needs a section");
    program.steps.push_back({Step::value, index_in(program.paths)});
    program.paths.push_back(path);
}

void Compiler::add_sentence(Program& program, TemplatePart const& part, Place place,
                            ShapeStack const& stack) {
    TemplateSentence sentence{words_.find(part.text), {}};
    for (auto const& placeholder : words_.placeholders(sentence.sentence)) {
        auto const path = resolve(placeholder, place, stack);
        auto const kind = path.shape->kind;
        if (kind == Kind::object || kind == Kind::html)
            fault(place.name, place.line,
                  "the sentence '" + part.text + "' can't hold '" + placeholder + "'");
        sentence.placeholders.push_back(path);
    }
    program.steps.push_back({Step::sentence, index_in(program.sentences)});
    program.sentences.push_back(std::move(sentence));
}

ValuePath Compiler::resolve(std::string_view name, Place place, ShapeStack const& stack) {
    ValuePath path;
    if (name == ".") {
        path.shape = stack.back();
        path.slot = static_cast<std::uint32_t>(slot(path.shape));
        return path;
    }
    auto rest = name;
    auto const first = take_first(rest);
    auto const holder = std::find_if(stack.rbegin(), stack.rend(), [&](Shape const* shape) {
        return shape->member(first) != nullptr;
    });
    if (holder == stack.rend()) fault(place.name, place.line, missing(first, stack));
    path.shape = *holder;
    path.slot = static_cast<std::uint32_t>(slot(path.shape));
    static_cast<void>(follow(path, first));
    while (!rest.empty()) {
        unwrap_optional(path);
        auto const* from = path.shape;
        auto const next = take_first(rest);
        if (!follow(path, next)) fault(place.name, place.line, missing(next, {from}));
    }
    unwrap_optional(path);
    return path;
}

}  // namespace kith::web
