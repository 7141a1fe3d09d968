#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/clock.hpp"

namespace kith::members {

/// A zip archive made in memory: a member's export.
class ZipWriter {
public:
    /// Every file of the archive bears the date `now`.
    explicit ZipWriter(Time now);
    ~ZipWriter();
    ZipWriter(ZipWriter const&) = delete;
    ZipWriter& operator=(ZipWriter const&) = delete;

    /// Adds a file. Throws std::invalid_argument for a name that is used already or could leave the
    /// folder that it is unpacked in; std::length_error beyond limits::zip_bytes_max in all.
    void add(std::string const& name, std::string bytes);

    /// The archive's bytes; nothing can be added afterwards.
    [[nodiscard]] std::string finish();

private:
    struct Archive;
    std::unique_ptr<Archive> archive_;
};

}  // namespace kith::members
