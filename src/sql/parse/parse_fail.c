// parse_fail: what the sentence says when a text does not parse: what was expected, what stands
// there, and what was probably meant.
#include "sql/parse.h"
#include <stdarg.h>
#include <stdio.h>

enum { QUOTED = 40 }; // bytes of a token that a sentence repeats

static void fail_with(Parser *p, ErrorKind kind, size_t tok, const char *text)
{
    const Tok *t = &p->tok[tok < p->count ? tok : p->count - 1];
    if (!p->failed) error_at(p->err, kind, S(""), (int)t->line, (int)t->column, "%s", text);
    p->failed = true;
    p->pos = p->count - 1;
}

void parse_fail(Parser *p, size_t tok, const char *fmt, ...)
{
    char text[sizeof p->err->text];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(text, sizeof text, fmt, ap);
    va_end(ap);
    fail_with(p, ERROR_SYNTAX, tok, text);
}

void parse_unsupported(Parser *p, const char *what)
{
    char text[160];
    snprintf(text, sizeof text, "%s is not supported here.", what);
    fail_with(p, ERROR_UNSUPPORTED, p->pos, text);
}

void parse_lacks(Parser *p, const char *sentence)
{
    fail_with(p, ERROR_UNSUPPORTED, p->pos, sentence);
}

// The order in which a query's clauses stand; equal ranks may stand in either order.
static const struct {
    int word, rank;
    const char *name;
} clauses[] = {
    {WORD_SELECT, 1, "SELECT"},   {WORD_FROM, 2, "FROM"},      {WORD_WHERE, 3, "WHERE"},
    {WORD_GROUP, 4, "GROUP BY"},  {WORD_HAVING, 5, "HAVING"},  {WORD_WINDOW, 6, "WINDOW"},
    {WORD_QUALIFY, 6, "QUALIFY"}, {WORD_ORDER, 8, "ORDER BY"}, {WORD_LIMIT, 9, "LIMIT"},
    {WORD_OFFSET, 10, "OFFSET"},  {WORD_FETCH, 11, "FETCH"},
};
enum { CLAUSES = sizeof clauses / sizeof *clauses };

static int clause_of(int word)
{
    for (int i = 0; i < CLAUSES; i++) {
        if (clauses[i].word == word) return i;
    }
    return -1;
}

static Str found_text(const Parser *p, const Tok *t)
{
    Str s = tok_text(p, t);
    return str_slice(s, 0, s.len > QUOTED ? QUOTED : s.len);
}

static bool said_clause_order(Parser *p)
{
    int found = clause_of(sym_at(p, 0)), open = clause_of(p->clause);
    if (found < 0 || open < 0) return false;
    const char *name = clauses[found].name, *was = clauses[open].name;
    if (found == open && clauses[found].word == WORD_WHERE) {
        parse_fail(p, p->pos, "There is a WHERE already: join the conditions with AND.");
    } else if (found == open && clauses[found].word != WORD_SELECT) {
        parse_fail(p, p->pos, "There is a second %s: a query has one.", name);
    } else if (clauses[found].rank > 1 && clauses[found].rank < clauses[open].rank) {
        parse_fail(p, p->pos, "%s comes before %s.", name, was);
    } else {
        return false;
    }
    return true;
}

// Words that open what comes next: those a misspelling is compared with.
static const Str openers[] = {
    STR_LIT("SELECT"),    STR_LIT("FROM"),      STR_LIT("WHERE"),  STR_LIT("GROUP"),
    STR_LIT("HAVING"),    STR_LIT("WINDOW"),    STR_LIT("ORDER"),  STR_LIT("QUALIFY"),
    STR_LIT("LIMIT"),     STR_LIT("OFFSET"),    STR_LIT("UNION"),  STR_LIT("JOIN"),
    STR_LIT("LEFT"),      STR_LIT("INNER"),     STR_LIT("CROSS"),  STR_LIT("EXCEPT"),
    STR_LIT("USING"),     STR_LIT("INTERSECT"), STR_LIT("VALUES"), STR_LIT("BETWEEN"),
    STR_LIT("THEN"),      STR_LIT("WHEN"),      STR_LIT("ELSE"),   STR_LIT("OVER"),
    STR_LIT("PARTITION"),
};

