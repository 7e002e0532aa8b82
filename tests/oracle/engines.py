"""Real engines: throwaway PostgreSQL and MariaDB clusters and DuckDB in Node, answers made canonical."""
import datetime
import decimal
import json
import os
import subprocess

from corpus import Outcome, is_ordered, sort_key

HERE = os.path.dirname(os.path.abspath(__file__))


def number(v):
    """A decimal as greenroom has it: whole ones as integers, others as doubles."""
    return int(v) if v == v.to_integral_value() else float(v)


def seconds_text(t):
    text = t.strftime("%H:%M:%S")
    return text + (f".{t.microsecond:06d}".rstrip("0") if t.microsecond else "")


def canonical(v):
    if v is None or isinstance(v, (bool, int, float, str)):
        return v
    if isinstance(v, decimal.Decimal):
        return number(v)
    if isinstance(v, datetime.datetime):
        if v.tzinfo:
            v = v.astimezone(datetime.timezone.utc).replace(tzinfo=None)
        return v.strftime("%Y-%m-%d ") + seconds_text(v.time())
    if isinstance(v, datetime.date):
        return v.isoformat()
    if isinstance(v, datetime.time):
        return seconds_text(v)
    if isinstance(v, datetime.timedelta):
        return (v.days * 86400 + v.seconds) * 1000000 + v.microseconds
    if isinstance(v, (list, tuple, dict)):
        return json.dumps(plain(v), ensure_ascii=False, separators=(",", ":"))
    if isinstance(v, (bytes, bytearray)):
        return v.decode("utf-8")
    raise TypeError(type(v))


def plain(v):
    if isinstance(v, (list, tuple)):
        return [plain(x) for x in v]
    if isinstance(v, dict):
        return {k: plain(x) for k, x in v.items()}
    return canonical(v)


def literal(v, kind):
    if v is None:
        return "NULL"
    if isinstance(v, bool):
        return "TRUE" if v else "FALSE"
    if isinstance(v, (int, float)):
        return repr(v)
    quoted = "'" + v.replace("'", "''") + "'"
    return f"{kind.upper()} {quoted}" if kind in ("date", "timestamp") else quoted


class Engine:
    types = {}

    def load(self, tables, rows_of=lambda t: t.rows):
        for t in tables:
            columns = ", ".join(f"{n} {self.types[k]}{' NOT NULL' if rule else ''}" for n, k, rule in t.columns)
            columns += "".join(f", PRIMARY KEY ({n})" for n, k, rule in t.columns if rule == "key")
            self.execute(f"DROP TABLE IF EXISTS {t.name}")
            self.execute(f"CREATE TABLE {t.name} ({columns})")
            rows = rows_of(t)
            if rows:
                values = ", ".join("(" + ", ".join(literal(v, c[1]) for v, c in zip(r, t.columns)) + ")" for r in rows)
                self.execute(self.insert(t.name, values))

    def insert(self, name, values):
        return f"INSERT INTO {name} VALUES {values}"

    def run(self, query):
        try:
            columns, rows = self.rows(query)
        except self.error as e:
            kind, message = self.fault(e)
            return Outcome(kind, message=" ".join(message.split())[:160])
        rows = [[canonical(v) for v in r] for r in rows]
        if is_ordered(query):
            return Outcome("ordered", columns, rows)
        return Outcome("rows", columns, sorted(rows, key=sort_key))


class Postgres(Engine):
    types = {"integer": "integer", "real": "numeric", "text": "text", "date": "date", "timestamp": "timestamp",
             "boolean": "boolean"}
    oids = {16: "boolean", 20: "integer", 21: "integer", 23: "integer", 700: "real", 701: "real", 1700: "real",
            1082: "date", 1114: "timestamp", 1184: "timestamp", 1186: "interval", 1083: "time", 25: "text",
            1043: "text", 1042: "text", 18: "text", 19: "text", 705: "text"}

    def __init__(self, where):
        import psycopg2
        from psycopg2 import extensions
        # An interval as the engine writes it: a timedelta has no months.
        extensions.register_type(extensions.new_type((1186,), "INTERVAL", lambda v, cursor: v))
        self.error = psycopg2.Error
        self.link = psycopg2.connect(**where)
        self.link.autocommit = True
        self.execute("SET timezone TO 'UTC'")
        self.execute("SET statement_timeout TO 5000")

    def execute(self, sql):
        with self.link.cursor() as c:
            c.execute(sql)

    def rows(self, query):
        with self.link.cursor() as c:
            c.execute(query)
            kinds = [self.oids.get(d[1], "array") for d in c.description]
            return [(d[0], k) for d, k in zip(c.description, kinds)], c.fetchall()

    def fault(self, e):
        run_time = (e.pgcode or "")[:2] in ("22", "21", "23", "54")
        return ("fails" if run_time else "refused"), str(e).split("\n")[0]


