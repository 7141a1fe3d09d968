#!/usr/bin/env python3
"""Fills a community with essays and comments, straight into its SQLite file, for measuring only.

Usage: bench/fill.py DATA ESSAYS COMMENTS_EACH

DATA holds a community with members (`kith demo --data DATA`) that no server uses just now. The
essays are /essays/bench-0 and on. Comments are written in turns, one of each essay after the other,
as a living community does: those of one page lie far apart in the file. What is written here must
be what the deeds of src/essays and src/talk write; the migrations are the schema.
"""
import base64
import pathlib
import random
import sqlite3
import sys
import time

WORDS = ("a quiet morning with someone who listens and stays for as long as it takes to say the "
         "thing that was waiting under all the other things until there was room for it").split()
ESSAY_BYTES, COMMENT_CHARACTERS = 2048, 400
RARE_WORDS = 5000
TOGETHER = 20_000
HOUR = 3_600_000_000
ESSAY = """insert into essays (public_id, author, slug, title, summary, content_note, excerpt,
    state, audience, comments_closed, reading_minutes, version, discussion, created_at, edited_at,
    published_at) values (?, ?, ?, ?, ?, '', '', 'published', 'anyone', 0, 2, 1, ?, ?, ?, ?)"""
COMMENT = """insert into comments (id, public_id, discussion, author, html, state, created_at)
    values (?, ?, ?, ?, ?, 'published', ?)"""

chance = random.Random(20261122)


def public_id():
    return base64.urlsafe_b64encode(chance.randbytes(16)).decode().rstrip("=")


def words(characters):
    text = ""
    while len(text) < characters:
        text += chance.choice(WORDS) + " "
    return text[:characters].strip().capitalize()


def paragraphs(size):
    text = "\n\n".join(words(400) for _ in range(size // 400))
    return text, "".join(f"<p>{part}</p>\n" for part in text.split("\n\n"))


def add_essays(database, count, members, now):
    discussions = []
    texts = [paragraphs(ESSAY_BYTES) for _ in range(50)]
    for number in range(count):
        slug, author, at = f"bench-{number}", chance.choice(members), now - number * HOUR // 60
        discussion = database.execute(
            "insert into discussions (public_id, subject_path, audience, author, "
            "open_for_comments) values (?, ?, 'anyone', ?, 1)",
            (public_id(), f"/essays/{slug}", author)).lastrowid
        essay = database.execute(ESSAY, (public_id(), author, slug, f"Essay {number}", words(120),
                                         discussion, at, at, at)).lastrowid
        database.execute("insert into essay_texts (essay, markdown, html) values (?, ?, ?)",
                         (essay, *texts[number % len(texts)]))
        database.execute("insert into essay_slugs (slug, essay) values (?, ?)", (slug, essay))
        discussions.append(discussion)
    return discussions


def add_comments(database, discussions, each, members, now):
    texts = [words(COMMENT_CHARACTERS) for _ in range(500)]
    first = database.execute("select coalesce(max(id), 0) + 1 from comments").fetchone()[0]
    comments, sources = [], []

    def write():
        database.executemany(COMMENT, comments)
        database.executemany("insert into comment_sources (comment, markdown) values (?, ?)",
                             sources)
        comments.clear()
        sources.clear()

    for number in range(len(discussions) * each):
        text = texts[number % len(texts)]
        # A word that few comments have, for the search to find.
        text += f" heron{number % RARE_WORDS}"
        comments.append((first + number, public_id(), discussions[number % len(discussions)],
                         chance.choice(members), f"<p>{text}</p>\n", now + number))
        sources.append((first + number, text))
        if len(comments) == TOGETHER:
            write()
    write()


def main():
    data, essays, each = pathlib.Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    database = sqlite3.connect(data / "kith.db", isolation_level=None)
    database.execute("pragma synchronous = off")
    database.execute("pragma cache_size = -512000")
    members = [row[0] for row in database.execute("select id from members where state = 'active'")]
    if not members:
        sys.exit("bench/fill.py: this community has no members; begin with kith demo")
    now = int(time.time() * 1_000_000) - 2 * HOUR
    database.execute("begin immediate")
    add_comments(database, add_essays(database, essays, members, now), each, members, now)
    database.execute("commit")
    database.execute("analyze")
    database.execute("pragma wal_checkpoint(truncate)")
    database.close()
    print(f"{essays} essays with {each} comments each")


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    main()
