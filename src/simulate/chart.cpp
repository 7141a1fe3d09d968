#include "simulate/chart.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

#include "base/text.hpp"

namespace kith::simulate {
namespace {

// The picture's own measure; it grows with the page.
constexpr double width = 640;
constexpr double height = 260;
constexpr double left = 52;
constexpr double right = 12;
constexpr double top = 12;
constexpr double bottom = 34;
constexpr int steps_up = 4;
constexpr std::size_t labels_most = 8;
constexpr std::size_t short_labels_most = 20;  ///< of two characters at most

struct Scale {
    double most = 1;
    std::size_t count = 1;

    [[nodiscard]] double y(double value) const {
        return top + (height - top - bottom) * (1 - value / most);
    }
    /// The middle of the place of one label.
    [[nodiscard]] double x(std::size_t at) const {
        return left + (static_cast<double>(at) + 0.5) * room();
    }
    [[nodiscard]] double room() const {
        return (width - left - right) / static_cast<double>(count);
    }
};

std::string number(double value) { return decimal(value, 1); }

std::string text_at(double x, double y, std::string_view anchor, std::string_view words) {
    return "<text x=\"" + number(x) + "\" y=\"" + number(y) + "\" text-anchor=\"" +
           std::string(anchor) + "\">" + escape_html(words) + "</text>";
}

Scale scale_of(Chart const& chart) {
    double most = 0;
    for (auto const& series : chart.series)
        for (auto const& value : series.values) most = std::max(most, value.value_or(0));
    return {round_top(most), std::max<std::size_t>(1, chart.labels.size())};
}

std::string ground(Chart const& chart, Scale const& scale) {
    std::string svg;
    // A quarter of 10 or 50 isn't whole.
    double const quarter = scale.most / steps_up;
    int const digits = scale.most < 4 ? 2 : quarter == std::floor(quarter) ? 0 : 1;
    for (int step = 0; step <= steps_up; ++step) {
        double const value = scale.most * step / steps_up;
        auto const y = number(scale.y(value));
        svg.append("<line class=\"rule\" x1=\"").append(number(left));
        svg.append("\" x2=\"").append(number(width - right)).append("\" y1=\"").append(y);
        svg.append("\" y2=\"").append(y).append("\"/>");
        svg += text_at(left - 6, scale.y(value) + 4, "end", decimal(value, digits));
    }
    bool const are_short = std::all_of(chart.labels.begin(), chart.labels.end(),
                                       [](std::string const& label) { return label.size() <= 2; });
    auto const most = are_short ? short_labels_most : labels_most;
    auto const each = (chart.labels.size() + most - 1) / most;
    for (std::size_t at = 0; at < chart.labels.size(); at += std::max<std::size_t>(1, each))
        svg += text_at(scale.x(at), height - 14, "middle", chart.labels[at]);
    return svg;
}

std::string class_of(std::size_t series) { return "s" + std::to_string(series + 1); }

std::string line_of(Series const& series, std::size_t number_of, Scale const& scale) {
    std::string path;
    bool draws = false;
    for (std::size_t at = 0; at < series.values.size(); ++at) {
        auto const& value = series.values[at];
        if (value)
            path += (draws ? " L" : " M") + number(scale.x(at)) + " " + number(scale.y(*value));
        draws = value.has_value();
    }
    if (path.empty()) return {};
    return "<path class=\"line " + class_of(number_of) + "\" d=\"" + path.substr(1) + "\"/>";
}

std::string bars_of(Series const& series, std::size_t number_of, std::size_t of,
                    Scale const& scale) {
    std::string svg;
    double const wide = scale.room() * 0.8 / static_cast<double>(of);
    for (std::size_t at = 0; at < series.values.size(); ++at) {
        auto const value = series.values[at].value_or(0);
        double const x = scale.x(at) - scale.room() * 0.4 + wide * static_cast<double>(number_of);
        svg += "<rect class=\"bar " + class_of(number_of) + "\" x=\"" + number(x) + "\" y=\"" +
               number(scale.y(value)) + "\" width=\"" + number(std::max(0.5, wide - 1)) +
               "\" height=\"" + number(scale.y(0) - scale.y(value)) + "\"/>";
    }
    return svg;
}

std::string key_of(Chart const& chart, ChartKind kind) {
    std::string html = "<ul class=\"key\">";
    for (std::size_t at = 0; at < chart.series.size(); ++at) {
        auto const mark =
            kind == ChartKind::lines
                ? "<line class=\"line " + class_of(at) + "\" x1=\"0\" x2=\"28\" y1=\"7\" y2=\"7\"/>"
                : "<rect class=\"bar " + class_of(at) + "\" width=\"28\" height=\"14\"/>";
        html += "<li><svg viewBox=\"0 0 28 14\" aria-hidden=\"true\">" + mark + "</svg>" +
                escape_html(chart.series[at].name) + "</li>";
    }
    return html + "</ul>";
}

Table table_of(Chart const& chart) {
    Table table;
    table.caption = chart.title + ": the same numbers (" + chart.up + ")";
    table.heads.push_back(chart.across);
    for (auto const& series : chart.series) table.heads.push_back(series.name);
    for (std::size_t at = 0; at < chart.labels.size(); ++at) {
        std::vector<std::string> row{chart.labels[at]};
        for (auto const& series : chart.series) {
            bool const has = at < series.values.size() && series.values[at];
            row.push_back(has ? decimal(*series.values[at], chart.digits) : "no figure");
        }
        table.rows.push_back(std::move(row));
    }
    return table;
}

}  // namespace

double round_top(double value) {
    if (value <= 0) return 1;
    double const power = std::pow(10, std::floor(std::log10(value)));
    for (double const factor : {1.0, 2.0, 5.0})
        if (value <= factor * power) return factor * power;
    return 10 * power;
}

std::string figure(Chart const& chart, ChartKind kind) {
    return figure(chart, kind, table_of(chart));
}

std::string figure(Chart const& chart, ChartKind kind, Table const& table) {
    auto const scale = scale_of(chart);
    std::string svg = "<svg class=\"chart\" viewBox=\"0 0 " + number(width) + " " + number(height) +
                      "\" role=\"img\" aria-labelledby=\"" + chart.id + "-says\">" +
                      ground(chart, scale);
    for (std::size_t at = 0; at < chart.series.size(); ++at)
        svg += kind == ChartKind::lines ? line_of(chart.series[at], at, scale)
                                        : bars_of(chart.series[at], at, chart.series.size(), scale);
    svg += "</svg>";
    return "<figure id=\"" + chart.id + "\"><h3>" + escape_html(chart.title) + "</h3><p id=\"" +
           chart.id + "-says\">" + escape_html(chart.says) + "</p>" + key_of(chart, kind) + svg +
           "<p class=\"axes\">Up: " + escape_html(chart.up) +
           ". Across: " + escape_html(chart.across) + ".</p>" + table_html(table) + "</figure>\n";
}

std::string table_html(Table const& table) {
    std::string html = "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"" +
                       escape_html(table.caption) + "\"><table><caption>" +
                       escape_html(table.caption) + "</caption><thead><tr>";
    for (auto const& head : table.heads) html += "<th scope=\"col\">" + escape_html(head) + "</th>";
    html += "</tr></thead><tbody>";
    for (auto const& row : table.rows) {
        html += "<tr>";
        for (std::size_t at = 0; at < row.size(); ++at)
            html += at == 0 ? "<th scope=\"row\">" + escape_html(row[at]) + "</th>"
                            : "<td>" + escape_html(row[at]) + "</td>";
        html += "</tr>";
    }
    return html + "</tbody></table></div>";
}

std::string decimal(double value, int digits) {
    std::array<char, 64> text{};
    auto const length = std::snprintf(text.data(), text.size(), "%.*f", digits, value);
    return {text.data(), static_cast<std::size_t>(std::max(0, length))};
}

}  // namespace kith::simulate
