# kith_slice(name [IN folder] USES slice …): one room of the house from src/<name>/ (or <folder>/<name>/).
#   src/<name>/*.cpp                    its code
#   src/<name>/tests/*.cpp              its tests, built as kith_<name>_tests
#   src/<name>/{migrations,templates,words}/   files built into the program, as kith::<name>_resources()
# A room sees the headers of the rooms that it USES and no others: each room has an include root of its own.

option(KITH_TESTS "Build the tests" ON)
set(KITH_SANITIZE "" CACHE STRING "Sanitizers to build with, as -fsanitize takes them")

find_program(CCACHE ccache)
if(CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime ${CCACHE})
endif()

add_library(kith_options INTERFACE)
target_compile_options(kith_options INTERFACE -Wall -Wextra -Wpedantic -Werror)
target_compile_definitions(kith_options INTERFACE BOOST_ASIO_NO_DEPRECATED BOOST_ASIO_SEPARATE_COMPILATION BOOST_BEAST_SEPARATE_COMPILATION KITH_VERSION="${PROJECT_VERSION}")
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # g++ 12 warns of restrict, stringop and maybe-uninitialized in the standard library's own inlined code (GCC 105329, 105651).
  target_compile_options(kith_options INTERFACE -fcoroutines -Wno-restrict -Wno-stringop-overflow -Wno-stringop-overread -Wno-maybe-uninitialized -Wno-array-bounds)
