const side_max = 1600;
const picture_bytes_max = 600 * 1024;

function canvas_of(page, bitmap, scale) {
  const canvas = page.createElement("canvas");
  canvas.width = Math.max(1, Math.round(bitmap.width * scale));
  canvas.height = Math.max(1, Math.round(bitmap.height * scale));
  canvas.getContext("2d").drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  return canvas;
}

function jpeg_of(canvas, quality) {
  return new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", quality));
}

/**
 * A picture drawn anew, as a JPEG of moderate size: place, camera and time are no part of it any
 * more. Throws for what isn't a picture.
 */
export async function redrawn(page, file) {
  const bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
  let scale = Math.min(1, side_max / Math.max(bitmap.width, bitmap.height));
  for (let quality = 0.85; ; quality -= 0.1) {
    const blob = await jpeg_of(canvas_of(page, bitmap, scale), quality);
    if (blob.size <= picture_bytes_max) return new Uint8Array(await blob.arrayBuffer());
    if (quality < 0.5) scale *= 0.7;
  }
}

/** The picture as an element of the page; it is drawn, since the page shows no foreign images. */
export async function drawn(page, bytes, alt) {
  const bitmap = await createImageBitmap(new Blob([bytes], { type: "image/jpeg" }));
  const canvas = canvas_of(page, bitmap, Math.min(1, side_max / Math.max(bitmap.width, 1)));
  Object.assign(canvas.style, { maxWidth: "100%", height: "auto" });
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", alt);
  return canvas;
}
