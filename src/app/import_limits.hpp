#pragma once

#include <cstddef>
#include <cstdint>

namespace kith::limits {

inline constexpr std::size_t import_line_bytes_max = 16 * 1024 * 1024;  ///< a longer one is named
inline constexpr std::uint64_t import_bytes_max = 4ULL << 30U;          ///< of a file, unpacked
inline constexpr std::size_t import_csv_field_bytes_max = 4096;
inline constexpr std::size_t import_faults_told_max = 200;
inline constexpr std::size_t import_posts_in_deed = 100;
inline constexpr std::size_t import_files_max = 10'000;

}  // namespace kith::limits
