// Joins the modules of npm packages into one script, without a bundler: each module becomes a
// function that gives back what it exports. Only the plain forms of import and export are known;
// any other stops the build, so that nothing is served half.
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

const from_package = /^export \{([^}]*)\} from "([^."][^"]*)";\n/gm;
const import_form = /^import (?:\* as (\w+)|\{([^}]*)\}) from ["']([^"']+)["'];\n/gm;
const again_form = /^export (?:\* as (\w+)|\{([^}]*)\}) from ["']([^"']+)["'];\n/gm;
const names_form = /^export \{([^}]*)\};\n/gm;
const own_form = /^export ((?:async )?function|class|const|let) (\w+)/gm;

/** Whether a script is nothing but a list of what packages export. */
export function is_package_list(source) {
  return source.startsWith("/*") && source.replace(/\/\*[^]*?\*\//g, "")
    .replace(from_package, "").trim() === "";
}

/** `{a, b as c}` as pairs of the module's own name and the name it goes by. */
function pairs_of(names) {
  return names.split(",").map((name) => name.trim()).filter(Boolean)
    .map((name) => name.split(/ as /)).map(([own, known = own]) => [own, known]);
}

/** The file of a module, looked for as Node does, but by the plain forms of "exports" alone. */
function file_of(root, from, name) {
  if (name.startsWith(".")) return join(dirname(from), name);
  const parts = name.split("/");
  const named = parts.splice(0, name.startsWith("@") ? 2 : 1).join("/");
  for (let folder = dirname(from); folder.startsWith(resolve(root)); folder = dirname(folder)) {
    const own = join(folder, "node_modules", named);
    if (!existsSync(own)) continue;
    if (parts.length > 0) return join(own, ...parts);
    return join(own, JSON.parse(readFileSync(join(own, "package.json"), "utf8")).main);
  }
  throw new Error(`${from}: no package ${named}`);
}

/** What `path`, a list of package exports, offers: one script. `left_out` modules are empty. */
export function joined_packages(root, path, left_out = new Set()) {
  const made = new Map();
  const bodies = [];
  const open = new Set();
  const variable_of = (from, name) => {
    const file = file_of(root, resolve(from), name);
    if (made.has(file)) return made.get(file);
    if (open.has(file)) throw new Error(`${file}: its imports go round in a circle`);
    open.add(file);
    const body = left_out.has(name) ? "return {};" : body_of(file);
    const variable = `module_${made.size}`;
    made.set(file, variable);
    bodies.push(`const ${variable} = (() => {\n${body}\n})();\n`);
    return variable;
  };
  const body_of = (file) => {
    const exported = [];
    const source = readFileSync(file, "utf8")
      .replace(import_form, (_, all, names, name) => {
        if (all) return `const ${all} = ${variable_of(file, name)};\n`;
        const pairs = pairs_of(names).map(([own, known]) => `${own}: ${known}`);
        return pairs.length ? `const { ${pairs.join(", ")} } = ${variable_of(file, name)};\n` : "";
      })
      .replace(again_form, (_, all, names, name) => {
        const variable = variable_of(file, name);
        if (all) exported.push(`${all}: ${variable}`);
        else
          for (const [own, known] of pairs_of(names)) exported.push(`${known}: ${variable}.${own}`);
        return "";
      })
      .replace(names_form, (_, names) => {
        for (const [own, known] of pairs_of(names)) exported.push(`${known}: ${own}`);
        return "";
      })
      .replace(own_form, (_, kind, name) => {
        exported.push(name);
        return `${kind} ${name}`;
      });
    if (/^(?:import|export)\s/m.test(source.replace(/\/\*[^]*?\*\//g, "")))
      throw new Error(`${file}: an import or export of a form that script/assets doesn't join`);
    return `${source}\nreturn { ${exported.join(", ")} };`;
  };
  let list = "";
  const source = readFileSync(path, "utf8").replace(from_package, (_, names, name) => {
    const variable = variable_of(path, name);
    for (const [own, known] of pairs_of(names))
      list += `export const ${known} = ${variable}.${own};\n`;
    return "";
  });
  return `${source.trim()}\n${bodies.join("")}${list}`;
}
