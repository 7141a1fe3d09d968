#pragma once

#include <array>
#include <boost/core/demangle.hpp>
#include <boost/describe.hpp>
#include <boost/mp11.hpp>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <typeinfo>
#include <vector>

#include "base/clock.hpp"
#include "base/public_id.hpp"

namespace kith::web {

/// Markup that is safe as it stands: made by our Markdown renderer or by a template, never typed.
struct Html {
    std::string text;
    bool operator==(Html const&) const = default;
};

struct Shape;

/// One named part of a described struct, and the way to it.
struct ShapeMember {
    std::string_view name;
    Shape const& (*shape)();
    void const* (*in)(void const* object);
};

/// What a view model is made of, so that one description gives HTML, JSON and the API's schema.
/// Only the accessors that a kind names are set.
struct Shape {
    enum class Kind { text, number, real, boolean, time, html, choice, optional, list, object };

    static constexpr std::size_t no_choice = static_cast<std::size_t>(-1);

    Kind kind = Kind::text;
    std::string name = {};                                        ///< object, choice: "essays.Page"
    std::string_view (*text)(void const*) = nullptr;              ///< text, html, choice
    std::int64_t (*number)(void const*) = nullptr;                ///< number
    double (*real)(void const*) = nullptr;                        ///< real
    std::size_t (*chosen)(void const*) = nullptr;                 ///< choice: index in `choices`
    Shape const& (*element)() = nullptr;                          ///< optional, list
    void const* (*inside)(void const*) = nullptr;                 ///< optional: null when absent
    std::size_t (*size)(void const*) = nullptr;                   ///< list
    void const* (*at)(void const*, std::size_t index) = nullptr;  ///< list
    std::span<ShapeMember const> members = {};                    ///< object, inherited ones first
    std::span<std::string_view const> choices = {};               ///< choice

