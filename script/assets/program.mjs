import { join } from "node:path";

const forms = ["bytes", "gzip", "brotli"];
const label = (index, form) => `kith_static_${index}_${form}`;

/** Writes each form of each file by `write`, and gives the assembly that takes them in. */
export function assembly_of(files, folder, write) {
  let assembly = "    .section .rodata\n";
  files.forEach((file, index) => {
    for (const form of forms) {
      if (file[form].length === 0) continue;
      const path = join(folder, `${file.name}.${form}`);
      write(path, file[form]);
      const name = label(index, form);
      assembly += `    .global ${name}\n    .balign 16\n${name}:\n    .incbin "${path}"\n`;
    }
  });
  return assembly + '    .section .note.GNU-stack,"",%progbits\n';
}

/** The C++ file that defines kith::static_files(). */
export function cpp_of(files) {
  const view = (file, index, form) =>
    file[form].length === 0 ? "{}" : `{${label(index, form)}, ${file[form].length}}`;
  const externs = files.flatMap((file, index) =>
    forms
      .filter((form) => file[form].length > 0)
      .map((form) => `extern char const ${label(index, form)}[];`),
  );
  const rows = files.map((file, index) => {
    const views = forms.map((form) => view(file, index, form)).join(", ");
    return `        {"${file.name}", "${file.url}", "${file.type}",\n         ${views}},`;
  });
  return `#include "web/static_files.hpp"

extern "C" {
${externs.join("\n")}
}

namespace kith {
std::span<web::StaticFile const> static_files() {
    static web::StaticFile const all[] = {
${rows.join("\n")}
    };
    return all;
}
}  // namespace kith
`;
}
