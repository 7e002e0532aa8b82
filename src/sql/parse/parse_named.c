// parse_named: what is known and not run here, said by its name where it stands, before the parser
// finds that it does not understand it; and what hands in a hurry type, said by what was meant.
#include "sql/parse.h"

static const struct {
    unsigned in; // dialects that have it; 0 = wherever it stands
    const char *words;
    const char *sentence;
} constructs[] = {
    {0, "| >", "Pipe syntax (|>) is not supported here: write the clauses of one SELECT."},
    {0, "SEARCH DEPTH",
     "SEARCH of a recursive CTE is not supported here: carry the path as a column and order by "
     "it."},
    {0, "SEARCH BREADTH",
     "SEARCH of a recursive CTE is not supported here: carry the depth as a column and order by "
     "it."},
    {1 << DIALECT_POSTGRES, "CYCLE",
     "CYCLE is not supported here: carry the path as a column and leave out what is in it."},
    {1 << DIALECT_DUCKDB, "USING KEY",
     "USING KEY of a recursive CTE is not supported here: take the last row of each key outside."},
    {1 << DIALECT_SPARK, "AS OF", "AS OF reads an older state of a table: there is only one here."},
    {1 << DIALECT_POSTGRES, "ROWS FROM (",
     "ROWS FROM is not supported here: join the functions, or give UNNEST several arrays."},
    {1 << DIALECT_SNOWFLAKE, "DEFAULT ON NULL",
     "DEFAULT ON NULL of a PIVOT is not supported here: COALESCE its columns outside."},
};

// The parser stops at `words`, right behind `before`.
static const struct {
    const char *before, *words, *sentence;
} habits[] = {
    {"CROSS", "APPLY", "CROSS APPLY is SQL Server's: write CROSS JOIN LATERAL (…) AS x."},
    {"OUTER", "APPLY", "OUTER APPLY is SQL Server's: write LEFT JOIN LATERAL (…) AS x ON TRUE."},
    {"( +", ")", "The (+) of Oracle's outer join is not read here: write LEFT JOIN … ON."},
    {"LIKE", "%", "A pattern is a text and stands in quotes: LIKE '%a%'."},
    {"ILIKE", "%", "A pattern is a text and stands in quotes: ILIKE '%a%'."},
    {"", "! =", "An operator is written without a blank in it: != or <>."},
    {"<", ">", "An operator is written without a blank in it: <>."},
    {">", "=", "An operator is written without a blank in it: >=."},
    {"=", "<", "This comparison is written <=, with the = last."},
    {"=", ">", "This comparison is written >=, with the = last."},
    {"", "=>", "=> gives an argument by its name: not less than is written >=."},
};

// The tokens before the current one, from the last to the first.
static bool is_behind(const Parser *p, const char *words)
{
    Str rest = str_from(words);
    for (size_t back = 1; rest.len; back++) {
        if (back > p->pos) return false;
        size_t start = rest.len;
        while (start && rest.ptr[start - 1] != ' ') start--;
        Str word = str_slice(rest, start, rest.len);
        if (!str_eq_nocase(tok_text(p, &p->tok[p->pos - back]), word)) return false;
        rest = str_slice(rest, 0, start ? start - 1 : 0);
    }
    return true;
}

static bool said_habit(Parser *p)
{
    for (size_t i = 0; i < sizeof habits / sizeof *habits; i++) {
        if (!is_words(p, habits[i].words) || !is_behind(p, habits[i].before)) continue;
        parse_fail(p, p->pos, "%s", habits[i].sentence);
        return true;
    }
    return false;
}

static bool has_construct(const Parser *p, size_t i)
{
    unsigned in = constructs[i].in;
    return (!in || in >> p->dialect & 1) && is_words(p, constructs[i].words);
}

// FROM orders |> WHERE …: the query starts with FROM, and pipes follow it.
static bool said_pipes(Parser *p)
{
    bool may = p->dialect == DIALECT_BIGQUERY || p->dialect == DIALECT_SPARK;
    if (!may || !is(p, WORD_FROM)) return false;
    for (size_t at = p->pos; at + 1 < p->count; at++) {
        const Tok *t = &p->tok[at];
        if (t[0].sym != '|' || t[1].sym != '>' || t[0].end != t[1].at) continue;
        p->pos = at;
        parse_lacks(p, constructs[0].sentence);
        return true;
    }
    return false;
}

bool parse_named(Parser *p)
{
    if (p->failed || said_pipes(p)) return true;
    for (size_t i = 0; i < sizeof constructs / sizeof *constructs; i++) {
        if (!has_construct(p, i)) continue;
        parse_lacks(p, constructs[i].sentence);
        return true;
    }
    return said_habit(p);
}
