#!/usr/bin/env python3
"""Asks real engines what the queries of tests/sql/oracle mean. Development only; see README.md."""
import argparse
import glob
import os
import random
import subprocess
import sys

import calls
import generate
import loads
from corpus import Case, File, cell_text, file_read, file_write, outcome_body, same, tables_read
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


def tables_write(path, tables):
    with open(path, "w", encoding="utf-8") as f:
        for t in tables:
            head = " | ".join(f"{n} {k}{' ' + rule if rule else ''}" for n, k, rule in t.columns)
            rows = "".join(" | ".join(cell_text(v) for v in r) + "\n" for r in t.rows)
            f.write(f"table {t.name}\n{head}\n{rows}\n")


def guess(args, engines):
    """Rounds of random databases and queries, kept where the engine gives rows, then shown to the suite."""
    rng = random.Random(args.seed)
    schema = [t for t in tables_read(os.path.join(ROOT, "world.tables")) if t.name in ("emp", "dept", "orders", "nums", "logins", "words")]
    os.makedirs(args.out, exist_ok=True)
    for n in range(args.rounds):
        tables = generate.database(rng, schema)
        files = []
        for d in engines:
            f = File(os.path.join(args.out, d + ".case"), [f"dialects {d}"], [d], [])
            makes = generate.Queries(rng, schema, d)
            f.cases = [Case(f"r{n}-{k}", None, makes.named() if args.names else makes.query()) for k in range(args.queries)]
            files.append(f)
        got, unstable = answers(files, engines, tables)
        kept = refused = 0
        for f in files:
            for case in f.cases:
                key = (f.path, case.id, f.dialects[0])
                kinds = ("rows", "ordered", "refused") if args.names else ("rows", "ordered")
                if got[key].kind in kinds and key not in unstable:
                    case.outcomes[key[2]] = got[key]
                elif got[key].kind == "refused" and args.refused:
                    print(f"{case.query}\n    {got[key].message}")
                refused += got[key].kind == "refused"
            f.cases = [c for c in f.cases if c.outcomes]
            kept += len(f.cases)
            file_write(f)
        tables_write(os.path.join(args.out, "world.tables"), tables)
        print(f"round {n}: {kept} queries with rows, {len(unstable)} not defined, {refused} refused", flush=True)
        if args.suite:
            subprocess.run([args.suite], env=dict(os.environ, ORACLE_FOLDER=args.out), check=False)


def main():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("mode", choices=["bless", "check", "random", "loads", "calls"],
                   help="write the engines' answers into the files, compare, try random queries, loads, or calls of every type")
    p.add_argument("files", nargs="*", help="case files; default all")
    p.add_argument("--postgres", metavar="HOST:PORT")
    p.add_argument("--mariadb", metavar="SOCKET")
    p.add_argument("--duckdb", metavar="NODE_MODULES")
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--rounds", type=int, default=1, help="random databases")
    p.add_argument("--queries", type=int, default=100, help="for each database and engine")
    p.add_argument("--out", default="/tmp/oracle", help="folder for the random cases")
    p.add_argument("--suite", help="the test_oracle that runs them")
    p.add_argument("--greenroom", help="the program that runs random loads")
    p.add_argument("--refused", action="store_true", help="print what the engine refuses: the generator's own errors")
    p.add_argument("--names", action="store_true", help="queries whose names may mean two things, and what is refused of them")
    args = p.parse_args()
    engines = engines_open(args)
    if args.mode == "random":
        return guess(args, engines)
    if args.mode == "loads":
        return loads.compare(args, random.Random(args.seed), engines)
    if args.mode == "calls":
        return calls.compare(args, engines)
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
