#include "web/finish.hpp"

#include <spdlog/spdlog.h>

#include "web/compress.hpp"
#include "web/negotiate.hpp"

namespace kith::web {
namespace {

constexpr std::size_t compress_from_bytes = 1024;

std::string_view origin_of(std::string_view url) {
    auto const host = url.find("://");
    if (host == std::string_view::npos) return {};
    return url.substr(0, std::min(url.find('/', host + 3), url.size()));
}

bool is_text(std::string_view type) {
    return type.starts_with("text/") || type.find("json") != std::string_view::npos ||
           type.find("xml") != std::string_view::npos;
}

void compress_for(HttpRequest const& request, Answer& answer, bool keeps) {
    auto const type = header(answer.headers, "content-type");
    if (!answer.body || answer.body->size() < compress_from_bytes || !is_text(type)) return;
    answer.headers.emplace_back("vary", "accept-encoding");
    auto const encoding = preferred_encoding(request.header("accept-encoding"));
    if (encoding == Encoding::identity) return;
    // A kept answer is compressed once and sent many times.
    auto const level = keeps ? Effort::thorough : Effort::quick;
    answer.body = std::make_shared<std::string const>(compress(*answer.body, encoding, level));
    answer.headers.emplace_back("content-encoding", encoding == Encoding::brotli ? "br" : "gzip");
}

}  // namespace

Finishing::Finishing(Site& site) : site_(site) {
    content_security_policy_ =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        "font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; "
        "base-uri 'none'; frame-ancestors 'none'; form-action 'self' ";
    content_security_policy_ += origin_of(site.settings.exit_url);
}

void Finishing::add_common_headers(Answer& answer) const {
    answer.headers.emplace_back("content-security-policy", content_security_policy_);
    for (auto const& [name, value] : base_security_headers)
        if (name != "content-security-policy") answer.headers.emplace_back(name, value);
    if (site_.settings.secure_cookies)
        answer.headers.emplace_back("strict-transport-security",
                                    "max-age=63072000; includeSubDomains");
}

void Finishing::complete(Call const& call, Answer& answer, bool keeps) const {
    add_common_headers(answer);
    if (answer.stream) return;
    if (header(answer.headers, "cache-control").empty()) {
        bool const public_page = keeps && !call.viewer().signed_in();
        answer.headers.emplace_back("cache-control",
                                    public_page ? "no-cache" : "private, no-store");
    }
    answer.headers.emplace_back("vary", "cookie, accept, accept-language");
    if (keeps && answer.body)
        answer.headers.emplace_back("etag",
                                    '"' + site_.seal.short_hash("etag", *answer.body) + '"');
    compress_for(call.request, answer, keeps);
    answer = not_modified_or(call.request, std::move(answer));
}

Answer Finishing::not_modified_or(HttpRequest const& request, Answer answer) const {
    auto const tag = header(answer.headers, "etag");
    auto const theirs = request.header("if-none-match");
    if (tag.empty() || theirs.empty() || theirs.find(tag) == std::string_view::npos) return answer;
    answer.status = 304;
    answer.body = nullptr;
    answer.static_body = {};
    std::erase_if(answer.headers, [](auto const& line) {
        return line.first == "content-type" || line.first == "content-encoding";
    });
    return answer;
}

Answer Finishing::static_file(HttpRequest const& request) const {
    Answer answer;
    add_common_headers(answer);
    auto const path = std::string_view(request.target).substr(0, request.target.find('?'));
    for (auto const& file : site_.static_files) {
        if (file.url != path) continue;
        answer.headers.emplace_back("content-type", file.type);
        answer.headers.emplace_back("cache-control", "public, max-age=31536000, immutable");
        answer.headers.emplace_back("vary", "accept-encoding");
        auto const encoding = preferred_encoding(request.header("accept-encoding"));
        answer.static_body = file.bytes;
        if (encoding == Encoding::brotli && !file.brotli.empty()) {
            answer.static_body = file.brotli;
            answer.headers.emplace_back("content-encoding", "br");
        } else if (encoding != Encoding::identity && !file.gzip.empty()) {
            answer.static_body = file.gzip;
            answer.headers.emplace_back("content-encoding", "gzip");
        }
        return answer;
    }
    answer.status = 404;
    answer.headers.emplace_back("content-type", "text/plain; charset=utf-8");
    answer.headers.emplace_back("cache-control", "no-store");
    answer.static_body = "There is no such file here.\n";
    return answer;
}

void Finishing::note(Call const& call, Answer const& answer, std::chrono::microseconds took) const {
    auto const pattern = call.route ? call.route->pattern : std::string_view("-");
    auto const bytes = answer.body ? answer.body->size() : answer.static_body.size();
    site_.metrics.count(answer.status, took);
    site_.log->info("request verb={} route={} status={} micros={} bytes={}",
                    call.request.verb == Verb::post ? "POST" : "GET", pattern, answer.status,
                    took.count(), bytes);
}

}  // namespace kith::web
