// steps: the parts of a query that can be run alone: each CTE, each uncorrelated subquery, each arm
// of a UNION, the whole.
//
// A step's text is cut from the source, so it stays in the candidate's dialect; in front stand the
// CTEs that it may read.
#include "base/buf.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "sql/sql.h"

enum { STEPS_MAX = 40 };

typedef struct Before { // the CTEs of one WITH that stand before a place
    const struct Before *around;
    const SqlNode *with;
    uint32_t count;
} Before;

typedef struct {
    Arena *arena;
    const SqlScript *script;
    const SqlSchema *schema;
    VEC(SqlStep) steps;
} Walk;

typedef struct { // the text of a step while it is put together
    Buf text;
    VEC(SqlPiece) pieces;
} Cut;

static void cut(const Walk *w, Cut *c, const SqlNode *n)
{
    Str part = sql_source(w->script->sql, n);
    *vec_push(w->arena, &c->pieces) =
        (SqlPiece){buf_str(&c->text).len, (size_t)(part.ptr - w->script->sql.ptr), part.len};
    buf_add(&c->text, part);
}

// One of the WITHs says RECURSIVE: they become one, which then must say it too.
static bool is_recursive(const Before *before)
{
    for (; before; before = before->around) {
        if (before->count && before->with->flags & FLAG_RECURSIVE) return true;
    }
    return false;
}

static bool add_before(const Walk *w, Cut *c, const Before *before, bool recursive)
{
    if (!before) return false;
    bool any = add_before(w, c, before->around, recursive);
    for (uint32_t i = 0; i < before->count; i++) {
        buf_add(&c->text, any ? S(",\n") : recursive ? S("WITH RECURSIVE ") : S("WITH "));
        cut(w, c, before->with->child[i]);
        any = true;
    }
    return any;
}

// Nodes that call `name`: of MySQL's "@" and "@:=" below n.
static uint32_t calls(const SqlNode *n, Str name)
{
    uint32_t count = n && n->kind == NODE_CALL && str_eq(n->text, name);
    for (uint32_t i = 0; n && i < n->count; i++) count += calls(n->child[i], name);
    return count;
}

// It reads a variable, and some are set elsewhere: alone it would read what nobody has set.
static bool reads_set_elsewhere(const Walk *w, const SqlNode *n)
{
    return calls(n, S("@")) && calls(n, S("@:=")) != calls(w->script->root, S("@:="));
}

// Does it stand on its own, or does it read the row of a query around it?
static bool is_alone(Walk *w, Str sql)
{
    Arena scratch = {0};
    SqlScript s;
    SqlMeaning m;
    Error err;
    bool alone = sql_parse(&scratch, sql, w->script->dialect, &s, &err) &&
                 sql_resolve(&scratch, &s, w->schema, &m, &err);
    arena_free(&scratch);
    return alone;
}

static void add_step(Walk *w, const SqlNode *place, Str name, Cut *c)
{
    Str sql = buf_str(&c->text);
    if (w->steps.len >= STEPS_MAX || reads_set_elsewhere(w, place) || !is_alone(w, sql)) return;
    *vec_push(w->arena, &w->steps) = (SqlStep){.name = name,
                                               .sql = sql,
                                               .pieces = c->pieces.at,
                                               .piece_count = c->pieces.len,
                                               .at = place->at,
                                               .end = place->end,
                                               .line = (int)place->line,
                                               .column = (int)place->column};
}

static bool is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

// "(SELECT MAX(pay) FROM staff …)": what a subquery without a name is called.
static Str first_words(const Walk *w, const SqlNode *query)
{
    enum { CELLS_MOST = 40 };
    Str text = sql_source(w->script->sql, query);
    bool arm = query->kind == NODE_QUERY && query->child[QUERY_BODY]->kind == NODE_SELECT &&
               str_starts(text, S("(")); // an arm of a UNION has its parentheses with it
    if (arm) text = str_slice(text, 1, text.len - 1);
    Buf words = buf_new(w->arena);
    for (size_t i = 0; i < text.len; i++) {
        bool blank = is_blank(text.ptr[i]);
        if (!blank) buf_char(&words, text.ptr[i]);
        if (blank && !is_blank(text.ptr[i + 1])) buf_char(&words, ' '); // its last byte is none
    }
    Str all = buf_str(&words), begin = utf8_fit(all, CELLS_MOST, NULL);
    bool cut = begin.len < all.len;
    size_t end = begin.len;
    while (cut && end && begin.ptr[end - 1] != ' ') end--; // at the end of a word, where it has one
    if (end) begin.len = end;
    return str_fmt(w->arena, "(" STR_FMT "%s)", STR_ARG(str_trim(begin)), cut ? " …" : "");
}

// An arm of UNION … that reads a table: of constants there is nothing to see.
static bool is_arm(const SqlNode *n)
{
    return n->kind == NODE_QUERY || (n->kind == NODE_SELECT && n->child[SELECT_FROM]);
}

static void add_query(Walk *w, const SqlNode *query, Str name, const Before *before)
{
    Cut c = {.text = buf_new(w->arena)};
    bool any = add_before(w, &c, before, is_recursive(before));
    bool with = query->kind == NODE_QUERY && query->child[QUERY_WITH];
    bool own = with && any; // two WITHs do not stand in a row
    if (any) buf_char(&c.text, '\n');
    if (own) buf_add(&c.text, S("SELECT * FROM (\n"));
    cut(w, &c, query);
    if (own) buf_add(&c.text, S("\n) AS step"));
    add_step(w, query, name, &c);
}

