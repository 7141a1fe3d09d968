#include "web/template.hpp"

#include <array>
#include <mutex>
#include <shared_mutex>

#include "web/template_program.hpp"

namespace kith::web {

namespace {

ShapeStack stack_of(std::span<Shape const* const> shapes) {
    ShapeStack stack;
    for (auto const* shape : shapes) stack = pushed(std::move(stack), shape);
    return stack;
}

ShapeStack stack_of(std::span<Model const> models) {
    ShapeStack stack;
    for (auto const& model : models) stack = pushed(std::move(stack), model.shape);
    return stack;
}

}  // namespace

struct Templates::Parts {
    explicit Parts(Words const& all_words) : words(all_words) {}

    Words const& words;
    std::map<std::string, std::vector<TemplatePart>, std::less<>> templates;
    Compiler compiler{templates, words};
    std::shared_mutex mutex;  ///< of the compiler; programs never change once they are there

    void compile(std::string_view name, ShapeStack const& stack) {
        std::unique_lock const lock(mutex);
        static_cast<void>(compiler.program(name, stack));
    }

    /// A program that is ready to run; one that nothing has checked is compiled now.
    Program const& ready(std::string_view name, ShapeStack const& stack) {
        {
            std::shared_lock const lock(mutex);
            if (auto const* program = compiler.find(name, stack)) return *program;
        }
        std::unique_lock const lock(mutex);
        return compiler.program(name, stack);
    }

    void run_with(std::string& out, Program const& program, Program const* content,
                  std::span<Model const> models, Reading const& reading) {
        auto const language = words.language_index(reading.language);
        // One whose catalogue came only after the templates reads as English.
        Rendering rendering{out, words, language < program.languages ? language : 0, reading, {}};
        rendering.content = content;
        {
            std::shared_lock const lock(mutex);
            rendering.slots.resize(compiler.slot_count());
            for (auto const& model : models)
                rendering.slots[compiler.known_slot(model.shape)] = model.value;
        }
        run(rendering, program);
    }
};

Templates::Templates(Words const& words) : parts_(std::make_unique<Parts>(words)) {}
Templates::~Templates() = default;
Templates::Templates(Templates&&) noexcept = default;
Templates& Templates::operator=(Templates&&) noexcept = default;

void Templates::add(std::string name, std::string_view source) {
    auto parts = parse_template(name, source);
    auto const [entry, added] = parts_->templates.emplace(std::move(name), std::move(parts));
    if (!added) throw TemplateFault("there are two templates '" + entry->first + "'");
}

void Templates::add_room(std::string_view room, std::span<Resource const> resources) {
    static constexpr std::string_view folder = "templates/";
    static constexpr std::string_view ending = ".mustache";
    for (auto const& [path, bytes] : resources) {
        if (!path.starts_with(folder) || !path.ends_with(ending)) continue;
        auto const file = path.substr(folder.size(), path.size() - folder.size() - ending.size());
        add(std::string(room) + "/" + std::string(file), bytes);
    }
}

bool Templates::has(std::string_view name) const { return parts_->templates.contains(name); }

void Templates::check(std::string_view name, std::span<Shape const* const> stack) const {
    parts_->compile(name, stack_of(stack));
}

void Templates::check(std::string_view name, Shape const& model) const {
    parts_->compile(name, {&model});
}

void Templates::check_page(std::string_view layout, Shape const& layout_model,
                           std::string_view page, Shape const& page_model) const {
    parts_->compile(layout, {&layout_model});
    parts_->compile(page, pushed({&layout_model}, &page_model));
}

void Templates::render(std::string& out, std::string_view name, std::span<Model const> stack,
                       Reading const& reading) const {
    auto const& program = parts_->ready(name, stack_of(stack));
    parts_->run_with(out, program, nullptr, stack, reading);
}

void Templates::render(std::string& out, std::string_view name, Shape const& shape,
                       void const* model, Reading const& reading) const {
    std::array const stack{Model{&shape, model}};
    render(out, name, stack, reading);
}

void Templates::render_page(std::string& out, std::string_view layout, Model layout_model,
                            std::string_view page, Model page_model, Reading const& reading) const {
    std::array const stack{layout_model, page_model};
    auto const& frame = parts_->ready(layout, {layout_model.shape});
    auto const& content = parts_->ready(page, stack_of(stack));
    parts_->run_with(out, frame, &content, stack, reading);
}

std::vector<std::string> Templates::unused() const {
    std::shared_lock const lock(parts_->mutex);
    std::vector<std::string> names;
    for (auto const& [name, parts] : parts_->templates)
        if (!parts_->compiler.used().contains(name)) names.push_back(name);
    return names;
}

}  // namespace kith::web
