#pragma once

#include <unistd.h>

namespace kith::web {

/// Closes its file when it goes; a negative number is none.
class Descriptor {
public:
    explicit Descriptor(int number) : number_(number) {}
    ~Descriptor() {
        if (number_ >= 0) ::close(number_);
    }
    Descriptor(Descriptor const&) = delete;
    Descriptor& operator=(Descriptor const&) = delete;

    [[nodiscard]] int number() const { return number_; }

private:
    int number_;
};

}  // namespace kith::web
