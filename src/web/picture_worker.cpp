#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstddef>
#include <cstdlib>
#include <memory>

#include "web/picture.hpp"
#include "web/picture_message.hpp"
#include "web/vips_library.hpp"

namespace kith::web {
namespace {

constexpr int quality = 82;

void limit(__rlimit_resource what, rlim_t most) {
    rlimit const value{most, most};
    setrlimit(what, &value);
}

/// No files, no other programs, no network: what a decoder that was taken over would want.
void forbid_calls() {
#if defined(__x86_64__)
    constexpr unsigned machine = AUDIT_ARCH_X86_64;
#elif defined(__aarch64__)
    constexpr unsigned machine = AUDIT_ARCH_AARCH64;
#else
    constexpr unsigned machine = 0;  // the resource limits must do
#endif
    if (machine == 0) return;
    constexpr std::array<unsigned, 14> forbidden{
        SYS_socket, SYS_socketpair, SYS_connect, SYS_bind,   SYS_execve, SYS_execveat, SYS_ptrace,
        SYS_kill,   SYS_tkill,      SYS_openat2, SYS_linkat, SYS_mount,  SYS_unlinkat, SYS_bpf};
    constexpr auto load = [](std::size_t offset) {
        return sock_filter BPF_STMT(BPF_LD | BPF_W | BPF_ABS, static_cast<unsigned>(offset));
    };
    constexpr auto jump = [](unsigned test, unsigned value, std::uint8_t yes, std::uint8_t no) {
        return sock_filter BPF_JUMP(BPF_JMP | test | BPF_K, value, yes, no);
    };
    constexpr auto answer = [](unsigned value) {
        return sock_filter BPF_STMT(BPF_RET | BPF_K, value);
    };
    std::vector<sock_filter> rules{load(offsetof(seccomp_data, arch)), jump(BPF_JEQ, machine, 1, 0),
                                   answer(SECCOMP_RET_KILL_PROCESS),
                                   load(offsetof(seccomp_data, nr))};
    // x86-64 knows its calls by a second set of numbers (x32), which this bit marks.
    rules.push_back(jump(BPF_JGE, 0x40000000, 0, 1));
    rules.push_back(answer(SECCOMP_RET_KILL_PROCESS));
    for (unsigned call : forbidden) {
        rules.push_back(jump(BPF_JEQ, call, 0, 1));
        rules.push_back(answer(SECCOMP_RET_ERRNO | EPERM));
    }
    rules.push_back(answer(SECCOMP_RET_ALLOW));
    sock_fprog const program{static_cast<unsigned short>(rules.size()), rules.data()};
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0)
        prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program);
}

void limit_self() {
    auto const seconds = std::chrono::ceil<std::chrono::seconds>(limits::picture_time_max);
    limit(RLIMIT_CPU, static_cast<rlim_t>(seconds.count()));
    limit(RLIMIT_NOFILE, limits::picture_files_max);
    limit(RLIMIT_FSIZE, 0);
    limit(RLIMIT_CORE, 0);
    // A sanitizer reserves terabytes of addresses for itself.
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__) && !defined(__clang__)
    limit(RLIMIT_AS, limits::picture_memory_bytes_max);
#endif
    forbid_calls();
}

/// Throws PicturesUnavailable.
VipsLibrary start_vips(char const* name) {
    setenv("VIPS_NOVECTOR", "1", 1);  // it would write the code that it makes to a file
    auto const vips = VipsLibrary::load(name);
    if (vips.init("kith") != 0) throw PicturesUnavailable(vips.error_buffer());
    vips.concurrency_set(1);
    vips.cache_set_max(0);
    vips.block_untrusted_set(TRUE);
    vips.operation_block_set("VipsForeignLoad", TRUE);
    for (char const* loader :
         {"VipsForeignLoadJpegBuffer", "VipsForeignLoadPngBuffer", "VipsForeignLoadWebpBuffer"})
        vips.operation_block_set(loader, FALSE);
    return vips;
}

std::string read_all(int in) {
    std::string text;
    std::vector<char> buffer(64 * 1024);
    while (text.size() <= limits::upload_bytes_max + buffer.size()) {
        ssize_t const count = read(in, buffer.data(), buffer.size());
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) break;
        text.append(buffer.data(), static_cast<std::size_t>(count));
    }
    return text;
}

bool write_all(int out, std::string_view text) {
    while (!text.empty()) {
        ssize_t const count = write(out, text.data(), text.size());
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) return false;
        text.remove_prefix(static_cast<std::size_t>(count));
    }
    return true;
}

struct Unref {
    VipsLibrary const* vips;
    void operator()(VipsImage* image) const { vips->object_unref(image); }
};
using Image = std::unique_ptr<VipsImage, Unref>;

/// The operations on images, with what they give owned and what fails thrown.
class Vips {
public:
    explicit Vips(VipsLibrary const& library) : vips_(library) {}

