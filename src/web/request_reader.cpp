#include "web/request_reader.hpp"

#include <boost/beast/core/string.hpp>
#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>
#include <charconv>

#include "base/limits.hpp"
#include "web/request_target.hpp"

namespace kith::web {
namespace {

namespace http = boost::beast::http;
using boost::beast::error_code;
using boost::beast::iequals;
using BeastView = boost::beast::string_view;

/// What the body is set aside for before it has come: an announced length costs nothing to claim.
constexpr std::size_t body_reserve_bytes_max = 64 * 1024;

constexpr std::string_view multipart = "multipart/form-data";

std::string text_of(BeastView view) { return {view.data(), view.size()}; }

/// Beast's grammar of HTTP/1 with our rules at each step. Used for one request.
class Parser final : public http::basic_parser<true> {
public:
    explicit Parser(BodyLimit const& body_limit_of) : body_limit_of_(body_limit_of) {
        eager(true);
        header_limit(limits::header_bytes_max);
    }

    HttpRequest request;
    unsigned refusal = 0;
    bool is_http_1_0 = false;
    bool wants_go_ahead = false;
    std::size_t upload_bytes = 0;

private:
    void refuse(unsigned status, error_code& error) {
        refusal = status;
        error = http::error::bad_value;
    }

    void on_request_impl(http::verb verb, BeastView, BeastView target, int version,
                         error_code& error) override {
        is_http_1_0 = version == 10;
        if (verb == http::verb::get)
            request.verb = Verb::get;
        else if (verb == http::verb::head)
            request.verb = Verb::head;
        else if (verb == http::verb::post)
            request.verb = Verb::post;
        else
            return refuse(405, error);
        auto read = read_target({target.data(), target.size()});
        if (!read) return refuse(400, error);
        request.target = std::move(read->path_and_query);
        host_of_target_ = std::move(read->host);
        auto const allowed = body_limit_of_(request.verb, request.target);
        is_upload_ = allowed.is_upload;
        body_limit(allowed.bytes_max);
    }

    void on_field_impl(http::field, BeastView name, BeastView value, error_code&) override {
        // Trailers come here as well, and are dropped (RFC 9110, 6.5.1).
        if (!head_done_) request.headers.emplace_back(text_of(name), text_of(value));
    }

    void on_header_impl(error_code& error) override {
        head_done_ = true;
        if (auto const status = check_headers()) return refuse(status, error);
        if (is_upload_ && !is_multipart_) error = hold_to_plain_limit();
    }

    /// Files come as multipart alone: anything else that is sent to where they may come is as short
    /// as it is elsewhere.
    error_code hold_to_plain_limit() {
        is_upload_ = false;
        body_limit(limits::body_bytes_max);
        if (announced_ <= limits::body_bytes_max) return {};
        return http::error::body_limit;
    }

    /// The status to refuse the headers with; zero when all is well.
    unsigned check_headers() {
        std::size_t hosts = 0;
        std::size_t lengths = 0;
        std::size_t codings = 0;
        for (auto& [name, value] : request.headers) {
            if (iequals(name, "host")) {
                ++hosts;
                if (!is_host(value)) return 400;
                if (!host_of_target_.empty()) value = host_of_target_;
            } else if (iequals(name, "content-length")) {
                ++lengths;
                if (value.find_first_not_of("0123456789") != std::string::npos) return 400;
                std::from_chars(value.data(), value.data() + value.size(), announced_);
            } else if (iequals(name, "content-type")) {
                is_multipart_ = iequals(value.substr(0, multipart.size()), multipart);
            } else if (iequals(name, "transfer-encoding")) {
                ++codings;
                if (!chunked()) return 400;
                if (!iequals(value, "chunked")) return 501;
            } else if (iequals(name, "expect") && !is_http_1_0) {
                if (!iequals(value, "100-continue")) return 417;
                wants_go_ahead = true;
            }
        }
        if (hosts > 1 || (hosts == 0 && !is_http_1_0)) return 400;
        if (lengths + codings > 1 || (codings > 0 && is_http_1_0)) return 400;
        return 0;
    }

    void on_body_init_impl(boost::optional<std::uint64_t> const& length, error_code&) override {
        auto const announced = static_cast<std::size_t>(length.value_or(0));
        request.body.reserve(std::min(announced, body_reserve_bytes_max));
        if (is_upload_) upload_bytes = announced;
    }

    std::size_t on_body_impl(BeastView bytes, error_code&) override {
        request.body.append(bytes.data(), bytes.size());
        return bytes.size();
    }

    std::size_t on_chunk_body_impl(std::uint64_t, BeastView bytes, error_code&) override {
        request.body.append(bytes.data(), bytes.size());
        return bytes.size();
    }

    void on_response_impl(int, BeastView, int, error_code&) override {}
    void on_chunk_header_impl(std::uint64_t, BeastView, error_code&) override {}
    void on_finish_impl(error_code&) override {}

