#include "web/words.hpp"

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <functional>
#include <optional>
#include <unordered_map>

#include "base/limits.hpp"
#include "web/message.hpp"

namespace kith::web {

namespace {

constexpr std::size_t english = 0;  ///< its place among the languages

struct Sentence {
    std::string key;
    std::vector<std::string> placeholders = {};
    std::vector<std::optional<Message>> messages = {};  ///< by language

    [[nodiscard]] Message const* in(std::size_t language) const {
        if (language >= messages.size() || !messages[language]) return nullptr;
        return &*messages[language];
    }
};

struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
        return std::hash<std::string_view>{}(text);
    }
};

}  // namespace

struct Words::Parts {
    std::vector<std::string> languages{"en"};
    std::vector<NumberRules> rules;
    std::vector<Sentence> sentences;
    std::unordered_map<std::string, Handle, TextHash, std::equal_to<>> by_key;

    std::size_t add_language(std::string_view language) {
        auto const found = std::ranges::find(languages, language);
        if (found != languages.end()) return static_cast<std::size_t>(found - languages.begin());
        languages.emplace_back(language);
        rules.emplace_back(languages.back());
        return languages.size() - 1;
    }

    Sentence& sentence(std::string_view key) {
        auto const found = by_key.find(key);
        if (found != by_key.end()) return sentences[found->second];
        by_key.emplace(key, sentences.size());
        return sentences.emplace_back(Sentence{std::string(key)});
    }

    [[nodiscard]] Sentence const* find(std::string_view key) const {
        auto const found = by_key.find(key);
        return found == by_key.end() ? nullptr : &sentences[found->second];
    }
};

Words::Words() : parts_(std::make_unique<Parts>()) { parts_->rules.emplace_back("en"); }
Words::~Words() = default;
Words::Words(Words&&) noexcept = default;
Words& Words::operator=(Words&&) noexcept = default;

void Words::add(std::string_view language, std::string_view json) {
    boost::json::error_code error;
    auto const root = boost::json::parse({json.data(), json.size()}, error);
    auto const file = std::string(language) + ".json";
    if (error || !root.is_object())
        throw WordsFault("words/" + file + ": not a JSON object: " + error.message());
    auto const index = parts_->add_language(language);
    for (auto const& [name, value] : root.get_object()) {
        std::string const key(name);
        auto where = std::string("words/").append(file).append(", ").append(key).append(": ");
        if (!value.is_string()) throw WordsFault(where + "not a text");
        auto& sentence = parts_->sentence(key);
        if (sentence.in(index) != nullptr) throw WordsFault(where + "said twice");
        sentence.messages.resize(std::max(sentence.messages.size(), index + 1));
        try {
            sentence.messages[index] = parse_message(
                {value.get_string().data(), value.get_string().size()}, sentence.placeholders);
        } catch (WordsFault const& fault) {
            throw WordsFault(where + fault.what());
        }
    }
}

void Words::add_room(std::span<Resource const> resources) {
    static constexpr std::string_view folder = "words/";
    static constexpr std::string_view ending = ".json";
    for (auto const& [path, bytes] : resources) {
        if (!path.starts_with(folder) || !path.ends_with(ending)) continue;
        add(path.substr(folder.size(), path.size() - folder.size() - ending.size()), bytes);
    }
}

std::vector<std::string> const& Words::languages() const { return parts_->languages; }

bool Words::rtl(std::string_view language) {
    static constexpr std::array<std::string_view, 6> from_the_right{"ar", "fa", "he",
                                                                    "ps", "ur", "yi"};
    return std::ranges::find(from_the_right, language.substr(0, language.find('-'))) !=
           from_the_right.end();
}

std::vector<std::string> Words::missing(std::string_view language) const {
    std::vector<std::string> keys;
    auto const index = static_cast<std::size_t>(std::ranges::find(parts_->languages, language) -
                                                parts_->languages.begin());
    for (auto const& sentence : parts_->sentences) {
        bool const wanted = index == english || sentence.in(english) != nullptr;
        if (wanted && sentence.in(index) == nullptr) keys.push_back(sentence.key);
    }
    std::ranges::sort(keys);
    return keys;
}

std::vector<std::string> Words::disagreements() const {
    std::vector<std::string> sentences;
    for (auto const& sentence : parts_->sentences) {
        if (sentence.in(english) == nullptr) continue;
        std::vector<std::size_t> known;
        collect_placeholders(*sentence.in(english), known);
        for (std::size_t i = 0; i < sentence.messages.size(); ++i) {
            std::vector<std::size_t> used;
            if (sentence.in(i) != nullptr) collect_placeholders(*sentence.in(i), used);
            for (auto const placeholder : used) {
                if (std::ranges::find(known, placeholder) != known.end()) continue;
                sentences.push_back(parts_->languages[i] + ": " + sentence.key + " asks for {" +
                                    sentence.placeholders[placeholder] +
                                    "}, which English doesn't have");
            }
        }
    }
    return sentences;
}

bool Words::has(std::string_view key) const {
    auto const* sentence = parts_->find(key);
    return sentence != nullptr && sentence->in(english) != nullptr;
}

Words::Handle Words::find(std::string_view key) const {
    if (!has(key)) throw WordsFault("no sentence '" + std::string(key) + "' in English");
    return parts_->by_key.find(key)->second;
}

std::vector<std::string> const& Words::placeholders(Handle sentence) const {
    return parts_->sentences[sentence].placeholders;
}

std::size_t Words::language_index(std::string_view language) const {
    auto const found = std::ranges::find(parts_->languages, language);
    if (found == parts_->languages.end()) return english;
    return static_cast<std::size_t>(found - parts_->languages.begin());
}

void Words::write(std::string& out, Handle handle, std::size_t language,
                  std::span<WordValue const> values, Reading const& reading,
                  Escaping escaping) const {
    auto const& sentence = parts_->sentences[handle];
    auto const spoken = sentence.in(language) != nullptr ? language : english;
    write_message(out, *sentence.in(spoken), parts_->rules[spoken], values, reading, escaping);
}

std::string Words::say(Reading const& reading, std::string_view key,
                       std::span<WordArgument const> arguments, Escaping escaping) const {
    auto const handle = find(key);
    auto const& names = placeholders(handle);
    std::array<WordValue, limits::sentence_placeholders_max> values;
    for (std::size_t i = 0; i < names.size(); ++i) {
        auto const given = std::ranges::find(arguments, names[i], &WordArgument::name);
        if (given != arguments.end()) values.at(i) = given->value;
    }
    std::string out;
    write(out, handle, language_index(reading.language), std::span(values).first(names.size()),
          reading, escaping);
    return out;
}

std::string Words::say(Reading const& reading, std::string_view key,
                       std::initializer_list<WordArgument> arguments) const {
    return say(reading, key, std::span(arguments.begin(), arguments.size()));
}

std::string Words::say(std::string_view language, std::string_view key,
                       std::initializer_list<WordArgument> arguments) const {
    Reading reading;
    reading.language = language;
    return say(reading, key, std::span(arguments.begin(), arguments.size()));
}

std::string Words::say(std::string_view language, std::string_view key,
                       std::vector<std::pair<std::string, std::string>> const& arguments) const {
    Reading reading;
    reading.language = language;
    std::vector<WordArgument> given;
    given.reserve(arguments.size());
    for (auto const& [name, value] : arguments) given.emplace_back(name, value);
    return say(reading, key, given);
}

}  // namespace kith::web
