#include "simulate/client.hpp"

#include <curl/curl.h>

#include <map>
#include <stdexcept>

namespace kith::simulate {
namespace {

constexpr long request_seconds_max = 60;
constexpr long connections_kept = 4096;

struct FreeEasy {
    void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};
struct FreeMulti {
    void operator()(CURLM* handle) const { curl_multi_cleanup(handle); }
};
struct FreeList {
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using Headers = std::unique_ptr<curl_slist, FreeList>;

void add(Headers& headers, std::string const& line) {
    auto* const longer = curl_slist_append(headers.get(), line.c_str());
    if (longer == nullptr) throw std::bad_alloc();
    static_cast<void>(headers.release());
    headers.reset(longer);
}

/// One request under way, or one event stream.
struct Transfer {
    std::unique_ptr<CURL, FreeEasy> easy{curl_easy_init()};
    Headers headers;
    std::string url;
    std::string body;
    Answer answer;
    Steady::time_point began;
    Done done;
    std::size_t stream = 0;  ///< its number; 0: a request
    Hearing hearing;
    bool begun = false;
};

void tell_begun(Transfer& transfer) {
    if (transfer.begun) return;
    transfer.begun = true;
    long status = 0;
    curl_easy_getinfo(transfer.easy.get(), CURLINFO_RESPONSE_CODE, &status);
    transfer.hearing.begun(status);
}

std::size_t take_body(char* bytes, std::size_t size, std::size_t count, void* data) {
    auto& transfer = *static_cast<Transfer*>(data);
    std::string_view const text(bytes, size * count);
    if (transfer.stream == 0) {
        transfer.answer.body += text;
    } else {
        transfer.hearing.heard(text);
    }
    return text.size();
}

/// The session that the server gives; its name differs between http and https.
void take_cookie(Transfer& transfer, std::string_view line) {
    constexpr std::string_view name = "set-cookie:";
    if (line.size() < name.size()) return;
    for (std::size_t i = 0; i < name.size(); ++i)
        if ((line[i] | 0x20) != (name[i] | 0x20)) return;
    line.remove_prefix(name.size());
    while (line.starts_with(' ')) line.remove_prefix(1);
    auto const value = line.substr(0, line.find(';'));
    if (value.find("session=") != value.npos && !value.ends_with('='))
        transfer.answer.cookie = std::string(value);
}

std::size_t take_header(char* bytes, std::size_t size, std::size_t count, void* data) {
    auto& transfer = *static_cast<Transfer*>(data);
    std::string_view const line(bytes, size * count);
    take_cookie(transfer, line);
    // The empty line: an event stream is open before anything is said on it.
    if (transfer.stream != 0 && (line == "\r\n" || line == "\n")) tell_begun(transfer);
    return line.size();
}

}  // namespace

struct Client::Parts {
    std::string server;
    bool loopback = false;
    std::unique_ptr<CURLM, FreeMulti> multi{curl_multi_init()};
    std::map<CURL*, std::unique_ptr<Transfer>> all;
    std::vector<std::unique_ptr<Transfer>> idle;
    std::map<std::size_t, CURL*> streams;
    std::size_t next_stream = 1;

    std::unique_ptr<Transfer> fresh() {
        if (idle.empty()) return std::make_unique<Transfer>();
        auto transfer = std::move(idle.back());
        idle.pop_back();
        curl_easy_reset(transfer->easy.get());
        transfer->answer = {};
        transfer->begun = false;
        transfer->stream = 0;
        return transfer;
    }

