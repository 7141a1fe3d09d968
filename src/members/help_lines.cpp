#include "members/help_lines.hpp"

#include "base/limits.hpp"
#include "base/text.hpp"
#include "web/respond.hpp"

namespace kith::members {
namespace {

using web::Access;
using web::Answer;
using web::Call;
using web::Outcome;

constexpr std::string_view lines_path = "/host/help-lines";
constexpr std::string_view change_path = "/host/help-lines/{line}";
constexpr std::string_view lines_list = "help lines";

HelpLineItem item_of(Call& call, HelpLineRow const& row) {
    HelpLineItem item;
    item.key = call.site.seal.cursor(call.viewer(), lines_list, row.id.value);
    item.open = call.failed(change_path) && call.parameter("line") == item.key;
    // Only the one whose form just failed shows what was typed.
    auto const field = [&](std::string const& name, std::string const& kept) {
        return item.open ? call.field(change_path, name, kept) : web::Field{kept, {}};
    };
    item.label_field = field("label", row.label);
    item.words_field = field("words", row.words);
    item.country_field = field("country", row.country);
    item.source_field = field("source", row.source);
    item.label = row.label;
    item.words = row.words;
    item.country = row.country;
    item.source = row.source;
    item.checked_at = row.checked_at;
    item.checked = is_checked(row.checked_at, call.now());
    item.change_url = std::string(lines_path) + "/" + item.key;
    item.checked_url = item.change_url + "/checked";
    item.remove_url = item.change_url + "/remove";
    return item;
}

Answer show_lines(Call& call) {
    HelpLinesPage view;
    for (auto const& row : all_help_lines(call.read(), call.viewer()))
        view.items.push_back(item_of(call, row));
    view.to_check = lines_to_check(call.read(), call.viewer(), call.now());
    view.label = call.field(lines_path, "label");
    view.words = call.field(lines_path, "words");
    view.country = call.field(lines_path, "country", community(call.read()).country);
    view.source = call.field(lines_path, "source");
    return respond(call, view,
                   {.title = call.say("members.help_lines"), .place = web::Place::host});
}

HelpLineForm checked_form(Call const& call) {
    auto form = web::read_form<HelpLineForm>(call.form);
    form.label = trim(form.label);
    form.words = trim(form.words);
    form.source = trim(form.source);
    form.country = trim(form.country);
    for (auto& c : form.country)
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    web::Mistakes mistakes;
    mistakes.required("label", form.label)
        .max("label", form.label, limits::help_line_characters_max);
    mistakes.require(form.label.empty() || href_of_line(form.label).has_value(), "label",
                     "members.line_label_mistake");
    mistakes.required("words", form.words)
        .max("words", form.words, limits::help_line_characters_max);
    mistakes.require(form.country.size() == 2, "country", "members.country_mistake");
    mistakes.required("source", form.source)
        .max_bytes("source", form.source, limits::link_bytes_max);
    mistakes.throw_if_any();
    return form;
}

Id<HelpLineTag> line_of(Call const& call) {
    auto const position =
        call.site.seal.position(call.viewer(), lines_list, call.parameter("line"));
    if (!position) throw Refusal::not_found();
    return Id<HelpLineTag>{*position};
}

Answer back(Call& call) { return web::done(call, std::string(lines_path), "members.said_lines"); }

Outcome act_add(Call& call) {
    return Outcome::deed([&call, form = checked_form(call)](database::Write& write) {
        add_help_line(write, form, href_of_line(form.label).value(), call.now());
        return back(call);
    });
}

Outcome act_change(Call& call) {
    auto const line = line_of(call);
    return Outcome::deed([&call, line, form = checked_form(call)](database::Write& write) {
        change_help_line(write, line, form, href_of_line(form.label).value(), call.now());
        return back(call);
    });
}

Outcome act_checked(Call& call) {
    auto const line = line_of(call);
    return Outcome::deed([&call, line](database::Write& write) {
        note_line_checked(write, line, call.now());
        return back(call);
    });
}

Outcome act_remove(Call& call) {
    auto const line = line_of(call);
    return Outcome::deed([&call, line](database::Write& write) {
        remove_help_line(write, line);
        return back(call);
    });
}

}  // namespace

std::optional<std::string> href_of_line(std::string_view label) {
    if (label.starts_with("https://")) {
        bool const plain = label.size() > 8 && label.find_first_of(" \"'<>") == label.npos;
        return plain ? std::optional(std::string(label)) : std::nullopt;
    }
    std::string dialled;
    for (char const c : label) {
        bool const digit = c >= '0' && c <= '9';
        if (digit || c == '*' || c == '#' || (c == '+' && dialled.empty())) {
            dialled += c;
        } else if (c != ' ' && c != '-' && c != '/' && c != '(' && c != ')') {
            return std::nullopt;
        }
    }
    if (dialled.size() < 2) return std::nullopt;
    return "tel:" + dialled;
}

bool is_checked(std::optional<Time> const& checked_at, Time now) {
    return checked_at && now - *checked_at <= limits::help_line_age_max;
}

std::vector<web::Route> help_lines_routes() {
    return {
        web::get<HelpLinesPage>(lines_path, Access::host, show_lines),
        web::post<HelpLineForm>(lines_path, Access::host, act_add, show_lines),
        web::post<HelpLineForm>(change_path, Access::host, act_change, show_lines),
        web::post<web::NoFields>("/host/help-lines/{line}/checked", Access::host, act_checked,
                                 show_lines),
        web::post<web::NoFields>("/host/help-lines/{line}/remove", Access::host, act_remove,
                                 show_lines),
    };
}

}  // namespace kith::members
