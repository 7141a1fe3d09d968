// The slowest of the essays that are made to keep a Markdown parser busy (SAFETY 6), in
// milliseconds of this process's time, and how it begins.
#include <cstdio>
#include <ctime>

#include "base/markdown.hpp"
#include "hostile_markdown.hpp"

int main() {
    double slowest = 0;
    std::string begins;
    for (auto const& text : kith::tests::hostile_markdown()) {
        auto const start = std::clock();
        auto const html = kith::render_markdown(text, kith::MarkdownKind::essay);
        auto const took = 1000.0 * static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
        if (took <= slowest || html.empty()) continue;
        slowest = took;
        begins = text.substr(0, 12);
        for (char& c : begins) c = c == '\n' ? ' ' : c;
    }
    std::printf("%.1f %s\n", slowest, begins.c_str());
}
