#pragma once

#include <optional>
#include <string>
#include <vector>

namespace kith::simulate {

/// One line of a chart, or one colour of its bars.
struct Series {
    std::string name;
    std::vector<std::optional<double>> values;
};

/// Numbers to be shown twice, as a picture and as its table.
struct Chart {
    std::string id;  ///< for the page's own links: letters and hyphens
    std::string title;
    std::string says;    ///< one sentence: what the picture shows
    std::string across;  ///< what the labels are: "day"
    std::string up;      ///< what the values are: "members alone, in 100"
    std::vector<std::string> labels;
    std::vector<Series> series;  ///< at most 4
    int digits = 1;              ///< behind the point, in the table
};

enum class ChartKind { lines, bars };

/// The least "round" number (1, 2 or 5 times a power of ten) that isn't below `value`.
[[nodiscard]] double round_top(double value);

/// A table; the first column heads its rows.
struct Table {
    std::string caption;
    std::vector<std::string> heads;
    std::vector<std::vector<std::string>> rows;
};
[[nodiscard]] std::string table_html(Table const& table);

/// A figure: heading, sentence, SVG and the table of the same numbers. Everything is escaped.
[[nodiscard]] std::string figure(Chart const& chart, ChartKind kind);
/// The same above a table that holds more than these numbers.
[[nodiscard]] std::string figure(Chart const& chart, ChartKind kind, Table const& table);

/// `value` with so many digits behind the point: "12.5".
[[nodiscard]] std::string decimal(double value, int digits);

}  // namespace kith::simulate
