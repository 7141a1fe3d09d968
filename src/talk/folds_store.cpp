#include "talk/folds_store.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <stdexcept>

namespace kith::talk {
namespace {

using database::bind;
using database::execute;
using database::rows;
using database::Sql;

struct FoldRow {
    Id<Member> member;
    std::string words;
    std::string compared;
};
BOOST_DESCRIBE_STRUCT(FoldRow, (), (member, words, compared))

constexpr Sql of_viewer_sql =
    "select f.member, f.words, f.compared from member_folds f where f.member = :viewer "
    "order by f.compared";

constexpr Sql add_sql =
    "insert into member_folds (member, compared, first_word, words) "
    "values (:member, :compared, :first_word, :words) on conflict do nothing";

constexpr Sql remove_sql = "delete from member_folds where member = :member and words = :words";
constexpr Sql remove_all_sql = "delete from member_folds where member = :member";

constexpr Sql matching_sql{{.sqlite = R"sql(
    select f.member, f.words, f.compared from member_folds f
    where f.first_word in (select value from json_each(:words))
    order by f.member, f.compared
)sql",
                            .postgres = R"sql(
    select f.member, f.words, f.compared from member_folds f
    where f.first_word in (select x.value from json_array_elements_text(cast(:words as json)) x)
    order by f.member, f.compared
)sql"}};

std::string joined_by_spaces(std::vector<std::string> const& words) {
    std::string text;
    for (auto const& word : words) text.append(text.empty() ? "" : " ").append(word);
    return text;
}

Fold fold_of(FoldRow row) {
    Fold fold{std::move(row.words), {}};
    std::string_view rest = row.compared;
    while (!rest.empty()) {
        auto const end = std::min(rest.find(' '), rest.size());
        fold.compared.emplace_back(rest.substr(0, end));
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return fold;
}

}  // namespace

std::vector<Fold> folds_of(database::Read& read, Viewer const& viewer) {
    std::vector<Fold> folds;
    for (auto& row : rows<FoldRow>(read, of_viewer_sql, bind("viewer", viewer.member)))
        folds.push_back(fold_of(std::move(row)));
    return folds;
}

void add_fold(database::Write& write, Id<Member> member, Fold const& fold) {
    execute(write, add_sql, bind("member", member),
            bind("compared", joined_by_spaces(fold.compared)),
            bind("first_word", fold.compared.front()), bind("words", fold.words));
}

void remove_fold(database::Write& write, Id<Member> member, std::string_view words) {
    execute(write, remove_sql, bind("member", member), bind("words", words));
}

void remove_folds(database::Write& write, Id<Member> member) {
    execute(write, remove_all_sql, bind("member", member));
}

std::vector<FoldedFor> folded_for(database::Read& read, Viewer const& viewer,
                                  std::vector<std::string> const& words) {
    if (!viewer.is_server()) throw std::logic_error("what a member folds is their own");
    boost::json::array list;
    for (auto const& word : words) list.emplace_back(word);
    std::vector<FoldedFor> folded;
    for (auto& row :
         rows<FoldRow>(read, matching_sql, bind("words", boost::json::serialize(list)))) {
        auto const member = row.member;
        if (!folded.empty() && folded.back().member == member) continue;
        auto fold = fold_of(std::move(row));
        if (fold_in({&fold, 1}, words)) folded.push_back({member, std::move(fold.words)});
    }
    return folded;
}

}  // namespace kith::talk
