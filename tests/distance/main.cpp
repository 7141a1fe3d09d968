#define DOCTEST_CONFIG_IMPLEMENT
#include <doctest/doctest.h>

#include <cstdlib>

// How many worlds are tried is set by RC_PARAMS ("max_success=3 seed=…"); rapidcheck prints the
// seed with which the same can be had again.
int main(int argc, char** argv) {
    ::setenv("RC_PARAMS", "max_success=2", 0);
    return doctest::Context(argc, argv).run();
}