class MySql(Engine):
    types = {"integer": "INT", "real": "DECIMAL(18,4)", "text": "VARCHAR(200)", "date": "DATE",
             "timestamp": "DATETIME(6)", "boolean": "BOOLEAN"}
    run_errors = (1242, 1690, 1365, 1292, 1411, 1264, 1366, 1441)
    collation = "utf8mb4_unicode_520_nopad_ci"  # nearest to MySQL 8's utf8mb4_0900_ai_ci
    exact = ("utf8mb4_0900_bin", "utf8mb4_nopad_bin")  # MySQL 8's name, and its own

    def __init__(self, where):
        import pymysql
        from pymysql.constants import FIELD_TYPE as F
        self.kinds = {F.TINY: "integer", F.SHORT: "integer", F.LONG: "integer", F.LONGLONG: "integer",
                      F.INT24: "integer", F.YEAR: "integer", F.DECIMAL: "real", F.NEWDECIMAL: "real",
                      F.FLOAT: "real", F.DOUBLE: "real", F.DATE: "date", F.DATETIME: "timestamp",
                      F.TIMESTAMP: "timestamp", F.TIME: "time", F.NULL: "unknown", F.BIT: "integer"}
        self.time = F.TIME
        self.error = pymysql.Error
        link = pymysql.connect(**where, charset="utf8mb4", autocommit=True)
        with link.cursor() as c:
            c.execute("DROP DATABASE IF EXISTS oracle")
            c.execute(f"CREATE DATABASE oracle CHARACTER SET utf8mb4 COLLATE {self.collation}")
        self.link = link
        self.execute("USE oracle")
        self.execute(f"SET NAMES utf8mb4 COLLATE {self.collation}")
        self.execute("SET sql_mode='ONLY_FULL_GROUP_BY,STRICT_TRANS_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,"
                     "ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION'")
        self.execute("SET div_precision_increment=15, max_statement_time=5")  # no home scale decides
        self.execute("SET time_zone='+00:00'")

    def execute(self, sql):
        with self.link.cursor() as c:
            c.execute(sql)

    def rows(self, query):
        with self.link.cursor() as c:
            c.execute(query.replace(*self.exact))
            kinds = [self.kinds.get(d[1], "text") for d in c.description]
            rows = [list(r) for r in c.fetchall()]
            for k, d in enumerate(c.description):
                if d[1] == self.time:
                    for r in rows:
                        r[k] = self.clock(r[k])
            return [(d[0], k) for d, k in zip(c.description, kinds)], rows

    @staticmethod
    def clock(v):
        if not isinstance(v, datetime.timedelta):
            return v
        micros = (abs(v).days * 86400 + abs(v).seconds) * 1000000 + abs(v).microseconds
        s, f = divmod(micros, 1000000)
        text = f"{'-' if v.days < 0 else ''}{s // 3600:02d}:{s // 60 % 60:02d}:{s % 60:02d}"
        return text + (f".{f:06d}".rstrip("0") if f else "")

    def fault(self, e):
        return ("fails" if e.args[0] in self.run_errors else "refused"), str(e.args[1])


def interval_text(months, days, micros):
    """As DuckDB writes it: 1 year 2 months 3 days 04:05:06.5"""
    years, months = int(months / 12), int(abs(months) % 12 * (1 if months > 0 else -1))
    words = [f"{n} {unit}{'' if abs(n) == 1 else 's'}" for n, unit in ((years, "year"), (months, "month"), (days, "day")) if n]
    seconds, rest = divmod(abs(micros), 1000000)
    if micros or not words:
        clock = f"{'-' if micros < 0 else ''}{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
        words.append(clock + (f".{rest:06d}".rstrip("0") if rest else ""))
    return " ".join(words)


class DuckError(Exception):
    pass


class DuckDb(Engine):
    types = {"integer": "INTEGER", "real": "DECIMAL(18,4)", "text": "VARCHAR", "date": "DATE", "timestamp": "TIMESTAMP",
             "boolean": "BOOLEAN"}
    error = DuckError

    def __init__(self, modules):
        env = dict(os.environ, NODE_PATH=modules)
        self.child = subprocess.Popen(["node", os.path.join(HERE, "duck.cjs")], stdin=subprocess.PIPE,
                                      stdout=subprocess.PIPE, env=env, text=True, encoding="utf-8")
        self.execute("SET TimeZone='UTC'")

    def ask(self, sql):
        self.child.stdin.write(json.dumps(sql) + "\n")
        self.child.stdin.flush()
        reply = json.loads(self.child.stdout.readline())
        if "error" in reply:
            raise DuckError(reply["error"])
        return reply

    def execute(self, sql):
        self.ask(sql)

    @staticmethod
    def kind(name):
        word = name.split("(")[0]
        if name.endswith("[]"):
            return "array"
        if word in ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UBIGINT", "UINTEGER", "UHUGEINT", "UTINYINT", "USMALLINT"):
            return "integer"
        if word in ("DOUBLE", "FLOAT", "DECIMAL"):
            return "real"
        if word.startswith("TIMESTAMP"):
            return "timestamp"
        return {"VARCHAR": "text", "DATE": "date", "BOOLEAN": "boolean", "INTERVAL": "interval", "TIME": "time",
                "SQLNULL": "unknown", '"NULL"': "unknown"}.get(word, "array")

    @classmethod
    def value(cls, v, kind):
        if v is None:
            return None
        if kind == "integer":
            return int(v)
        if kind == "real":
            return number(decimal.Decimal(v)) if isinstance(v, str) and v not in ("NaN", "Infinity", "-Infinity") else float(v)
        if kind == "interval":
            return interval_text(int(v["months"]), int(v["days"]), int(v["micros"]))
        if kind == "timestamp":
            v = v.removesuffix("+00")
        if kind in ("timestamp", "time") and "." in v:
            return v.rstrip("0").rstrip(".")
        return v

    def rows(self, query):
        reply = self.ask(query)
        kinds = [self.kind(t) for t in reply["types"]]
        rows = [[self.value(v, k) for v, k in zip(r, kinds)] for r in reply["rows"]]
        return list(zip(reply["names"], kinds)), rows

    def fault(self, e):
        text = str(e).split("\n")[0]
        run_time = text.startswith(("Conversion", "Out of Range", "Invalid Input"))
        return ("fails" if run_time else "refused"), text