    BodyLimit const& body_limit_of_;
    std::string host_of_target_;
    bool head_done_ = false;
    bool is_upload_ = false;
    bool is_multipart_ = false;
    std::uint64_t announced_ = 0;
};

/// False for control characters, a CR or LF alone, and lines folded the old way: readers differ
/// on what these mean (RFC 9112, 2.2 and 5.2).
bool is_clean_head(std::string_view head) {
    for (std::size_t i = 0; i < head.size(); ++i) {
        auto const c = head[i];
        if ((c >= ' ' || c < 0) && c != '\x7f') continue;
        if (c == '\t') continue;
        if (c != '\r' || i + 1 >= head.size() || head[i + 1] != '\n') return false;
        ++i;
        if (i + 1 < head.size() && (head[i + 1] == ' ' || head[i + 1] == '\t')) return false;
    }
    return true;
}

/// Whether the request line ends in the well-formed version of another HTTP: then that is what's
/// wrong.
bool names_other_version(std::string_view head) {
    auto const line = head.substr(0, head.find('\r'));
    if (line.size() < 8) return false;
    auto const version = line.substr(line.size() - 8);
    auto const digit = [&](std::size_t at) { return version[at] >= '0' && version[at] <= '9'; };
    bool const is_ours = version == "HTTP/1.1" || version == "HTTP/1.0";
    return !is_ours && version.starts_with("HTTP/") && digit(5) && version[6] == '.' && digit(7);
}

}  // namespace

struct RequestReader::Parts {
    explicit Parts(BodyLimit const& limit) : body_limit(limit) { begin(); }

    void begin() {
        parser.emplace(body_limit);
        state = State::head;
        searched = 0;
    }

    std::size_t refuse(unsigned with_status) {
        state = State::refused;
        status = with_status;
        return 0;
    }

    unsigned status_for(error_code const& error, std::string_view head) const {
        if (parser->refusal != 0) return parser->refusal;
        if (error == http::error::body_limit) return 413;
        if (error == http::error::bad_version && names_other_version(head)) return 505;
        return 400;
    }

    std::size_t read_head(std::string_view bytes) {
        // An empty line or two before a request is forgiven (RFC 9112, 2.2).
        std::size_t skipped = 0;
        while (bytes.substr(skipped, 2) == "\r\n") skipped += 2;
        bytes.remove_prefix(skipped);
        if (skipped > 0) searched = 0;
        if (bytes.empty() || bytes == "\r") return skipped;
        // Whatever speaks another language (TLS, say) needn't wait for its deadline.
        if (bytes.front() < 'A' || bytes.front() > 'z') return refuse(400);
        auto const end = bytes.find("\r\n\r\n", searched);
        auto const size = end == std::string_view::npos ? bytes.size() : end + 4;
        if (size > limits::header_bytes_max) return refuse(431);
        if (end == std::string_view::npos) {
            searched = size < 3 ? 0 : size - 3;
            return skipped;
        }
        return skipped + parse_head(bytes.substr(0, size));
    }

    std::size_t parse_head(std::string_view head) {
        if (!is_clean_head(head)) return refuse(400);
        error_code error;
        auto const used = parser->put({head.data(), head.size()}, error);
        if (error) return refuse(status_for(error, head));
        if (used != head.size()) return refuse(400);
        state = parser->is_done() ? State::whole : State::body;
        return used;
    }

    /// The last chunk's line and less than the end after it. Beast 1.81 asserts that such a line,
    /// once met, never comes again without its end.
    [[nodiscard]] bool is_cut_end(std::string_view piece) const {
        return parser->chunked() && piece.size() < 5 && piece.starts_with("0\r\n");
    }

    /// In pieces of a head's size: what Beast uses nothing of, a chunk's line or the trailers,
    /// may be no longer, however the bytes are cut.
    std::size_t read_body(std::string_view bytes) {
        std::size_t used = 0;
        while (used < bytes.size() && state == State::body) {
            auto const piece = bytes.substr(used, limits::header_bytes_max);
            if (is_cut_end(piece)) break;
            error_code error;
            auto const more = parser->put({piece.data(), piece.size()}, error);
            used += more;
            if (error && error != http::error::need_more) return refuse(status_for(error, {}));
            if (parser->is_done())
                state = State::whole;
            else if (more == 0 && piece.size() == limits::header_bytes_max)
                return refuse(400);
            else if (more == 0)
                break;
        }
        return used;
    }

    BodyLimit const& body_limit;
    std::optional<Parser> parser;
    State state = State::head;
    unsigned status = 0;
    std::size_t searched = 0;  ///< the head doesn't end before here
};

RequestReader::RequestReader(BodyLimit const& body_limit)
    : parts_(std::make_unique<Parts>(body_limit)) {}

RequestReader::~RequestReader() = default;

std::size_t RequestReader::read(std::string_view bytes) {
    std::size_t used = 0;
    if (parts_->state == State::head) used = parts_->read_head(bytes);
    if (parts_->state == State::body) used += parts_->read_body(bytes.substr(used));
    return used;
}

RequestReader::State RequestReader::state() const { return parts_->state; }

unsigned RequestReader::refusal_status() const { return parts_->status; }

bool RequestReader::waits_for_go_ahead() const {
    return parts_->state == State::body && parts_->parser->wants_go_ahead &&
           parts_->parser->request.body.empty();
}

std::size_t RequestReader::body_bytes() const { return parts_->parser->request.body.size(); }

std::size_t RequestReader::upload_bytes() const {
    return parts_->state == State::body ? parts_->parser->upload_bytes : 0;
}

RequestReader::Taken RequestReader::take() {
    Taken taken;
    taken.request = std::move(parts_->parser->request);
    taken.keeps_alive = parts_->parser->keep_alive();
    taken.is_http_1_0 = parts_->parser->is_http_1_0;
    parts_->begin();
    return taken;
}

}  // namespace kith::web
