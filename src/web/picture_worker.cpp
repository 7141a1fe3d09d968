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
#include <vips/vips8>
// Needs what vips8 brings.
#include <vips/vector.h>

#include "web/picture.hpp"
#include "web/picture_message.hpp"

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

bool start_vips() {
    setenv("VIPS_NOVECTOR", "1", 1);  // it would write the code that it makes to a file
    if (vips_init("kith") != 0) return false;
    vips_concurrency_set(1);
    vips_cache_set_max(0);
    vips_block_untrusted_set(TRUE);
    vips_operation_block_set("VipsForeignLoad", TRUE);
    for (char const* loader :
         {"VipsForeignLoadJpegBuffer", "VipsForeignLoadPngBuffer", "VipsForeignLoadWebpBuffer"})
        vips_operation_block_set(loader, FALSE);
    return true;
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

/// Decodes, turns upright, shrinks, brings to sRGB, and encodes without metadata.
Picture remake(PictureRequest const& request) {
    using vips::VImage;
    bool const cut = request.size.shape == PictureSize::Shape::cut;
    // Decoded whole first: vips' thumbnail from bytes fills what is missing with black instead of
    // failing.
    VImage const whole = VImage::new_from_buffer(request.bytes.data(), request.bytes.size(), "",
                                                 VImage::option()
                                                     ->set("fail_on", VIPS_FAIL_ON_ERROR)
                                                     ->set("access", VIPS_ACCESS_SEQUENTIAL))
                             .copy_memory();
    VImage image = whole.thumbnail_image(
        static_cast<int>(request.size.width_max),
        VImage::option()
            ->set("height", static_cast<int>(request.size.height_max))
            ->set("size", cut ? VIPS_SIZE_BOTH : VIPS_SIZE_DOWN)
            ->set("crop", cut ? VIPS_INTERESTING_CENTRE : VIPS_INTERESTING_NONE)
            ->set("export_profile", "srgb"));
    image = image.colourspace(VIPS_INTERPRETATION_sRGB).cast(VIPS_FORMAT_UCHAR).copy_memory();
    bool const transparent = image.has_alpha() && image.extract_band(image.bands() - 1).min() < 255;
    if (image.has_alpha() && !transparent) image = image.flatten();
    auto* const keep = VImage::option()->set("Q", quality)->set("strip", true);
    VipsBlob* const encoded = transparent
                                  ? image.webpsave_buffer(keep)
                                  : image.jpegsave_buffer(keep->set("optimize_coding", true));
    std::size_t size = 0;
    auto const* const data = static_cast<char const*>(vips_blob_get(encoded, &size));
    Picture picture{
        static_cast<std::size_t>(image.width()), static_cast<std::size_t>(image.height()),
        transparent ? Picture::Format::webp : Picture::Format::jpeg, std::string(data, size)};
    vips_area_unref(VIPS_AREA(encoded));
    return picture;
}

}  // namespace

int picture_worker_main(int in, int out) {
    if (!start_vips()) return 1;
    limit_self();
    std::string const text = read_all(in);
    auto const request = read_picture_request(text);
    if (!request) return 1;
    try {
        return write_all(out, write_picture_answer(remake(*request))) ? 0 : 1;
    } catch (std::exception const&) {
        return 1;
    }
}

}  // namespace kith::web
