import { createHash } from "node:crypto";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

/** "kith.css" with `bytes` → "/static/kith-3fa9c2d1e0.css". */
export function url_of(name, bytes) {
  const hash = createHash("sha256").update(bytes).digest("hex").slice(0, 10);
  const dot = name.lastIndexOf(".");
  return `/static/${name.slice(0, dot)}-${hash}${name.slice(dot)}`;
}

/** The bytes, and their smaller forms where they are smaller (a font is compressed in itself). */
export function compressed(name, bytes) {
  const gzip = gzipSync(bytes, { level: 9 });
  const brotli = brotliCompressSync(bytes, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
      [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
    },
  });
  const helps = (smaller) => !name.endsWith(".woff2") && smaller.length < bytes.length * 0.95;
  return {
    bytes,
    gzip: helps(gzip) ? gzip : Buffer.alloc(0),
    brotli: helps(brotli) ? brotli : Buffer.alloc(0),
  };
}
