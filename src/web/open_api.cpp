#include "web/open_api.hpp"

#include <boost/json.hpp>

#include "web/json.hpp"
#include "web/refuse.hpp"

namespace kith::web {
namespace {

namespace json = boost::json;

std::string_view access_words(Access access) {
    switch (access) {
        case Access::anyone: return "Anyone";
        case Access::member: return "Members";
        case Access::guide: return "Guides and those who hold more";
        case Access::steward: return "Stewards and the host";
        case Access::host: return "The host";
        case Access::loopback: return "Programs on the server itself";
    }
    return "";
}

json::array parameters_of(std::string_view pattern) {
    json::array parameters;
    for (auto open = pattern.find('{'); open != std::string_view::npos;
         open = pattern.find('{', open + 1)) {
        auto const name = pattern.substr(open + 1, pattern.find('}', open) - open - 1);
        parameters.push_back(
            {{"name", name}, {"in", "path"}, {"required", true}, {"schema", {{"type", "string"}}}});
    }
    return parameters;
}

json::object content(std::string_view type, json::object schema) {
    return {{"content", json::object{{type, json::object{{"schema", std::move(schema)}}}}}};
}

json::object operation(Route const& route, json::object& schemas) {
    json::object operation;
    operation["description"] = std::string(access_words(route.access)) + ".";
    operation["parameters"] = parameters_of(route.pattern);
    if (route.form) {
        auto body = content("application/json", json_schema(*route.form, schemas));
        operation["requestBody"] = std::move(body);
    }
    json::object success{{"description", "Done"}};
    if (route.view) {
        auto body = content("application/json", json_schema(*route.view, schemas));
        success["content"] = body["content"];
    }
    auto problem = content("application/problem+json", json_schema(shape_of<Problem>(), schemas));
    problem["description"] = "Refused: what to do is in detail and in error";
    operation["responses"] = json::object{{"2XX", std::move(success)}, {"default", problem}};
    return operation;
}

}  // namespace

std::string open_api(std::vector<Route> const& routes, std::string_view title) {
    json::object schemas;
    json::object paths;
    for (auto const& route : routes) {
        if (!route.view && !route.form) continue;
        auto& path = paths[route.pattern];
        if (!path.is_object()) path = json::object{};
        path.as_object()[route.verb == Verb::post ? "post" : "get"] = operation(route, schemas);
    }
    json::object document{{"openapi", "3.1.0"},
                          {"info", {{"title", title}, {"version", KITH_VERSION}}},
                          {"paths", std::move(paths)},
                          {"components", {{"schemas", std::move(schemas)}}}};
    return json::serialize(document);
}

}  // namespace kith::web
