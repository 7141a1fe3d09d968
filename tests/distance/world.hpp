#pragma once
// One of two worlds that are compared: a whole server with a database, a clock and chance of its
// own, and the people in it. The same public events make the same world, to the byte.

#include <boost/json.hpp>
#include <map>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "database/watch.hpp"
#include "outside.hpp"
#include "test_site.hpp"
#include "web/slice.hpp"

namespace kith::apart {

using tests::FormFields;
using tests::Reply;

/// Lea looks. Hal is apart from her. Gil and Mo write essays, Gil guides and greets, Sia is the
/// host, Nia is anyone.
enum class Who { lea, hal, gil, sia, mo, nia };
inline constexpr Who everyone[] = {Who::lea, Who::hal, Who::gil, Who::sia, Who::mo, Who::nia};
[[nodiscard]] std::string name_of(Who who);

/// Words that someone said, and where.
struct Words {
    std::string id;
    std::string place;   ///< "/essays/…", "/conversations/…": takes …/comments
    std::string parent;  ///< the words at the top of its thread; empty: it is at the top
    Who by = Who::lea;
};

/// Something with a page of its own.
struct Thing {
    std::string path;
    Who by = Who::lea;
};

/// What there is to act on.
struct Things {
    std::vector<Thing> essays;
    std::vector<Thing> conversations;
    std::vector<Thing> polls;
    std::vector<Thing> hellos;
    std::vector<Words> words;
    std::vector<std::string> others;  ///< paths of whatever else was made: pictures and the like
};

/// What a world is made with.
struct Setting {
    std::string engine = "sqlite";
    Role lea = Role::member;  ///< who looks
    std::vector<web::Slice> slices;
};

class World {
public:
    /// A furnished one, begun as a copy where there is one already.
    explicit World(Setting const& setting) : World(setting, furnished(setting)) {}
    /// Furnishes what the worlds of this setting begin as, if none has yet.
    static void furnish_once(Setting const& setting) { static_cast<void>(furnished(setting)); }
    ~World();

    /// All chance from now on follows from the event's own name.
    void begin_event(std::string const& name);
    void move(std::chrono::seconds by) { site->clock.move(by); }

    /// Sends a form as this person; notes whether it was taken.
    Reply post(Who who, std::string const& path, FormFields const& fields = {});
    /// Says something; gives the id of the words, or nothing when it isn't taken.
    std::string say(Who who, std::string const& place, std::string const& body,
                    std::string const& parent = {});
    Reply upload(Who who, std::string const& path, FormFields const& fields,
                 FormFields const& files);
    tests::Browser& browser(Who who);
    /// A browser of Lea's who has just shown who she is.
    tests::Browser fresh_browser(Who who);

    template <class Work>
    void write(Work work) {
        site->database().write_now([&](database::Write& write) { work(write); });
    }
    /// Everything that was under way is done.
    void settle() {
        write([](database::Write&) {});
    }
    /// Does what is due, and gives what has come to Lea's mailbox and device since.
    std::vector<std::string> deliveries();

    [[nodiscard]] std::string page_of(Who who) const { return "/members/" + ids_.at(who).text(); }
    [[nodiscard]] Id<Member> member(Who who) const { return members_.at(who); }

    Role lea_role;
    bool apart = false;           ///< Lea and Hal, by now
    Things open;                  ///< the same in both worlds
    Things hidden;                ///< by Hal, or under what he made
    Things small;                 ///< in the small circle, where nobody can be invisible
    std::string wide;             ///< the circle of more than twelve
    std::string own;              ///< such a circle that Lea keeps with Mo
    std::string near;             ///< the small one
    std::set<std::string> crowd;  ///< ids of what only makes pages long
    std::size_t posts_taken = 0;
    std::vector<std::string> lea_got;  ///< answers to her own deeds, with what they cost

    std::unique_ptr<tests::SmtpSink> mailbox;
    std::unique_ptr<PushService> push;
    std::unique_ptr<tests::TestSite> site;
    tests::TestDatabase database;

private:
    struct Fresh {};
    /// What a furnished world is kept as, to begin others with.
    struct Kept;
    World(Setting const& setting, Fresh);
    World(Setting const& setting, Kept const& kept);
    [[nodiscard]] static Kept const& furnished(Setting const& setting);
    void start(Setting const& setting, std::filesystem::path const& copy_of);
    /// Sends what `ask` sends, as this person and with chance of this request.
    template <class Ask>
    Reply send(Who who, Ask const& ask);
    void add_people();
    void add_crowd();

    std::map<Who, Id<Member>> members_;
    std::map<Who, PublicId> ids_;
    std::map<Who, tests::Browser> browsers_;
    std::map<Who, Time> signed_in_at_;
    int sessions_ = 0;
    std::size_t mails_seen_ = 0;
    std::size_t pushes_seen_ = 0;
    std::string event_;
    int request_ = 0;
};

/// What everybody wrote while nobody was apart: something of each kind, by each.
void furnish(World& world);

/// The path that a form led to, without what it says there.
[[nodiscard]] std::string led_to(Reply const& reply);
/// A key that JSON of this reply has, as text; empty when it hasn't.
[[nodiscard]] std::string json_text(Reply const& reply, std::string const& key);

}  // namespace kith::apart
