"""cases: rows of command lines, each with what must come back. A row is a dictionary:

argv      the words after `greenroom` (--home is added, unless home is False)
stdin     what the command reads from -
status    the exit status
out, err  patterns that must be found in stdout, stderr (multi-line regular expressions)
not_out   patterns that must not be found in stdout
json      {dotted key: value or type} of the one JSON value on stdout; a key with a leading - must be absent
A row without `err` and with status 0 must leave stderr empty.
"""

DRILL = "sql-core/second-salary"
RIGHT = """SELECT d.department_name, (SELECT MAX(e.salary) FROM employees e WHERE e.department_id = d.department_id
  AND e.salary < (SELECT MAX(t.salary) FROM employees t WHERE t.department_id = d.department_id)) AS second_salary
FROM departments d
"""
WRONG = """SELECT d.department_name, MAX(e.salary) AS second_salary
FROM departments d JOIN employees e USING (department_id) GROUP BY 1
"""
ENDLESS = "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT COUNT(*) FROM c"

BAD_STEP = """WITH paid AS (SELECT salary, 0 AS z FROM employees)
SELECT * FROM paid WHERE salary >
  (SELECT MAX(1 + 1 / z) FROM paid)"""
STEPS = """WITH paid AS (SELECT department_id, salary FROM employees),
  top AS (SELECT * FROM paid WHERE salary < 0)
SELECT d.department_name FROM departments d JOIN top USING (department_id)
WHERE department_id IN (SELECT department_id FROM employees)
  AND EXISTS (SELECT 1 FROM employees e WHERE e.department_id = d.department_id)
"""

SMOKE = [
    {"argv": ["--version"], "home": False, "out": [r"^greenroom \d+\.\d+\.\d+$"]},
    {"argv": ["list"], "out": [r"sql-core/second-salary +sql +warmup", r"^streaming/two-clocks +explain"]},
    {"argv": ["check", DRILL, "-"], "stdin": RIGHT, "out": [r": right$", r"on all \d+ databases tried"]},
    {"argv": ["check", DRILL, "-"], "stdin": WRONG, "status": 1, "out": [r"not yet", r"^expected$", r"^yours$"]},
    {"argv": ["check", DRILL, "-", "--another"], "stdin": WRONG, "status": 1,
     "out": [r"^yours$", r"^No other kind of database was found that tells them apart\.$"]},
    {"argv": ["check", DRILL, "-", "--another"], "stdin": RIGHT, "out": [r": right$"]},
    {"argv": ["demo"], "out": [r"warehouse netflix: \d+ rows in \d+ ms", r": right$", r": not yet$", r"What next"]},
]

HELP = [
    {"argv": ["--help"], "out": [r"greenroom drill \[ID\]", r"--home DIR", r"exit status: 0 "]},
    {"argv": ["list", "--help"], "out": [r"^  greenroom list ", r"--kind KIND", r"--pack PATH"]},
    {"argv": ["show", "--help"], "out": [r"^  greenroom show ", r"--warehouse W"]},
    {"argv": ["run", "--help"], "out": [r"^  greenroom run ID FILE\|-", r"--dialect D"]},
    {"argv": ["check", "--help"], "out": [r"^  greenroom check ID FILE\|- +grade", r"^  greenroom check --batch FILE\|- +many", r"--seed N"]},
    {"argv": ["break", "--help"], "out": [r"^  greenroom break ID \[FILE\|-\]", r"--seed N"]},
    {"argv": ["explain", "--help"], "out": [r"^  greenroom explain "]},
    {"argv": ["translate", "--help"], "out": [r"^  greenroom translate ", r"--from D", r"--strict"]},
    {"argv": ["data", "--help"], "out": [r"^  greenroom data ", r"--shard I/N", r"--profile"]},
    {"argv": ["pack", "--help"], "out": [r"^  greenroom pack lint PATH… +every", r"^  greenroom pack schema +the"]},
    {"argv": ["doctor", "--help"], "out": [r"^  greenroom doctor"]},
    {"argv": ["demo", "--help"], "out": [r"^  greenroom demo"]},
    {"argv": ["backup", "--help"], "out": [r"^  greenroom backup "]},
    {"argv": ["drill", "--help"], "out": [r"greenroom drill"]},
    {"argv": ["--version", "--clock", "2025-06-30T12:00:00Z"], "out": [r"^greenroom \d"]},
]

