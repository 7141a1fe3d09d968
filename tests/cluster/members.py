#!/usr/bin/env python3
"""Prints SQL for psql that adds members who are signed in, and their cookies, as JSON.

Usage: tests/cluster/members.py DATA COUNT    DATA holds the community's secret.key
What it writes is what tests/parts/members.py writes into SQLite.
"""
import json
import os
import pathlib
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "parts"))
from members import encoded, token_hash  # noqa: E402

ONE = """with added as (
    insert into members (public_id, name, pronouns, about, role, state, language, zone, theme,
        plain_letters, discreet, joined_at, agreement_version, writes_essays)
    select '{id}', 'Member {number}', '', '', 'member', 'active', '', '', '', 0, 0, {now},
        agreement_version, 0 from community where id = 1 returning id)
insert into sessions (public_id, token_hash, member, device, way, described, started_at, seen_at,
    authenticated_at)
select '{session}', '{token}', id, 'own', 'password', '', {now}, {now}, {now} from added;"""


def main():
    data, count = pathlib.Path(sys.argv[1]), int(sys.argv[2])
    secret = (data / "secret.key").read_bytes()
    now = int(time.time() * 1_000_000)
    sql, cookies = [], []
    for number in range(count):
        token = encoded(os.urandom(32))
        sql.append(ONE.format(id=encoded(os.urandom(16)), session=encoded(os.urandom(16)),
                              token=token_hash(secret, token), number=number, now=now))
        cookies.append(f"session={token}")
    json.dump({"sql": "\n".join(sql), "cookies": cookies}, sys.stdout)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main()
