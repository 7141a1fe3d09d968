import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { minify } from "terser";
import { is_package_list, joined_packages } from "./packages.mjs";

const packages = {
  "turbo.js": "@hotwired/turbo/dist/turbo.es2017-esm.js",
  "stimulus.js": "@hotwired/stimulus/dist/stimulus.js",
};
const name_of_package = { "@hotwired/turbo": "turbo.js", "@hotwired/stimulus": "stimulus.js" };

const relative_import = /^import (?:\{[^}]*\} from )?"(\.\/[^"]+)";\n/gm;
const package_import = /^import (?:\* as \w+|\{[^}]*\}) from "(@[^"]+)";\n/gm;
const late_import = /import\("\.\/([\w.-]+)"\)/g;

// Kinds of recipients that letters don't have, and half of the library's size.
const left_out = new Set(["@noble/post-quantum/hybrid.js", "@noble/curves/nist.js", "./webauthn.js"]);

/** The source of a room's own script; one that only lists what packages export holds them whole. */
export function script_source(root, path) {
  return is_package_list(readFileSync(path, "utf8"))
    ? joined_packages(root, path, left_out)
    : joined_script(path);
}

/** A script with everything that it imports by "./…" put before it; each file once. */
export function joined_script(path) {
  const seen = new Set();
  const from_packages = new Set();
  const join_in = (file) => {
    if (seen.has(file)) return "";
    seen.add(file);
    let before = "";
    const own = readFileSync(file, "utf8")
      .replace(package_import, (line) => {
        from_packages.add(line);
        return "";
      })
      .replace(relative_import, (_, other) => {
        before += join_in(join(dirname(file), other));
        return "";
      })
      .replace(/^export (?=(?:async )?(?:function|class|const|let) )/gm, "");
    if (/^(?:import|export)\s/m.test(own))
      throw new Error(`${file}: an import or export of a form that script/assets doesn't join`);
    return before + own;
  };
  const body = join_in(path);
  return [...from_packages].join("") + body;
}

/** The source of a package's module, made fit for the content security policy. */
export function package_source(root, name) {
  if (!packages[name]) throw new Error(`no script is named ${name}`);
  const source = readFileSync(join(root, "node_modules", packages[name]), "utf8");
  return name === "turbo.js" ? without_inline_style(source) : source;
}

/** Turbo writes a <style> for its progress bar, which the policy refuses; kith.css has its own. */
function without_inline_style(turbo) {
  const call = "    this.installStylesheetElement();\n";
  if (turbo.split(call).length !== 2)
    throw new Error("Turbo's progress bar has changed: see script/assets/scripts.mjs");
  return turbo.replace(call, "");
}

/** Minified; what it imports from packages and other scripts is named by its hashed URL. */
export async function light_script(source, url_of_import) {
  const wanted = new Map();
  for (const [, name] of source.matchAll(package_import))
    wanted.set(`"${name}"`, await url_of_import(name_of_package[name] ?? name));
  for (const [, name] of source.matchAll(late_import))
    wanted.set(`"./${name}"`, await url_of_import(name));
  let named = source;
  for (const [from, url] of wanted) {
    named = named.replaceAll(`from ${from}`, `from "${url}"`);
    named = named.replaceAll(`import(${from})`, `import("${url}")`);
  }
  const small = await minify(named, {
    module: true,
    compress: { passes: 2 },
    // the licences ask for their copyright lines
    format: { comments: /copyright/i },
  });
  return small.code;
}
