#define DOCTEST_CONFIG_IMPLEMENT
#include <doctest/doctest.h>

#include <cstdlib>

// How many worlds are tried, and which, is set by RC_PARAMS ("max_success=3 seed=…"). Without it
// they are the same each time, so that a change is judged by the change; script/check --long draws
// others.
int main(int argc, char** argv) {
    ::setenv("RC_PARAMS", "max_success=2 seed=3552670406198744644", 0);
    return doctest::Context(argc, argv).run();
}
