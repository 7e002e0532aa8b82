"""checks: what takes more than one command line to see. Each function gets a Bench and raises Fault."""
import csv
import glob
import io
import json
import os
import sqlite3

from bench import ROOT, expect, expect_status, expect_text, no_foreign
from cases import DRILL, FORBIDDEN, RIGHT, WRONG


# ---- batch

def batch_goes_on_after_bad_lines(b):
    lines = [
        ({"drill": DRILL, "answer": RIGHT, "id": "first"}, "first", "right"),
        ("not json", None, "error"),
        ({"drill": "no/such", "answer": "SELECT 1", "id": 7}, 7, "error"),
        ({"drill": DRILL, "id": "no answer"}, "no answer", "error"),
        ([1, 2], None, "error"),
        ({"drill": DRILL, "answer": WRONG, "id": "größe ✓"}, "größe ✓", "wrong"),
        ({"drill": DRILL, "answer": RIGHT, "dialect": "klingon", "id": "d"}, "d", "error"),
        ('{"drill": "%s", "answer": "x"' % DRILL, None, "error"),
        ({"drill": "streaming/two-clocks", "answer": "words", "id": "text"}, "text", None),
        ({"drill": DRILL, "answer": "SELEC", "id": "s"}, "s", "error"),
        ({"drill": DRILL, "answer": RIGHT, "id": -12}, -12, "right"),
        ({"drill": DRILL, "answer": RIGHT}, None, "right"),
    ]
    text = "\n".join(x if isinstance(x, str) else json.dumps(x) for x, _, _ in lines) + "\n\n"
    r = b.run("check", "--batch", "-", stdin=text)
    expect_status(r, 1)
    said = r.json_lines()
    expect(len(said) == len(lines), "%d verdicts for %d lines" % (len(said), len(lines)), r)
    for (_, ident, verdict), got in zip(lines, said):
        expect(got.get("id") == ident, "id %r was given back as %r" % (ident, got.get("id")), r)
        expect(got.get("verdict") == verdict, "%r: verdict %r" % (ident, got.get("verdict")), r)
    good = b.run("check", "--batch", b.write("b.jsonl", json.dumps({"drill": DRILL, "answer": RIGHT, "id": 1})), "--json")
    expect_status(good, 0)


def the_same_answer_gets_the_same_verdict(b):
    def verdict(home):
        b.home = b.path(home)
        v = b.run("check", DRILL, "-", "--json", stdin=WRONG).json()
        v.pop("elapsed_ms")
        return v
    cold, warm = verdict("one"), verdict("one")
    expect(cold == warm, "a warm cache gives another verdict")
    expect(cold == verdict("two"), "another home gives another verdict")


def counterexamples_replay_in_plain_sqlite(b):
    x = b.run("check", DRILL, "-", "--json", stdin=WRONG).json()["counterexample"]
    db = sqlite3.connect(":memory:")
    db.executescript(x["sql"]["setup"])
    for side in ("expected", "actual"):
        rows = sorted(map(repr, map(list, db.execute(x["sql"][side]).fetchall())))
        expect(rows == sorted(map(repr, x[side]["rows"])), "%s replays to %s" % (side, rows))


# ---- data

