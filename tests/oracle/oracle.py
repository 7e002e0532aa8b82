#!/usr/bin/env python3
"""Asks real engines what the queries of tests/sql/oracle mean. Development only; see README.md."""
import argparse
import glob
import os
import sys

from corpus import DIALECTS, file_read, file_write, outcome_body, same, tables_read
from engines import DuckDb, MySql, Postgres

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "sql", "oracle")


def engines_open(args):
    out = {}
    if args.postgres:
        host, port = args.postgres.split(":")
        out["postgres"] = Postgres(dict(host=host, port=port, user="oracle", dbname="postgres"))
    if args.mariadb:
        out["mysql"] = MySql(dict(unix_socket=args.mariadb, user="root"))
    if args.duckdb:
        out["duckdb"] = DuckDb(args.duckdb)
    return out


def backwards(table):
    return table.rows[::-1]


def whom(case, dialect, engines):
    """The engine and the text for it; none where somebody who read the documentation has written what it gives."""
    if dialect in case.outcomes and case.outcomes[dialect].by_hand:
        return None, None
    return case.via or (dialect, case.query)


def answers(files, engines, tables):
    """Outcomes by (file, case, dialect): each query twice, the second time over rows in the other order."""
    got, unstable = {}, []
    for rows_of in (lambda t: t.rows, backwards):
        for e in engines.values():
            e.load(tables, rows_of)
        for f in files:
            for case in f.cases:
                for d in case.dialects or f.dialects:
                    name, query = whom(case, d, engines)
                    if name not in engines:
                        continue
                    key = (f.path, case.id, d)
                    now = engines[name].run(query)
                    if key not in got:
                        got[key] = now
                    elif not same(got[key], now):
                        unstable.append(key)
    return got, unstable


def main():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("mode", choices=["bless", "check"], help="write the engines' answers into the files, or compare")
    p.add_argument("files", nargs="*", help="case files; default all")
    p.add_argument("--postgres", metavar="HOST:PORT")
    p.add_argument("--mariadb", metavar="SOCKET")
    p.add_argument("--duckdb", metavar="NODE_MODULES")
    args = p.parse_args()
    engines = engines_open(args)
    tables = tables_read(os.path.join(ROOT, "world.tables"))
    files = [file_read(f) for f in args.files or sorted(glob.glob(os.path.join(ROOT, "*.case")))]
    got, unstable = answers(files, engines, tables)
    bad = 0
    for path, case, d in unstable:
        bad += 1
        print(f"{path}: {case}@{d}: another order of the rows gives another result")
    for f in files:
        for case in f.cases:
            for d in case.dialects or f.dialects:
                now, old = got.get((f.path, case.id, d)), case.outcomes.get(d)
                if args.mode == "bless" and now:
                    case.outcomes[d] = now
                elif now is None and old is None:
                    bad += 1
                    print(f"{f.path}: {case.id}@{d}: nobody says what it gives")
                elif now and (not old or not same(old, now)):
                    bad += 1
                    print(f"{f.path}: {case.id}@{d}: the engine gives")
                    print("  " + "\n  ".join(outcome_body(now) or [now.kind]))
            for d in list(case.outcomes):
                if d not in (case.dialects or f.dialects):
                    del case.outcomes[d]
        if args.mode == "bless":
            file_write(f)
    count = sum(len(c.outcomes) for f in files for c in f.cases)
    print(f"{count} expectations of {sum(len(f.cases) for f in files)} queries, {bad} to look at")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
