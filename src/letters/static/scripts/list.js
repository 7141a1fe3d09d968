import { moment_of, pages_of, Reader, today, written_at } from "./reading.js";

const found_max = 100;

/** Folds case and accents, so that what is typed finds what was written. */
export function folded(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

/** A few words around the first place where `wanted` stands in `text`. */
export function excerpt(text, wanted) {
  const at = Math.max(0, folded(text).indexOf(folded(wanted)));
  const from = Math.max(0, at - 60);
  const until = at + wanted.length + 100;
  return `${from > 0 ? "…" : ""}${text.slice(from, until)}${until < text.length ? "…" : ""}`;
}

/** The list of conversations: names of closed ones, searching, and a copy to read anywhere. */
export class ListDesk {
  constructor(desk) {
    this.desk = desk;
  }

  begin() {
    const { desk } = this;
    for (const row of desk.page.querySelectorAll("[data-closed]")) {
      const name = desk.notes.person(row.dataset.closed)?.name;
      if (name) row.textContent = name;
    }
    desk.on_form("search", ({ q }) => this.search(q.value.trim()));
    desk.on_click("copy", () => this.copy());
  }

  /** Every letter that can be believed, with whom it is and where it stands. */
  async *letters() {
    const { desk } = this;
    for (const row of desk.page.querySelectorAll("[data-conversation]")) {
      const { conversation, url } = row.dataset;
      const reader = new Reader(desk, conversation);
      const name = desk.notes.person(conversation)?.name ?? desk.word("someone");
      for await (const page of pages_of(url))
        for (const letter of page.letters.toReversed?.() ?? [...page.letters].reverse()) {
          const opened = await reader.open(letter);
          if (opened.state !== "good") continue;
          const at = written_at(letter, opened.words) ?? letter.at;
          yield { letter, name, url, at, body: opened.words.body };
        }
    }
  }

  async search(wanted) {
    const { desk } = this;
    const list = desk.find("[data-found]");
    list.replaceChildren();
    if (!wanted) return;
    desk.say(desk.word("searching"));
    for await (const { letter, name, url, at, body } of this.letters()) {
      if (!folded(body).includes(folded(wanted))) continue;
      const item = desk.page.createElement("li");
      const link = desk.page.createElement("a");
      link.href = url;
      link.textContent = letter.own ? `${desk.word("to")} ${name}` : name;
      const line = desk.page.createElement("p");
      line.dir = "auto";
      line.textContent = excerpt(body, wanted);
      item.append(link, ` · ${moment_of(desk.page, at)}`, line);
      list.append(item);
      if (list.children.length === found_max) break;
    }
    desk.say(desk.word(list.children.length ? "found" : "found_none"));
  }

  /** All letters as plain text, made here and handed to this device alone. */
  async copy() {
    const { desk } = this;
    desk.say(desk.word("working"));
    const parts = [];
    for await (const { letter, name, at, body } of this.letters()) {
      const who = letter.own ? `${desk.word("you")} → ${name}` : name;
      parts.push(`${moment_of(desk.page, at)} · ${who}\n\n${body}\n\n`);
    }
    const link = desk.page.createElement("a");
    link.href = URL.createObjectURL(new Blob(parts.reverse(), { type: "text/plain" }));
    link.download = `${desk.word("file_name")}-${today()}.txt`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    desk.say(desk.word("copied"));
  }
}
