import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import test from "node:test";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { assets_of } from "../../script/assets.mjs";
import { light_css } from "../../script/assets/css.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const files = new Map((await assets_of(root)).map((file) => [file.name, file]));
const small = (name) => Math.min(
  ...["bytes", "gzip", "brotli"].map((form) => files.get(name)[form].length).filter(Boolean));

test("the files that pages name are there", () => {
  for (const name of ["kith.css", "kith.js", "mark.svg", "neutral.svg"])
    assert.match(files.get(name).url, /^\/static\/[\w-]+-[0-9a-f]{10}\.\w+$/);
});

test("the same input gives the same output", async () => {
  const again = await assets_of(root);
  assert.deepEqual(again.map((file) => file.url), [...files.values()].map((file) => file.url));
});

test("compressed forms are the same words", () => {
  for (const file of files.values()) {
    if (file.gzip.length) assert.deepEqual(gunzipSync(file.gzip), file.bytes);
    if (file.brotli.length) assert.deepEqual(brotliDecompressSync(file.brotli), file.bytes);
  }
});

test("every file that a file names is one of ours, under its hashed name", () => {
  const urls = new Set([...files.values()].map((file) => file.url));
  for (const name of ["kith.css", "kith.js", "lively.js"]) {
    const text = files.get(name).bytes.toString();
    for (const [, url] of text.matchAll(/"(\/static\/[^"]+)"/g)) assert.ok(urls.has(url), url);
    assert.ok(!/from"[^/]|@import|url\("(?!\/static)/.test(text), name);
  }
});

test("a first page has 30 KB left for its words, and a reader fetches one script", () => {
  const first = ["kith.css", "kith.js", "kith-serif.woff2", "mark.svg"];
  const bytes = first.reduce((sum, name) => sum + small(name), 0);
  assert.ok(bytes <= 32 * 1024, `${bytes} bytes`);
  const script = files.get("kith.js").bytes.toString();
  assert.ok(!/^import|\bfrom"/m.test(script), "kith.js imports something at once");
});

test("nothing writes a style element or evaluates text", () => {
  for (const name of ["kith.js", "lively.js", "stimulus.js", "turbo.js"]) {
    const text = files.get(name).bytes.toString();
    assert.ok(!/\beval\(|new Function\(/.test(text), name);
  }
  assert.ok(!/\.installStylesheetElement\(\)/.test(files.get("turbo.js").bytes.toString()));
});

test("light CSS means what the CSS meant", () => {
  assert.equal(light_css("a { b: c; /* no */ }\n\n@media (x) { d  e { f: g , h } }"),
    "a{b:c}@media (x){d e{f:g ,h}}");
  assert.equal(light_css(':root { --l: initial; --d: ; }'), ":root{--l:initial;--d: }");
  assert.equal(light_css('a { content: " ; { /* x */ "; }'), 'a{content:" ; { /* x */ "}');
  assert.equal(light_css("a { width: calc(1px + 2px) }"), "a{width:calc(1px + 2px)}");
});

test("colours in the styles are tokens", () => {
  const folder = `${root}/src/app/static/styles/`;
  for (const name of readdirSync(folder).filter((name) => name !== "tokens.css")) {
    const css = readFileSync(folder + name, "utf8").replace(/\/\*[^]*?\*\//g, "");
    const colours = css.match(/#[0-9a-f]{3,8}\b|rgba?\(/gi) ?? [];
    const allowed = { "base.css": ["#1c2826"], "print.css": ["#fff"] }[name] ?? [];
    assert.deepEqual(colours, allowed, name);
  }
});

test("sentences stand in the catalogues, in English, German and, for the frame, Arabic", () => {
  const read = (path) => JSON.parse(readFileSync(`${root}/src/app/words/${path}.json`, "utf8"));
  const keys = Object.keys(read("en"));
  for (const language of ["de", "ar"]) assert.deepEqual(Object.keys(read(language)), keys);
  assert.ok(existsSync(`${root}/src/app/static/fonts/OFL.txt`));
});
