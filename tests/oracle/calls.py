"""Calls of every function and operator with arguments of every type: what is refused at home and runs here, and the other way."""
import itertools
import os
import random
import re
import subprocess

from corpus import Case, File, Table, file_write

SOURCES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "src", "sql", "fn")
BITS = ["SNOW", "BIG", "SPARK", "PG", "TRINO", "MY", "DUCK", "FLINK", "LITE"]
BIT_OF = {"postgres": "PG", "duckdb": "DUCK", "mysql": "MY"}
TABLE = Table("t", [("i", "integer", ""), ("r", "real", ""), ("s", "text", ""), ("d", "date", ""), ("ts", "timestamp", ""),
                    ("b", "boolean", "")], [])
ROW = [1, 1.5, "1", "2024-01-31", "2024-01-31 10:00:00", True]
VALUES = {
    "int": "i", "dec": "r", "dbl": "CAST(r AS DOUBLE PRECISION)", "text": "s", "'month'": "'month'", "'1'": "'1'", "'day'": "'2024-01-31'",
    "date": "d", "ts": "ts", "bool": "b", "span": "INTERVAL '1' DAY", "time": "CAST('10:00' AS TIME)", "array": "ARRAY[1, 2]",
    "json": "CAST('{\"a\": 1}' AS JSON)",
}
OTHER = {"duckdb": {"dbl": "CAST(r AS DOUBLE)"}}
UNARY = ["- {0}", "NOT {0}", "CASE WHEN {0} THEN 1 END", "{0} IS TRUE", "SUM({0}) OVER (ORDER BY i)", "EXTRACT(YEAR FROM {0})",
         "EXTRACT(HOUR FROM {0})", "EXTRACT(EPOCH FROM {0})", "COUNT(*) FILTER (WHERE {0})"] + [
    "CAST({0} AS %s)" % kind for kind in "INTEGER NUMERIC TEXT DATE TIMESTAMP BOOLEAN INTERVAL TIME".split()]
BINARY = ["{0} %s {1}" % op for op in "+ - * / % || = < <> & | << >> ^ ~ AND OR LIKE ILIKE".split()] + [
    "{0} IN ({1})", "{0} BETWEEN {1} AND {1}", "CASE {0} WHEN {1} THEN 1 END", "CASE WHEN b THEN {0} ELSE {1} END",
    "{0} IS DISTINCT FROM {1}", "{0} = ANY (SELECT {1})", "{0} IN (SELECT {1})", "ARRAY[{0}, {1}]", "LAG({0}, 1, {1}) OVER (ORDER BY i)",
    "({0}, i) = ({1}, i)"]
TRIES, BASES = 400, 3  # for calls of three arguments and more
IN_A_FILE = 8000


def rows_of(text, table):
    for m in re.finditer(r"static const %s \w+\[\] = \{(.*?)\n\};" % table, text, re.S):
        yield from re.finditer(r'\{"(\w+)",\s*((?:[^{}"]|"(?:[^"\\]|\\.)*")*)\}', m[1])


def catalogue(dialect):
    """Spellings of a dialect: (name, arguments, class)."""
    sets = {b: 1 << i for i, b in enumerate(BITS)}
    sets["EVERY"] = (1 << len(BITS)) - 1
    meanings, spellings = {}, set()
    texts = [open(os.path.join(SOURCES, f), encoding="utf-8").read() for f in sorted(os.listdir(SOURCES)) if f.endswith(".c")]
    for text in texts:
        for m in rows_of(text, "SqlFn"):
            params, kind = re.match(r'"([^"]*)",\s*(\w+)', m[2]).groups()
            meanings[m[1]] = (params, kind)
    for text in texts:
        named = dict(sets)
        for m in re.finditer(r"^#define (\w+) (\(?(?:[A-Z]+[ |&~()]*)+?) *(?://.*)?$", text, re.M):
            named[m[1]] = eval(m[2], {}, named) if set(re.findall(r"\w+", m[2])) <= set(named) else 0
        for m in rows_of(text, "SqlSpelling"):
            head = re.match(r'([^",]+),\s*"([^"]+)",\s*(?:"([^"]*)"|NULL)', m[2])
            if head and eval(head[1], {}, named) & sets[BIT_OF[dialect]]:
                params, kind = meanings[m[1]]
                spellings.add((head[2], params if head[3] is None else head[3], kind))
    return sorted(spellings)


def counts(args):
    """How many arguments the calls have that are tried."""
    words = [w for w in args.split() if "=" not in w]
    least = sum(not w.rstrip(".").endswith("?") for w in words)
    return range(least, min(4, len(words) + any("..." in w for w in words)) + 1)


