"""The corpus as text: reads and writes tests/sql/oracle/*.case and its tables."""
import json
import re
from dataclasses import dataclass, field

DIALECTS = ["postgres", "mysql", "duckdb", "sqlite", "snowflake", "bigquery", "spark", "trino"]
TYPES = ["integer", "real", "text", "date", "timestamp", "boolean", "interval", "time", "array", "unknown"]


@dataclass
class Table:
    name: str
    columns: list  # (name, type, "", "not null" or "key")
    rows: list


@dataclass
class Outcome:
    """What a query gives: rows, or a refusal (compile time) or failure (run time) with a sentence."""
    kind: str = "rows"  # rows | ordered | refused | fails
    columns: list = field(default_factory=list)  # (name, type)
    rows: list = field(default_factory=list)
    message: str = ""
    by_hand: bool = False


@dataclass
class Case:
    id: str
    dialects: list  # None = the file's
    query: str
    via: tuple = None  # (engine dialect, query): confirms dialects that have no engine here
    outcomes: dict = field(default_factory=dict)  # dialect -> Outcome
    notes: list = field(default_factory=list)


@dataclass
class File:
    path: str
    head: list
    dialects: list
    cases: list


# --- Cells: SQL literals ---

def cell_text(value):
    if value is None:
        return "NULL"
    if value is True or value is False:
        return "TRUE" if value else "FALSE"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return repr(value)
    return "'" + str(value).replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t").replace("'", "''") + "'"


CELL = re.compile(r"'((?:[^']|'')*)'|([^|\s]+)")


def cells_read(line):
    out = []
    at = 0
    while at < len(line):
        m = CELL.match(line, at)
        if not m:
            raise ValueError(f"no cell: {line[at:]!r}")
        if m.group(2) is None:
            text = m.group(1).replace("''", "'")
            out.append(re.sub(r"\\(.)", lambda e: {"n": "\n", "t": "\t"}.get(e[1], e[1]), text))
        else:
            word = m.group(2)
            known = {"NULL": None, "TRUE": True, "FALSE": False}
            if word in known:
                out.append(known[word])
            else:
                out.append(int(word) if re.fullmatch(r"-?\d+", word) else float(word))
        at = m.end()
        between = re.match(r" \| ", line[at:])
        if at < len(line) and not between:
            raise ValueError(f"' | ' expected: {line[at:]!r}")
        at += 3
    return out


# --- Tables ---

def tables_read(path):
    tables = []
    lines = [l.rstrip("\n") for l in open(path, encoding="utf-8")]
    i = 0
    while i < len(lines):
        if not lines[i].startswith("table "):
            i += 1
            continue
        name = lines[i][6:].strip()
        columns = []
        for part in lines[i + 1].split(" | "):
            words = part.split()
            columns.append((words[0], words[1], " ".join(words[2:])))
        rows = []
        i += 2
        while i < len(lines) and lines[i]:
            rows.append(cells_read(lines[i]))
            if len(rows[-1]) != len(columns):
                raise ValueError(f"{path}:{i + 1}: {len(columns)} cells expected")
            i += 1
        tables.append(Table(name, columns, rows))
    return tables


# --- Cases ---

def file_read(path):
    out = File(path, [], [], [])
    lines = [l.rstrip("\n") for l in open(path, encoding="utf-8")]
    i = 0
    while i < len(lines) and not lines[i].startswith("== "):
        out.head.append(lines[i])
        if lines[i].startswith("dialects "):
            out.dialects = lines[i].split()[1:]
        i += 1
    while out.head and not out.head[-1]:
        out.head.pop()
    while i < len(lines):
        i = case_read(out, lines, i)
    return out


def block(lines, i):
    got = []
    while i < len(lines) and not re.match(r"(== |=> |-- via )", lines[i]):
        got.append(lines[i])
        i += 1
    while got and not got[-1]:
        got.pop()
    return got, i


