# Debian's packages, found once. A part that has no CMake package is found by pkg-config or name.
find_package(Boost 1.81 REQUIRED COMPONENTS json)
find_package(PkgConfig REQUIRED)
# Some parts bring -pthread: all files get it, or the precompiled header doesn't fit them.
add_compile_options(-pthread)
find_package(Threads REQUIRED)
find_package(CLI11 REQUIRED)
find_package(prometheus-cpp CONFIG REQUIRED)
find_package(spdlog CONFIG REQUIRED)
foreach(part sqlite3 libpq libsodium libcurl libcrypto libzip vips-cpp md4c-html tomlplusplus libbrotlienc zlib icu-i18n libnats)
  string(MAKE_C_IDENTIFIER ${part} prefix)
  pkg_check_modules(${prefix} REQUIRED IMPORTED_TARGET GLOBAL ${part})
endforeach()

find_library(JEMALLOC jemalloc REQUIRED)
find_library(RAPIDCHECK rapidcheck REQUIRED)
find_path(DOCTEST_INCLUDE doctest/doctest.h REQUIRED)
