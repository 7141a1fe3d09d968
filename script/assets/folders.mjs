import { existsSync, readdirSync } from "node:fs";
import { join, relative } from "node:path";

/** The static/ folder of each room that has one, by name. */
export function static_folders(root) {
  return readdirSync(join(root, "src"))
    .sort()
    .map((room) => join(root, "src", room, "static"))
    .filter((folder) => existsSync(folder));
}

/** Every file below `folders`, as {folder, path}, in a fixed order. */
export function files_below(folders) {
  return folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(folder, join(entry.parentPath ?? entry.path, entry.name)))
      .sort()
      .map((path) => ({ folder, path })),
  );
}