def case_read(out, lines, i):
    m = re.fullmatch(r"== (\S+)(?: \[(.*)\])?", lines[i])
    if not m:
        raise ValueError(f"{out.path}:{i + 1}: == ID [DIALECTS] expected")
    query, i = block(lines, i + 1)
    case = Case(m[1], m[2].split() if m[2] else None, "\n".join(query))
    if any(c.id == case.id for c in out.cases):
        raise ValueError(f"{out.path}: two cases {case.id}")
    out.cases.append(case)
    while i < len(lines) and not lines[i].startswith("== "):
        head = lines[i]
        body, i = block(lines, i + 1)
        if head.startswith("-- via "):
            case.via = (head[7:].strip(), "\n".join(body))
            continue
        words = head[3:].split()
        outcome = Outcome()
        for word in words:
            if word in ("ordered", "refused", "fails"):
                outcome.kind = word
            elif word == "by-hand":
                outcome.by_hand = True
            elif word in DIALECTS:
                case.outcomes[word] = outcome
            else:
                raise ValueError(f"{out.path}:{i}: {word}?")
        if outcome.kind in ("refused", "fails"):
            outcome.message = " ".join(body)
        else:
            for part in body[0].split(" | "):
                name, kind = part.rsplit(" ", 1)
                outcome.columns.append((name, kind))
            outcome.rows = [cells_read(l) for l in body[1:]]
    return i


def outcome_body(o):
    if o.kind in ("refused", "fails"):
        return [o.message] if o.message else []
    head = " | ".join(f"{name} {kind}" for name, kind in o.columns)
    return [head] + [" | ".join(cell_text(v) for v in r) for r in o.rows]


def file_write(f):
    text = list(f.head) + [""]
    for case in f.cases:
        text.append(f"== {case.id}" + (f" [{' '.join(case.dialects)}]" if case.dialects else ""))
        text += case.query.split("\n")
        if case.via:
            text.append(f"-- via {case.via[0]}")
            text += case.via[1].split("\n")
        groups = []
        for d in DIALECTS:
            o = case.outcomes.get(d)
            if not o:
                continue
            body = outcome_body(o)
            for group in groups:
                if group[1].kind == o.kind and group[1].by_hand == o.by_hand and group[2] == body:
                    group[0].append(d)
                    break
            else:
                groups.append(([d], o, body))
        for names, o, body in groups:
            words = names + ([o.kind] if o.kind != "rows" else []) + (["by-hand"] if o.by_hand else [])
            text.append("=> " + " ".join(words))
            text += body
        text.append("")
    open(f.path, "w", encoding="utf-8").write("\n".join(text))


# --- Comparison, as the C suite compares ---

def is_ordered(query):
    """An ORDER BY outside of all parentheses."""
    bare = re.sub(r"'(?:[^']|'')*'|--[^\n]*|/\*.*?\*/", " ", query, flags=re.S)
    depth = 0
    for m in re.finditer(r"[()]|\border\s+by\b", bare, re.I):
        if m[0] == "(":
            depth += 1
        elif m[0] == ")":
            depth -= 1
        elif depth == 0:
            return True
    return False


def cell_close(x, y):
    if isinstance(x, bool):
        x = int(x)
    if isinstance(y, bool):
        y = int(y)
    if x is None or y is None or isinstance(x, str) or isinstance(y, str):
        return x == y and isinstance(x, str) == isinstance(y, str)
    return abs(x - y) <= 1e-9 * max(1, abs(x), abs(y))


def row_close(x, y):
    return len(x) == len(y) and all(map(cell_close, x, y))


def same(a, b):
    """Whether two outcomes agree: kinds, widths, rows in order or as a bag."""
    if a.kind in ("refused", "fails") or b.kind in ("refused", "fails"):
        return a.kind == b.kind
    if len(a.columns) != len(b.columns) or len(a.rows) != len(b.rows):
        return False
    if a.kind == "ordered":
        return all(map(row_close, a.rows, b.rows))
    rest = list(b.rows)
    for row in a.rows:
        for k, other in enumerate(rest):
            if row_close(row, other):
                del rest[k]
                break
        else:
            return False
    return True


def sort_key(row):
    return json.dumps([[v is not None, str(v)] for v in row])
