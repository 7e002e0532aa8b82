"""Random small databases over the corpus' schema and random queries over them, for one dialect at a time."""
import datetime

from corpus import Table

# What each type is made of: (weight, dialects or "" for all, text). {int} … stand for another expression of that type.
RULES = {
    "int": [
        (3, "", "{int} + {int}"), (2, "", "{int} - {int}"), (2, "", "{int} * 2"), (1, "", "-{int}"), (1, "", "{int} % 3"),
        (1, "", "CASE WHEN {bool} THEN {int} ELSE {int} END"), (1, "", "CASE {int} WHEN 1 THEN {int} WHEN 2 THEN 7 END"),
        (2, "", "COALESCE({int}, {int})"), (1, "", "NULLIF({int}, {int})"), (1, "", "ABS({int})"), (1, "", "SIGN({int})"),
        (1, "", "GREATEST({int}, {int})"), (1, "", "LEAST({int}, 3)"), (1, "", "FLOOR({real})"), (1, "", "CEIL({real})"),
        (1, "postgres mysql", "CHAR_LENGTH({text})"), (1, "duckdb", "LENGTH({text})"), (1, "", "POSITION('a' IN {text})"),
        (1, "", "EXTRACT(YEAR FROM {date})"), (1, "", "EXTRACT(MONTH FROM {ts})"), (1, "", "EXTRACT(DAY FROM {date})"),
        (1, "", "EXTRACT(HOUR FROM {ts})"), (1, "postgres duckdb", "EXTRACT(DOW FROM {date})"),
        (2, "postgres duckdb", "{date} - {date}"), (1, "postgres duckdb", "EXTRACT(WEEK FROM {date})"),
        (2, "mysql", "DATEDIFF({date}, {date})"), (1, "mysql", "DATEDIFF({ts}, {date})"),
        (3, "mysql", "TIMESTAMPDIFF({unit}, {date}, {ts})"), (1, "mysql", "TIMESTAMPDIFF({unit}, {ts}, {ts})"),
        (1, "mysql", "WEEK({date}, {digit})"), (1, "mysql", "YEARWEEK({date}, {digit})"), (1, "mysql", "TO_DAYS({date})"),
        (1, "mysql", "EXTRACT(YEAR_MONTH FROM {ts})"), (1, "mysql", "FIELD({text}, 'a', 'b', 'ab')"), (1, "mysql", "DAYOFYEAR({date})"),
        (1, "mysql", "PERIOD_DIFF(202403, EXTRACT(YEAR_MONTH FROM {date}))"), (1, "mysql", "INSTR({text}, 'a')"), (1, "mysql", "ASCII({text})"),
        (1, "mysql", "UNIX_TIMESTAMP({date})"), (1, "mysql", "TIME_TO_SEC(TIME({ts}))"), (1, "mysql", "MICROSECOND({ts})"),
        (1, "mysql", "CHAR_LENGTH(REPLACE({text}, ' ', ''))"), (1, "mysql", "CAST({text} AS SIGNED)"), (1, "mysql", "{text} + 0"),
        (3, "postgres duckdb", "EXTRACT({tspart} FROM {ts})"), (2, "postgres duckdb", "EXTRACT({datepart} FROM {date})"),
        (1, "postgres", "EXTRACT(DAY FROM age({date}, {date}))"), (1, "postgres", "EXTRACT(YEAR FROM age({ts}, {ts}))"),
        (1, "postgres duckdb", "EXTRACT({spanpart} FROM {span})"), (1, "postgres", "EXTRACT(DAY FROM {ts} - {ts})"), (1, "postgres", "ASCII({text})"), (1, "postgres duckdb", "LENGTH(REPLACE({text}, ' ', ''))"),
        (2, "duckdb", "date_diff('{dunit}', {ts}, {ts})"), (2, "duckdb", "date_sub('{dunit}', {ts}, {ts})"),
        (1, "duckdb", "dayofweek({date})"), (1, "duckdb", "weekofyear({date})"), (1, "duckdb", "len(string_split({text}, ' '))"),
        (1, "postgres", "array_length(string_to_array({text}, ' '), 1)"), (1, "postgres duckdb", "CAST({bool} AS INTEGER)"),
        (1, "postgres duckdb", "CAST({real} AS INTEGER)"), (1, "", "MOD({int}, 4)"), (1, "", "ROUND({int} / 2.0)"), (1, "mysql", "IF({bool}, {int}, {int})"), (1, "mysql", "IFNULL({int}, 0)"),
        (1, "mysql", "DAYOFWEEK({date})"), (1, "mysql", "WEEK({date})"), (1, "mysql", "WEEKDAY({ts})"), (1, "mysql", "{int} DIV 2"),
        (1, "mysql", "({bool}) + 1"), (1, "mysql", "LOCATE('b', {text})"), (1, "mysql", "QUARTER({date})"),
        (1, "duckdb", "date_diff('month', {date}, {date})"),
        (1, "duckdb", "date_diff('hour', {ts}, {ts})"), (1, "duckdb", "date_sub('month', {date}, {date})"),
        (1, "postgres", "STRPOS({text}, 'b')"), (1, "postgres", "{int} / 2"), (1, "duckdb", "{int} // 2"),
        (1, "postgres", "({date} - {date}) / 7"), (1, "", "(SELECT COUNT(*) FROM {table} z WHERE z.{column:int} = {int})"),
        (1, "", "(SELECT MAX(z.{column:int}) FROM {table} z WHERE z.{column:int} < {int})"),
    ],
    "real": [
        (2, "", "{real} + {real}"), (2, "", "{real} * {int}"), (1, "", "{int} / 4.0"), (1, "", "ROUND({real}, 1)"),
        (1, "", "COALESCE({real}, 0)"), (1, "", "{real} - {int}"), (1, "mysql duckdb", "{int} / 3"), (1, "", "ABS({real})"),
        (1, "", "{real} / NULLIF({int}, 0)"), (1, "", "CASE WHEN {bool} THEN {real} ELSE {int} END"),
        (1, "", "CAST({int} AS DECIMAL(10,2))"), (1, "postgres", "EXTRACT(EPOCH FROM {ts} - {ts})"),
        (1, "postgres duckdb", "EXTRACT(EPOCH FROM {span})"), (1, "mysql", "IF({bool}, {real}, 1.5)"), (1, "mysql", "TRUNCATE({real}, 1)"), (1, "postgres", "TRUNC({real}, 1)"), (1, "", "ROUND({real} / 3, 2)"),
        (1, "", "GREATEST({real}, {real})"), (1, "", "NULLIF({real}, 1.0)"), (1, "", "CAST({real} AS DECIMAL(10,1))"), (1, "", "{real} % 2"),
        (1, "", "POWER({int} % 3, 2)"), (1, "", "SQRT(ABS({int}))"),
    ],
    "text": [
        (2, "", "UPPER({text})"), (2, "", "LOWER({text})"), (2, "", "CONCAT({text}, '-', {text})"), (1, "", "SUBSTRING({text}, 2, 2)"),
        (1, "", "REPLACE({text}, 'a', 'xy')"), (1, "", "TRIM({text})"), (1, "", "LEFT({text}, 2)"), (1, "", "RIGHT({text}, 1)"),
        (1, "", "LPAD({text}, 4, '*')"), (1, "", "CASE WHEN {bool} THEN {text} ELSE 'none' END"), (1, "", "COALESCE({text}, 'nil')"),
        (1, "", "NULLIF({text}, 'a')"), (1, "postgres duckdb", "{text} || {text}"), (1, "", "REVERSE({text})"),
        (1, "", "CONCAT_WS(',', {text}, {int}, {text})"), (1, "postgres", "to_char({date}, 'YYYY-MM')"),
        (1, "postgres", "to_char({ts}, 'DD.MM.YY HH24:MI')"), (1, "mysql", "DATE_FORMAT({date}, '%Y-%m')"),
        (1, "mysql", "DATE_FORMAT({ts}, '%d %b %y %H:%i')"), (1, "duckdb", "strftime({ts}, '%Y %j %H')"),
        (1, "postgres duckdb", "SPLIT_PART({text}, ' ', 1)"), (1, "mysql", "SUBSTRING_INDEX({text}, ' ', 1)"),
        (1, "mysql", "IF({bool}, 'yes', {text})"), (1, "postgres duckdb", "CAST({int} AS VARCHAR)"),
        (1, "mysql", "CAST({int} AS CHAR)"), (1, "mysql", "DATE_FORMAT({ts}, '{myformat}')"), (1, "mysql", "DATE_FORMAT({date}, '{myformat}')"),
        (1, "mysql", "SUBSTRING_INDEX({text}, ' ', -1)"), (1, "mysql", "REGEXP_REPLACE({text}, '[ab]', '#')"), (1, "mysql", "DAYNAME({date})"),
        (1, "mysql", "MONTHNAME({ts})"), (1, "mysql", "ELT(2, {text}, {text})"), (1, "mysql", "CONCAT({text}, {date})"), (1, "mysql", "LEFT({ts}, 7)"),
        (1, "mysql", "SUBSTR({text}, -2)"), (1, "mysql", "INSERT({text}, 2, 1, '_')"), (1, "mysql", "LTRIM({text})"),
        (1, "postgres", "INITCAP({text})"), (1, "postgres duckdb", "REGEXP_REPLACE({text}, '[ab]', '#', 'g')"), (1, "postgres duckdb", "REGEXP_REPLACE({text}, '([a-z])', '<\\1>')"),
        (1, "postgres duckdb", "TRANSLATE({text}, 'ab', 'xy')"), (1, "postgres", "to_char({ts}, '{pgformat}')"), (1, "postgres", "to_char({date}, '{pgformat}')"),
        (1, "duckdb", "strftime({ts}, '{strf}')"), (1, "postgres", "SUBSTRING({text} FROM '[a-z]+')"), (1, "postgres duckdb", "LTRIM({text})"),
        (1, "postgres duckdb", "CAST({span} AS VARCHAR)"), (1, "postgres duckdb", "CAST({ts} AS VARCHAR)"), (1, "postgres duckdb", "CAST({bool} AS VARCHAR)"), (1, "postgres", "OVERLAY({text} PLACING 'zz' FROM 2 FOR 1)"),
        (1, "postgres", "format('%s/%s', {text}, {int})"), (1, "duckdb", "array_to_string(string_split({text}, ' '), '+')"), (1, "postgres duckdb", "CAST({date} AS VARCHAR)"),
    ],
    "date": [
        (1, "", "COALESCE({date}, DATE '2024-02-29')"), (1, "", "CAST({ts} AS DATE)"), (1, "", "NULLIF({date}, {date})"),
        (2, "postgres duckdb", "{date} + 1"), (1, "postgres duckdb", "{date} - {small}"), (1, "", "GREATEST({date}, {date})"),
        (2, "postgres", "CAST({date} + INTERVAL '1 month' AS date)"), (1, "postgres", "CAST(date_trunc('month', {date}) AS date)"),
        (2, "mysql", "DATE_ADD({date}, INTERVAL 1 MONTH)"), (1, "mysql", "DATE_SUB({date}, INTERVAL {small} DAY)"),
        (1, "mysql", "LAST_DAY({date})"), (1, "mysql", "DATE({ts})"), (1, "mysql", "{date} + INTERVAL 1 YEAR"),
        (1, "duckdb", "last_day({date})"), (1, "duckdb", "CAST({date} + INTERVAL 1 MONTH AS DATE)"),
        (1, "", "CASE WHEN {bool} THEN {date} END"), (2, "mysql", "DATE_ADD({date}, INTERVAL {amount} {dayunit})"),
        (1, "mysql", "MAKEDATE(2024, {small})"), (1, "mysql", "STR_TO_DATE(DATE_FORMAT({date}, '%d.%m.%Y'), '%d.%m.%Y')"), (1, "mysql", "FROM_DAYS(TO_DAYS({date}) + 1)"),
        (2, "postgres duckdb", "CAST({date} + INTERVAL '{amount} {dayunit}' AS DATE)"), (1, "postgres", "to_date(to_char({date}, 'DD Mon YYYY'), 'DD Mon YYYY')"),
        (1, "postgres", "CAST(date_trunc('{tunit}', {date}) AS date)"), (1, "duckdb", "CAST(date_trunc('{tunit}', {date}) AS DATE)"),
    ],
    "ts": [
        (1, "", "COALESCE({ts}, {ts})"), (1, "postgres duckdb", "{ts} + INTERVAL '90 minutes'"), (1, "postgres duckdb", "{ts} - INTERVAL '1 month'"),
        (1, "postgres duckdb", "date_trunc('hour', {ts})"), (1, "postgres duckdb", "date_trunc('week', {ts})"),
        (1, "postgres duckdb", "{date} + INTERVAL '6 hours'"), (1, "mysql", "DATE_ADD({ts}, INTERVAL 90 MINUTE)"),
        (1, "mysql", "DATE_SUB({ts}, INTERVAL 1 MONTH)"), (1, "", "LEAST({ts}, {ts})"), (1, "", "CAST({date} AS {timestamp})"),
        (2, "postgres duckdb", "{ts} + INTERVAL '{amount} {unit}'"), (2, "postgres duckdb", "CAST(date_trunc('{tunit}', {ts}) AS TIMESTAMP)"), (1, "postgres", "{ts} + {int} * INTERVAL '1 day'"),
        (2, "postgres duckdb", "{ts} + {span}"), (1, "postgres duckdb", "{ts} - {span}"), (1, "postgres", "{ts} + make_interval(days => {small})"), (2, "mysql", "DATE_ADD({ts}, INTERVAL {amount} {unit})"), (1, "mysql", "{ts} - INTERVAL {small} {unit}"),
        (1, "mysql", "DATE_ADD({ts}, INTERVAL {int} DAY)"),
    ],
    "span": [ # of postgres and duckdb
        (3, "", "{ts} - {ts}"), (2, "", "age({ts}, {ts})"), (1, "", "age({date}, {date})"), (2, "", "{span} + {span}"),
        (2, "", "{span} - {span}"), (1, "", "-{span}"), (1, "", "{span} * {small}"), (1, "", "{span} / 4"), (1, "", "COALESCE({span}, {span})"),
        (1, "", "CASE WHEN {bool} THEN {span} ELSE {span} END"), (1, "", "INTERVAL '1 month' * {int}"), (1, "", "NULLIF({span}, {span})"),
        (1, "postgres", "GREATEST({span}, {span})"), (1, "postgres", "justify_interval({span})"), (1, "postgres", "justify_days({span})"),
        (1, "postgres", "justify_hours({span})"), (1, "postgres", "make_interval(months => {int}, days => {small})"),
        (1, "", "date_trunc('{tunit2}', {span})"), (1, "", "CAST(CAST({span} AS VARCHAR) AS INTERVAL)"), (1, "duckdb", "to_days(CAST({int} AS INTEGER))"),
    ],
    "bool": [
        (3, "postgres duckdb", "{span} {cmp} {span}"), (1, "postgres duckdb", "{span} BETWEEN {span} AND {span}"),
        (1, "postgres duckdb", "{span} IN ({span}, {span})"), (1, "postgres duckdb", "{span} IS DISTINCT FROM {span}"),
        (3, "", "{int} {cmp} {int}"), (2, "", "{real} {cmp} {int}"), (2, "", "{text} {cmp} {text}"), (2, "", "{date} {cmp} {date}"),
        (1, "", "{ts} {cmp} {ts}"), (1, "", "{ts} {cmp} {date}"), (1, "", "{int} IS NULL"), (1, "", "{text} IS NOT NULL"), (2, "", "({bool}) AND ({bool})"),
        (2, "", "({bool}) OR ({bool})"), (1, "", "NOT ({bool})"), (1, "", "{int} BETWEEN {small} AND {int}"),
        (1, "", "{date} BETWEEN '2024-01-31' AND '2024-12-31'"), (1, "", "{int} IN (1, {int}, 3)"), (1, "", "{int} NOT IN (1, {int})"),
        (1, "", "{text} IN ('a', 'B', {text})"), (1, "", "{text} LIKE 'a%'"), (1, "", "{text} NOT LIKE '%b%'"),
        (1, "postgres duckdb", "{text} ILIKE 'A_'"), (1, "postgres duckdb", "{int} IS DISTINCT FROM {int}"),
        (1, "mysql", "{int} <=> {int}"), (1, "", "({bool}) IS TRUE"), (1, "", "{int} IN (SELECT z.{column:int} FROM {table} z)"),
        (1, "", "{int} NOT IN (SELECT z.{column:int} FROM {table} z WHERE z.{column:int} IS NOT NULL)"),
        (1, "", "EXISTS (SELECT 1 FROM {table} z WHERE z.{column:int} = {int})"),
        (1, "", "{int} > ALL (SELECT z.{column:int} FROM {table} z WHERE z.{column:int} < {int})"),
        (1, "", "({int}, {int}) IN (SELECT z.{column:int}, z.{column:int} FROM {table} z)"), (1, "postgres mysql", "({int}, {text}) = ({int}, {text})"),
        (1, "postgres", "{text} ~ '^[a-c]'"), (1, "mysql", "{text} REGEXP '^[a-c]'"), (1, "mysql", "{date} > '2024-02-29'"),
        (1, "", "{ts} >= '2024-03-31'"),
    ],
}
AGGREGATES = {
    "int": [("", "COUNT(*)"), ("", "COUNT({text})"), ("", "COUNT(DISTINCT {int})"), ("", "SUM({int})"), ("", "MAX({int})"),
            ("", "MIN({int})"), ("", "SUM(CASE WHEN {bool} THEN 1 ELSE 0 END)"), ("postgres duckdb", "COUNT(*) FILTER (WHERE {bool})"),
            ("mysql", "SUM({bool})"), ("", "COUNT(DISTINCT {date})")],
    "real": [("", "AVG({int})"), ("", "SUM({real})"), ("", "MAX({real})"), ("", "STDDEV_SAMP({int})"), ("", "VAR_POP({int})"),
             ("postgres duckdb", "PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY {real})"), ("mysql", "AVG({bool})")],
    "text": [("postgres duckdb", "STRING_AGG({text}, ',' ORDER BY {text}, {int})"), ("postgres duckdb", "MAX({text})"),
             ("mysql", "GROUP_CONCAT({int} ORDER BY {int} SEPARATOR '/')"), ("mysql", "GROUP_CONCAT(DISTINCT {int} ORDER BY 1 DESC)"),
             ("postgres duckdb", "MIN({text})")],
    "date": [("", "MAX({date})"), ("", "MIN({date})")],
    "ts": [("", "MAX({ts})")],
    "span": [("postgres", "SUM({span})"), ("postgres", "AVG({span})"), ("", "MAX({span})"), ("", "MIN({span})")],
    "bool": [("postgres duckdb", "BOOL_AND({bool})"), ("postgres duckdb", "BOOL_OR({bool})")],
}
WINDOWS = {
    "int": ["ROW_NUMBER() OVER ({part} ORDER BY {total})", "RANK() OVER ({part} ORDER BY {key})", "DENSE_RANK() OVER (ORDER BY {key} DESC)",
            "SUM({int}) OVER ({part})", "SUM({int}) OVER ({part} ORDER BY {key})", "COUNT(*) OVER ({part} ORDER BY {key})",
            "SUM({int}) OVER (ORDER BY {total} ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING)", "LAG({int}) OVER ({part} ORDER BY {total})",
            "LEAD({int}, 2) OVER (ORDER BY {total})", "FIRST_VALUE({int}) OVER ({part} ORDER BY {total} DESC)", "NTILE(3) OVER (ORDER BY {total})",
            "MAX({int}) OVER (ORDER BY {total} ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)",
            "LAST_VALUE({int}) OVER ({part} ORDER BY {total} ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING)"],
    "span": ["MAX({span}) OVER ({part} ORDER BY {total})", "LAG({span}) OVER (ORDER BY {total})", "FIRST_VALUE({span}) OVER ({part} ORDER BY {total} DESC)"],
    "real": ["AVG({int}) OVER ({part} ORDER BY {total} ROWS BETWEEN 2 PRECEDING AND CURRENT ROW)", "CUME_DIST() OVER (ORDER BY {key})",
             "PERCENT_RANK() OVER (ORDER BY {key})"],
}
POOL = {
    "integer": [-2, 0, 1, 1, 2, 3, 5, 10], "real": [-1.5, 0.0, 0.5, 1.0, 2.25, 2.5, 10.0], "text": ["a", "A", "b", "ab", "b a", "", " x", "Zoë", "aB c"],
    "date": ["2023-12-31", "2024-01-31", "2024-02-29", "2024-03-31", "2025-01-01", "2020-02-29"], "boolean": [True, False],
    "timestamp": ["2024-02-29 23:59:59", "2024-03-31 00:00:00", "2024-01-31 12:30:00.5", "2024-12-30 06:00:00", "2023-11-05 17:45:10"],
}
UNITS = ["YEAR", "QUARTER", "MONTH", "WEEK", "DAY", "HOUR", "MINUTE", "SECOND"]
WORDS = {
    "unit": UNITS, "dayunit": UNITS[:5], "dunit": [u.lower() for u in UNITS if u != "WEEK"], "tunit": ["year", "quarter", "month", "week", "day"],
    "tunit2": ["year", "month", "day", "hour"], "spanpart": ["YEAR", "MONTH", "DAY", "HOUR", "MINUTE"],
    "tspart": ["YEAR", "MONTH", "DAY", "HOUR", "MINUTE", "WEEK", "QUARTER", "DOY", "ISODOW", "ISOYEAR", "DECADE", "CENTURY"],
    "datepart": ["YEAR", "MONTH", "DAY", "WEEK", "QUARTER", "DOY", "ISODOW", "ISOYEAR", "EPOCH"], "amount": ["1", "-1", "13", "-30", "100"],
    "digit": list(range(8)), "myformat": ["%a %b %e %Y", "%W %M %D", "%j %U %u", "%v %x", "%V %X", "%h:%i %p", "%k %l %s", "%T", "%r", "%y%m%d", "%c/%d", "%f", "%w"],
    "pgformat": ["DD Mon YYYY", "FMDay FMMonth", "Q DDD IW", "IYYY ID", "HH12:MI:SS PM", "YY MM DD", "Dy D W", "FMDD FMMM", "HH24:MI:SS.MS", "WW CC"],
    "strf": ["%a %b %d %Y", "%A %B", "%j", "%I:%M %p", "%y%m%d", "%H:%M:%S", "%u %w", "%V %G", "%-d/%-m", "%f"],
}
TYPES = {"integer": "int", "real": "real", "text": "text", "date": "date", "timestamp": "ts", "boolean": "bool"}


