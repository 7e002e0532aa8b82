// parse_named: what is known and not run here, said by its name where it stands, before the parser
// finds that it does not understand it.
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
    return false;
}