    void prepare(Transfer& transfer, Request const& request) {
        auto* const easy = transfer.easy.get();
        transfer.url = server + request.path;
        transfer.body = request.body;
        transfer.headers.reset();
        add(transfer.headers,
            transfer.stream == 0 ? "Accept: application/json" : "Accept: text/event-stream");
        if (!request.cookie.empty()) add(transfer.headers, "Cookie: " + request.cookie);
        if (!request.last_event.empty())
            add(transfer.headers, "Last-Event-ID: " + request.last_event);
        if (!request.network.empty()) {
            add(transfer.headers, "X-Forwarded-For: " + request.network);
            if (loopback) {
                curl_easy_setopt(easy, CURLOPT_IPRESOLVE, static_cast<long>(CURL_IPRESOLVE_V4));
                curl_easy_setopt(easy, CURLOPT_INTERFACE, ("host!" + request.network).c_str());
                curl_easy_setopt(easy, CURLOPT_FORBID_REUSE, 1L);
            }
        }
        if (!request.body.empty()) {
            add(transfer.headers, "Content-Type: application/json");
            curl_easy_setopt(easy, CURLOPT_POSTFIELDS, transfer.body.c_str());
            curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE, static_cast<long>(transfer.body.size()));
        }
        curl_easy_setopt(easy, CURLOPT_URL, transfer.url.c_str());
        curl_easy_setopt(easy, CURLOPT_HTTPHEADER, transfer.headers.get());
        curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, take_body);
        curl_easy_setopt(easy, CURLOPT_WRITEDATA, &transfer);
        curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, take_header);
        curl_easy_setopt(easy, CURLOPT_HEADERDATA, &transfer);
        curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
        curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
        if (transfer.stream == 0) curl_easy_setopt(easy, CURLOPT_TIMEOUT, request_seconds_max);
    }

    void begin(std::unique_ptr<Transfer> transfer) {
        auto* const easy = transfer->easy.get();
        transfer->began = Steady::now();
        all.emplace(easy, std::move(transfer));
        if (curl_multi_add_handle(multi.get(), easy) != CURLM_OK)
            throw std::runtime_error("A request could not be begun.");
    }

    std::unique_ptr<Transfer> taken(CURL* easy) {
        curl_multi_remove_handle(multi.get(), easy);
        auto const found = all.find(easy);
        auto transfer = std::move(found->second);
        all.erase(found);
        if (transfer->stream != 0) streams.erase(transfer->stream);
        return transfer;
    }

    void end(CURL* easy, CURLcode result) {
        auto transfer = taken(easy);
        if (transfer->stream != 0) {
            tell_begun(*transfer);
            transfer->hearing.ended();
            return;
        }
        transfer->answer.took = Steady::now() - transfer->began;
        if (result == CURLE_OK)
            curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &transfer->answer.status);
        auto const done = std::move(transfer->done);
        auto answer = std::move(transfer->answer);
        idle.push_back(std::move(transfer));
        done(std::move(answer));
    }
};

Client::Client(std::string server) : parts_(std::make_unique<Parts>()) {
    while (server.ends_with('/')) server.pop_back();
    if (!server.starts_with("http://") && !server.starts_with("https://"))
        throw std::invalid_argument("The server's address begins with http:// or https://.");
    auto const host = server.substr(server.find("://") + 3);
    parts_->loopback = host.starts_with("127.") || host.starts_with("localhost");
    parts_->server = std::move(server);
    curl_multi_setopt(parts_->multi.get(), CURLMOPT_MAXCONNECTS, connections_kept);
}

Client::~Client() {
    for (auto const& entry : parts_->all)
        curl_multi_remove_handle(parts_->multi.get(), entry.first);
    parts_->all.clear();
}

bool Client::on_loopback() const { return parts_->loopback; }

void Client::send(Request const& request, Done done) {
    auto transfer = parts_->fresh();
    transfer->done = std::move(done);
    parts_->prepare(*transfer, request);
    parts_->begin(std::move(transfer));
}

std::vector<Answer> Client::all(std::vector<Request> const& requests, std::size_t at_once) {
    std::vector<Answer> answers(requests.size());
    std::size_t next = 0;
    std::size_t left = requests.size();
    while (left > 0) {
        while (next < requests.size() && under_way() < at_once) {
            auto const number = next++;
            send(requests[number], [&answers, &left, number](Answer&& answer) {
                answers[number] = std::move(answer);
                --left;
            });
        }
        move(std::chrono::milliseconds(100));
    }
    return answers;
}

std::size_t Client::listen(Request const& request, Hearing hearing) {
    auto transfer = std::make_unique<Transfer>();
    auto const number = parts_->next_stream++;
    transfer->stream = number;
    transfer->hearing = std::move(hearing);
    parts_->prepare(*transfer, request);
    parts_->streams.emplace(number, transfer->easy.get());
    parts_->begin(std::move(transfer));
    return number;
}

void Client::cut(std::size_t stream) {
    auto const found = parts_->streams.find(stream);
    if (found != parts_->streams.end()) static_cast<void>(parts_->taken(found->second));
}

std::size_t Client::under_way() const { return parts_->all.size() - parts_->streams.size(); }

void Client::move(std::chrono::milliseconds wait) {
    int running = 0;
    curl_multi_perform(parts_->multi.get(), &running);
    bool ended = false;
    for (int left = 0; auto const* message = curl_multi_info_read(parts_->multi.get(), &left);) {
        if (message->msg != CURLMSG_DONE) continue;
        parts_->end(message->easy_handle, message->data.result);
        ended = true;
    }
    if (ended) return;
    curl_multi_poll(parts_->multi.get(), nullptr, 0, static_cast<int>(wait.count()), nullptr);
    curl_multi_perform(parts_->multi.get(), &running);
}

}  // namespace kith::simulate
