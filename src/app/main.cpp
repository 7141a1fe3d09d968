#include <iostream>
#include <string>
#include <vector>

#include "app/command_line.hpp"

int main(int count, char** words) {
    return kith::app::run_command_line({words + 1, words + count}, std::cin, std::cout, std::cerr);
}