READ = [
    {"argv": ["list", "--json"], "json": {"0.id": str, "0.kind": str, "0.title": str, "0.level": str, "0.skills": list,
                                          "0.minutes": (int, float)}},
    {"argv": ["list", "--kind", "sql"], "out": [DRILL], "not_out": [r"^streaming/"]},
    {"argv": ["list", "--kind", "story", "--json"], "json": {"0.kind": "story", "-1.id": None}},
    {"argv": ["list", "--skill", "sql.topn"], "out": [DRILL], "not_out": [r"sql-core/dau-mau"]},
    {"argv": ["list", "--skill", "sql"], "out": [DRILL, r"sql-core/dau-mau"], "not_out": [r"^stories/"]},
    {"argv": ["list", "--skill", "sq"], "not_out": [r"sql-core"]},
    {"argv": ["list", "--kind", "sql", "--kind", "story", "--json"], "json": {"0.kind": "story"}},
    {"argv": ["show", DRILL], "out": [r"8:00 on the clock", r"second highest salary", r"^employees ", r"department_id"],
     "not_out": [r"(?i)dense_rank", r"''"]},
    {"argv": ["show", DRILL, "--json"],
     "json": {"id": DRILL, "kind": "sql", "seconds": 480, "beats.0.name": "clarify", "warehouse": "netflix",
              "tables.1.columns.0.key": True, "-answer": None, "-solution": None}, "not_out": [r"(?i)dense_rank"]},
    {"argv": ["show", "streaming/two-clocks", "--json"], "json": {"kind": "explain", "-tables": None}},
    {"argv": ["show", "--warehouse", "netflix"], "out": [r"fact_play_event_raw", r"Profiles: ", r"valid_from"]},
    {"argv": ["show", "--warehouse", "netflix", "--json"], "json": {"warehouse": "netflix", "today": "2025-06-30",
                                                                    "tables.0.columns.0.name": str, "profiles": list}},
    {"argv": ["explain", DRILL], "out": [r"(?i)dense_rank", r"Points that count"]},
    {"argv": ["explain", "stories/wrong-numbers"], "out": [r"Points that count"]},
    {"argv": ["doctor"], "out": [r"^terminal$", r"seccomp", r"\d+ packs, \d+ drills, 0 faults"]},
    {"argv": ["pack", "schema"], "json": {"$schema": str, "$defs": dict}},
]