endif()
if(KITH_SANITIZE)
  target_compile_options(kith_options INTERFACE -fsanitize=${KITH_SANITIZE} -fno-omit-frame-pointer)
  target_link_options(kith_options INTERFACE -fsanitize=${KITH_SANITIZE})
  if(KITH_SANITIZE MATCHES "thread" AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # Asio's fences stand beside mutexes that order the same: g++ warns that it doesn't see the fences.
    target_compile_options(kith_options INTERFACE -Wno-tsan)
  endif()
  if(KITH_SANITIZE MATCHES "undefined")
    target_compile_options(kith_options INTERFACE -fno-sanitize-recover=all)
    if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
      # clang 14 can't place the one check's data before a coroutine ("difference across sections"), and wants typeinfo
      # of libraries for the other.
      target_compile_options(kith_options INTERFACE -fno-sanitize=function,vptr)
    endif()
  endif()
endif()
target_link_libraries(kith_options INTERFACE Threads::Threads)
find_program(LLD ld.lld)
if(LLD)
  target_link_options(kith_options INTERFACE -fuse-ld=lld)
endif()

function(kith_resources name target root)
  file(GLOB_RECURSE files CONFIGURE_DEPENDS RELATIVE ${root}
       ${root}/migrations/*.sql ${root}/templates/*.mustache ${root}/words/*.json ${root}/data/*)
  list(SORT files)
  set(out ${PROJECT_BINARY_DIR}/resources/${name})
  list(TRANSFORM files PREPEND ${root}/ OUTPUT_VARIABLE paths)
  add_custom_command(
    OUTPUT ${out}.cpp ${out}.S
    COMMAND ${CMAKE_COMMAND} -D NAME=${name} -D ROOT=${root} "-DFILES=${files}" -D OUT=${out} -P ${PROJECT_SOURCE_DIR}/cmake/embed.cmake
    DEPENDS ${paths} ${PROJECT_SOURCE_DIR}/cmake/embed.cmake VERBATIM)
  set_source_files_properties(${out}.S PROPERTIES OBJECT_DEPENDS "${paths}")
  file(WRITE ${PROJECT_BINARY_DIR}/include/resources/resources/${name}.hpp.new
       "#pragma once\n#include <span>\n#include \"base/resource.hpp\"\nnamespace kith {\n/// The files of ${name}/ that are built into the program.\n[[nodiscard]] std::span<Resource const> ${name}_resources();\n}\n")
  file(COPY_FILE ${PROJECT_BINARY_DIR}/include/resources/resources/${name}.hpp.new ${PROJECT_BINARY_DIR}/include/resources/resources/${name}.hpp ONLY_IF_DIFFERENT)
  target_sources(${target} PRIVATE ${out}.cpp ${out}.S)
  set_source_files_properties(${out}.cpp ${out}.S PROPERTIES SKIP_PRECOMPILE_HEADERS ON)
endfunction()

function(kith_include_root name root)
  file(MAKE_DIRECTORY ${PROJECT_BINARY_DIR}/include/${name})
  file(CREATE_LINK ${root} ${PROJECT_BINARY_DIR}/include/${name}/${name} SYMBOLIC)
endfunction()

function(kith_room name target root)
  kith_include_root(${name} ${root})
  target_include_directories(${target} PUBLIC ${PROJECT_BINARY_DIR}/include/${name} PRIVATE ${PROJECT_BINARY_DIR}/include/resources)
  foreach(used ${ARGN})
    target_link_libraries(${target} PUBLIC kith_${used})
  endforeach()
  target_link_libraries(${target} PUBLIC kith_options ${KITH_LIBRARIES_${name}})
  target_include_directories(${target} SYSTEM PRIVATE ${KITH_HEADERS_${name}})
  if(NOT name STREQUAL "base")
    target_precompile_headers(${target} REUSE_FROM kith_base)
  endif()
endfunction()

set(KITH_LIBRARIES_base Boost::headers PkgConfig::libsodium PkgConfig::md4c_html)
set(KITH_LIBRARIES_database PkgConfig::sqlite3 PkgConfig::libpq PkgConfig::icu_i18n)
set(KITH_LIBRARIES_web Boost::headers Boost::json PkgConfig::icu_i18n PkgConfig::libbrotlienc PkgConfig::zlib PkgConfig::libzip PkgConfig::libnats spdlog::spdlog prometheus-cpp::core)
# libvips is opened by name where pictures are decoded, and linked with nowhere but in tests that make some.
set(KITH_HEADERS_web ${vips_cpp_INCLUDE_DIRS})
set(KITH_TEST_LIBRARIES_web PkgConfig::vips_cpp)
set(KITH_TEST_LIBRARIES_members PkgConfig::vips_cpp)
set(KITH_LIBRARIES_members CLI11::CLI11)
set(KITH_LIBRARIES_essays CLI11::CLI11)
set(KITH_LIBRARIES_search CLI11::CLI11)
set(KITH_LIBRARIES_simulate CLI11::CLI11 PkgConfig::libcurl)
set(KITH_LIBRARIES_notify CLI11::CLI11 PkgConfig::libcurl PkgConfig::libcrypto)
set(KITH_LIBRARIES_app CLI11::CLI11 PkgConfig::tomlplusplus)

function(kith_tests name root)
  file(GLOB tests CONFIGURE_DEPENDS ${root}/tests/*.cpp)
  if(KITH_TESTS AND tests)
    add_executable(kith_${name}_tests ${tests} ${PROJECT_SOURCE_DIR}/tests/main.cpp)
    set(parts kith_test_databases)
    if(NOT name MATCHES "^(base|database)$")
      set(parts kith_test_site)
    endif()
    target_link_libraries(kith_${name}_tests PRIVATE ${ARGN} ${parts} ${RAPIDCHECK} ${KITH_TEST_LIBRARIES_${name}})
    target_include_directories(kith_${name}_tests SYSTEM PRIVATE ${DOCTEST_INCLUDE})
    target_include_directories(kith_${name}_tests PRIVATE ${PROJECT_BINARY_DIR}/include/resources)
    target_precompile_headers(kith_${name}_tests REUSE_FROM kith_base)
    add_test(NAME ${name} COMMAND kith_${name}_tests)
    set_tests_properties(${name} PROPERTIES TIMEOUT 600)
  endif()
endfunction()

function(kith_slice name)
  cmake_parse_arguments(ARG "" "IN" "USES" ${ARGN})
  if(NOT ARG_IN)
    set(ARG_IN src)
  endif()
  set(root ${PROJECT_SOURCE_DIR}/${ARG_IN}/${name})
  file(GLOB sources CONFIGURE_DEPENDS ${root}/*.cpp ${root}/*.hpp)
  add_library(kith_${name} STATIC ${sources})
  kith_room(${name} kith_${name} ${root} ${ARG_USES})
  kith_resources(${name} kith_${name} ${root})
  if(name STREQUAL "base")
    target_precompile_headers(kith_base PRIVATE ${PROJECT_SOURCE_DIR}/cmake/precompiled.hpp)
  endif()
  kith_tests(${name} ${root} kith_${name})
endfunction()

# kith_program(app …): the program `kith` from src/app/; everything but main.cpp is a library, so that tests can use it.
function(kith_program name)
  cmake_parse_arguments(ARG "" "" "USES" ${ARGN})
  set(root ${PROJECT_SOURCE_DIR}/src/${name})
  file(GLOB sources CONFIGURE_DEPENDS ${root}/*.cpp ${root}/*.hpp)
  list(FILTER sources EXCLUDE REGEX "/main\\.cpp$")
  add_library(kith_${name} STATIC ${sources})
  kith_room(${name} kith_${name} ${root} ${ARG_USES})
  kith_resources(${name} kith_${name} ${root})
  kith_assets(kith_${name})
  add_executable(kith ${root}/main.cpp)
  target_link_libraries(kith PRIVATE kith_${name})
  # A sanitizer brings an allocator of its own. The flag: nothing calls this library by name.
  if(NOT KITH_SANITIZE)
    target_link_options(kith PRIVATE LINKER:--no-as-needed)
    target_link_libraries(kith PRIVATE ${JEMALLOC})
  endif()
  kith_tests(${name} ${root} kith_${name})
endfunction()

# The browser's files: minified, named by their content, compressed once; see script/assets.mjs.
function(kith_assets target)
  file(GLOB_RECURSE inputs CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/src/*/static/* ${PROJECT_SOURCE_DIR}/script/assets/*.mjs)
  find_program(NODE node REQUIRED)
  set(out ${PROJECT_BINARY_DIR}/assets)
  add_custom_command(
    OUTPUT ${out}/assets.cpp ${out}/assets.S
    COMMAND ${NODE} ${PROJECT_SOURCE_DIR}/script/assets.mjs ${PROJECT_SOURCE_DIR} ${out}
    DEPENDS ${inputs} ${PROJECT_SOURCE_DIR}/script/assets.mjs ${PROJECT_SOURCE_DIR}/package-lock.json VERBATIM)
  target_sources(${target} PRIVATE ${out}/assets.cpp ${out}/assets.S)
  set_source_files_properties(${out}/assets.S PROPERTIES OBJECT_DEPENDS ${out}/assets.cpp)
  set_source_files_properties(${out}/assets.cpp ${out}/assets.S PROPERTIES SKIP_PRECOMPILE_HEADERS ON)
endfunction()

enable_testing()

# kith_test_library(name files …): what the tests of several rooms use, from tests/parts/, compiled once.
function(kith_test_library name)
  list(TRANSFORM ARGN PREPEND ${PROJECT_SOURCE_DIR}/tests/parts/)
  add_library(${name} STATIC EXCLUDE_FROM_ALL ${ARGN})
  target_include_directories(${name} PUBLIC ${PROJECT_SOURCE_DIR}/tests/parts)
  target_compile_definitions(${name} PRIVATE KITH_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
endfunction()

kith_test_library(kith_test_databases postgres.cpp smtp_sink.cpp test_directory.cpp)
target_link_libraries(kith_test_databases PUBLIC kith_options PkgConfig::sqlite3 PkgConfig::libpq)
kith_test_library(kith_test_site browser.cpp pictures.cpp test_site.cpp)
target_link_libraries(kith_test_site PUBLIC kith_test_databases kith_web)

# tests/distance/: the program that compares two worlds, as tests of their own beside those of the rooms.
function(kith_distance_worlds)
  file(GLOB files CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/tests/distance/*.cpp)
  add_executable(kith_worlds_tests ${files})
  target_link_libraries(kith_worlds_tests PRIVATE kith_app kith_test_site ${RAPIDCHECK})
  target_include_directories(kith_worlds_tests SYSTEM PRIVATE ${DOCTEST_INCLUDE})
  target_precompile_headers(kith_worlds_tests REUSE_FROM kith_base)
  add_test(NAME distance_worlds COMMAND kith_worlds_tests "--test-case-exclude=each seeded mistake*")
  add_test(NAME distance_mistakes_sqlite COMMAND kith_worlds_tests "--test-case=each seeded mistake*SQLite")
  add_test(NAME distance_mistakes_postgres COMMAND kith_worlds_tests "--test-case=each seeded mistake*PostgreSQL")
  set_tests_properties(distance_worlds distance_mistakes_sqlite distance_mistakes_postgres PROPERTIES TIMEOUT 3600)
endfunction()
