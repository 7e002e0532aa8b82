#!/usr/bin/env python3
"""run: plays groups of command-line cases against a built greenroom: run.py BINARY [GROUP…]. Says every fault."""
import re
import sqlite3
import sys

sys.dont_write_bytecode = True
from bench import Bench, Fault, expect, expect_status, expect_text  # noqa: E402
from cases import ROWS  # noqa: E402
from checks import CHECKS  # noqa: E402

ABSENT = object()


def dig(value, path):
    for part in path.split("."):
        if isinstance(value, list):
            value = value[int(part)] if part.isdigit() and int(part) < len(value) else ABSENT
        elif isinstance(value, dict):
            value = value.get(part, ABSENT)
        else:
            return ABSENT
    return value


def expect_json(r, wanted):
    value = r.json()
    for path, want in wanted.items():
        if path.startswith("-"):
            expect(dig(value, path[1:]) is ABSENT, "%s should not be there" % path[1:], r)
            continue
        got = dig(value, path)
        expect(got is not ABSENT, "%s is missing" % path, r)
        if isinstance(want, (type, tuple)):
            expect(isinstance(got, want), "%s is %r" % (path, got), r)
        else:
            expect(got == want, "%s is %r, not %r" % (path, got, want), r)


def play_row(bench, row):
    r = bench.run(*row["argv"], stdin=row.get("stdin", ""), home=row.get("home", True))
    expect_status(r, row.get("status", 0))
    expect_text(r, row.get("out", []), "out")
    expect_text(r, row.get("err", []), "err")
    for p in row.get("not_out", []):
        expect(not re.search(p, r.out.decode("utf-8", "replace"), re.M), "stdout has %r" % p, r)
    if r.status == 0 and "err" not in row:
        expect(r.err == b"", "stderr is not empty", r)
    if r.status > 1 and "json" not in row:
        expect(r.err.strip() or r.out.strip(), "not a word of what is wrong", r)
    if "json" in row:
        expect_json(r, row["json"])


def play(binary, group):
    faults = tried = 0
    rows = [(" ".join(row["argv"]) or "(no words)", play_row, row) for row in ROWS.get(group, [])]
    with Bench(binary) as shared:
        for name, f, row in rows:
            tried += 1
            try:
                f(shared, row)
            except (Fault, OSError, KeyError, IndexError, sqlite3.Error) as e:
                faults += 1
                print("FAULT %s: %r: %s\n" % (group, name, e))
    for check in CHECKS.get(group, []):
        tried += 1
        with Bench(binary) as own:
            try:
                check(own)
            except (Fault, OSError, KeyError, IndexError, sqlite3.Error) as e:
                faults += 1
                print("FAULT %s: %s: %s\n" % (group, check.__name__, e))
    print("%s: %d tried, %d faults" % (group, tried, faults))
    return faults if tried else 1


def main():
    if len(sys.argv) < 2:
        print("usage: run.py BINARY [GROUP…]; groups: %s" % ", ".join([*ROWS, *CHECKS]))
        return 2
    groups = sys.argv[2:] or [*ROWS, *CHECKS]
    return 1 if sum(play(sys.argv[1], g) for g in groups) else 0


if __name__ == "__main__":
    sys.exit(main())