RUN = [
    {"argv": ["run", DRILL, "-"], "stdin": RIGHT, "out": [r"^department_name +second_salary$", r"^7 rows, \d+ ms$"]},
    {"argv": ["run", DRILL, "-"], "stdin": "SELECT 1 AS one", "out": [r"^1 row, \d+ ms$"]},
    {"argv": ["run", DRILL, "-", "--json"], "stdin": RIGHT,
     "json": {"columns": ["department_name", "second_salary"], "types": ["text", "integer"], "rows.0.0": str,
              "more": False, "elapsed_ms": int}},
    {"argv": ["run", DRILL, "-", "--json"], "stdin": "SELECT 1, 2.0, NULL, 'x', 1e300, date('2025-01-01')",
     "json": {"rows": [[1, 2.0, None, "x", 1e300, "2025-01-01"]]}, "out": [r"\[\[1,2\.0,null,"]},
    {"argv": ["run", DRILL, "-", "--json"], "stdin": "SELECT * FROM employees WHERE 0", "json": {"rows": [], "columns.0": str}},
    {"argv": ["run", DRILL, "-"], "stdin": "SELEC 1", "status": 4, "err": [r"^answer:1:1: error: .*SELEC"]},
    {"argv": ["run", DRILL, "-"], "stdin": "SELECT 1,\n  nosuch FROM employees", "status": 4,
     "err": [r"^answer:2:3: error: .*nosuch"]},
    {"argv": ["run", DRILL, "-"], "stdin": "", "status": 4, "err": [r"no statement"]},
    {"argv": ["run", DRILL, "-"], "stdin": "-- only a word\n", "status": 4, "err": [r"no statement"]},
    {"argv": ["run", DRILL, "-"], "stdin": "SELECT 1; SELECT 2", "status": 4, "err": [r"^answer:1:11: error: "]},
    {"argv": ["run", DRILL, "-"], "stdin": ENDLESS, "status": 4, "err": [r"(?i)stopped"]},
    {"argv": ["run", DRILL, "-"], "stdin": "SELECT abs(-9223372036854775808)", "status": 4, "err": [r"overflow"]},
    {"argv": ["run", DRILL, "-"], "stdin": "SELECT zeroblob(1000000000)", "status": 4, "err": [r"longer than|memory|large"]},
    {"argv": ["run", "streaming/two-clocks", "-"], "stdin": "text", "status": 4, "err": [r"explain"]},
    {"argv": ["run", DRILL, "-", "--steps", "--dialect", "postgres"], "stdin": STEPS,
     "out": [r"^paid \(line 1\): 60 rows$", r"^top \(line 2\): 0 rows$", r"^\(SELECT department_id FROM employees\) \(line 4\): \d+ rows$",
             r"^the whole query \(line 1\): 0 rows$"]},
    {"argv": ["run", DRILL, "-", "--steps", "--json"], "stdin": STEPS,
     "json": {"steps.0.name": "paid", "steps.0.line": 1, "steps.0.count": 60, "steps.0.columns.0": "department_id",
              "steps.1.name": "top", "steps.1.count": 0, "steps.2.name": "(SELECT department_id FROM employees)", "steps.3.name": "", "-steps.4.name": None}},
    {"argv": ["run", DRILL, "-", "--steps", "--dialect", "postgres"], "stdin": BAD_STEP,
     "out": [r"^paid \(line 1\): 60 rows$", r"^\(SELECT MAX\(1 \+ 1 / z\) FROM paid\) \(line 3\): 3:19: .*zero", r"^the whole query \(line 1\): 3:19: .*zero"]},
    {"argv": ["run", DRILL, "-", "--steps", "--json", "--dialect", "postgres"], "stdin": BAD_STEP,
     "json": {"steps.1.error_line": 3, "steps.1.error_column": 19}},
    {"argv": ["run", "loads/upsert-with-guard", "-", "--steps"], "stdin": "INSERT INTO title SELECT * FROM stage_title WHERE title_id IN (SELECT title_id FROM title)",
     "out": [r"^\(SELECT title_id FROM title\) \(line 1\): \d+ rows?$", r"^\(SELECT \* FROM stage_title WHERE …\) \(line 1\): "]},
    {"argv": ["run", "loads/upsert-with-guard", "-", "--steps"], "stdin": "DELETE FROM title", "out": [r"^It has no parts that can be run alone\.$"]},
    {"argv": ["run", DRILL, "-", "--steps"], "stdin": "SELECT 1 +", "status": 4, "err": [r"answer:1:\d+: error: "]},
    {"argv": ["run", DRILL, "-", "--dialect", "trino"], "stdin": "SELECT 7 / 2 AS whole", "out": [r"\b3\b"]},
    {"argv": ["run", DRILL, "-"], "stdin": "SELECT NVL(NULL, 7)::int + 7 / 2 AS n FROM employees "
     "QUALIFY ROW_NUMBER() OVER (ORDER BY salary) = 1", "out": [r"\b10\b", r"^1 row, "]},
    {"argv": ["run", DRILL, "-"], "stdin": "SELECT DATE_TRUNC('month', '2025-01-31')", "status": 4,
     "err": [r"^answer:1:8: error: DATE_TRUNC is not a function of SQLite.*start of month"]},
    {"argv": ["run", DRILL, "-"], "stdin": "SELECT IFF(1, nosuch, 2) FROM employees", "status": 4,
     "err": [r"^answer:1:15: error: There is no column nosuch"]},
    {"argv": ["run", DRILL, "-", "--dialect", "snowflake"], "stdin": "SELECT 7 / 2 AS x", "out": [r"\b3\.5\b"]},
    {"argv": ["run", DRILL, "-", "--dialect", "postgres"], "stdin": "SELECT 1 / 0", "status": 4,
     "err": [r"^answer:1:8: error: Division by zero"]},
]

