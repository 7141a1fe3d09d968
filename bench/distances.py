#!/usr/bin/env python3
"""Lets a member keep distance from others, straight in a community's SQLite file, for measuring only.

Usage: bench/distances.py DATA NAME COUNT

DATA holds a community that no server uses just now; NAME is what the member is called, COUNT from
how many they keep distance: others chosen among all. What is written here must be what the deed of
src/distance writes.
"""
import pathlib
import random
import sqlite3
import sys
import time


def main():
    data, name, count = pathlib.Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    database = sqlite3.connect(data / "kith.db", isolation_level=None)
    database.execute("pragma synchronous = off")
    viewer = database.execute("select id from members where name = ?", (name,)).fetchone()[0]
    others = database.execute("select id, name from members where id <> ? and role = 'member'",
                              (viewer,)).fetchall()
    chosen = random.Random(20261127).sample(others, count)
    now = int(time.time() * 1_000_000)
    database.execute("begin immediate")
    database.executemany("insert into distances (member, other, name, since) values (?, ?, ?, ?)",
                         [(viewer, other, called, now) for other, called in chosen])
    pairs = [(viewer, other) for other, _ in chosen]
    database.executemany("insert into separations (viewer, other) values (?, ?)",
                         pairs + [(other, one) for one, other in pairs])
    database.execute("commit")
    database.execute("analyze")
    database.close()


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    main()
