#pragma once

#include "essays/essays_store.hpp"
#include "web/call.hpp"
#include "web/outcome.hpp"

namespace kith::essays {

/// The essay of the path's {slug}, as the viewer may read it; else not found.
[[nodiscard]] EssayRow readable_essay(web::Call const& call);
/// The viewer's own essay of the path's {slug}; else not found.
[[nodiscard]] OwnEssay own_essay(web::Call const& call);
/// The same, to be changed: refuses (not allowed) an author who may not write essays any more.
/// They still read it, and withdraw it.
[[nodiscard]] OwnEssay own_essay_to_write(web::Call const& call);

// reading
[[nodiscard]] web::Answer show_essays(web::Call& call);
[[nodiscard]] web::Answer show_essay(web::Call& call);
[[nodiscard]] web::Answer show_essay_text(web::Call& call);
[[nodiscard]] web::Answer show_feed(web::Call& call);
[[nodiscard]] web::Answer show_picture(web::Call& call);
[[nodiscard]] web::Answer show_file(web::Call& call);
[[nodiscard]] web::Outcome act_comment(web::Call& call);

// writing
[[nodiscard]] web::Answer show_new(web::Call& call);
[[nodiscard]] web::Outcome act_new(web::Call& call);
[[nodiscard]] web::Answer show_edit(web::Call& call);
[[nodiscard]] web::Outcome act_edit(web::Call& call);
[[nodiscard]] web::Outcome act_preview(web::Call& call);
[[nodiscard]] web::Outcome act_write_on(web::Call& call);
[[nodiscard]] web::Outcome act_keep_draft(web::Call& call);
[[nodiscard]] web::Outcome act_drop_draft(web::Call& call);
[[nodiscard]] web::Outcome act_import(web::Call& call);
[[nodiscard]] web::Outcome act_publish(web::Call& call);
[[nodiscard]] web::Outcome act_withdraw(web::Call& call);
[[nodiscard]] web::Outcome act_add_picture(web::Call& call);
[[nodiscard]] web::Outcome act_drop_picture(web::Call& call);
[[nodiscard]] web::Answer show_history(web::Call& call);

}  // namespace kith::essays
