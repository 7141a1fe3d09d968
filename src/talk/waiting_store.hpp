#pragma once

#include <optional>
#include <string>
#include <vector>

#include "database/session.hpp"
#include "talk/waiting.hpp"

namespace kith::talk {

/// What the author of a discussion chose, and what became of it.
struct WaitRow {
    Id<Discussion> discussion;
    Patience patience = Patience::stay;
    Reach reach = Reach::here;
    std::optional<Time> travelled_at;
    std::optional<PublicId> answers;
    bool in_group = false;
    bool answered = false;  ///< by somebody whom the author can see
};
BOOST_DESCRIBE_STRUCT(WaitRow, (),
                      (discussion, patience, reach, travelled_at, answers, in_group, answered))
/// For the author alone.
[[nodiscard]] std::optional<WaitRow> find_wait(database::Read& read, Viewer const& viewer,
                                               Id<Discussion> discussion);

/// Words whose time has come to travel on, without an answer that their author can see.
struct DueWait {
    Id<Discussion> discussion;
    PublicId public_id;
    std::string kind;
    std::string subject_path;
    Id<Member> author;
    Reach reach = Reach::here;
    std::optional<Id<Group>> group;          ///< whose members read it
    std::optional<PublicId> answers;         ///< where those whom it has reached answer
    std::optional<Id<Group>> answers_group;  ///< and who they are
};
BOOST_DESCRIBE_STRUCT(DueWait, (),
                      (discussion, public_id, kind, subject_path, author, reach, group, answers,
                       answers_group))
[[nodiscard]] std::vector<DueWait> due_waits(database::Read& read, Viewer const& viewer, Time now);
/// What has travelled, and was answered where it stands by nobody whom it reached.
[[nodiscard]] std::vector<Id<Discussion>> answered_at_home(database::Read& read,
                                                           Viewer const& viewer);

/// Notes how far words have come, and where they are answered there.
void set_reach(database::Write& write, Id<Discussion> discussion, Reach reach, Time at);
void set_answers(database::Write& write, Id<Discussion> discussion, Id<Discussion> answers);

/// Who answers where words have come to.
struct ReachedMember {
    Id<Member> id;
    std::string name;
};
BOOST_DESCRIBE_STRUCT(ReachedMember, (), (id, name))
/// Greeters, or guides, in their order: nobody apart from `author`, and not the author.
[[nodiscard]] std::vector<ReachedMember> who_would_read(database::Read& read, Viewer const& author,
                                                        Reach reach);
/// Who reads it there, as its author may see them.
[[nodiscard]] std::vector<ReachedMember> who_reads(database::Read& read, Viewer const& author,
                                                   PublicId const& answers);

/// How long words waited for the first answer that their author and the viewer can see.
struct ReplyTime {
    Time begun_at{};
    std::optional<Time> first_reply_at;
};
BOOST_DESCRIBE_STRUCT(ReplyTime, (), (begun_at, first_reply_at))
[[nodiscard]] std::vector<ReplyTime> reply_times(database::Read& read, Viewer const& viewer,
                                                 Time since);

/// What a member takes away of their choices.
struct OwnWaitRow {
    std::string subject_path;
    Patience patience = Patience::stay;
    Reach reach = Reach::here;
    Time chosen_at{};
};
BOOST_DESCRIBE_STRUCT(OwnWaitRow, (), (subject_path, patience, reach, chosen_at))
[[nodiscard]] std::vector<OwnWaitRow> waits_of(database::Read& read, Viewer const& viewer,
                                               Id<Member> member);
/// Forgets the choices of a member who goes; nobody reads what was answered elsewhere.
void forget_waits_of(database::Write& write, Id<Member> member);
/// Forgets what waits in a group; gives the groups in which it was answered elsewhere.
[[nodiscard]] std::vector<Id<Group>> forget_waits_in(database::Write& write, Id<Group> group);

// What choose_patience() and end_waiting() are made of.
struct TravelledRow {
    PublicId answers_id;
    Id<Discussion> answers;
    Id<Group> group;
    Id<Member> author;
};
BOOST_DESCRIBE_STRUCT(TravelledRow, (), (answers_id, answers, group, author))
[[nodiscard]] std::optional<TravelledRow> travelled(database::Read& read, Viewer const& viewer,
                                                    Id<Discussion> discussion);
[[nodiscard]] std::vector<Id<Member>> reached_members(database::Read& read, Viewer const& viewer,
                                                      TravelledRow const& row);
void insert_wait(database::Write& write, Id<Discussion> discussion, std::string_view kind,
                 Patience patience, Time at);
void set_patience(database::Write& write, Id<Discussion> discussion, Patience patience, Time at);
void delete_wait(database::Write& write, Id<Discussion> discussion);

}  // namespace kith::talk
