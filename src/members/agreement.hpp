#pragma once

#include <string>
#include <vector>

#include "web/refuse.hpp"
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
    std::vector<web::KeptField> carried;  ///< typed before it was asked for, sent along
};
BOOST_DESCRIBE_STRUCT(AgreementPage, (), (agreement, version, asks, accepted, then, carried))

/// The agreement as the page shows it that refuses a post until it is accepted.
[[nodiscard]] web::AgreementWords agreement_words(web::Call& call);

[[nodiscard]] std::vector<web::Route> agreement_routes();

}  // namespace kith::members