// The name as it was written: in quotes, where it needs them.
static Str name_of(const Walk *w, const SqlNode *cte)
{
    Lexer x = sql_lexer(w->script->sql, w->script->dialect);
    x.at = cte->at;
    return sql_next(&x).text;
}

static void walk(Walk *w, const SqlNode *n, const Before *before);

// A WITH's own CTEs, each with those before it; what stands behind sees all of them.
static void walk_with(Walk *w, const SqlNode *n, uint32_t role, const Before *before)
{
    const SqlNode *with = n->child[role];
    if (with && with->kind != NODE_WITH) with = NULL; // the statement has no place for one
    Before here = {before, with, 0};
    for (uint32_t i = 0; i < sql_tail_count(with); i++) {
        const SqlNode *cte = sql_tail(with, i);
        walk(w, cte->child[CTE_QUERY], &here);
        here.count = i + 1;
        Cut c = {.text = buf_new(w->arena)};
        add_before(w, &c, &here, is_recursive(&here));
        buf_add(&c.text, S("\nSELECT * FROM "));
        buf_add(&c.text, name_of(w, cte));
        add_step(w, cte, cte->text, &c);
    }
    for (uint32_t i = role + 1; i < n->count; i++) walk(w, n->child[i], with ? &here : before);
}

static void walk(Walk *w, const SqlNode *n, const Before *before)
{
    if (!n) return;
    if (n->kind == NODE_QUERY) {
        walk_with(w, n, QUERY_WITH, before);
        return;
    }
    for (uint32_t i = 0; i < n->count; i++) {
        walk(w, n->child[i], before);
        if (n->kind == NODE_SETOP && is_arm(n->child[i]))
            add_query(w, n->child[i], first_words(w, n->child[i]), before);
    }
    const SqlNode *alias = n->kind == NODE_DERIVED ? n->child[DERIVED_ALIAS] : NULL;
    Str name = alias && alias->child[ALIAS_NAME] ? alias->child[ALIAS_NAME]->text : (Str){0};
    bool query = (n->kind == NODE_DERIVED && n->child[DERIVED_QUERY]->kind == NODE_QUERY) ||
                 ((n->kind == NODE_SUBQUERY || n->kind == NODE_EXISTS) &&
                  n->child[ONLY]->kind == NODE_QUERY);
    if (query) add_query(w, n->child[0], name.len ? name : first_words(w, n->child[0]), before);
}

static void add_whole(Walk *w, const SqlNode *query)
{
    Cut c = {.text = buf_new(w->arena)};
    cut(w, &c, query);
    *vec_push(w->arena, &w->steps) = (SqlStep){.sql = buf_str(&c.text),
                                               .pieces = c.pieces.at,
                                               .piece_count = c.pieces.len,
                                               .whole = true,
                                               .at = query->at,
                                               .end = query->end,
                                               .line = (int)query->line,
                                               .column = (int)query->column};
}

// What a load reads: the rows of its INSERT among it. It cannot be run itself: it writes.
static void walk_load(Walk *w, const SqlNode *n)
{
    static const struct {
        SqlKind kind;
        uint32_t with, rows; // roles; 0 = no query gives its rows
    } loads[] = {
        {NODE_INSERT, INSERT_WITH, INSERT_QUERY},
        {NODE_MERGE, MERGE_WITH, 0},
        {NODE_UPDATE, UPDATE_WITH, 0},
        {NODE_DELETE, DELETE_WITH, 0},
        {NODE_CREATE_TABLE, CREATE_NAME, CREATE_QUERY},
    };
    for (size_t i = 0; i < sizeof loads / sizeof *loads; i++) {
        if (loads[i].kind != n->kind) continue;
        const SqlNode *rows = loads[i].rows ? n->child[loads[i].rows] : NULL;
        const SqlNode *with = n->child[loads[i].with];
        if (with && with->kind != NODE_WITH) with = NULL;
        Before here = {NULL, with, sql_tail_count(with)};
        walk_with(w, n, loads[i].with, NULL);
        if (rows && rows->kind == NODE_QUERY) add_query(w, rows, first_words(w, rows), &here);
    }
}

SqlSteps sql_steps(Arena *a, const SqlScript *s, const SqlSchema *schema)
{
    Walk w = {.arena = a, .script = s, .schema = schema};
    const SqlNode *root = s->root;
    const SqlNode *last = root->count ? root->child[root->count - 1] : NULL;
    if (last && last->kind == NODE_QUERY) {
        walk(&w, last, NULL);
        add_whole(&w, last);
    } else if (last) {
        walk_load(&w, last);
    }
    return (SqlSteps){w.steps.at, w.steps.len};
}

void sql_step_place(const SqlStep *step, Str source, int *line, int *column)
{
    size_t at = sql_offset(step->sql, *line, *column), origin = step->at;
    for (size_t i = 0; i < step->piece_count; i++) {
        const SqlPiece *p = &step->pieces[i];
        if (at >= p->in_step && at - p->in_step <= p->len)
            origin = p->in_source + (at - p->in_step);
    }
    sql_place(source, origin, line, column);
}
