#pragma once

#include <array>
#include <boost/describe.hpp>
#include <boost/mp11.hpp>
#include <concepts>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/public_id.hpp"

namespace kith::database {

/// The three kinds of value that both engines keep alike.
enum class ColumnKind : std::uint8_t { integer, real, text };

/// A value on its way into the database or out of it.
struct Cell {
    ColumnKind kind = ColumnKind::text;
    bool null = true;
    std::int64_t integer = 0;
    double real = 0;
    std::string text;
};

namespace detail {

template <class T>
struct IsOptional : std::false_type {};
template <class T>
struct IsOptional<std::optional<T>> : std::true_type {};
template <class T>
struct IsId : std::false_type {};
template <class T>
struct IsId<Id<T>> : std::true_type {};

template <class T>
concept Integer = std::integral<T> && !std::same_as<T, char>;
template <class T>
concept DescribedEnum = std::is_enum_v<T> && boost::describe::has_describe_enumerators<T>::value;
template <class T>
concept Text = std::convertible_to<T const&, std::string_view>;
template <class T>
concept DescribedStruct = std::is_class_v<T> && boost::describe::has_describe_members<T>::value;

template <DescribedEnum Enum>
std::string name_of(Enum value) {
    std::string name;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<Enum>>([&](auto described) {
        if (described.value == value) {
            name = described.name;
        }
    });
    if (name.empty()) {
        throw std::logic_error("an enum's value has no name");
    }
    return name;
}

template <DescribedEnum Enum>
Enum enum_of(std::string const& name) {
    std::optional<Enum> found;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<Enum>>([&](auto described) {
        if (name == described.name) {
            found = described.value;
        }
    });
    if (!found) {
        throw std::runtime_error("the database holds an unknown word: " + name);
    }
    return *found;
}

/// The kind of column that a T is kept in.
template <class T>
constexpr ColumnKind kind_of() {
    if constexpr (IsOptional<T>::value) {
        return kind_of<typename T::value_type>();
    } else if constexpr (Integer<T> || IsId<T>::value || std::same_as<T, Time>) {
        return ColumnKind::integer;
    } else if constexpr (std::floating_point<T>) {
        return ColumnKind::real;
    } else {
        static_assert(Text<T> || std::same_as<T, PublicId> || DescribedEnum<T>,
                      "the database has no column for this type");
        return ColumnKind::text;
    }
}

template <class T>
void fill(Cell& cell, T const& value) {
    cell.kind = kind_of<T>();
    cell.null = false;
    if constexpr (IsOptional<T>::value) {
        if (value) {
            fill(cell, *value);
        } else {
            cell.null = true;
        }
    } else if constexpr (Integer<T>) {
        if (!std::in_range<std::int64_t>(static_cast<std::int64_t>(value)) ||
            (std::unsigned_integral<T> && static_cast<std::int64_t>(value) < 0)) {
            throw std::logic_error("a number is too large for the database");
        }
        cell.integer = static_cast<std::int64_t>(value);
    } else if constexpr (IsId<T>::value) {
        cell.integer = value.value;
    } else if constexpr (std::same_as<T, Time>) {
        cell.integer = value.time_since_epoch().count();
    } else if constexpr (std::floating_point<T>) {
        cell.real = static_cast<double>(value);
    } else if constexpr (std::same_as<T, PublicId>) {
        cell.text = value.text();
    } else if constexpr (DescribedEnum<T>) {
        cell.text = name_of(value);
    } else {
        cell.text = std::string_view(value);
    }
}

/// Moves what `cell` holds into `value`; throws where NULL has no place to go.
template <class T>
void take(Cell& cell, T& value) {
    if constexpr (IsOptional<T>::value) {
        if (cell.null) {
            value.reset();
        } else {
            take(cell, value.emplace());
        }
        return;
    } else {
        if (cell.null) {
            throw std::logic_error("NULL in a column that a row takes as present");
        }
    }
    if constexpr (std::same_as<T, bool>) {
        value = cell.integer != 0;
    } else if constexpr (Integer<T>) {
        if (!std::in_range<T>(cell.integer)) {
            throw std::runtime_error("a number of the database doesn't fit its row");
        }
        value = static_cast<T>(cell.integer);
    } else if constexpr (IsId<T>::value) {
        value.value = cell.integer;
    } else if constexpr (std::same_as<T, Time>) {
        value = Time(Time::duration(cell.integer));
    } else if constexpr (std::floating_point<T>) {
        value = static_cast<T>(cell.real);
    } else if constexpr (std::same_as<T, PublicId>) {
        auto parsed = PublicId::parse(cell.text);
        if (!parsed && !cell.text.empty()) {
            throw std::runtime_error("the database holds a malformed public id");
        }
        value = parsed ? *std::move(parsed) : PublicId{};
    } else if constexpr (DescribedEnum<T>) {
        value = enum_of<T>(cell.text);
    } else if constexpr (std::same_as<T, std::string>) {
        value = std::move(cell.text);
    }
}

template <class Row>
using MembersOf = boost::describe::describe_members<Row, boost::describe::mod_public |
                                                             boost::describe::mod_inherited>;

template <class Row>
constexpr auto columns_of_row() {
    if constexpr (DescribedStruct<Row>) {
        return []<class... Member>(boost::mp11::mp_list<Member...>) {
            return std::array<ColumnKind, sizeof...(Member)>{
                kind_of<std::remove_cvref_t<decltype(std::declval<Row&>().*Member::pointer)>>()...};
        }(boost::mp11::mp_rename<MembersOf<Row>, boost::mp11::mp_list>{});
    } else {
        return std::array<ColumnKind, 1>{kind_of<Row>()};
    }
}

/// The kinds of a row's columns; its address tells rows apart.
template <class Row>
inline constexpr auto columns_of = columns_of_row<Row>();

template <class Row>
Row row_from(std::span<Cell> cells) {
    Row row{};
    if constexpr (DescribedStruct<Row>) {
        std::size_t at = 0;
        boost::mp11::mp_for_each<MembersOf<Row>>(
            [&](auto member) { take(cells[at++], row.*member.pointer); });
    } else {
        take(cells[0], row);
    }
    return row;
}

}  // namespace detail
}  // namespace kith::database