def database(rng, schema):
    """Tables of a few rows each; keys called id count up, the rest is drawn with ties and NULLs."""
    out = []
    for t in schema:
        rows = []
        for k in range(rng.choice([0, 1, 2, 3, 4, 6])):
            row = []
            for name, kind, not_null in t.columns:
                null = not not_null and rng.random() < 0.2
                row.append(k + 1 if name == "id" else None if null else rng.choice(POOL[kind]))
            rows.append(row)
        out.append(Table(t.name, t.columns, rows))
    return out


class Queries:
    def __init__(self, rng, schema, dialect):
        self.rng, self.schema, self.dialect = rng, schema, dialect
        self.scope = []  # (text, type)

    def literal(self, kind):
        r = self.rng
        if kind == "int":
            return str(r.choice([0, 1, 2, 3, 7]))
        if kind == "real":
            return r.choice(["0.5", "1.25", "2.0"])
        if kind == "text":
            return r.choice(["'a'", "'B'", "'ab'", "''"])
        if kind == "date":
            return r.choice(["DATE '2024-02-29'", "DATE '2023-12-31'"])
        if kind == "ts":
            return "TIMESTAMP '2024-03-31 00:00:00'"
        if kind == "span":
            return r.choice(["INTERVAL '1 month'", "INTERVAL '30 days'", "INTERVAL '24 hours'", "INTERVAL '1 day'", "INTERVAL '-90 minutes'", "INTERVAL '1 year 2 days 03:04:05'"])
        return r.choice(["TRUE", "FALSE"])

    def leaf(self, kind):
        columns = [c for c, k in self.scope if k == kind]
        if columns and self.rng.random() < 0.85:
            return self.rng.choice(columns)
        return self.literal(kind)

    def expr(self, kind, depth):
        rules = [x for x in RULES[kind] if not x[1] or self.dialect in x[1]]
        if depth <= 0 or self.rng.random() < 0.3:
            return self.leaf(kind)
        text = self.rng.choices([x[2] for x in rules], [x[0] for x in rules])[0]
        return self.fill(text, depth - 1)

    def fill(self, text, depth):
        table = self.rng.choice([t for t in self.schema if sum(k == "integer" for _, k, _ in t.columns) > 0])
        out, at = "", 0
        while True:
            start = text.find("{", at)
            if start < 0:
                return out + text[at:]
            end = text.index("}", start)
            word = text[start + 1:end]
            out += text[at:start]
            at = end + 1
            if word == "table":
                out += table.name
            elif word == "column:int":
                out += self.rng.choice([n for n, k, _ in table.columns if k == "integer"])
            elif word == "cmp":
                out += self.rng.choice(["=", "<", ">", "<=", ">=", "<>"])
            elif word in WORDS:
                out += str(self.rng.choice(WORDS[word]))
            elif word == "small":
                out += self.rng.choice(["1", "2", "30"])
            elif word == "timestamp":
                out += "DATETIME" if self.dialect == "mysql" else "TIMESTAMP"
            elif word == "part":
                out += "PARTITION BY " + self.leaf(self.rng.choice(["int", "bool"])) if self.rng.random() < 0.5 else ""
            elif word == "key":
                out += self.leaf("int")
            elif word == "total":
                out += ", ".join(c for c, k in self.scope if c.endswith(".id")) or ", ".join(c for c, k in self.scope)
            else:
                inner = self.expr(word, depth)
                out += f"({inner})" if " " in inner and not inner.startswith(("(", "DATE '", "TIMESTAMP '")) else inner

    def from_clause(self):
        """FROM one table or two; sets the scope."""
        r = self.rng
        a = r.choice(self.schema)
        self.scope = [(f"a.{n}", TYPES[k]) for n, k, _ in a.columns]
        if r.random() < 0.45:
            b = r.choice(self.schema)
            left = self.scope
            self.scope = left + [(f"b.{n}", TYPES[k]) for n, k, _ in b.columns]
            join = r.choice(["JOIN", "LEFT JOIN", "LEFT JOIN", "RIGHT JOIN", "CROSS JOIN"] + ([] if self.dialect == "mysql" else ["FULL JOIN"]))
            if join == "CROSS JOIN":
                return f"{a.name} a CROSS JOIN {b.name} b"
            ints = [c for c, k in left if k == "int"]
            others = [f"b.{n}" for n, k, _ in b.columns if k == "integer"]
            if ints and others:
                on = f"{r.choice(ints)} = {r.choice(others)}"
                if r.random() < 0.3 and join != "FULL JOIN":
                    on += f" AND {self.expr('bool', 1)}"
                return f"{a.name} a {join} {b.name} b ON {on}"
            self.scope = left
        return f"{a.name} a"

    def plain(self, kinds):
        source = self.from_clause()
        items = [self.expr(k, 3) for k in kinds]
        where = f" WHERE {self.expr('bool', 3)}" if self.rng.random() < 0.6 else ""
        distinct = "DISTINCT " if self.rng.random() < 0.2 and not (self.dialect == "mysql" and "text" in kinds) else ""
        return f"SELECT {distinct}{self.items(items)} FROM {source}{where}"

    @staticmethod
    def items(items):
        return ", ".join(f"{x} AS c{k + 1}" for k, x in enumerate(items))

    def grouped(self, kinds):
        r = self.rng
        source = self.from_clause()
        keys, items, group = 0, [], []
        for k in kinds:
            able = [x for d, x in AGGREGATES[k] if not d or self.dialect in d]
            text_key = k == "text" and self.dialect == "mysql"
            if (keys < 2 and r.random() < 0.5 and not text_key) or not able:
                keys += 1
                column = self.leaf(k)
                item = self.expr(k, 1) if r.random() < 0.4 else column
                if item not in [c for c, _ in self.scope]:
                    item = r.choice([c for c, kk in self.scope if kk == k] or [item])
                items.append(item)
                group.append(item)
            else:
                items.append(self.fill(r.choice(able), 1))
        group = [g for g in group if g in [c for c, _ in self.scope]]
        text = f"SELECT {self.items(items)} FROM {source}"
        if r.random() < 0.4:
            text += f" WHERE {self.expr('bool', 2)}"
        if group:
            keys = ", ".join(dict.fromkeys(group))
            if self.dialect == "mysql":
                text += f" GROUP BY {keys}" + (" WITH ROLLUP" if r.random() < 0.1 else "")
            else:
                text += " GROUP BY " + r.choice([keys] * 6 + [f"ROLLUP ({keys})", f"CUBE ({keys})", f"GROUPING SETS (({keys}), ())"])
        if r.random() < 0.3:
            text += f" HAVING {self.fill('COUNT(*) {cmp} {small}', 1)}"
        return text

    def windowed(self, kinds):
        source = self.from_clause()
        items = [self.fill(self.rng.choice(WINDOWS[k]), 1) if k in WINDOWS and self.rng.random() < 0.7 else self.leaf(k) for k in kinds]
        where = f" WHERE {self.expr('bool', 2)}" if self.rng.random() < 0.3 else ""
        return f"SELECT {self.items(items)} FROM {source}{where}"

    def qualified(self, kinds):
        """The best of each group, as each dialect says it."""
        source = self.from_clause()
        total = self.fill("{total}", 0)
        part, key = self.leaf("int"), self.leaf(self.rng.choice(["int", "date", "real"]))
        items = self.items([self.leaf(k) for k in kinds])
        if self.dialect == "duckdb":
            return f"SELECT {items} FROM {source} QUALIFY ROW_NUMBER() OVER (PARTITION BY {part} ORDER BY {key} DESC, {total}) <= 2"
        if self.dialect == "postgres" and self.rng.random() < 0.5 and not part.isdigit():
            return f"(SELECT DISTINCT ON ({part}) {items} FROM {source} ORDER BY {part}, {key}, {total})"
        inner = f"SELECT {items}, RANK() OVER (PARTITION BY {part} ORDER BY {key} DESC) AS r FROM {source}"
        return f"SELECT {', '.join(f'c{k + 1}' for k in range(len(kinds)))} FROM ({inner}) q WHERE r = 1"

    def lateral(self, kinds):
        """A subquery in FROM that sees the tables before it; MySQL's engine here has none."""
        if self.dialect == "mysql":
            return self.plain(kinds)
        a = self.rng.choice([t for t in self.schema if t.columns[0][0] == "id"])
        b = self.rng.choice([t for t in self.schema if t.columns[0][0] == "id"])
        self.scope = [(f"a.{n}", TYPES[k]) for n, k, _ in a.columns]
        outer = self.leaf("int")
        self.scope += [(f"b.{n}", TYPES[k]) for n, k, _ in b.columns]
        key = self.rng.choice([f"b.{n}" for n, k, _ in b.columns if k == "integer"])
        items = [self.expr(k, 1) for k in kinds]
        join = self.rng.choice(["CROSS JOIN LATERAL {} l", "LEFT JOIN LATERAL {} l ON TRUE"])
        inner = f"(SELECT {self.items(items)} FROM {b.name} b WHERE b.id >= {outer} ORDER BY {key}, b.id LIMIT 2)"
        return f"SELECT a.id + 0 AS k, {', '.join(f'l.c{k + 1}' for k in range(len(kinds)))} FROM {a.name} a {join.format(inner)}"

    def name(self, names):
        """A column as people write it, mostly without its table."""
        plain, owner = self.rng.choice(names)
        return plain if self.rng.random() < 0.75 else f"{owner}.{plain}"

    def over(self, name):
        return self.rng.choice(["{}", "{}", "{}", "{} + 1", "-{}", "COALESCE({}, 0)", "{} % 3", "{} * 0"]).format(name)

    def pick(self, names):
        return self.rng.choice(["COUNT({})", "SUM({})", "MAX({})", "MIN({})", "COUNT(DISTINCT {})", "COUNT(*)", "SUM({} + 1)"]).format(self.name(names))

    def integers(self, table, owner):
        return [(n, owner) for n, k, _ in table.columns if k == "integer"]

    def named_from(self, depth):
        """FROM with its integer columns as (name, owner): one table or two, tables in parentheses, USING, NATURAL."""
        r = self.rng
        able = [t for t in self.schema if self.integers(t, "")]
        a, b = r.choice(able), r.choice(able)
        owner = r.choice([a.name, "a"])
        left, names = f"{a.name} {owner if owner == 'a' else ''}".strip(), self.integers(a, owner)
        if depth and r.random() < 0.25:
            inner = [self.name([(n, a.name) for n, _ in names]) for _ in range(2)]
            called = r.sample([n for n, _ in names] + ["n", "id"], 2)
            left = f"(SELECT {inner[0]} AS {called[0]}, {inner[1]} AS {called[1]} FROM {a.name}) a"
            names = [(c, "a") for c in called]
        if r.random() < 0.6:
            return left, names
        shared = sorted({n for n, _ in names} & {n for n, _ in self.integers(b, "")})
        others = self.integers(b, "b")
        joins = ["JOIN {} b ON {}", "LEFT JOIN {} b ON {}", "CROSS JOIN {} b", ", {} b"]
        if shared:
            joins += ["JOIN {} b USING ({})", "LEFT JOIN {} b USING ({})", "NATURAL JOIN {} b"] + ([] if self.dialect == "mysql" else ["FULL JOIN {} b USING ({})"])
        join = r.choice(joins)
        on = f"{self.name(names)} = {self.name(others)}" if " ON " in join else (shared or [""])[0]
        gap = "" if join.startswith(",") else " "
        return left + gap + join.format(b.name, on), names + others

    def named_where(self, names, depth):
        r = self.rng
        table = r.choice([t for t in self.schema if self.integers(t, "")])
        inner = self.integers(table, table.name)
        tests = [f"{self.over(self.name(names))} {r.choice(['>', '=', '<>'])} {r.choice('0123')}", f"{self.name(names)} IS NOT NULL"]
        if depth:
            tests += [f"{self.name(names)} IN (SELECT {self.name(inner)} FROM {table.name} WHERE {self.name(inner)} = {self.name(names)})",
                      f"EXISTS (SELECT 1 FROM {table.name} WHERE {self.name(inner)} < {self.name(names)})",
                      f"{self.name(names)} >= (SELECT MIN({self.name(inner)}) FROM {table.name} WHERE {self.name(names)} <> 2)"]
        return r.choice(tests)

    def named(self):
        """Names that may mean two things: aliases that are columns too, in every clause that may see them."""
        r = self.rng
        source, names = self.named_from(1)
        grouped, items, keys, called = r.random() < 0.5, [], [], []
        for k in range(r.choice([1, 2, 2, 3])):
            total = grouped and (k or r.random() < 0.3)
            item = self.pick(names) if total else self.over(self.name(names))
            alias = r.choice([self.name(names).split(".")[-1]] * 3 + ["n", "m", None])
            called.append(None if alias in called else alias)
            if grouped and not total:
                keys.append(r.choice([item, item] + ([called[-1], str(k + 1)] if called[-1] else [])))
            items.append(f"{item} AS {called[-1]}" if called[-1] else item)
        seen = [(a, r.choice(names)[1]) for a in called if a] + names
        text = f"SELECT {'DISTINCT ' if r.random() < 0.15 else ''}{', '.join(items)} FROM {source}"
        if r.random() < 0.4:
            text += f" WHERE {self.named_where(names, 1)}"
        if keys:
            text += f" GROUP BY {', '.join(keys)}"
        if grouped and r.random() < 0.5:
            text += f" HAVING {r.choice([self.pick(seen), r.choice(seen)[0]])} {r.choice(['>', '<', '='])} {r.choice('0123')}"
        if r.random() < 0.6:
            first = r.choice([self.over(r.choice(seen)[0]), r.choice(seen)[0], self.name(seen), self.pick(seen) if grouped else "1"])
            rest = ", ".join(str(k + 1) for k in range(len(items)))
            text += f" ORDER BY {first}{r.choice(['', ' DESC'])}, {rest}"
        if r.random() < 0.15:
            table = r.choice([t for t in self.schema if self.integers(t, "")])
            text = f"WITH {table.name} AS (SELECT {', '.join(n for n, _ in self.integers(table, ''))} FROM {table.name} WHERE {self.named_where(self.integers(table, table.name), 0)}) {text}"
        return text

    def select(self, kinds):
        return self.rng.choice([self.plain, self.plain, self.grouped, self.grouped, self.windowed, self.windowed, self.qualified])(kinds)

    def query(self):
        r = self.rng
        kinds = [r.choice(["int", "int", "real", "text", "date", "ts", "bool"] + (["span"] * 2 if self.dialect in ("postgres", "duckdb") else [])) for _ in range(r.choice([1, 2, 2, 3]))]
        shape = r.random()
        if shape < 0.12:
            op = r.choice(["UNION", "UNION ALL", "EXCEPT", "INTERSECT"])
            if self.dialect == "mysql" and op != "UNION ALL":
                kinds = [k for k in kinds if k != "text"] or ["int"]
            text = f"{self.select(kinds)} {op} {self.select(kinds)}"
        elif shape < 0.27:
            inner = self.select(kinds)
            self.scope = [(f"t.c{k + 1}", kind) for k, kind in enumerate(kinds)]
            outer = [self.expr(k, 2) for k in kinds]
            where = f" WHERE {self.expr('bool', 2)}"
            text = (f"WITH t AS ({inner}) SELECT {self.items(outer)} FROM t{where}" if r.random() < 0.5 else
                    f"SELECT {self.items(outer)} FROM ({inner}) t{where}")
        else:
            text = self.select(kinds)
        if shape > 0.93:
            text = self.lateral(kinds)
            kinds = kinds + ["int"] * (self.dialect != "mysql")
        ties = self.dialect == "mysql" and "text" in kinds  # 'a' and 'A' stand in any order
        if r.random() < 0.5 and not ties:
            order = [f"{k + 1}{r.choice(['', ' DESC'])}" for k in range(len(kinds))]
            text += " ORDER BY " + ", ".join(order)
            if r.random() < 0.3:
                text += f" LIMIT {r.choice([1, 2, 3])}"
        return text
