#include <sys/stat.h>

#include <iostream>
#include <string>
#include <vector>

#include "app/command_line.hpp"

extern "C" {
/// Read by jemalloc, which release builds are linked with: few arenas, and memory that nobody has
/// used for a second goes back, so that a busy minute leaves a small machine as it was.
extern char const* const malloc_conf;
char const* const malloc_conf = "narenas:4,dirty_decay_ms:1000,lg_tcache_max:17";
}

int main(int count, char** words) {
    // What people wrote is for the server alone: others of this computer read no file of ours.
    ::umask(S_IRWXG | S_IRWXO);
    return kith::app::run_command_line({words + 1, words + count}, std::cin, std::cout, std::cerr);
}