class Prober:
    def __init__(self, dialect, engine, seed):
        self.engine, self.rng, self.made = engine, random.Random(seed), {}
        self.values = dict(VALUES, **OTHER.get(dialect, {}))

    def ask(self, form, kinds):
        query = f"SELECT {form.format(*(self.values[k] for k in kinds))} AS x FROM t"
        if query not in self.made:
            self.made[query] = (form, kinds, self.engine.run(query))
        return self.made[query][2].kind in ("rows", "ordered")

    def try_all(self, form, count):
        kinds = list(self.values)
        if count <= 2:
            for pick in itertools.product(kinds, repeat=count):
                self.ask(form, pick)
            return
        good = []
        for _ in range(TRIES):  # calls that the engine takes …
            pick = tuple(self.rng.choice(kinds) for _ in range(count))
            if self.ask(form, pick):
                good.append(pick)
            if len(good) == BASES:
                break
        for pick, at, kind in itertools.product(good, range(count), kinds):  # … and those with one other type
            self.ask(form, pick[:at] + (kind,) + pick[at + 1:])

    def settle(self):
        """DuckDB finds only with rows that a literal is no date, or that there is no cast: such calls do not run either."""
        self.engine.load([TABLE], lambda t: [ROW])
        for query, (form, kinds, outcome) in self.made.items():
            if outcome.kind in ("rows", "ordered"):
                now = self.engine.run(query)
                if now.kind == "fails" and ("Unimplemented type" in now.message or "text" not in kinds):
                    self.made[query] = (form, kinds, now)

    def all(self, dialect):
        for name, args, kind in catalogue(dialect):
            over = " OVER (ORDER BY i)" if kind == "FN_WINDOW" else ""
            for count in counts(args):
                self.try_all(f"{name}({', '.join('{%d}' % i for i in range(count))}){over}", count)
        for form in UNARY:
            self.try_all(form, 1)
        for form in BINARY:
            self.try_all(form, 2)


def judged(args, folder):
    """What the suite says of each case: {id: sentence}."""
    env = dict(os.environ, ORACLE_FOLDER=folder, CK_RUN_CASE="oracle")
    out = subprocess.run([args.suite], env=env, stdout=subprocess.PIPE, text=True, encoding="utf-8", check=False).stdout
    return {int(m[1]): m[2] for m in re.finditer(r"^\w+/(\d+)@\w+, line \d+: (.*)$", out, re.M)}


def compare(args, engines):
    if not args.suite:
        raise SystemExit("calls: --suite says which test_oracle judges them")
    for dialect, engine in engines.items():
        if dialect not in BIT_OF:
            continue
        folder = os.path.join(args.out, dialect)
        os.makedirs(folder, exist_ok=True)
        engine.load([TABLE])
        prober = Prober(dialect, engine, args.seed)
        prober.all(dialect)
        if dialect == "duckdb":
            prober.settle()
        made = [(q, *m) for q, m in prober.made.items() if m[2].kind != "fails"]
        for at in range(0, len(made), IN_A_FILE):
            f = File(os.path.join(folder, f"calls{at}.case"), [f"dialects {dialect}"], [dialect], [])
            f.cases = [Case(str(at + i), None, q, outcomes={dialect: o}) for i, (q, _, _, o) in enumerate(made[at:at + IN_A_FILE])]
            file_write(f)
        write_table(os.path.join(folder, "world.tables"), TABLE)
        report(dialect, made, judged(args, folder), folder)


def write_table(path, table):
    with open(path, "w", encoding="utf-8") as f:
        f.write(f"table {table.name}\n{' | '.join(f'{n} {k}' for n, k, _ in table.columns)}\n\n")


def report(dialect, made, said, folder):
    """One line a form and kind of fault, with the types of its calls; the sentences stand in the folder."""
    accepted, refused = {}, {}
    for i, (query, form, kinds, outcome) in enumerate(made):
        why = said.get(i, "")
        if outcome.kind == "refused" and why.startswith("not refused"):
            accepted.setdefault(form, []).append(kinds)
        elif outcome.kind != "refused" and "home_refused" in why:
            refused.setdefault(form, []).append((query, why))
    wrong = sum(m[3].kind == "refused" for m in made)
    with open(os.path.join(folder, "report.txt"), "w", encoding="utf-8") as f:
        for form, all_kinds in sorted(accepted.items()):
            f.write(f"runs here: {form}: {' '.join('(' + ','.join(k) + ')' for k in all_kinds)}\n")
        for form, all_whys in sorted(refused.items()):
            for query, why in all_whys:
                f.write(f"refused here: {query}\n    {why}\n")
    print(f"{dialect}: of {wrong} calls refused at home {sum(map(len, accepted.values()))} run here, "
          f"of {len(made) - wrong} that run {sum(map(len, refused.values()))} are refused: {folder}/report.txt")
