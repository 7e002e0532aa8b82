"""Random loads: statements that change a table, on a real engine and in greenroom, over three small tables."""
import json
import os
import subprocess
import tempfile

from corpus import Outcome, Table, cell_text, same

COLUMNS = [("k", "integer", "key"), ("a", "integer", "not null"), ("b", "integer", ""), ("s", "text", "")]
TABLES = [
    Table("t", COLUMNS, [[1, 10, None, "x"], [2, 20, 5, None], [3, 30, 7, "y"], [4, 0, 0, ""], [5, -5, 9, "Z"]]),
    Table("u", COLUMNS, [[2, 21, None, "p"], [3, 30, 8, "q"], [5, 4, 1, None], [6, 60, 6, "r"], [7, 7, None, "x"]]),
    Table("v", [("k", "integer", ""), ("a", "integer", "")], [[1, 1], [1, 2], [2, None], [None, 3], [9, 20]]),
]
EXPRESSIONS = ["{c}", "{c} + 1", "{c} + {c}", "7", "30", "COALESCE({c}, {c})", "CASE WHEN {c} > 5 THEN {c} ELSE {c} END",
               "(SELECT MAX(v.a) FROM v WHERE v.k = {c})", "ABS({c})", "NULL", "NULLIF({c}, 30)"]
CONDITIONS = ["{c} > 5", "{c} = {c}", "{c} IS NULL", "{c} IN (SELECT k FROM v)", "{c} <> {c}", "NOT ({c} < {c})",
              "EXISTS (SELECT 1 FROM v WHERE v.k = {c})", "{c} NOT IN (SELECT k FROM v WHERE k IS NOT NULL)"]
SOURCES = ["u s", "(SELECT * FROM u WHERE a > 5) s", "(SELECT k + 1 AS k, a, b FROM u) s"]
FRESH = ["SELECT k, a, b FROM u", "SELECT k + 10, a, b FROM u", "VALUES (1, 2, 3), (8, 9, NULL)", "SELECT k, a * 2, NULL FROM u WHERE a > 10",
         "SELECT DISTINCT k, COALESCE(a, 0), a FROM v WHERE k > 1"]
# {set} and {where} are over t alone, {sets}, {and} and {cond} over t and s; {over} is over t and the row that conflicts.
FORMS = [
    ("postgres mysql duckdb", "UPDATE t SET {set}{where}"), ("postgres mysql duckdb", "DELETE FROM t{where}"),
    ("postgres mysql duckdb", "INSERT INTO t (k, a, b) {fresh}"),
    ("postgres duckdb", "UPDATE t SET {sets} FROM {source} WHERE t.k = s.k{and}"), ("postgres duckdb", "DELETE FROM t USING {source} WHERE t.k = s.k{and}"),
    ("postgres duckdb", "INSERT INTO t (k, a, b) {fresh} ON CONFLICT (k) DO UPDATE SET {over}"),
    ("postgres duckdb", "INSERT INTO t (k, a, b) {fresh} ON CONFLICT DO NOTHING"),
    ("postgres duckdb", "MERGE INTO t USING {source} ON t.k = s.k {when}"), ("postgres duckdb", "MERGE INTO t USING {source} ON t.k = s.k {when} {when}"),
    ("duckdb", "INSERT OR REPLACE INTO t (k, a, b) {fresh}"), ("duckdb", "INSERT OR IGNORE INTO t (k, a, b) {fresh}"),
    ("duckdb", "INSERT OR REPLACE INTO t BY NAME SELECT a, k FROM u"),
    ("mysql", "UPDATE t JOIN {source} ON t.k = s.k SET t.a = {e2}{where2}"), ("mysql", "UPDATE t LEFT JOIN {source} ON t.k = s.k SET t.b = {e2}{where2}"),
    ("mysql", "DELETE t FROM t JOIN {source} ON t.k = s.k{where2}"), ("mysql", "DELETE t FROM t LEFT JOIN {source} ON t.k = s.k WHERE s.k IS NULL"),
    ("mysql", "INSERT INTO t (k, a, b) {fresh} ON DUPLICATE KEY UPDATE {over}"), ("mysql", "REPLACE INTO t (k, a, b) {fresh}"),
    ("mysql", "INSERT IGNORE INTO t (k, a, b) {fresh}"), ("mysql", "UPDATE t SET {set}{where} ORDER BY k LIMIT 2"), ("mysql", "DELETE FROM t ORDER BY a DESC LIMIT 2"),
]
WHENS = ["WHEN MATCHED{and} THEN UPDATE SET {sets}", "WHEN MATCHED AND {cond} THEN DELETE", "WHEN MATCHED AND {cond} THEN DO NOTHING",
         "WHEN NOT MATCHED THEN INSERT (k, a, b) VALUES (s.k, COALESCE(s.a, 0), s.b)"]


