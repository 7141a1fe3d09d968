#include "simulate/speaker.hpp"

#include <boost/json/parse.hpp>

namespace kith::simulate {

std::vector<Answer> Speaker::ask(std::vector<Request> const& requests) {
    auto answers = client_.all(requests, at_once_);
    for (std::size_t i = 0; i < answers.size(); ++i) {
        if (answers[i].fine()) {
            tally_.answered(requests[i].kind, milliseconds(answers[i].took));
        } else {
            tally_.failed(requests[i].kind, answers[i].status);
        }
    }
    if (!answers.empty()) is_answered_ = answers.back().status != 0;
    return answers;
}

void Speaker::require_server() {
    if (!is_answered_) static_cast<void>(need_answer({"look whether it is there", "/healthz"}));
}

Answer Speaker::need_answer(Request const& request) {
    auto answers = ask({request});
    auto answer = std::move(answers.front());
    if (answer.fine()) return answer;
    if (answer.status == 0)
        throw Refused("The server doesn't answer: is it running at this address?");
    throw Refused("The server refused to " + request.kind + " (" + request.path + ") with " +
                  std::to_string(answer.status) + ": " + answer.body.substr(0, 300));
}

boost::json::value Speaker::need(Request const& request) {
    return json_of(need_answer(request).body);
}

boost::json::value json_of(std::string const& body) {
    boost::json::error_code error;
    auto value = boost::json::parse(body, error);
    return error ? boost::json::value() : value;
}

double milliseconds(Steady::duration time) {
    return std::chrono::duration<double, std::milli>(time).count();
}

}  // namespace kith::simulate
