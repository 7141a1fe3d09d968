#include "base/limits.hpp"
#include "database/jobs.hpp"
#include "essays/editor_views.hpp"
#include "essays/essay_handlers.hpp"
#include "essays/own_words.hpp"
#include "essays/pictures_store.hpp"
#include "web/new_file.hpp"
#include "web/picture.hpp"
#include "web/respond.hpp"

namespace kith::essays {

using web::Answer;
using web::Call;
using web::Outcome;

namespace {

Answer picture_answer(Call const& call, std::optional<PictureRow> const& picture) {
    if (!picture) throw Refusal::not_found();
    auto bytes = call.site.files.get(picture->file);
    if (!bytes) throw Refusal::not_found();
    return web::raw(picture->type, *std::move(bytes));
}

PictureRow row_of(Call const& call, PictureForm const& form, web::Picture const& picture,
                  std::string const& file) {
    PictureRow row;
    row.public_id = PublicId::make(call.site.random);
    row.file = file;
    row.type = picture.media_type();
    row.width = static_cast<std::int64_t>(picture.width);
    row.height = static_cast<std::int64_t>(picture.height);
    row.alt = web::trimmed(form.alt);
    return row;
}

}  // namespace

Answer show_picture(Call& call) {
    auto const essay = readable_essay(call);
    return picture_answer(call, find_picture_above(call.read(), call.viewer(), essay.id));
}

Answer show_file(Call& call) {
    return picture_answer(call, find_picture(call.read(), call.viewer(), call.id()));
}

Outcome act_add_picture(Call& call) {
    auto const essay = own_essay_to_write(call);
    auto const form = web::read_form<PictureForm>(call.form);
    auto const* file = call.form.file("picture");
    web::Mistakes mistakes;
    mistakes.required("alt", form.alt).max("alt", form.alt, limits::alt_characters_max);
    mistakes.require(file != nullptr && !file->bytes.empty(), "picture", "essays.picture_none");
    auto const count = count_pictures(call.read(), call.viewer(), essay.id);
    mistakes.require(count < limits::essay_pictures_max, "picture", "essays.picture_too_many");
    mistakes.throw_if_any();
    return Outcome::slow(web::Pool::files, [&call, form, bytes = file->bytes,
                                            id = essay.public_id] {
        auto const worker = web::PictureWorker::of(call.site.settings.picture_worker);
        auto const size = form.above ? web::PictureSize::cover() : web::PictureSize::inside_text();
        auto const picture = web::accept_picture(worker, bytes, size);
        // The store puts the dot itself.
        web::NewFile const file(call.site.files, picture.bytes, picture.extension().substr(1));
        auto const row = row_of(call, form, picture, file.name());
        return Outcome::deed([&call, row, file, id, above = form.above](database::Write& write) {
            auto const own = find_own_essay(write, call.viewer(), id);
            if (!own) throw Refusal::not_found();
            auto const picture = insert_picture(write, own->id, row, call.now());
            if (above) set_picture_above(write, own->id, picture);
            file.keep_after(write);
            return web::done(call, essay_url(own->slug) + "/edit#pictures", "essays.said_picture");
        });
    });
}

Outcome act_drop_picture(Call& call) {
    auto const essay = own_essay_to_write(call);
    auto const pictures = list_pictures(call.read(), call.viewer(), essay.id);
    auto const found = std::ranges::find(pictures, call.id(), &PictureRow::public_id);
    if (found == pictures.end()) throw Refusal::not_found();
    return Outcome::deed([&call, essay, picture = *found](database::Write& write) {
        delete_picture(write, essay.id, picture.id);
        database::enqueue(write, std::string(remove_file_job), picture.file, Time{});
        return web::done(call, essay_url(essay.slug) + "/edit#pictures",
                         "essays.said_picture_dropped");
    });
}

}  // namespace kith::essays
