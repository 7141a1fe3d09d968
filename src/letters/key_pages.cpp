#include "letters/letters_views.hpp"
#include "letters/limits.hpp"
#include "letters/sealed.hpp"
#include "members/house_links.hpp"
#include "members/members.hpp"
#include "members/sign_in_events.hpp"
#include "web/respond.hpp"

namespace kith::letters {

using web::Answer;
using web::Call;
using web::Outcome;

namespace {

bool is_short(std::string const& text) {
    return !text.empty() && text.size() <= limits::key_characters_max;
}

/// Whatever a browser of ours doesn't send is understood by nobody: there is no form to correct.
void require(bool fine) {
    if (!fine) throw Refusal::malformed();
}

bool is_wrap(std::string const& wrapped) {
    return wrapped.size() <= limits::wrapped_characters_max && is_wrapped(wrapped);
}

OwnKeys keys_from(Call const& call, KeysForm const& form) {
    require(form.recipient.starts_with("age1") && is_short(form.recipient));
    require(is_short(form.verify_key) && is_short(form.proof));
    return {form.recipient,     form.verify_key, form.proof,
            form.by_passphrase, form.by_code,    call.now()};
}

/// Tells the member's other sessions and their mail: whoever holds one session alone shall not
/// shut the letters for all unnoticed.
void note_changed(Call& call, database::Write& write) {
    auto const account = members::account_of(write, Viewer::server(), call.viewer().member);
    if (account)
        members::note_event(call.site, write, *account, members::SignInEvent::letter_keys_changed,
                            call.visitor.session);
}

}  // namespace

Desk desk_of(Call& call) {
    Desk desk;
    desk.script_url = call.site.static_url("letters.js");
    desk.library_url = call.site.static_url("letters_library.js");
    desk.member_id = call.visitor.member_id.text();
    desk.has_keys = own_keys(call.read(), call.viewer()).has_value();
    desk.fresh = members::is_fresh(call);
    desk.again_url = members::again_url(keys_path);
    return desk;
}

Answer show_keys(Call& call) {
    KeysPage view;
    view.desk = desk_of(call);
    view.keys = own_keys(call.read(), call.viewer());
    view.notes = own_notes(call.read(), call.viewer());
    return web::respond(call, view,
                        {.title = call.say("letters.keys_title"), .place = web::Place::you});
}

Outcome act_keys(Call& call) {
    auto const form = web::read_form<KeysForm>(call.form);
    auto const keys = keys_from(call, form);
    require(is_wrap(form.by_passphrase) && is_wrap(form.by_code));
    // Whoever came in by a recovery code only lately can't make others seal for new keys yet.
    members::require_not_recovered(call);
    return Outcome::deed([&call, keys, replaces = form.replaces](database::Write& write) {
        auto const before = own_keys(write, call.viewer());
        if (before && before->recipient == keys.recipient)
            return web::done(call, std::string(keys_path));
        if ((before ? before->recipient : "") != replaces)
            throw Refusal::conflict("letters.keys_are_others");
        // The first are free; others shut what was written before for good.
        if (before && !members::is_fresh(call)) throw Refusal::not_allowed("refusal.fresh_sign_in");
        keep_keys(write, call.viewer(), keys);
        if (before) note_changed(call, write);
        return web::done(call, std::string(keys_path));
    });
}

Outcome act_rewrap(Call& call) {
    auto const keys = keys_from(call, web::read_form<KeysForm>(call.form));
    for (auto const& wrapped : {keys.by_passphrase, keys.by_code})
        require(wrapped.empty() || is_wrap(wrapped));
    require(!keys.by_passphrase.empty() || !keys.by_code.empty());
    members::require_not_recovered(call);
    return Outcome::deed([&call, keys](database::Write& write) {
        if (!rewrap_keys(write, call.viewer(), keys))
            throw Refusal::conflict("letters.keys_are_others");
        note_changed(call, write);
        return web::done(call, std::string(keys_path));
    });
}

Outcome act_notes(Call& call) {
    auto const form = web::read_form<NotesForm>(call.form);
    require(form.version > 0 && form.sealed.size() <= limits::notes_characters_max);
    require(is_for_one(form.sealed));
    return Outcome::deed([&call, form](database::Write& write) {
        if (!keep_notes(write, call.viewer(), {form.version, form.sealed}))
            throw Refusal::conflict("letters.notes_are_newer");
        return web::done(call, std::string(keys_path));
    });
}

}  // namespace kith::letters
