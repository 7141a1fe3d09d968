#include "talk/pictures.hpp"

#include <algorithm>

#include "base/limits.hpp"
#include "web/picture.hpp"
#include "web/respond.hpp"

namespace kith::talk {
namespace {

using web::Answer;
using web::Call;

constexpr std::string_view file_prefix = "picture_";
constexpr std::string_view about_prefix = "about_picture_";

std::string numbered(std::string_view prefix, std::size_t number) {
    return std::string(prefix) + std::to_string(number);
}

/// The file that was chosen in a place; browsers send an empty one where none was.
web::UploadedFile const* chosen(Call const& call, std::size_t number) {
    auto const* file = call.form.file(numbered(file_prefix, number));
    return file && !file->bytes.empty() ? file : nullptr;
}

std::size_t count_files(Call const& call) {
    return static_cast<std::size_t>(std::ranges::count_if(call.form.files(), [](auto const& file) {
        return file.first.starts_with(file_prefix) && !file.second.bytes.empty();
    }));
}

}  // namespace

void check_pictures(Call const& call, web::Mistakes& mistakes) {
    auto const files = count_files(call);
    bool const may = files == 0 || call.viewer().signed_in();
    mistakes.require(may, numbered(file_prefix, 1), "talk.pictures_of_members");
    std::size_t found = 0;
    for (std::size_t number = 1; number <= limits::comment_pictures_each_max; ++number) {
        auto const place = numbered(file_prefix, number);
        auto const about = numbered(about_prefix, number);
        auto const words = web::trimmed(call.form.text(about));
        mistakes.max(about, words, limits::alt_characters_max);
        auto const* file = chosen(call, number);
        // Sent again after a mistake, the words are there and the picture must be chosen anew.
        mistakes.require(file || words.empty(), place, "talk.picture_missing");
        if (!file) continue;
        ++found;
        if (file->bytes.size() > limits::upload_bytes_max)
            throw Refusal::too_large_at({place, "picture.too_large"});
    }
    mistakes.require(found == files, numbered(file_prefix, limits::comment_pictures_each_max),
                     "talk.pictures_too_many");
}

std::vector<SentPicture> sent_pictures(Call& call) {
    std::vector<SentPicture> sent;
    for (std::size_t number = 1; number <= limits::comment_pictures_each_max; ++number) {
        auto const* file = chosen(call, number);
        if (!file) continue;
        call.site.rates.require("comment picture", call.actor(), limits::comment_pictures_max,
                                limits::comment_pictures_time);
        sent.push_back(
            {number, file->bytes, web::trimmed(call.form.text(numbered(about_prefix, number)))});
    }
    return sent;
}

ReadyPicture made_ready(web::Site& site, SentPicture const& sent) try {
    auto const worker = web::PictureWorker::of(site.settings.picture_worker);
    auto const picture = web::accept_picture(worker, sent.bytes, web::PictureSize::inside_text());
    // The store puts the dot itself.
    web::NewFile file(site.files, picture.bytes, picture.extension().substr(1));
    PictureRow row;
    row.public_id = PublicId::make(site.random);
    row.file = file.name();
    row.type = picture.media_type();
    row.width = static_cast<std::int64_t>(picture.width);
    row.height = static_cast<std::int64_t>(picture.height);
    row.alt = sent.alt;
    return {std::move(row), std::move(file)};
} catch (Refusal const& refusal) {
    if (refusal.kind() != Refusal::Kind::mistakes || refusal.fields().empty()) throw;
    throw Refusal::mistakes({{numbered(file_prefix, sent.number), refusal.fields().front().word}});
}

void keep_pictures(database::Write& write, Id<Comment> comment,
                   std::vector<ReadyPicture> const& pictures, Time at) {
    for (auto const& picture : pictures) {
        auto row = picture.row;
        row.comment = comment;
        insert_picture(write, row, at);
        picture.file.keep_after(write);
    }
}

CommentPicture picture_view(PictureRow const& row) {
    return {"/comments/pictures/" + row.public_id.text(), row.alt, row.width, row.height};
}

void add_pictures(database::Read& read, Viewer const& viewer, std::vector<CommentRow>& rows) {
    if (rows.empty()) return;
    std::vector<Id<Comment>> ids;
    ids.reserve(rows.size());
    for (auto const& row : rows) ids.push_back(row.id);
    for (auto const& picture : pictures_of(read, viewer, ids)) {
        auto const row = std::ranges::find(rows, picture.comment, &CommentRow::id);
        row->pictures.push_back(picture_view(picture));
    }
}

CommentRow with_pictures(database::Read& read, Viewer const& viewer, CommentRow row) {
    row.pictures.clear();
    for (auto const& picture : pictures_of(read, viewer, {row.id}))
        row.pictures.push_back(picture_view(picture));
    return row;
}

void add_picture_fields(Call const& call, std::string_view post_pattern, Composer& composer) {
    bool const failed = call.failed(post_pattern);
    composer.pictures_lost = failed && count_files(call) > 0;
    composer.pictures_begun = composer.pictures_lost;
    for (std::size_t number = 1; number <= limits::comment_pictures_each_max; ++number) {
        auto file = call.field(post_pattern, numbered(file_prefix, number));
        auto about = call.field(post_pattern, numbered(about_prefix, number));
        composer.pictures_begun |= file.mistake || about.mistake || !about.value.empty();
        composer.pictures.push_back(
            {static_cast<std::int64_t>(number), std::move(file), std::move(about)});
    }
}

Answer show_picture(Call& call) {
    auto const picture = find_picture(call.read(), call.viewer(), call.id());
    if (!picture) throw Refusal::not_found();
    auto bytes = call.site.files.get(picture->file);
    if (!bytes) throw Refusal::not_found();
    return web::raw(picture->type, *std::move(bytes));
}

void remove_picture(web::Site& site, std::string const& file) { site.files.remove(file); }

}  // namespace kith::talk
