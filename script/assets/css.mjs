import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

/** app's kith.css with its parts in place, then what other rooms add. */
export function joined_css(app, other_folders) {
  const entry = readFileSync(join(app, "kith.css"), "utf8");
  const whole = entry.replace(/@import "([^"]+)";/g, (_, path) =>
    readFileSync(join(app, path), "utf8"),
  );
  const added = other_folders.flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => name.endsWith(".css"))
      .sort()
      .map((name) => `@layer components {\n${readFileSync(join(folder, name), "utf8")}}\n`),
  );
  return whole + added.join("");
}

/** CSS without comments and needless white space; strings stay as they are. */
export function light_css(css) {
  const strings = [];
  const keep = (text) => `\u0001${strings.push(text) - 1}\u0002`;
  return css
    .replace(/\/\*[^]*?\*\/|"(?:[^"\\]|\\[^])*"|'(?:[^'\\]|\\[^])*'/g, (found) =>
      found.startsWith("/*") ? " " : keep(found),
    )
    // An empty custom property keeps its space (`--d: ;`): older browsers ask for one.
    .replace(/(--[\w-]+:)\s*(?=[;}])/g, (_, name) => name + keep(" "))
    .replace(/\s+/g, " ")
    .replace(/ ?([{};]) ?/g, "$1")
    .replace(/, /g, ",")
    .replace(/([\w-]): /g, "$1:")
    .replace(/;}/g, "}")
    .trim()
    .replace(/\u0001(\d+)\u0002/g, (_, index) => strings[index]);
}