    /// The member called `name`, or null; for objects.
    [[nodiscard]] ShapeMember const* member(std::string_view name) const;
    /// The index of the choice called `name`, or no_choice.
    [[nodiscard]] std::size_t choice(std::string_view name) const;
};

/// The shape of T: text, number, boolean, Time, Html, described enum or struct, and optional
/// or vector of these. Anything else (an Id above all) doesn't compile: it must not leave.
template <class T>
[[nodiscard]] Shape const& shape_of();

/// A view model and its shape, for whatever renders it. The model must outlive it.
struct Model {
    Shape const* shape;
    void const* value;
};

template <class T>
[[nodiscard]] Model model_of(T const& value) {
    return {&shape_of<T>(), &value};
}

namespace shapes {

/// "essays.Page" of kith::essays::Page: also a legal name of an OpenAPI schema.
[[nodiscard]] std::string name_of(std::string const& demangled);

template <class T>
struct optional_part {};
template <class T>
struct optional_part<std::optional<T>> {
    using type = T;
};
template <class T>
struct list_part {};
template <class T>
struct list_part<std::vector<T>> {
    using type = T;
};
template <class T>
concept Optional = requires {
    typename optional_part<T>::type;
};
template <class T>
concept List = requires {
    typename list_part<T>::type;
};
template <class T>
concept Object = boost::describe::has_describe_members<T>::value && !std::is_union_v<T>;
template <class T>
concept Choice = boost::describe::has_describe_enumerators<T>::value;

template <class T>
using members_of = boost::describe::describe_members<T, boost::describe::mod_public |
                                                            boost::describe::mod_inherited>;

template <class T, class Descriptor>
ShapeMember member_of(Descriptor) {
    using Part = std::remove_cvref_t<decltype(std::declval<T const&>().*Descriptor::pointer)>;
    return {Descriptor::name, &shape_of<Part>, [](void const* object) -> void const* {
                return &(static_cast<T const*>(object)->*Descriptor::pointer);
            }};
}

template <class T>
std::span<ShapeMember const> all_members() {
    static auto const members = []<class... D>(boost::mp11::mp_list<D...>) {
        return std::array<ShapeMember, sizeof...(D)>{member_of<T>(D{})...};
    }(boost::mp11::mp_rename<members_of<T>, boost::mp11::mp_list>{});
    return members;
}

template <class T>
using choices_of =
    boost::mp11::mp_rename<boost::describe::describe_enumerators<T>, boost::mp11::mp_list>;

template <class T>
std::span<std::string_view const> all_choices() {
    static auto const names = []<class... D>(boost::mp11::mp_list<D...>) {
        return std::array<std::string_view, sizeof...(D)>{D::name...};
    }(choices_of<T>{});
    return names;
}

template <class T>
std::size_t chosen_of(void const* value) {
    auto index = Shape::no_choice;
    std::size_t i = 0;
    boost::mp11::mp_for_each<choices_of<T>>([&](auto descriptor) {
        if (descriptor.value == *static_cast<T const*>(value)) index = i;
        ++i;
    });
    return index;
}

template <class T>
Shape of_choice() {
    Shape shape{.kind = Shape::Kind::choice,
                .name = name_of(boost::core::demangle(typeid(T).name()))};
    shape.choices = all_choices<T>();
    shape.chosen = &chosen_of<T>;
    shape.text = [](void const* value) {
        auto const index = chosen_of<T>(value);
        return index == Shape::no_choice ? std::string_view{} : all_choices<T>()[index];
    };
    return shape;
}

template <class T>
Shape of_optional() {
    using Part = typename optional_part<T>::type;
    static_assert(!Optional<Part>, "an optional of an optional has no plain JSON");
    Shape shape{.kind = Shape::Kind::optional};
    shape.element = &shape_of<Part>;
    shape.inside = [](void const* value) -> void const* {
        auto const& optional = *static_cast<T const*>(value);
        return optional ? &*optional : nullptr;
    };
    return shape;
}

template <class T>
Shape of_list() {
    using Part = typename list_part<T>::type;
    static_assert(!std::same_as<Part, bool>, "std::vector<bool> has no elements to point at");
    static_assert(!Optional<Part>, "leave out what is absent");
    Shape shape{.kind = Shape::Kind::list};
    shape.element = &shape_of<Part>;
    shape.size = [](void const* value) { return static_cast<T const*>(value)->size(); };
    shape.at = [](void const* value, std::size_t index) -> void const* {
        return &(*static_cast<T const*>(value))[index];
    };
    return shape;
}

template <class T>
Shape of_text() {
    Shape shape{.kind = std::same_as<T, Html> ? Shape::Kind::html : Shape::Kind::text};
    shape.text = [](void const* value) -> std::string_view {
        if constexpr (std::same_as<T, std::string>) return *static_cast<std::string const*>(value);
        if constexpr (std::same_as<T, PublicId>) return static_cast<T const*>(value)->text();
        if constexpr (std::same_as<T, Html>) return static_cast<T const*>(value)->text;
    };
    return shape;
}

template <class T>
Shape of_number() {
    Shape shape{.kind = Shape::Kind::number};
    shape.number = [](void const* value) {
        return static_cast<std::int64_t>(*static_cast<T const*>(value));
    };
    return shape;
}

template <class T>
Shape of_real() {
    Shape shape{.kind = Shape::Kind::real};
    shape.real = [](void const* value) {
        return static_cast<double>(*static_cast<T const*>(value));
    };
    return shape;
}

template <class T>
Shape make() {
    if constexpr (std::same_as<T, std::string> || std::same_as<T, PublicId> ||
                  std::same_as<T, Html>) {
        return of_text<T>();
    } else if constexpr (std::same_as<T, bool>) {
        return {.kind = Shape::Kind::boolean};
    } else if constexpr (std::same_as<T, Time>) {
        return {.kind = Shape::Kind::time};
    } else if constexpr (std::integral<T>) {
        static_assert(sizeof(T) > 1, "a character is not a number");
        return of_number<T>();
    } else if constexpr (std::floating_point<T>) {
        return of_real<T>();
    } else if constexpr (Optional<T>) {
        return of_optional<T>();
    } else if constexpr (List<T>) {
        return of_list<T>();
    } else if constexpr (Choice<T>) {
        return of_choice<T>();
    } else {
        static_assert(Object<T>, "describe this type with BOOST_DESCRIBE_STRUCT to show it");
        Shape shape{.kind = Shape::Kind::object,
                    .name = name_of(boost::core::demangle(typeid(T).name()))};
        shape.members = all_members<T>();
        return shape;
    }
}

}  // namespace shapes

template <class T>
Shape const& shape_of() {
    static Shape const shape = shapes::make<T>();
    return shape;
}

}  // namespace kith::web