static Str meant(const Parser *p, const Tok *t)
{
    if (t->kind != TOKEN_NAME || t->sym) return (Str){0};
    Str word = tok_text(p, t);
    if (word.len < 3) return (Str){0};
    return str_nearest(word, (StrList){(Str *)openers, sizeof openers / sizeof *openers});
}

// The word itself, or the alias that stands before it: SELECT a FORM t stops at t.
static bool said_misspelt(Parser *p)
{
    const Tok *t = tok_at(p, 0);
    size_t at = p->pos;
    Str near = {0};
    if (p->alias && p->alias == p->pos) {
        at = p->pos - 1;
        t = &p->tok[at];
        near = meant(p, t);
    }
    if (!near.len) {
        at = p->pos;
        t = tok_at(p, 0);
        near = meant(p, t);
    }
    if (!near.len) return false;
    parse_fail(p, at, "Did you mean " STR_FMT " instead of " STR_FMT "?", STR_ARG(near),
               STR_ARG(found_text(p, t)));
    return true;
}

static bool ends_value(const Tok *t)
{
    if (t->kind == TOKEN_OPERATOR) return t->sym == ')' || t->sym == ']';
    return !(sql_word_flags(t->sym) & WORD_RESERVED) || t->sym == WORD_END || t->sym == WORD_NULL;
}
static bool starts_value(const Tok *t)
{
    if (t->kind == TOKEN_OPERATOR || t->kind == TOKEN_END) return false;
    return !(sql_word_flags(t->sym) & (WORD_RESERVED | WORD_NO_ALIAS)) || t->sym == WORD_CASE ||
           t->sym == WORD_CAST;
}

// in_list: a comma may stand here.
static bool said_comma(Parser *p, bool in_list)
{
    const Tok *t = tok_at(p, 0), *before = p->pos ? t - 1 : NULL;
    if (!before) return false;
    Str text = found_text(p, t);
    bool clause = clause_of(t->sym) >= 0 || t->sym == ')' || t->sym == WORD_ON;
    if (before->sym == ',' && clause) {
        parse_fail(p, p->pos - 1, "There is a comma too many before " STR_FMT ".", STR_ARG(text));
    } else if (before->sym == ',' && t->sym == ',') {
        parse_fail(p, p->pos, "There is a comma too many here.");
    } else if (in_list && ends_value(before) && starts_value(t)) {
        parse_fail(p, p->pos, "A comma or an operator is missing before " STR_FMT ".",
                   STR_ARG(text));
    } else {
        return false;
    }
    return true;
}

static bool said_end(Parser *p, const char *what)
{
    if (tok_at(p, 0)->kind != TOKEN_END && !is(p, ';')) return false;
    if (p->pos && p->tok[p->pos - 1].sym == ',') {
        parse_fail(p, p->pos - 1, "There is a comma too many at the end, or %s is missing.", what);
    } else if (p->opened.len) {
        size_t open = p->opened.at[p->opened.len - 1];
        parse_fail(p, open, "This ( is never closed: the statement ends and %s is missing.", what);
    } else {
        parse_fail(p, p->pos, "The statement ends where %s was expected.", what);
    }
    return true;
}

static bool said_reserved(Parser *p, const char *what)
{
    const Tok *t = tok_at(p, 0);
    if (!(sql_word_flags(t->sym) & WORD_RESERVED)) return false;
    const Tok *next = tok_at(p, 1);
    bool like_a_name = next->sym == ',' || next->sym == WORD_FROM || next->sym == '.' ||
                       next->kind == TOKEN_END || next->sym == '=' || next->sym == ')';
    if (!like_a_name) return false;
    Str text = found_text(p, t);
    parse_fail(p, p->pos, "Expected %s, but " STR_FMT " is a keyword: as a name it needs quotes.",
               what, STR_ARG(text));
    return true;
}