class Loads:
    def __init__(self, rng, dialect):
        self.rng, self.dialect = rng, dialect

    def fill(self, text, columns):
        while "{c}" in text:
            text = text.replace("{c}", self.rng.choice(columns), 1)
        return text

    def expression(self, columns):
        return self.fill(self.rng.choice(EXPRESSIONS), columns)

    def condition(self, columns):
        return self.fill(self.rng.choice(CONDITIONS), columns)

    def assignments(self, columns):
        names = self.rng.sample(["a", "b"], self.rng.choice([1, 2]))
        return ", ".join(f"{n} = {self.expression(columns)}" for n in names)

    def conflicting(self):
        mysql = self.dialect == "mysql"
        fresh = ["VALUES(a)", "VALUES(b)", "a", "b"] if mysql else ["excluded.a", "excluded.b", "t.a", "t.b"]
        return f"a = {self.rng.choice(fresh)}, b = COALESCE({self.rng.choice(fresh)}, {self.rng.choice(fresh)})"

    def piece(self, word):
        r = self.rng
        own, both = ["k", "a", "b"], ["t.k", "t.a", "t.b", "s.k", "s.a", "s.b"]
        some = r.random() < 0.6
        return {
            "set": lambda: self.assignments(own), "sets": lambda: self.assignments(both), "e2": lambda: self.expression(both),
            "where": lambda: f" WHERE {self.condition(own)}" if some else "", "where2": lambda: f" WHERE {self.condition(both)}" if some else "",
            "and": lambda: f" AND {self.condition(both)}" if some else "", "cond": lambda: self.condition(both), "over": self.conflicting,
            "source": lambda: r.choice(SOURCES), "fresh": lambda: r.choice(FRESH), "when": lambda: self.written(r.choice(WHENS)),
        }[word]()

    def written(self, text):
        while "{" in text:
            start = text.index("{")
            end = text.index("}", start)
            text = text[:start] + self.piece(text[start + 1:end]) + text[end + 1:]
        return text

    def statement(self):
        return self.written(self.rng.choice([form for dialects, form in FORMS if self.dialect in dialects]))


def at_home(engine, load):
    """What table t holds behind the load, or the refusal."""
    engine.load(TABLES)
    try:
        engine.execute(load)
    except engine.error as e:
        return Outcome("refused", message=" ".join(str(e).split())[:160])
    return engine.run("SELECT k, a, b, s FROM t")


def pack_text():
    """The same tables as a pack whose one drill changes t."""
    tables = {}
    for t in TABLES:
        rules = {"": {}, "key": {"primary_key": True}, "not null": {"not_null": True}}
        tables[t.name] = {"columns": {n: {"type": k, **rules[rule]} for n, k, rule in t.columns}, "data": t.rows}
    drill = {"id": "d", "kind": "sql", "title": "T", "warehouse": "w", "skills": ["sql.topn"], "prompt": "P", "tables": [t.name for t in TABLES],
             "load": ["t"], "answer": "DELETE FROM t WHERE k = 1", "solution": "S"}
    return json.dumps({"pack": "random-loads", "title": "Random loads", "licence": "MIT", "warehouses": [{"warehouse": "w", "today": "2025-06-30", "tables": tables}],
                       "drills": [drill]})


def here(greenroom, pack, dialect, load):
    run = subprocess.run([greenroom, "run", "random-loads/d", "-", "--pack", pack, "--dialect", dialect, "--json"], input=load, capture_output=True,
                         text=True, check=False)
    if run.returncode:
        return Outcome("refused", message=" ".join(run.stderr.split())[-200:])
    reply = json.loads(run.stdout)
    return Outcome("rows", [(n, "") for n in reply["columns"]], reply["rows"])


def compare(args, rng, engines):
    """Prints each load that leaves other rows here, or is refused on one side alone."""
    with tempfile.TemporaryDirectory() as folder:
        pack = os.path.join(folder, "loads.yaml")
        with open(pack, "w", encoding="utf-8") as f:
            f.write(pack_text())
        counts = {"same": 0, "refused": 0, "differ": 0}
        for _ in range(args.queries):
            for dialect, engine in engines.items():
                load = Loads(rng, dialect).statement()
                home, ours = at_home(engine, load), here(args.greenroom, pack, dialect, load)
                agree = same(home, ours)
                counts["differ" if not agree else "refused" if home.kind == "refused" else "same"] += 1
                for who, o in ([] if agree else [(f"{dialect}: {load}\n  home", home), ("  here", ours)]):
                    rows = " | ".join(", ".join(map(cell_text, r)) for r in sorted(o.rows, key=str))
                    print(f"{who}: {o.message or rows}", flush=True)
        print(", ".join(f"{n} {what}" for what, n in counts.items()))
