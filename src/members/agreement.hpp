#pragma once

#include <string>
#include <vector>

#include "web/slice.hpp"

namespace kith::members {

struct AcceptForm {
    std::int64_t version = 0;  ///< the one that was read
    std::string then;
};
BOOST_DESCRIBE_STRUCT(AcceptForm, (), (version, then))

/// What all ask of each other here.
struct AgreementPage {
    static constexpr std::string_view page = "members/agreement";
    web::Html agreement;
    std::int64_t version = 0;
    bool asks = false;  ///< the viewer is a member who has not accepted this version
    bool accepted = false;
    std::string then;
};
BOOST_DESCRIBE_STRUCT(AgreementPage, (), (agreement, version, asks, accepted, then))

[[nodiscard]] std::vector<web::Route> agreement_routes();

}  // namespace kith::members
