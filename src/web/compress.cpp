#include "web/compress.hpp"

#include <brotli/encode.h>
#include <zlib.h>

#include <stdexcept>

namespace kith::web {
namespace {

std::string brotli(std::string_view bytes, Effort effort) {
    std::size_t size = BrotliEncoderMaxCompressedSize(bytes.size());
    std::string out(size, '\0');
    int const quality = effort == Effort::quick ? 4 : 9;
    auto const done =
        BrotliEncoderCompress(quality, BROTLI_DEFAULT_WINDOW, BROTLI_MODE_TEXT, bytes.size(),
                              reinterpret_cast<unsigned char const*>(bytes.data()), &size,
                              reinterpret_cast<unsigned char*>(out.data()));
    if (done == BROTLI_FALSE) throw std::runtime_error("brotli could not compress");
    out.resize(size);
    return out;
}

std::string gzip(std::string_view bytes, Effort effort) {
    constexpr int gzip_window = 15 + 16;
    z_stream stream{};
    int const level = effort == Effort::quick ? 4 : 9;
    if (deflateInit2(&stream, level, Z_DEFLATED, gzip_window, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        throw std::runtime_error("zlib could not begin");
    std::string out(deflateBound(&stream, bytes.size()), '\0');
    // zlib does not write through next_in, it only lacks the const.
    stream.next_in =
        const_cast<unsigned char*>(reinterpret_cast<unsigned char const*>(bytes.data()));
    stream.avail_in = static_cast<unsigned>(bytes.size());
    stream.next_out = reinterpret_cast<unsigned char*>(out.data());
    stream.avail_out = static_cast<unsigned>(out.size());
    auto const result = deflate(&stream, Z_FINISH);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    if (result != Z_STREAM_END) throw std::runtime_error("zlib could not finish");
    return out;
}

}  // namespace

std::string compress(std::string_view bytes, Encoding encoding, Effort effort) {
    switch (encoding) {
        case Encoding::brotli: return brotli(bytes, effort);
        case Encoding::gzip: return gzip(bytes, effort);
        case Encoding::identity: break;
    }
    return std::string(bytes);
}

}  // namespace kith::web
