#include "talk/group_words.hpp"
#include "talk/pictures_store.hpp"
#include "talk/polls_store.hpp"
#include "talk/search_store.hpp"
#include "talk/waiting_store.hpp"

namespace kith::talk {

using database::bind;
using database::execute;
using database::Sql;

constexpr Sql events = R"(
    delete from live_events where discussion in (
        select d.id from discussions d where d.talk_group = :talk_group))";
constexpr Sql sources = R"(
    delete from comment_sources where comment in (
        select c.id from comments c join discussions d on d.id = c.discussion
        where d.talk_group = :talk_group))";
constexpr Sql versions = R"(
    delete from comment_versions where comment in (
        select c.id from comments c join discussions d on d.id = c.discussion
        where d.talk_group = :talk_group))";
constexpr Sql decisions = R"(
    delete from comment_decisions where comment in (
        select c.id from comments c join discussions d on d.id = c.discussion
        where d.talk_group = :talk_group))";
constexpr Sql confirmations = R"(
    delete from comment_confirmations where comment in (
        select c.id from comments c join discussions d on d.id = c.discussion
        where d.talk_group = :talk_group))";
constexpr Sql kind_replies = R"(
    delete from kind_replies where comment in (
        select c.id from comments c join discussions d on d.id = c.discussion
        where d.talk_group = :talk_group))";
constexpr Sql mentions = R"(
    delete from comment_mentions where comment in (
        select c.id from comments c join discussions d on d.id = c.discussion
        where d.talk_group = :talk_group))";
constexpr Sql quotes = R"(
    delete from comment_quotes where comment in (
        select c.id from comments c join discussions d on d.id = c.discussion
        where d.talk_group = :talk_group))";
constexpr Sql replies = R"(
    delete from comments where parent is not null and discussion in (
        select d.id from discussions d where d.talk_group = :talk_group))";
constexpr Sql comments = R"(
    delete from comments where discussion in (
        select d.id from discussions d where d.talk_group = :talk_group))";
constexpr Sql discussions = "delete from discussions where talk_group = :talk_group";
constexpr Sql readers = "delete from talk_group_members where talk_group = :talk_group";
constexpr Sql the_group = "delete from talk_groups where id = :talk_group";

void erase_group(database::Write& write, Id<Group> group) {
    for (auto const answers : forget_waits_in(write, group)) erase_group(write, answers);
    unindex_group(write, group);
    drop_pictures_of_group(write, group);
    drop_polls_of_group(write, group);
    for (auto const& sql : {events, sources, versions, decisions, confirmations, kind_replies,
                            mentions, quotes, replies, comments, discussions, readers, the_group})
        execute(write, sql, bind("talk_group", group));
}

}  // namespace kith::talk
