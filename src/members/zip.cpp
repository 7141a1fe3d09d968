#include "members/zip.hpp"

#include <zip.h>

#include <deque>
#include <stdexcept>

#include "base/limits.hpp"
#include "base/text.hpp"

namespace kith::members {
namespace {

bool is_safe_name(std::string_view name) {
    if (name.empty() || name.front() == '/' || name.back() == '/' || !valid_utf8(name))
        return false;
    if (name.find_first_of(std::string_view("\\:\0\n\r", 5)) != name.npos) return false;
    while (!name.empty()) {
        std::size_t const end = std::min(name.find('/'), name.size());
        std::string_view const part = name.substr(0, end);
        if (part.empty() || part == "." || part == "..") return false;
        name.remove_prefix(std::min(end + 1, name.size()));
    }
    return true;
}

struct CloseSource {
    void operator()(zip_source_t* source) const { zip_source_free(source); }
};
struct DiscardZip {
    void operator()(zip_t* zip) const { zip_discard(zip); }
};

[[noreturn]] void fail(zip_t* zip) {
    throw std::runtime_error(std::string("zip: ") + zip_strerror(zip));
}

}  // namespace

struct ZipWriter::Archive {
    std::int64_t seconds = 0;
    std::size_t bytes = 0;
    std::deque<std::string> contents;  // libzip reads them when the archive is closed
    std::unique_ptr<zip_source_t, CloseSource> result;
    std::unique_ptr<zip_t, DiscardZip> zip;
};

ZipWriter::ZipWriter(Time now) : archive_(std::make_unique<Archive>()) {
    archive_->seconds =
        std::chrono::duration_cast<std::chrono::seconds>(now.time_since_epoch()).count();
    archive_->result.reset(zip_source_buffer_create(nullptr, 0, 0, nullptr));
    if (!archive_->result) throw std::bad_alloc();
    zip_source_keep(archive_->result.get());  // the archive takes one of the two references
    archive_->zip.reset(zip_open_from_source(archive_->result.get(), ZIP_TRUNCATE, nullptr));
    if (!archive_->zip) {
        zip_source_free(archive_->result.get());
        throw std::runtime_error("zip: can't begin an archive");
    }
}

ZipWriter::~ZipWriter() = default;

void ZipWriter::add(std::string const& name, std::string bytes) {
    if (!is_safe_name(name)) throw std::invalid_argument("zip: a name that isn't safe: " + name);
    zip_t* const zip = archive_->zip.get();
    if (zip == nullptr) throw std::logic_error("zip: already finished");
    if (bytes.size() > limits::zip_bytes_max - archive_->bytes)
        throw std::length_error("zip: too much for one archive");
    if (zip_name_locate(zip, name.c_str(), 0) >= 0)
        throw std::invalid_argument("zip: twice the same name: " + name);
    archive_->bytes += bytes.size();
    std::string const& kept = archive_->contents.emplace_back(std::move(bytes));
    zip_source_t* const source = zip_source_buffer(zip, kept.data(), kept.size(), 0);
    if (source == nullptr) fail(zip);
    std::int64_t const index = zip_file_add(zip, name.c_str(), source, ZIP_FL_ENC_UTF_8);
    if (index < 0) {
        zip_source_free(source);
        fail(zip);
    }
    auto const entry = static_cast<zip_uint64_t>(index);
    if (zip_file_set_mtime(zip, entry, archive_->seconds, 0) != 0) fail(zip);
}

std::string ZipWriter::finish() {
    zip_t* const zip = archive_->zip.get();
    if (zip == nullptr) throw std::logic_error("zip: already finished");
    bool const empty = archive_->contents.empty();
    if (zip_close(zip) != 0) fail(zip);
    (void)archive_->zip.release();  // closed, and gone with it
    if (empty) return std::string("PK\x05\x06", 4) + std::string(18, '\0');  // no file at all
    zip_source_t* const result = archive_->result.get();
    zip_stat_t size{};
    if (zip_source_open(result) != 0 || zip_source_stat(result, &size) != 0)
        throw std::runtime_error("zip: can't read the archive back");
    std::string bytes(size.size, '\0');
    zip_int64_t const got = zip_source_read(result, bytes.data(), bytes.size());
    zip_source_close(result);
    if (got < 0 || static_cast<std::size_t>(got) != bytes.size())
        throw std::runtime_error("zip: can't read the archive back");
    return bytes;
}

}  // namespace kith::members
