// Makes the browser's files from src/*/static/ and a few npm packages, and builds them into the
// program: minified, named by their content, compressed once. Same input, same output.
//
//   node script/assets.mjs ROOT OUT     writes OUT/assets.S, OUT/assets.cpp and OUT/files/
//
// What stands in a room's static/ folder:
//   kith.css       app's alone: the one stylesheet, which names its parts by @import
//   *.css          of any other room: added to the end of kith.css
//   *.js           a script of its own; what it imports from ./scripts/ is joined to it, as one
//                  more request costs more than the bytes; import("./other.js") stays a file. One
//                  that only lists exports of npm packages holds these whole: packages.mjs
//   *.svg, fonts/*.woff2, pictures    as they are
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { compressed, url_of } from "./assets/compress.mjs";
import { cpp_of, assembly_of } from "./assets/program.mjs";
import { files_below, static_folders } from "./assets/folders.mjs";
import { joined_css, light_css } from "./assets/css.mjs";
import { light_script, package_source, script_source } from "./assets/scripts.mjs";

const types = {
  css: "text/css; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  svg: "image/svg+xml",
  png: "image/png",
  webp: "image/webp",
  woff2: "font/woff2",
  webmanifest: "application/manifest+json",
};

/** The type of a file by its ending; undefined for what browsers aren't given. */
function type_of(name) {
  return types[name.split(".").at(-1)];
}

/** Collects files by name; a file that others name must be there before them. */
class Assets {
  files = new Map();

  add(name, bytes) {
    if (this.files.has(name)) throw new Error(`two static files are named ${name}`);
    const url = url_of(name, bytes);
    this.files.set(name, { name, url, type: type_of(name), ...compressed(name, bytes) });
  }

  url(name) {
    const file = this.files.get(name);
    if (!file) throw new Error(`no static file is named ${name}`);
    return file.url;
  }
}

function add_plain_files(assets, folders) {
  for (const { folder, path } of files_below(folders)) {
    if (!type_of(path) || /\.(css|js)$/.test(path)) continue;
    assets.add(basename(path), readFileSync(join(folder, path)));
  }
}

function add_css(assets, folders, app) {
  const css = joined_css(app, folders.filter((folder) => folder !== app));
  const named = css.replace(/url\("(?:\.\.\/)?(?:[\w.-]+\/)*([\w.-]+)"\)/g, (_, name) => {
    return `url("${assets.url(name)}")`;
  });
  assets.add("kith.css", Buffer.from(light_css(named)));
}

async function add_scripts(assets, folders, root) {
  const entries = new Map();
  for (const { folder, path } of files_below(folders))
    if (path.endsWith(".js") && !path.includes("/")) entries.set(path, join(folder, path));
  const url_of_import = async (name) => {
    if (!assets.files.has(name)) await add(name);
    return assets.url(name);
  };
  const add = async (name) => {
    const source = entries.has(name)
      ? script_source(root, entries.get(name))
      : package_source(root, name);
    assets.add(name, Buffer.from(await light_script(source, url_of_import)));
  };
  for (const name of entries.keys()) if (!assets.files.has(name)) await add(name);
}

/** All files for the browser, in the order of their names. */
export async function assets_of(root) {
  const folders = static_folders(root);
  const assets = new Assets();
  add_plain_files(assets, folders);
  add_css(assets, folders, join(root, "src/app/static"));
  await add_scripts(assets, folders, root);
  return [...assets.files.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [root, out] = process.argv.slice(2);
  if (!root || !out) {
    console.error("usage: node script/assets.mjs ROOT OUT");
    process.exit(2);
  }
  const files = await assets_of(root);
  mkdirSync(join(out, "files"), { recursive: true });
  writeFileSync(join(out, "assets.S"), assembly_of(files, join(out, "files"), writeFileSync));
  writeFileSync(join(out, "assets.cpp"), cpp_of(files));
}