    /// Decoded whole: vips' thumbnail from bytes fills what is missing with black instead of
    /// failing.
    [[nodiscard]] Image decoded(std::string_view bytes) const {
        return in_memory(owned(vips_.image_new_from_buffer(bytes.data(), bytes.size(), "",
                                                           "fail_on", VIPS_FAIL_ON_ERROR, "access",
                                                           VIPS_ACCESS_SEQUENTIAL, nullptr)));
    }

    /// Upright, of that size and shape, in sRGB with eight bits.
    [[nodiscard]] Image fitted(Image const& image, PictureSize size) const {
        bool const cut = size.shape == PictureSize::Shape::cut;
        auto const small = made([&](VipsImage** out) {
            return vips_.thumbnail_image(image.get(), out, static_cast<int>(size.width_max),
                                         "height", static_cast<int>(size.height_max), "size",
                                         cut ? VIPS_SIZE_BOTH : VIPS_SIZE_DOWN, "crop",
                                         cut ? VIPS_INTERESTING_CENTRE : VIPS_INTERESTING_NONE,
                                         "export_profile", "srgb", nullptr);
        });
        auto const coloured = made([&](VipsImage** out) {
            return vips_.colourspace(small.get(), out, VIPS_INTERPRETATION_sRGB, nullptr);
        });
        return in_memory(made([&](VipsImage** out) {
            return vips_.cast(coloured.get(), out, VIPS_FORMAT_UCHAR, nullptr);
        }));
    }

    [[nodiscard]] bool has_alpha(Image const& image) const {
        return vips_.image_hasalpha(image.get()) != FALSE;
    }

    [[nodiscard]] bool is_transparent(Image const& image) const {
        if (!has_alpha(image)) return false;
        auto const alpha = made([&](VipsImage** out) {
            return vips_.extract_band(image.get(), out, vips_.image_get_bands(image.get()) - 1,
                                      nullptr);
        });
        double least = 0;
        check(vips_.min(alpha.get(), &least, nullptr));
        return least < 255;
    }

    [[nodiscard]] Image without_alpha(Image const& image) const {
        return made([&](VipsImage** out) { return vips_.flatten(image.get(), out, nullptr); });
    }

    /// Without metadata.
    [[nodiscard]] Picture encoded(Image const& image, Picture::Format format) const {
        void* data = nullptr;
        std::size_t size = 0;
        check(format == Picture::Format::webp
                  ? vips_.webpsave_buffer(image.get(), &data, &size, "Q", quality, "strip", TRUE,
                                          nullptr)
                  : vips_.jpegsave_buffer(image.get(), &data, &size, "Q", quality, "strip", TRUE,
                                          "optimize_coding", TRUE, nullptr));
        std::unique_ptr<void, decltype(vips_.free_bytes)> const owner(data, vips_.free_bytes);
        return {static_cast<std::size_t>(vips_.image_get_width(image.get())),
                static_cast<std::size_t>(vips_.image_get_height(image.get())), format,
                std::string(static_cast<char const*>(data), size)};
    }

private:
    void check(int failure) const {
        if (failure != 0) throw std::runtime_error(vips_.error_buffer());
    }

    [[nodiscard]] Image owned(VipsImage* image) const {
        if (!image) throw std::runtime_error(vips_.error_buffer());
        return {image, Unref{&vips_}};
    }

    template <class Operation>
    [[nodiscard]] Image made(Operation operation) const {
        VipsImage* image = nullptr;
        check(operation(&image));
        return owned(image);
    }

    [[nodiscard]] Image in_memory(Image const& image) const {
        return owned(vips_.image_copy_memory(image.get()));
    }

    VipsLibrary const& vips_;
};

/// Decodes, turns upright, shrinks, brings to sRGB, and encodes without metadata.
Picture remake(Vips const& vips, PictureRequest const& request) {
    auto const image = vips.fitted(vips.decoded(request.bytes), request.size);
    if (vips.is_transparent(image)) return vips.encoded(image, Picture::Format::webp);
    if (!vips.has_alpha(image)) return vips.encoded(image, Picture::Format::jpeg);
    return vips.encoded(vips.without_alpha(image), Picture::Format::jpeg);
}

}  // namespace

int picture_worker_main(int in, int out, char const* library) {
    try {
        auto const vips = start_vips(library);
        limit_self();
        std::string const text = read_all(in);
        auto const request = read_picture_request(text);
        if (!request) return 1;
        return write_all(out, write_picture_answer(remake(Vips(vips), *request))) ? 0 : 1;
    } catch (PicturesUnavailable const& missing) {
        return write_all(out, write_pictures_unavailable(missing.what())) ? 0 : 1;
    } catch (std::exception const&) {
        return 1;
    }
}

}  // namespace kith::web