TRANSLATE = [
    {"argv": ["translate", "--from", "snowflake", "-"], "stdin": "SELECT a / b FROM t ORDER BY a",
     "out": [r"gr_divide\(a, b, 'FAIL', 7\)", r"ORDER BY a NULLS LAST"]},
    {"argv": ["translate", "--from", "snowflake", "--to", "postgres", "-"],
     "stdin": "SELECT a -- one\nFROM t -- two\nWHERE b > 1 -- three\nQUALIFY ROW_NUMBER() OVER (ORDER BY a) = 1",
     "out": [r"-- one\n +FROM t  -- two$", r"WHERE b > 1  -- three$"]},
    {"argv": ["translate", "--from", "postgres", "--to", "mysql", "--warehouse", "netflix", "-"],
     "stdin": "SELECT department_id FROM employees -- grain: employee\nORDER BY department_id",
     "out": [r"-- grain: employee"]},
    {"argv": ["translate", "--from", "postgres", "--warehouse", "netflix", "-"], "stdin": "SELECT nme\nFROM employees",
     "status": 4, "err": [r"^answer:1:8: error: "]},
    {"argv": ["translate", "--from", "postgres", "--warehouse", "netflox", "-"], "stdin": "SELECT 1", "status": 3,
     "err": [r"netflox"]},
    {"argv": ["translate", "--from", "mysql", "--strict", "-"], "stdin": "SELECT 1 FROM t QUALIFY TRUE", "status": 4,
     "err": [r"QUALIFY"]},
    {"argv": ["translate", "-"], "status": 2, "err": [r"--from"]},
    {"argv": ["translate", "--from", "oracle", "-"], "status": 2, "err": [r"oracle", r"snowflake"]},
    {"argv": ["translate", "--from", "spark", "nofile.sql"], "status": 3, "err": [r"nofile"]},
]

CHECK = [
    {"argv": ["check", DRILL, "-", "--json"], "stdin": RIGHT,
     "json": {"drill": DRILL, "verdict": "right", "dialect": "sqlite", "databases.tried": int, "elapsed_ms": int,
              "-counterexample": None, "-error": None, "-limit": None}},
    {"argv": ["check", DRILL, "-", "--json"], "stdin": WRONG, "status": 1,
     "json": {"verdict": "wrong", "why": str, "counterexample.rows": int, "counterexample.tables.departments.columns": list,
              "counterexample.tables.departments.types": list, "counterexample.expected.rows": list,
              "counterexample.actual.rows": list, "counterexample.sql.setup": str, "counterexample.replay": "plain"}},
    {"argv": ["check", DRILL, "-", "--json", "--another"], "stdin": WRONG, "status": 1,
     "json": {"verdict": "wrong", "others": list}},
    {"argv": ["check", DRILL, "-", "--json"], "stdin": "SELECT department_name FROM departments", "status": 1,
     "json": {"verdict": "wrong", "why": str}},
    {"argv": ["check", DRILL, "-", "--json", "--seed", "7"], "stdin": RIGHT, "json": {"verdict": "right"}},
    {"argv": ["check", DRILL, "-", "--json", "--seed", "7"], "stdin": WRONG, "status": 1, "json": {"verdict": "wrong"}},
    {"argv": ["check", DRILL, "-", "--json"], "stdin": "SELEC", "status": 4,
     "json": {"verdict": "error", "error.kind": "syntax", "error.line": 1, "error.column": 1, "error.message": str,
              "-counterexample": None}},
    {"argv": ["check", DRILL, "-", "--json"], "stdin": "SELECT abs(-9223372036854775808), 2", "status": 4,
     "json": {"verdict": "error", "error.kind": "runtime"}},
    {"argv": ["check", DRILL, "-", "--json"], "stdin": ENDLESS, "status": 4, "json": {"verdict": "limit", "limit": "time"}},
    {"argv": ["check", DRILL, "-", "--json"], "stdin": "SELECT zeroblob(1000000000)", "status": 4,
     "json": {"verdict": "limit", "limit": "too_large"}},
    {"argv": ["check", DRILL, "-", "--json"], "status": 4, "json": {"verdict": "limit", "limit": "rows"},
     "stdin": "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c LIMIT 1000000) SELECT x, x FROM c"},
    {"argv": ["check", DRILL, "-", "--json", "--dialect", "trino"], "stdin": RIGHT,
     "json": {"verdict": "right", "dialect": "trino"}},
    {"argv": ["check", DRILL, "-"], "stdin": "SELECT 1 +", "status": 4, "out": [r"1:\d+|line 1"]},
    {"argv": ["check", "streaming/two-clocks", "-"], "stdin": "words", "out": [r"Did you address", r"greenroom explain"]},
    {"argv": ["check", "streaming/two-clocks", "-", "--json"], "stdin": "words", "json": {"drill": str, "-verdict": None}},
]

