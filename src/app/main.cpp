#include <sys/stat.h>

#include <iostream>
#include <string>
#include <vector>

#include "app/command_line.hpp"

int main(int count, char** words) {
    // What people wrote is for the server alone: others of this computer read no file of ours.
    ::umask(S_IRWXG | S_IRWXO);
    return kith::app::run_command_line({words + 1, words + count}, std::cin, std::cout, std::cerr);
}
