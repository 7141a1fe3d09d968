#include <array>
#include <charconv>
#include <stdexcept>

#include "base/limits.hpp"
#include "web/escape.hpp"
#include "web/moment.hpp"
#include "web/template_program.hpp"

namespace kith::web {

namespace {

using Step = TemplateStep::Kind;
using Kind = Shape::Kind;

void const* value_at(Rendering const& rendering, ValuePath const& path) {
    auto const* value = rendering.slots[path.slot];
    for (std::size_t i = 0; i < path.hop_count && value != nullptr; ++i)
        value = path.hops[i](value);
    return value;
}

template <class Number>
void append_number(std::string& out, Number number) {
    std::array<char, 32> digits{};
    auto const [end, error] = std::to_chars(digits.data(), digits.data() + digits.size(), number);
    if (error == std::errc{}) out.append(digits.data(), end);
}

void write_time(Rendering& rendering, Facet facet, Time time) {
    switch (facet) {
        case Facet::iso: return write_rfc3339(rendering.out, time);
        case Facet::date: return write_date(rendering.out, time, rendering.reading);
        case Facet::time: return write_time_of_day(rendering.out, time, rendering.reading);
        default: return write_moment(rendering.out, time, rendering.reading);
    }
}

void write_value(Rendering& rendering, ValuePath const& path) {
    auto const* value = value_at(rendering, path);
    if (value == nullptr) return;
    auto const& shape = *path.shape;
    switch (shape.kind) {
        case Kind::text:
        case Kind::choice: return append_escaped(rendering.out, shape.text(value));
        case Kind::html: rendering.out += shape.text(value); return;
        case Kind::number: return append_number(rendering.out, shape.number(value));
        case Kind::real: return append_number(rendering.out, shape.real(value));
        case Kind::boolean:
            rendering.out += *static_cast<bool const*>(value) ? "true" : "false";
            return;
        case Kind::time: return write_time(rendering, path.facet, *static_cast<Time const*>(value));
        default: return;  // the compiler has refused lists and objects
    }
}

bool is_true(ValuePath const& path, void const* value) {
    if (value == nullptr) return false;
    auto const& shape = *path.shape;
    switch (shape.kind) {
        case Kind::text:
        case Kind::html: return !shape.text(value).empty();
        case Kind::number: return shape.number(value) != 0;
        case Kind::real: return shape.real(value) != 0;
        case Kind::boolean: return *static_cast<bool const*>(value);
        case Kind::time: return *static_cast<Time const*>(value) != Time{};
        case Kind::choice: return shape.chosen(value) == path.choice;
        case Kind::list: return shape.size(value) > 0;
        default: return true;
    }
}

WordValue word_value(Rendering const& rendering, ValuePath const& path) {
    auto const* value = value_at(rendering, path);
    if (value == nullptr) return {};
    auto const& shape = *path.shape;
    switch (shape.kind) {
        case Kind::text:
        case Kind::choice: return shape.text(value);
        case Kind::number: return shape.number(value);
        case Kind::real: return shape.real(value);
        case Kind::boolean: return *static_cast<bool const*>(value);
        case Kind::time: return *static_cast<Time const*>(value);
        case Kind::list: return static_cast<std::int64_t>(shape.size(value));
        default: return {};
    }
}

void write_sentence(Rendering& rendering, TemplateSentence const& sentence) {
    std::array<WordValue, limits::sentence_placeholders_max> values;
    for (std::size_t i = 0; i < sentence.placeholders.size(); ++i)
        values.at(i) = word_value(rendering, sentence.placeholders[i]);
    rendering.words.write(rendering.out, sentence.sentence, rendering.language,
                          std::span(values).first(sentence.placeholders.size()), rendering.reading,
                          Escaping::html);
}

void run_steps(Rendering& rendering, Program const& program, std::size_t from, std::size_t until);

void run_section(Rendering& rendering, Program const& program, std::size_t at) {
    auto const& step = program.steps[at];
    auto const& path = program.paths[step.index];
    auto const* value = value_at(rendering, path);
    bool const whether = is_true(path, value);
    if (step.kind == Step::inverted ? whether : !whether) return;
    if (step.slot == TemplateStep::pushes_nothing)
        return run_steps(rendering, program, at + 1, step.end);
    auto const before = rendering.slots[step.slot];
    auto const& shape = *path.shape;
    bool const is_list = shape.kind == Kind::list;
    auto const times = is_list ? shape.size(value) : 1;
    for (std::size_t i = 0; i < times; ++i) {
        rendering.slots[step.slot] = is_list ? shape.at(value, i) : value;
        run_steps(rendering, program, at + 1, step.end);
    }
    rendering.slots[step.slot] = before;
}

void run_steps(Rendering& rendering, Program const& program, std::size_t from, std::size_t until) {
    for (auto i = from; i < until; ++i) {
        auto const& step = program.steps[i];
        switch (step.kind) {
            case Step::text: rendering.out += program.texts[step.index + rendering.language]; break;
            case Step::value: write_value(rendering, program.paths[step.index]); break;
            case Step::sentence: write_sentence(rendering, program.sentences[step.index]); break;
            case Step::partial: run(rendering, *program.partials[step.index]); break;
            case Step::content:
                if (rendering.content != nullptr) run(rendering, *rendering.content);
                break;
            case Step::section:
            case Step::inverted:
                run_section(rendering, program, i);
                i = step.end - 1;
                break;
        }
    }
}

}  // namespace

void run(Rendering& rendering, Program const& program) {
    if (rendering.depth == limits::template_depth_max)
        throw std::length_error("partials within partials beyond limits::template_depth_max");
    ++rendering.depth;
    run_steps(rendering, program, 0, program.steps.size());
    --rendering.depth;
}

}  // namespace kith::web