def tables_of(path):
    db = sqlite3.connect("file:%s?mode=ro" % path, uri=True)
    expect(db.execute("PRAGMA integrity_check").fetchall() == [("ok",)], "%s: integrity check" % path)
    names = [n for (n,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
    out = {}
    for n in names:
        cur = db.execute('SELECT * FROM "%s"' % n)
        out[n] = ([c[0] for c in cur.description], cur.fetchall())
    return out


def read(path):
    with open(path, "rb") as f:
        return f.read()


SCALE = ("--scale", "0.2")


def data_is_the_same_bytes_twice(b):
    for i, more in enumerate([(), ("--seed", "1"), ("--seed", "2"), ("--profile", "clean")]):
        r = b.run("data", "netflix", "--out", "d%d.db" % i, *SCALE, *more)
        expect_status(r, 0)
        expect_text(r, [r"^ *\d+  fact_play_event_raw$"], "out")
    first = read(b.path("d0.db"))
    expect(first == read(b.path("d1.db")), "the default seed is 1, yet its bytes differ")
    expect(first != read(b.path("d2.db")), "seed 2 gives the data of seed 1")
    expect(first != read(b.path("d3.db")), "the clean profile is not another one")
    expect(sorted(os.listdir(b.dir)) == ["d0.db", "d1.db", "d2.db", "d3.db", "home"], "other files were left")


def data_has_one_content_in_every_format(b):
    b.run("data", "netflix", "--out", "d.db", *SCALE)
    b.run("data", "netflix", "--out", "c", "--format", "csv", *SCALE)
    b.run("data", "netflix", "--out", "j", "--format", "jsonl", *SCALE)
    for name, (columns, rows) in tables_of(b.path("d.db")).items():
        expect(rows, "%s has no rows" % name)
        text = read(b.path("c/%s.csv" % name)).decode()
        table = list(csv.reader(io.StringIO(text)))
        expect(table[0] == columns, "%s.csv: its first line is %s" % (name, table[0]))
        expect(len(table) - 1 == len(rows), "%s.csv: %d rows for %d" % (name, len(table) - 1, len(rows)))
        lines = [json.loads(x) for x in read(b.path("j/%s.jsonl" % name)).splitlines()]
        expect(len(lines) == len(rows), "%s.jsonl: %d rows for %d" % (name, len(lines), len(rows)))
        for row, fields, obj in zip(rows, table[1:], lines):
            expect(list(obj) == columns, "%s.jsonl: keys %s" % (name, list(obj)))
            for value, field, json_value in zip(row, fields, obj.values()):
                expect(json_value == value, "%s.jsonl: %r for %r" % (name, json_value, value))
                expect((field == "") == (value in (None, "")), "%s.csv: %r for %r" % (name, field, value))
                if isinstance(value, str):
                    expect(field == value, "%s.csv: %r for %r" % (name, field, value))


def shards_joined_are_the_whole(b):
    for shard in ("1/3", "2/3", "3/3"):
        b.run("data", "netflix", "--out", "s%s.db" % shard[0], "--shard", shard, *SCALE)
    b.run("data", "netflix", "--out", "all.db", *SCALE)
    parts = [tables_of(b.path("s%d.db" % i)) for i in (1, 2, 3)]
    for name, (_, rows) in tables_of(b.path("all.db")).items():
        if name.startswith("fact_"):
            joined = [r for p in parts for r in p[name][1]]
            expect(sorted(map(repr, joined)) == sorted(map(repr, rows)), "%s: the shards are not the whole" % name)
            expect(all(len(p[name][1]) < len(rows) for p in parts), "%s: a shard is everything" % name)
        else:
            expect(all(p[name][1] == rows for p in parts), "%s: not whole in every shard" % name)


def data_of_a_pack_file_and_of_edges(b):
    spec = os.path.join(ROOT, "tests", "packs-ok", "sql.yaml")
    r = b.run("data", "netflix", "--out", "e.db", "--profile", "edge")
    expect_status(r, 0)
    tables = tables_of(b.path("e.db"))
    expect(all(len(rows) < 50 for _, rows in tables.values()), "edge data is small")
    r = b.run("data", spec, "--out", "p.db", "--pack", spec)
    expect(r.status in (0, 3), "a file of packs is a spec or is refused with a sentence", r)


# ---- packs

def lint_names_every_fault_with_its_place(b):
    bad = sorted(glob.glob(os.path.join(ROOT, "tests", "packs-bad", "*.yaml")))
    expect(len(bad) > 50, "where are the bad packs?")
    for path in bad[::6]:
        r = b.run("pack", "lint", path)
        expect_status(r, 1)
        expect_text(r, [r"^%s:\d+:\d+: (error|warning): \S" % path], "out")
        no_foreign(r.out, path)
    r = b.run("pack", "lint", *bad[:3])
    expect(all(p.encode() in r.out for p in bad[:3]), "lint stops at the first file", r)


def lint_passes_good_packs(b):
    for path in [os.path.join(ROOT, "drills")] + sorted(glob.glob(os.path.join(ROOT, "tests", "packs-ok", "*.yaml")))[:4]:
        r = b.run("pack", "lint", path)
        expect(b": error: " not in r.out, "an error in a good pack", r)
        expect_status(r, 1 if b": warning: " in r.out else 0)
    expect_text(b.run("pack", "lint", os.path.join(ROOT, "drills")), [r"nothing to mend"], "out")


# ---- remembered

def backup_is_a_whole_store(b):
    expect_status(b.run("backup", "copy.db"), 0)
    db = sqlite3.connect(b.path("copy.db"))
    expect(db.execute("PRAGMA integrity_check").fetchall() == [("ok",)], "the copy is not whole")
    expect(db.execute("SELECT COUNT(*) FROM event").fetchall() == [(0,)], "a new store holds events")


def commands_that_grade_never_write_the_store(b):
    def listing():
        return sorted(n for n in os.listdir(b.home) if n != "cache") if os.path.isdir(b.home) else []
    for args, status in ((("run", DRILL, "-"), 0), (("check", DRILL, "-"), 0), (("list",), 0), (("demo",), 0)):
        expect_status(b.run(*args, stdin=RIGHT), status)
        expect(listing() == [], "%s left %s in the home" % (args[0], listing()))


# ---- hostile (E26, E27, E36, E41)

def listing(path):
    out = {}
    for d, _, files in os.walk(path):
        for f in files:
            p = os.path.join(d, f)
            out[p] = read(p)
    return out


def forbidden_statements_change_no_file(b):
    b.run("run", DRILL, "-", stdin=RIGHT)  # both leave what they made in the cache
    b.run("check", DRILL, "-", stdin=RIGHT)
    before = listing(b.dir)
    lines = "\n".join(json.dumps({"drill": DRILL, "answer": s, "id": s}) for s in FORBIDDEN)
    r = b.run("check", "--batch", "-", stdin=lines)
    for s, got in zip(FORBIDDEN, r.json_lines()):
        expect(got["verdict"] == "error", "%s: verdict %s" % (s, got["verdict"]), r)
        expect(got["error"]["kind"] in ("not_allowed", "syntax"), "%s: %s" % (s, got["error"]), r)
    for s in FORBIDDEN[::5]:
        expect_status(b.run("run", DRILL, "-", stdin=s), 4)
    after = listing(b.dir)
    expect(set(after) == set(before), "files came or went: %s" % (set(after) ^ set(before)))
    expect(after == before, "a file changed")


FOREIGN = {
    "esc": "'a' || char(27) || '[31mred'", "osc": "char(27) || ']0;title' || char(7)", "bidi": "'b' || char(8238) || 'c'",
    "nul": "'x' || char(0) || 'y'", "c1": "char(155) || '31m'", "zero": "'p' || char(8203, 65279, 917601) || 'q'",
    "soft": "'s' || char(173) || 't'", "del": "'d' || char(127)", "line": "'l' || char(8232) || 'm'",
    "cr": "'one' || char(13) || 'two'", "tab": "char(9) || 't'", "bad": "CAST(x'ff41fe' AS TEXT)", "blob": "x'00ff1b'",
    "surrogate": "CAST(x'eda080' AS TEXT)", "far": "char(1114111)",
}


def foreign_cells_reach_nobody_raw(b):
    query = "SELECT " + ", ".join('%s AS "%s"' % (v, k) for k, v in FOREIGN.items())
    for k, v in [*FOREIGN.items(), ("all", "")]:
        r = b.run("run", DRILL, "-", stdin=query if k == "all" else 'SELECT %s AS "%s"' % (v, k))
        expect_status(r, 0)
        no_foreign(r.out, "run of " + k)
        expect_text(r, {"esc": [r"a\^\[\[31mred"], "bidi": [r"b<U\+202E>c"], "nul": [r"x\^@y"]}.get(k, []), "out")
    j = b.run("run", DRILL, "-", "--json", stdin=query)
    no_foreign(j.out, "run --json")
    row = dict(zip(j.json()["columns"], j.json()["rows"][0]))
    expect(row["esc"] == "a\x1b[31mred" and row["nul"] == "x\0y" and row["bidi"] == "b\u202ec", "JSON keeps the text", j)
    for sql in ('SELECT 1 AS "h\x1b[31m\u202eh"', 'SELECT "\x1b]0;t\x07\u202e" FROM nope', "SELECT \x1b\u202e\x9b1", "\xff\x1b"):
        for more in ((), ("--json",)):
            r = b.run("run", DRILL, "-", *more, stdin=sql.encode("latin-1", "ignore") if "\xff" in sql else sql)
            no_foreign(r.out + r.err, "run %s of %r" % (more, sql))
            r = b.run("check", DRILL, "-", *more, stdin=sql.encode("latin-1", "ignore") if "\xff" in sql else sql)
            no_foreign(r.out + r.err, "check %s of %r" % (more, sql))


def floods_are_capped_with_words(b):
    flood = "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c LIMIT 1000000) SELECT x FROM c"
    r = b.run("run", DRILL, "-", stdin=flood)
    expect_status(r, 0)
    expect(len(r.out) < 20000, "%d bytes of rows" % len(r.out))
    expect_text(r, [r"more rows", r"^1,?000\+ rows"], "out")
    j = b.run("run", DRILL, "-", "--json", stdin=flood).json()
    expect(j["more"] is True and len(j["rows"]) == 1000, "%d rows, more %s" % (len(j["rows"]), j["more"]))
    wide = "SELECT " + ", ".join("%d AS c%d" % (i, i) for i in range(200))
    r = b.run("run", DRILL, "-", stdin=wide)
    expect(r.status in (0, 4), "200 columns", r)
    long = "SELECT printf('%.*c', 50000, 'x') AS wide"
    r = b.run("run", DRILL, "-", stdin=long)
    expect(max(len(x) for x in r.out.decode().splitlines()) <= 120, "a long value makes a long line")


def closed_descriptors_and_full_devices(b):
    b.write("right.sql", RIGHT)
    b.run("backup", "b.db")
    store = [n for n in os.listdir(b.home) if n.endswith(".db")]
    expect(len(store) == 1, "one store file: %s" % store)
    before = read(os.path.join(b.home, store[0]))
    commands = ["list", "check %s right.sql" % DRILL, "run %s right.sql --json" % DRILL, "doctor", "backup b2.db",
                "explain %s" % DRILL, "pack schema", "--help", "demo"]
    for c in commands:
        full = b.shell('exec "$G" %s --home "$H" >/dev/full' % c)
        expect(full.status != 0 and full.err.strip(), "%s on a full device: no sentence or status 0" % c, full)
        out = b.shell('exec "$G" %s --home "$H" >&-' % c)
        expect(out.status != 0, "%s with stdout closed: status 0" % c, out)
        for redirection in ("<&-", "<&- >&- 2>&-", "2>&-"):
            b.shell('exec "$G" %s --home "$H" %s' % (c, redirection))
        expect(read(os.path.join(b.home, store[0])) == before, "%s wrote into the store" % c)
    expect_status(b.shell('exec "$G" --version >/dev/full'), 5)
    r = b.shell('exec "$G" check %s - --home "$H" <&-' % DRILL)
    expect_status(r, 3)
    expect(b"standard input" in r.err, "no sentence about standard input", r)
    r = b.shell('"$G" list --home "$H" | head -n 1')
    expect(r.err == b"", "a closed pipe makes noise", r)


def answers_that_are_no_text(b):
    for name, data in (("nul.sql", b"SELECT 1\0, 2"), ("bad.sql", b"SELECT '\xff\xfe'"), ("bom.sql", b"\xef\xbb\xbf" + RIGHT.encode()),
                       ("crlf.sql", RIGHT.replace("\n", "\r\n").encode()), ("zeros.sql", bytes(2 << 20)), ("tabs.sql", b"\t" * 5000 + b"SELECT 1")):
        b.write(name, data)
        r = b.run("check", DRILL, name)
        no_foreign(r.out + r.err, name)
        if name == "crlf.sql":
            expect_status(r, 0)
        if name == "zeros.sql":
            expect_status(r, 3)


CHECKS = {
    "batch": [batch_goes_on_after_bad_lines],
    "verdict": [the_same_answer_gets_the_same_verdict, counterexamples_replay_in_plain_sqlite],
    "data": [data_is_the_same_bytes_twice, data_has_one_content_in_every_format, shards_joined_are_the_whole,
             data_of_a_pack_file_and_of_edges],
    "pack": [lint_names_every_fault_with_its_place, lint_passes_good_packs],
    "store": [backup_is_a_whole_store, commands_that_grade_never_write_the_store],
    "forbidden": [forbidden_statements_change_no_file],
    "foreign": [foreign_cells_reach_nobody_raw, floods_are_capped_with_words, answers_that_are_no_text],
    "descriptors": [closed_descriptors_and_full_devices],
}
