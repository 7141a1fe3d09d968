#include "web/refuse.hpp"

#include "web/json.hpp"
#include "web/respond.hpp"

namespace kith::web {
namespace {

constexpr std::string_view agreement_first = "refusal.agreement";

/// Fields that are never shown again.
bool is_secret(std::string_view name) {
    return name.find("password") != std::string_view::npos || name == "code" || name == "token";
}

std::vector<KeptField> kept_fields(Call const& call) {
    std::vector<KeptField> kept;
    for (auto const& [name, value] : call.form.values()) {
        if (is_secret(name) || name.starts_with(resume_prefix) || name == resume_action_field)
            continue;
        bool const multiline = value.size() > 80 || value.find('\n') != std::string::npos;
        kept.push_back({name, value, multiline});
    }
    return kept;
}

/// What was typed before, as a form carries it on its way through sign-in.
std::vector<KeptField> carried_on(Call const& call) {
    std::vector<KeptField> kept;
    for (auto const& [name, value] : call.form.values()) {
        if (!name.starts_with(resume_prefix)) continue;
        auto const multiline = value.size() > 80 || value.find('\n') != std::string::npos;
        kept.push_back({name.substr(resume_prefix.size()), value, multiline});
    }
    return kept;
}

/// Where it goes in the end; nothing if it goes nowhere here.
std::optional<std::string> carried_to(Call const& call) {
    auto const* action = call.form.find(resume_action_field);
    return action && is_own_path(*action) ? std::optional(*action) : std::nullopt;
}

std::string title_of(Call const& call, Refusal const& refusal) {
    auto const own = refusal.word() + "_title";
    return call.say(call.site.words.has(own) ? std::string_view(own) : "refusal.title");
}

std::optional<std::string> url_of_what_comes_first(Call const& call, Refusal const& refusal) {
    auto const& hooks = call.site.hooks;
    if (refusal.word() == agreement_first) return std::string(hooks.agreement_path);
    if (refusal.kind() == Refusal::Kind::sign_in_first) return std::string(hooks.sign_in_path);
    return std::nullopt;
}

void show_agreement(Call& call, RefusalPage& view) {
    view.agree = true;
    view.agreement_url = call.site.hooks.agreement_path;
    auto agreement = call.site.hooks.agreement(call);
    view.agreement = std::move(agreement.words);
    view.agreement_version = agreement.version;
}

Answer problem(Call& call, Refusal const& refusal, std::vector<MistakeLine> const& sentences) {
    Problem view;
    view.title = title_of(call, refusal);
    view.status = refusal.status();
    view.detail = call.say(refusal.word(), refusal.arguments());
    view.error.code = refusal.word();
    view.error.message = view.detail;
    for (std::size_t i = 0; i < refusal.fields().size(); ++i)
        view.error.fields.push_back(
            {refusal.fields()[i].field, refusal.fields()[i].word, sentences[i].sentence});
    view.error.url = url_of_what_comes_first(call, refusal);
    std::string body;
    to_json(body, shape_of<Problem>(), &view);
    Answer answer = raw("application/problem+json", std::move(body));
    answer.status = refusal.status();
    return answer;
}

Answer refusal_page(Call& call, Refusal const& refusal) {
    RefusalPage view;
    view.title = title_of(call, refusal);
    view.sentence = call.say(refusal.word(), refusal.arguments());
    view.status = refusal.status();
    view.back_url = "/";
    // A missing page says nothing of how it was asked for: missing and hidden are one, to the byte.
    if (refusal.kind() != Refusal::Kind::not_found && call.request.verb == Verb::post) {
        view.action = call.path;
        view.kept = kept_fields(call);
        view.again = refusal.word() == "refusal.fresh_sign_in";
        view.sign_in = view.again || refusal.kind() == Refusal::Kind::sign_in_first;
        if (refusal.word() == agreement_first) show_agreement(call, view);
        // What was carried to a page behind sign-in is carried on, not that page's own form.
        if (auto action = view.sign_in ? carried_to(call) : std::nullopt) {
            view.action = *std::move(action);
            view.kept = carried_on(call);
        }
    }
    Head head{.title = view.title};
    head.alone = true;
    head.status = view.status;
    return respond(call, view, std::move(head));
}

bool shows_form_again(Refusal const& refusal) {
    auto const kind = refusal.kind();
    // The agreement needs a page of its own: the form alone couldn't accept it.
    if (refusal.word() == agreement_first) return false;
    return !refusal.fields().empty() || kind == Refusal::Kind::conflict ||
           kind == Refusal::Kind::too_often || kind == Refusal::Kind::nothing_saved;
}

Answer to_sign_in(Call& call) {
    Answer answer;
    answer.status = 303;
    auto const then = url_encode(call.request.target);
    answer.headers.emplace_back("location",
                                std::string(call.site.hooks.sign_in_path) + "?then=" + then);
    return answer;
}

void add_retry_after(Answer& answer, Refusal const& refusal) {
    if (refusal.retry_after().count() > 0)
        answer.headers.emplace_back("retry-after", std::to_string(refusal.retry_after().count()));
    else if (refusal.kind() == Refusal::Kind::nothing_saved)
        answer.headers.emplace_back("retry-after", "5");
}

}  // namespace

Answer refuse(Call& call, Refusal const& refusal) {
    std::vector<MistakeLine> sentences;
    for (auto const& mistake : refusal.fields())
        sentences.push_back({mistake.field, call.say(mistake.word, mistake.arguments)});
    if (call.wants_json) {
        auto answer = problem(call, refusal, sentences);
        add_retry_after(answer, refusal);
        return answer;
    }
    if (refusal.kind() == Refusal::Kind::sign_in_first && call.request.verb != Verb::post)
        return to_sign_in(call);
    if (call.route && call.route->again && shows_form_again(refusal)) {
        if (sentences.empty())
            sentences.push_back({"", call.say(refusal.word(), refusal.arguments())});
        call.failure = Failure{call.route->pattern, refusal, std::move(sentences)};
        try {
            auto answer = call.route->again(call);
            answer.status = refusal.status();
            add_retry_after(answer, refusal);
            return answer;
        } catch (Refusal const& second) {
            // The page itself is gone or unreadable; the plain page still keeps what was typed.
            call.failure.reset();
            if (second.kind() == Refusal::Kind::not_found) return refusal_page(call, second);
        }
    }
    auto answer = refusal_page(call, refusal);
    add_retry_after(answer, refusal);
    return answer;
}

std::optional<Answer> resume(Call& call, std::string_view title) {
    auto action = carried_to(call);
    if (!action) return std::nullopt;
    RefusalPage view;
    view.title = call.say(title);
    view.sentence = call.say("refusal.resume");
    view.status = 200;
    view.action = *std::move(action);
    view.kept = carried_on(call);
    view.back_url = "/";
    Head head{.title = view.title};
    head.alone = true;
    return respond(call, view, std::move(head));
}

}  // namespace kith::web
