#include "web/template_parser.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "web/template.hpp"

namespace kith::web {

namespace {

using Kind = TemplatePart::Kind;

constexpr std::string_view sentence_section = "t";

bool is_word(std::string_view text, std::string_view more) {
    auto const fits = [more](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               more.find(c) != more.npos;
    };
    return !text.empty() && std::ranges::all_of(text, fits);
}

bool is_name(std::string_view text) {
    if (text == ".") return true;
    return is_word(text, "_.") && text.front() != '.' && text.back() != '.' &&
           text.find("..") == text.npos;
}

class Parser {
public:
    Parser(std::string_view name, std::string_view source) : name_(name), source_(source) {}

    std::vector<TemplatePart> parse() {
        for (auto open = source_.find("{{"); open != source_.npos;
             open = source_.find("{{", position_)) {
            read_tag(open);
        }
        add_text(source_.size());
        if (!sections_.empty()) {
            auto const& section = parts_[sections_.back()];
            fault(section.line, "'" + section.text + "' is never closed");
        }
        return std::move(parts_);
    }

private:
    [[noreturn]] void fault(std::size_t line, std::string const& why) const {
        throw TemplateFault(template_place(name_, line) + why);
    }

    void add_text(std::size_t until) {
        auto const text = source_.substr(position_, until - position_);
        if (text.empty()) return;
        if (!parts_.empty() && parts_.back().kind == Kind::text) {
            parts_.back().text += text;
        } else {
            parts_.push_back({Kind::text, std::string(text), line_});
        }
    }

    void move_to(std::size_t position) {
        auto const passed = source_.substr(position_, position - position_);
        line_ += static_cast<std::size_t>(std::ranges::count(passed, '\n'));
        position_ = position;
    }

    void read_tag(std::size_t open) {
        auto const close = source_.find("}}", open + 2);
        auto const content = source_.substr(open + 2, close - open - 2);
        auto const mark = content.empty() ? '\0' : content.front();
        auto const line = line_ + static_cast<std::size_t>(std::ranges::count(
                                      source_.substr(position_, open - position_), '\n'));
        if (close == source_.npos) fault(line, "a tag is never closed");
        if (mark == '{' || mark == '&') fault(line, "raw output isn't possible: use Html");
        bool const marked = std::string_view("!#^/>").find(mark) != std::string_view::npos;
        auto const name = trim(marked && mark != '\0' ? content.substr(1) : content);
        bool const sentence = mark == '#' && name == sentence_section;
        bool const may_stand_alone = marked && mark != '\0' && !sentence;
        skip_around(open, close + 2, may_stand_alone);
        if (sentence) return read_sentence(line);
        add_tag(marked ? mark : '\0', std::string(name), line);
    }

    /// Takes the text before the tag and moves behind it; a tag alone on its line takes all of
    /// the line with it.
    void skip_around(std::size_t open, std::size_t close, bool may_stand_alone) {
        auto const blank = [](std::string_view text) {
            return text.find_first_not_of(" \t") == text.npos;
        };
        auto const line_start = open == 0 ? 0 : source_.rfind('\n', open - 1) + 1;
        auto const newline = source_.find('\n', close);
        auto after = source_.substr(close, newline == source_.npos ? newline : newline - close);
        if (newline != source_.npos && after.ends_with('\r')) after.remove_suffix(1);
        bool const alone = may_stand_alone && blank(after) && line_start >= position_ &&
                           blank(source_.substr(line_start, open - line_start));
        add_text(alone ? line_start : open);
        move_to(!alone ? close : newline == source_.npos ? source_.size() : newline + 1);
    }

    void read_sentence(std::size_t line) {
        auto const open = source_.find("{{", position_);
        auto const close = open == source_.npos ? open : source_.find("}}", open);
        if (close == source_.npos) fault(line, "'t' is never closed");
        auto const end = trim(source_.substr(open + 2, close - open - 2));
        if (!end.starts_with('/') || trim(end.substr(1)) != sentence_section)
            fault(line, "between {{#t}} and {{/t}} stands a key and nothing else");
        std::string key(trim(source_.substr(position_, open - position_)));
        if (!is_word(key, "_.")) fault(line, "'" + key + "' is no key of a sentence");
        parts_.push_back({Kind::sentence, std::move(key), line});
        move_to(close + 2);
    }

    void add_tag(char mark, std::string name, std::size_t line) {
        if (mark == '!') return;
        if (mark == '>' ? !is_word(name, "_-/") : !is_name(name))
            fault(line, "'" + name + "' can't be a name");
        switch (mark) {
            case '>': parts_.push_back({Kind::partial, std::move(name), line}); return;
            case '#':
            case '^':
                sections_.push_back(parts_.size());
                parts_.push_back(
                    {mark == '#' ? Kind::section : Kind::inverted, std::move(name), line});
                return;
            case '/': return end_section(name, line);
            default: parts_.push_back({Kind::value, std::move(name), line});
        }
    }

    void end_section(std::string const& name, std::size_t line) {
        if (sections_.empty()) fault(line, "'" + name + "' is closed but was never opened");
        auto& section = parts_[sections_.back()];
        if (section.text != name)
            fault(line, "'" + name + "' is closed where '" + section.text + "' is open");
        section.end = parts_.size();
        sections_.pop_back();
        parts_.push_back({Kind::end, name, line});
    }

    std::string_view name_;
    std::string_view source_;
    std::size_t position_ = 0;
    std::size_t line_ = 1;
    std::vector<TemplatePart> parts_;
    std::vector<std::size_t> sections_;
};

}  // namespace

std::string template_place(std::string_view name, std::size_t line) {
    return std::string(name) + ", line " + std::to_string(line) + ": ";
}

std::vector<TemplatePart> parse_template(std::string_view name, std::string_view source) {
    return Parser(name, source).parse();
}

}  // namespace kith::web
