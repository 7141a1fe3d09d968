#pragma once
// Seeded mistakes: each drops one filter or one count of the program that runs, somewhere. All of
// them must be found by the comparison of two worlds, or it wouldn't find their like.

#include "pair.hpp"

namespace kith::apart {

struct Mistake {
    std::string_view channel;  ///< of SAFETY 2
    std::string_view what;
    /// Where it is looked for: of Trial.
    std::vector<std::string_view> look_at = {};
    /// What the text of a statement has, all of it, to be changed.
    std::vector<std::string_view> in_statement = {};
    /// The same in other statements, where what is hidden is kept out twice.
    std::vector<std::string_view> and_in = {};
    /// What is put in place of what; none: nobody is apart in that statement.
    std::vector<std::pair<std::string_view, std::string_view>> changes = {};
    /// Run before anything is compared, for what is a view or was written.
    std::vector<database::Sql> at_once = {};
    /// Wraps the handlers of routes, for what isn't in a statement.
    void (*in_slices)(std::vector<web::Slice>&) = nullptr;
    /// Who keeps distance, and who looks.
    Keeps keeps = Keeps::hal;
    Role lea = Role::member;
};

[[nodiscard]] std::vector<Mistake> mistakes_in_what_distance_rests_on();
[[nodiscard]] std::vector<Mistake> mistakes_of_words();
[[nodiscard]] std::vector<Mistake> mistakes_of_essays();
[[nodiscard]] std::vector<Mistake> mistakes_of_people();
[[nodiscard]] std::vector<Mistake> mistakes_of_circles();
[[nodiscard]] std::vector<Mistake> mistakes_of_bonds();

/// The program makes this mistake while it lives.
class Mistaken {
public:
    explicit Mistaken(Mistake const& mistake);
    ~Mistaken();
    Mistaken(Mistaken const&) = delete;
    Mistaken& operator=(Mistaken const&) = delete;

    /// How many statements were changed: a mistake in none is no mistake.
    [[nodiscard]] static std::size_t statements_changed();
};

}  // namespace kith::apart
