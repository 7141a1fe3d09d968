#!/usr/bin/env python3
"""Adds members who are signed in, straight into a community's SQLite file, for tests and measuring:
one member alone would soon be asked to write less often.

Usage: tests/parts/members.py DATA COUNT

DATA holds a community (`kith demo --data DATA`) that no server uses just now. Prints a cookie for
each member, one a line. What is written here must be what src/members writes; its migrations are
the schema, and src/base/seal.cpp says how a token is hashed.
"""
import base64
import hashlib
import os
import pathlib
import sqlite3
import struct
import sys
import time

MEMBER = """insert into members (public_id, name, pronouns, about, role, state, language, zone,
    theme, plain_letters, discreet, joined_at, agreement_version, writes_essays)
    select ?, ?, '', '', 'member', 'active', '', '', '', 0, 0, ?, agreement_version, 0
    from community where id = 1"""
SESSION = """insert into sessions (public_id, token_hash, member, device, way, described,
    started_at, seen_at, authenticated_at) values (?, ?, ?, 'own', 'password', '', ?, ?, ?)"""


def encoded(data):
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def token_hash(secret, token):
    purpose = b"session"
    keyed = hashlib.blake2b(key=secret, digest_size=32)
    keyed.update(struct.pack("=Q", len(purpose)) + purpose + token.encode())
    return encoded(keyed.digest())


def main():
    data, count = pathlib.Path(sys.argv[1]), int(sys.argv[2])
    secret = (data / "secret.key").read_bytes()
    database = sqlite3.connect(data / "kith.db", isolation_level=None)
    database.execute("pragma synchronous = off")
    now = int(time.time() * 1_000_000)
    database.execute("begin immediate")
    for number in range(count):
        token = encoded(os.urandom(32))
        member = database.execute(
            MEMBER, (encoded(os.urandom(16)), f"Member {number}", now)).lastrowid
        database.execute(SESSION, (encoded(os.urandom(16)), token_hash(secret, token), member,
                                   now, now, now))
        print(f"session={token}")
    database.execute("commit")
    database.close()


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main()
