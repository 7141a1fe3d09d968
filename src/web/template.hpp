#pragma once

#include <memory>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "base/resource.hpp"
#include "web/reading.hpp"
#include "web/shape.hpp"
#include "web/words.hpp"

namespace kith::web {

/// A template that can't be used with its model; what() names template, line and the name.
class TemplateFault final : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// Mustache templates, parsed once, resolved against their view models before they are used.
/// `{{x}}` escapes (Html passes as it is); `{{#t}}room.key{{/t}}` says a sentence whose
/// placeholders are names of the model; `{{#status.published}}` asks a choice; `{{at}}`,
/// `{{at.iso}}`, `{{at.date}}`, `{{at.time}}` tell a moment. Add all, then use from any thread.
class Templates {
public:
    /// `words` must outlive the templates and be complete before the first check.
    explicit Templates(Words const& words);
    ~Templates();
    Templates(Templates&&) noexcept;
    Templates& operator=(Templates&&) noexcept;

    /// Adds a template named "room/name". Throws TemplateFault if it can't be parsed.
    void add(std::string name, std::string_view source);
    /// Adds each templates/<name>.mustache of a room as "room/<name>".
    void add_room(std::string_view room, std::span<Resource const> resources);
    [[nodiscard]] bool has(std::string_view name) const;

    /// Throws TemplateFault unless every name in the template, its sections and its partials
    /// is in `model`. Checked pairs render without any look-up of names.
    void check(std::string_view name, Shape const& model) const;
    /// The same for a page inside a layout, whose model the page sees below its own.
    void check_page(std::string_view layout, Shape const& layout_model, std::string_view page,
                    Shape const& page_model) const;
    /// The same with a whole stack of models, the nearest last.
    void check(std::string_view name, std::span<Shape const* const> stack) const;

    void render(std::string& out, std::string_view name, Shape const& shape, void const* model,
                Reading const& reading) const;
    /// Renders with a stack of models, the nearest last (a Turbo frame: layout's, then page's).
    void render(std::string& out, std::string_view name, std::span<Model const> stack,
                Reading const& reading) const;
    /// Renders `layout`, whose `{{> content}}` is the page.
    void render_page(std::string& out, std::string_view layout, Model layout_model,
                     std::string_view page, Model page_model, Reading const& reading) const;

    /// The templates that nothing has checked or rendered so far, alone or as a partial.
    [[nodiscard]] std::vector<std::string> unused() const;

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace kith::web