# Statements that must not come through, each refused as what it is.
FORBIDDEN = [
    "ATTACH 'evil.db' AS e", "ATTACH ':memory:' AS e", "DETACH main", "VACUUM INTO 'evil.db'", "VACUUM",
    "SELECT load_extension('evil')", "PRAGMA journal_mode = WAL", "PRAGMA writable_schema = 1", "PRAGMA database_list",
    "SELECT writefile('evil.db', 'x')", "SELECT readfile('/etc/passwd')", "CREATE TABLE evil (a)",
    "CREATE TEMP TABLE evil (a)", "INSERT INTO employees VALUES (1)", "DELETE FROM employees", "DROP TABLE employees",
    "UPDATE employees SET salary = 0", "UPDATE sqlite_master SET sql = ''", "BEGIN", "COMMIT", "SAVEPOINT a",
    "CREATE VIRTUAL TABLE v USING fts5(a)", "REINDEX", "ANALYZE", "SELECT edit('x')", "SELECT fts3_tokenizer('simple')",
    "CREATE TRIGGER t AFTER INSERT ON employees BEGIN SELECT 1; END",
]

USAGE = [
    {"argv": argv, "status": 2, "err": [pattern], "home": argv != ["list", "--kind"]} for argv, pattern in [
        (["lst"], r"no command 'lst'.*did you mean list"),
        (["mock"], r"no command 'mock'"),
        (["\x1b]0;t\x07"], r"no command '\^\["),
        (["--nope"], r"no option --nope"),
        (["list", "--jsn"], r"no option --jsn; did you mean --json"),
        (["list", "--kind"], r"--kind needs a value: --kind KIND"),
        (["list", "--kind", "foo"], r"no kind 'foo'"),
        (["list", "--json=1"], r"--json takes no value"),
        (["list", "extra"], r"it is: greenroom list"),
        (["list", "--clock", "foo"], r"--clock"),
        (["list", "--autosave-ms", "0"], r"--autosave-ms"),
        (["show"], r"name a drill"),
        (["show", DRILL, "--warehouse", "netflix"], r"name a drill"),
        (["run", DRILL], r"it is: greenroom run ID FILE"),
        (["check"], r"it is: greenroom check ID FILE\|-, or greenroom check --batch FILE\|-$"),
        (["check", DRILL], r"it is: greenroom check"),
        (["check", "--batch"], r"it is: greenroom check"),
        (["check", "--batch", "-", "-"], r"it is: greenroom check"),
        (["check", DRILL, "-", "--seed", "x"], r"--seed wants"),
        (["check", DRILL, "-", "--seed", "-1"], r"--seed wants"),
        (["check", DRILL, "-", "--dialect", "foo"], r"no dialect 'foo'"),
        (["explain"], r"it is: greenroom explain"),
        (["data", "netflix"], r"--out"),
        (["data", "netflix", "--out", "x", "--shard", "4/3"], r"--shard wants"),
        (["data", "netflix", "--out", "x", "--shard", "0/3"], r"--shard wants"),
        (["data", "netflix", "--out", "x", "--format", "xml"], r"--format is"),
        (["data", "netflix", "--out", "x", "--scale", "-1"], r"--scale wants"),
        (["data", "netflix", "--out", "x", "--scale", "nan"], r"--scale wants"),
        (["data", "netflix", "--out", "x", "--profile", "odd"], r"--profile is"),
        (["pack"], r"it is: greenroom pack"),
        (["pack", "lnt"], r"no 'pack lnt'"),
        (["pack", "lint"], r"pack lint PATH"),
        (["backup"], r"it is: greenroom backup"),
        (["drill", "a", "b"], r"one drill"),
    ]
]