static bool said_operator(Parser *p)
{
    int sym = sym_at(p, 0), next = sym_at(p, 1);
    if (sym == '?' || sym == '@' || (sym == ':' && is_name(p, 1)) || sym == '$') {
        bool position = sym == '$' && p->dialect == DIALECT_SNOWFLAKE;
        parse_fail(p, p->pos, "%s",
                   position ? "Columns by their position ($1) are not supported here: give them "
                              "names, AS t (a, b)."
                            : "Parameters have no value here: write the value itself.");
    } else if ((sym == '{' && next == '{') || (sym == '{' && next == '%')) {
        parse_fail(p, p->pos, "Templates are not filled in here: write the SQL they stand for.");
    } else if (sym == ')' && p->opened.len == 0) {
        parse_fail(p, p->pos, "This ) closes nothing.");
    } else {
        return false;
    }
    return true;
}

void parse_expected(Parser *p, const char *what)
{
    bool in_list = what[0] == ')' || what[0] == ']' || what[0] == '}';
    if (p->failed || parse_named(p) || said_end(p, what) || said_operator(p) ||
        said_clause_order(p) || said_comma(p, in_list) || said_misspelt(p) ||
        said_reserved(p, what)) {
        return;
    }
    Str text = found_text(p, tok_at(p, 0));
    parse_fail(p, p->pos, "Expected %s, but found " STR_FMT ".", what, STR_ARG(text));
}

void parse_unclosed(Parser *p)
{
    int sym = sym_at(p, 0);
    if (parse_named(p)) return;
    bool next_clause = clause_of(sym) >= 0 || sym == WORD_AS || sym == WORD_JOIN;
    if (p->failed || !next_clause || !p->opened.len || said_clause_order(p)) {
        parse_expected(p, ")");
        return;
    }
    parse_fail(p, p->opened.at[p->opened.len - 1], "This ( is not closed before " STR_FMT ".",
               STR_ARG(sql_word_text(sym)));
}

// What cannot follow a whole statement.
static bool said_stray(Parser *p)
{
    switch (sym_at(p, 0)) {
    case WORD_JOIN:
    case WORD_LEFT:
    case WORD_INNER:
    case WORD_CROSS:
        parse_fail(p, p->pos, "A JOIN belongs to FROM: it comes before WHERE and GROUP BY.");
        return true;
    case WORD_NOT:
        parse_fail(p, p->pos, "NOT between values stands before IN, LIKE or BETWEEN only.");
        return true;
    case WORD_ON:
        parse_fail(p, p->pos, "ON belongs to a JOIN: here it follows a table joined by a comma.");
        return true;
    case WORD_AND:
    case WORD_OR:
        parse_fail(p, p->pos, "This condition has no WHERE, ON or HAVING before it.");
        return true;
    case WORD_BETWEEN:
    case WORD_THEN:
    case WORD_WHEN:
    case WORD_ELSE:
    case WORD_END:
        parse_fail(p, p->pos, STR_FMT " has no CASE that it belongs to.",
                   STR_ARG(sql_word_text(sym_at(p, 0))));
        return true;
    case WORD_SELECT:
    case WORD_WITH:
    case WORD_INSERT:
        parse_fail(p, p->pos, "A new statement starts here: a ; is missing before it.");
        return true;
    default:
        return false;
    }
}

// SELECT a COUNT(*): the function was taken for an alias.
static bool said_call(Parser *p)
{
    if (!is(p, '(') || !p->alias || p->alias != p->pos) return false;
    Str name = found_text(p, &p->tok[p->pos - 1]);
    parse_fail(p, p->pos - 1, "A comma or an operator is missing before " STR_FMT ".",
               STR_ARG(name));
    return true;
}

void parse_end_of_statement(Parser *p)
{
    bool ends = is(p, ';') || tok_at(p, 0)->kind == TOKEN_END;
    if (!ends && parse_named(p)) return;
    if (p->failed || said_operator(p) || said_clause_order(p) || said_misspelt(p)) return;
    if (said_stray(p) || said_call(p) || said_comma(p, true)) return;
    Str text = found_text(p, tok_at(p, 0));
    parse_fail(p, p->pos, "The statement cannot go on with " STR_FMT ".", STR_ARG(text));
}
