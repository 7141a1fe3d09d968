#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/public_id.hpp"
#include "base/viewer.hpp"
#include "web/form.hpp"

namespace kith::circles {

struct Circle;        // the tag of Id<Circle>
struct Conversation;  // the tag of Id<Conversation>

/// What a circle is for. A guided one (`therapy`) is made and kept by guides alone.
enum class CircleKind { support, friends, spiritual, therapy, learning, neighbourhood };
BOOST_DESCRIBE_ENUM(CircleKind, support, friends, spiritual, therapy, learning, neighbourhood)

/// Who finds a circle: every member; who has its link or an invitation; only who belongs to it.
enum class Listing { listed, unlisted, hidden };
BOOST_DESCRIBE_ENUM(Listing, listed, unlisted, hidden)

/// How one comes in.
enum class Joining { invitation, asking, open };
BOOST_DESCRIBE_ENUM(Joining, invitation, asking, open)

/// What kind of thing is shared.
enum class TagKind { culture, values, experiences, goals };
BOOST_DESCRIBE_ENUM(TagKind, culture, values, experiences, goals)

/// Something that a circle or a member shares.
struct Tag {
    TagKind kind = TagKind::culture;
    std::string word;
    bool operator==(Tag const&) const = default;
};
BOOST_DESCRIBE_STRUCT(Tag, (), (kind, word))

/// The fields in which tags are typed: words between commas or on lines of their own.
struct TagFields {
    std::string culture;
    std::string values;
    std::string experiences;
    std::string goals;
};
BOOST_DESCRIBE_STRUCT(TagFields, (), (culture, values, experiences, goals))

/// The tags in the fields, each once; notes what is too long or too many.
[[nodiscard]] std::vector<Tag> tags_in(TagFields const& fields, web::Mistakes& mistakes);
/// The words of one kind as they are typed.
[[nodiscard]] std::string typed(std::vector<Tag> const& tags, TagKind kind);
/// How words are compared: without capitals (Unicode's full case folding).
[[nodiscard]] std::string folded(std::string_view word);

/// What its keepers say of a circle.
struct CircleForm : TagFields {
    std::string name;
    std::string purpose;
    CircleKind kind = CircleKind::support;
    std::int64_t size_max = 12;
    Listing listing = Listing::listed;
    Joining joining = Joining::asking;
    bool history_open = false;
    std::string agreement;
    std::int64_t agreement_version = 0;  ///< the one that the change began from
};
BOOST_DESCRIBE_STRUCT(CircleForm, (TagFields),
                      (name, purpose, kind, size_max, listing, joining, history_open, agreement,
                       agreement_version))

/// The form's words without white space around them, and its tags, once all of it is fine.
struct CheckedCircle {
    CircleForm form;
    std::vector<Tag> tags;
};
/// Refuses a form's mistakes; `size_ceiling` is the host's.
[[nodiscard]] CheckedCircle check_circle(CircleForm form, std::int64_t size_ceiling);

/// Whether someone of this role may keep a circle of this kind.
[[nodiscard]] bool may_keep(CircleKind kind, Role role);

[[nodiscard]] std::string circle_url(PublicId const& circle);
[[nodiscard]] std::string conversation_url(PublicId const& conversation);

}  // namespace kith::circles
