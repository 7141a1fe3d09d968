#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/limits.hpp"

namespace kith::tests {

/// `piece` again and again, `bytes` long.
inline std::string repeated(std::string_view piece, std::size_t bytes) {
    std::string text;
    while (text.size() < bytes) text += piece;
    text.resize(bytes);
    return text;
}

/// Essays of the largest size that are made to keep a Markdown parser busy: the tests bound what
/// becomes of them, script/bench the time that it takes (SAFETY 6: under 100 ms).
inline std::vector<std::string> hostile_markdown() {
    std::vector<std::string> const pieces{"[",          "]",
                                          "![",         "[](",
                                          "[a](b",      "`",
                                          "`a``b",      ">",
                                          "> ",         "*",
                                          "**a",        "_a ",
                                          "- ",         "-\n",
                                          "1. ",        "<",
                                          "<a",         "&",
                                          "\\",         "http://a.b/(",
                                          "www.a(",     "a@b.c ",
                                          "[]\n",       "[](\n",
                                          "[a](<b\n",   "[[[a](b)](c)]",
                                          "[a]: b\n",   "*a_b",
                                          "\n>\n>",     "- - - a\n",
                                          "2. [](\n",   "~~~\n[](\n",
                                          "&quot;",     "'",
                                          " - [](\n",   "    - [](\n",
                                          "*\n[a]\n",   "1)\n[x]:\n",
                                          "* \n[](\n",  "```\n[](\n``` `\n",
                                          "::: note\n", "[a](/) "};
    std::vector<std::string> texts;
    for (std::string const& piece : pieces)
        texts.push_back(repeated(piece, limits::essay_bytes_max));
    std::size_t const half = limits::essay_bytes_max / 2;
    texts.push_back(repeated("http://a.b/(", half) + repeated("**", half));
    texts.push_back("[a]: /" + repeated("\\&", half) + "\n\n" + repeated("[a]", half - 8));
    texts.push_back("[a]: /" + repeated("b", 1900) + "\n\n" + repeated("[a]", half));
    texts.push_back(repeated("- ", 40) + "a\n" + repeated("\n\n", half));
    std::string stairs;
    for (std::size_t i = 1; stairs.size() + 2 * i + 3 < half; ++i)
        stairs += std::string(2 * i, ' ') + "- a\n";
    texts.push_back(stairs + repeated("\n", half));
    std::string ticks;
    for (std::size_t i = 1; ticks.size() + i + 1 < half; ++i) ticks += std::string(i, '`') + " ";
    texts.push_back(ticks);
    return texts;
}

}  // namespace kith::tests