MISSING = [
    {"argv": argv, "status": 3, "err": [pattern]} for argv, pattern in [
        (["show", "no/such"], r"no drill 'no/such'"),
        (["show", "sql-core/second-salry"], r"did you mean sql-core/second-salary"),
        (["show", "\x1b[31mx\u202e"], r"no drill '\^\[\[31mx<U\+202E>'"),
        (["show", "--warehouse", "netflx"], r"no warehouse 'netflx'"),
        (["run", DRILL, "no-such.sql"], r"no-such\.sql"),
        (["run", "no/such", "-"], r"no drill"),
        (["check", DRILL, "no-such.sql"], r"no-such\.sql"),
        (["check", DRILL, "."], r"folder"),
        (["check", "--batch", "no-such.jsonl"], r"no-such\.jsonl"),
        (["explain", "no/such"], r"no drill"),
        (["data", "nope", "--out", "x"], r"no warehouse 'nope'"),
        (["pack", "lint", "no-such"], r"no-such"),
        (["pack", "lint", "/", "no-such"], r"no-such"),
    ]
] + [
    {"argv": ["drill"], "status": 5, "err": [r"terminal"]},
    {"argv": [], "status": 5, "err": [r"terminal"]},
    {"argv": ["backup", "/proc/nowhere/b.db"], "status": 5, "err": [r"/proc/nowhere"]},
    {"argv": ["data", "netflix", "--out", "/proc/nowhere/b.db"], "status": 5, "err": [r"/proc/nowhere"]},
    {"argv": ["list", "--pack", "no-such"], "err": [r"no-such"], "out": [DRILL]},
]

BREAK = [
    {"argv": ["break", "sql-core/second-salary", "--seed", "4"], "out": [r"(?i)select"]},
    {"argv": ["break", "sql-core/second-salary", "-", "--seed", "4"], "stdin": "departments: department_id department_name\n1, Product\n", "out": [r"Broken with 1 row"]},
    {"argv": ["break", "sql-core/second-salary", "-", "--seed", "4"], "stdin": "holds\n", "status": 1, "out": [r"does not hold"]},
    {"argv": ["break", "sql-core/second-salary", "-", "--seed", "4"], "stdin": "departments: department_id colour\n1, red\n", "status": 3, "err": [r"colour"]},
    {"argv": ["break", "sql-core/second-salary", "-", "--seed", "4"], "stdin": "departments: department_id department_name\n1, a\n1, b\n", "status": 3},
    {"argv": ["break", "sql-core/no-such", "--seed", "4"], "status": 3},
    {"argv": ["break", DRILL, "--seed", "4"], "out": [r"which few rows break it", r"^departments "], "not_out": [r"INNER: ", r"LEFT JOIN"]},
    {"argv": ["break", DRILL, "-", "--seed", "4", "--json"], "stdin": "departments\n10, Data\n11, Art\n",
     "json": {"verdict": "right", "end": "broken", "least": 1, "run.rows": 2, "run.actual.rows": []}},
    {"argv": ["break", DRILL, "-", "--seed", "4", "--json"], "stdin": "holds", "status": 1,
     "json": {"verdict": "wrong", "end": "missed", "smallest.rows": 1}},
    {"argv": ["break", DRILL, "-"], "stdin": "", "status": 3, "err": [r"^rows:1:1: error: there are no rows"]},
    {"argv": ["break", DRILL, "-"], "stdin": "employes\n1", "status": 3, "err": [r"^rows:1:1: .*did you mean employees"]},
    {"argv": ["break", DRILL, "-", "--seed", "4"], "stdin": "departments\n10, Data\nemployees: employee_id department_id salary\n1,10,5\n2,10,4\n", "status": 1,
     "out": [r": not broken yet$", r"These rows do not break it: .* Other rows do", r"has 1 row\."]},
    {"argv": ["break", DRILL, "-", "--seed", "7"], "stdin": "departments\n10, Data\n", "status": 1,
     "out": [r": it holds$", r"These rows do not break it, and none do: the query holds"]},
    {"argv": ["break", DRILL, "--seed", "4", "--turn", "2"], "out": [r"What holds:", r"--seed 4 --turn 2 FILE"]},
    {"argv": ["break", DRILL, "--turn", "0"], "status": 2, "err": [r"--turn wants a number from 1 to 100, not '0'"]},
    {"argv": ["break", "streaming/two-clocks"], "status": 4, "err": [r"cannot break"]},
]

ROWS = {"smoke": SMOKE, "help": HELP, "read": READ, "run": RUN, "translate": TRANSLATE, "check": CHECK, "usage": USAGE, "break": BREAK, "missing": MISSING}
