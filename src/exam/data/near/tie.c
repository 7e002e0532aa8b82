// tie: the same answer with every tie broken by chance: what it shows then, it may show any day.
//
// SQLite keeps tied rows in the order in which they came, so that an answer whose ROW_NUMBER or
// LIMIT hangs on a tie can agree on every database. Where a key drawn at random behind the others
// changes what is shown, another engine, or the same one tomorrow, shows something else. A key
// behind a total order changes nothing, so that nobody is accused who broke the tie.
#include "base/vec.h"
#include "exam/run.h"

typedef struct {
    size_t at, instead;         // of so many bytes
    const char *before, *after; // of the random key; NULL = taken already, nothing
    bool keyless;
} Insertion;

typedef struct {
    Arena *arena;
    const SqlScript *script;
    const SqlNode *windows; // that the SELECT around gives names; NULL = none
    bool ordered;           // the order of the result counts
    bool gathers;           // what is gathered in no order, too
    VEC(Insertion) list;
    bool down;    // the other way round
    bool borrows; // an order was put into an aggregate
} Breaks;

static void insert(Breaks *t, size_t at, const char *before)
{
    *vec_push(t->arena, &t->list) = (Insertion){.at = at, .before = before};
}

static bool is_called(const SqlNode *call, const Str *names, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (str_eq_nocase(call->text, names[i])) return true;
    }
    return false;
}

// Functions that tell tied rows apart. Ranks do not; a frame of ROWS does, whatever is summed.
static bool tells_apart(const SqlNode *call, const SqlNode *frame)
{
    static const Str names[] = {STR_LIT("ROW_NUMBER"),  STR_LIT("LAG"),        STR_LIT("LEAD"),
                                STR_LIT("FIRST_VALUE"), STR_LIT("LAST_VALUE"), STR_LIT("NTH_VALUE"),
                                STR_LIT("NTILE")};
    if (frame) return frame->op == OP_ROWS;
    return is_called(call, names, sizeof names / sizeof *names);
}

static const SqlNode *window_named(const Breaks *t, Str name)
{
    for (uint32_t i = 0; t->windows && i < sql_tail_count(t->windows); i++) {
        const SqlNode *item = sql_tail(t->windows, i);
        if (str_eq_nocase(item->child[ITEM_ALIAS]->text, name)) return item->child[ITEM_VALUE];
    }
    return NULL;
}

// OVER w: w is written out, with the key, for this call alone: ranks over w see ties as before.
static void look_at_named(Breaks *t, const SqlNode *n, const SqlNode *over)
{
    const SqlNode *w = window_named(t, over->text);
    if (!w || w->text.len || !tells_apart(n, w->child[WINDOW_FRAME])) return;
    const SqlNode *order = w->child[WINDOW_ORDER];
    if (!order && w->child[WINDOW_FRAME]) return;
    size_t key = order ? order->end : w->end - 1;
    Str head = str_slice(t->script->sql, w->at, key), tail = str_slice(t->script->sql, key, w->end);
    const char *before = str_c(t->arena, str_fmt(t->arena, "OVER (" STR_FMT "%s", STR_ARG(head),
                                                 order ? ", " : " ORDER BY "));
    *vec_push(t->arena, &t->list) =
        (Insertion){over->at, over->end - over->at, before, str_c(t->arena, tail), false};
}

static void look_at_call(Breaks *t, const SqlNode *n)
{
    const SqlNode *over = n->child[CALL_OVER];
    if (over && over->flags & FLAG_NAMED) look_at_named(t, n, over);
    if (!over || over->text.len || over->flags & FLAG_NAMED) return;
    if (!tells_apart(n, over->child[WINDOW_FRAME])) return;
    const SqlNode *order = over->child[WINDOW_ORDER];
    bool closed = over->end && t->script->sql.ptr[over->end - 1] == ')';
    if (order) {
        insert(t, order->end, ", ");
    } else if (closed && !over->child[WINDOW_FRAME]) {
        insert(t, over->end - 1, " ORDER BY ");
    }
}

// Gathers rows in one value, in whatever order they come.
static bool gathers(const SqlNode *call)
{
    static const Str names[] = {STR_LIT("ARRAY_AGG"), STR_LIT("STRING_AGG"),
                                STR_LIT("GROUP_CONCAT")};
    if (call->flags & (FLAG_DISTINCT | FLAG_IGNORE_NULLS | FLAG_RESPECT_NULLS)) return false;
    if (call->child[CALL_ORDER] || call->child[CALL_WITHIN] || call->child[CALL_OVER]) return false;
    return is_called(call, names, sizeof names / sizeof *names);
}

static void look_at_gathering(Breaks *t, const SqlNode *n)
{
    const SqlNode *last = n->count > CALL_OVER + 1 ? n->child[n->count - 1] : NULL;
    if (!last || !t->gathers || !gathers(n)) return;
    insert(t, last->end, " ORDER BY ");
    t->borrows = true;
}

// The x of the greatest y, of which there may be several.
static void look_at_by(Breaks *t, const SqlNode *n)
{
    static const Str names[] = {STR_LIT("MAX_BY"),  STR_LIT("MIN_BY"), STR_LIT("ARG_MAX"),
                                STR_LIT("ARG_MIN"), STR_LIT("ARGMAX"), STR_LIT("ARGMIN")};
    if (!is_called(n, names, sizeof names / sizeof *names) || sql_tail_count(n) != 2) return;
    if (n->child[CALL_ORDER] || n->child[CALL_OVER] || n->child[CALL_SCHEMA]) return;
    insert(t, sql_tail(n, 1)->end, " ORDER BY ");
    t->borrows = true;
}

// Any value of a group is its least here, and may be its greatest.
static void look_at_any(Breaks *t, const SqlNode *n)
{
    static const Str names[] = {STR_LIT("ANY_VALUE"), STR_LIT("ARBITRARY")};
    if (!is_called(n, names, sizeof names / sizeof *names)) return;
    if (n->child[CALL_HAVING] || n->child[CALL_OVER] || n->child[CALL_SCHEMA]) return;
    *vec_push(t->arena, &t->list) =
        (Insertion){n->at, n->text.len, t->down ? "MIN" : "MAX", NULL, true};
}

// Which of the rows that are equal in its columns DISTINCT ON keeps.
static void look_at_distinct_on(Breaks *t, const SqlNode *n)
{
    const SqlNode *on = n->child[QUERY_BODY]->child[SELECT_ON], *order = n->child[QUERY_ORDER];
    const SqlNode *limit = n->child[QUERY_LIMIT];
    if (order) {
        if (!(order->flags & FLAG_ALL)) insert(t, order->end, ", ");
        return;
    }
    if (!on->count) return;
    size_t from = on->child[0]->at, to = on->child[on->count - 1]->end;
    Str columns = str_slice(t->script->sql, from, to);
    insert(t, limit ? limit->at : n->end,
           str_c(t->arena, str_fmt(t->arena, " ORDER BY " STR_FMT ", ", STR_ARG(columns))));
}

// Which of the tied rows LIMIT keeps, and how tied rows of the whole result stand.
static void look_at_query(Breaks *t, const SqlNode *n)
{
    const SqlNode *body = n->child[QUERY_BODY], *order = n->child[QUERY_ORDER];
    const SqlNode *limit = n->child[QUERY_LIMIT];
    const SqlNode *root = t->script->root;
    bool last = t->ordered && root->count == 1 && n == root->child[0];
    bool plain =
        body->kind == NODE_SELECT && !(body->flags & FLAG_DISTINCT) && !body->child[SELECT_ON];
    if (!(limit || last) || !plain || (limit && limit->flags & FLAG_TIES)) return;
    if (order && order->flags & FLAG_ALL) return;
    if (order) {
        insert(t, order->end, ", ");
    } else {
        insert(t, limit ? limit->at : n->end, " ORDER BY ");
    }
}

// Names of windows count in their SELECT, and in the ORDER BY behind it.
static const SqlNode *windows_of(const SqlNode *n)
{
    if (n->kind == NODE_QUERY) n = n->child[QUERY_BODY];
    return n->kind == NODE_SELECT ? n->child[SELECT_WINDOWS] : NULL;
}

static void look(Breaks *t, const SqlNode *n)
{
    const SqlNode *around = t->windows;
    if (n->kind == NODE_SELECT || n->kind == NODE_QUERY) t->windows = windows_of(n);
    for (uint32_t i = 0; i < n->count; i++) {
        if (n->child[i]) look(t, n->child[i]);
    }
    t->windows = around;
    if (n->kind == NODE_CALL) {
        look_at_call(t, n);
        look_at_by(t, n);
        look_at_gathering(t, n);
        look_at_any(t, n);
    }
    if (n->kind != NODE_QUERY) return;
    const SqlNode *body = n->child[QUERY_BODY];
    bool on = body->kind == NODE_SELECT && body->child[SELECT_ON];
    if (on) {
        look_at_distinct_on(t, n);
    } else {
        look_at_query(t, n);
    }
}

// SQLite's own RANDOM would leave to SQLite what borrows from other dialects (sql_borrows), as an
// aggregate with an order does.
static const char *random_of(const Breaks *t)
{
    const SqlScript *s = t->script;
    Dialect d = s->dialect;
    bool rand = d == DIALECT_MYSQL || d == DIALECT_BIGQUERY || d == DIALECT_SPARK ||
                d == DIALECT_FLINK || (d == DIALECT_SQLITE && (t->borrows || sql_borrows(s)));
    return rand ? "RAND() " : "RANDOM() ";
}

static Str with_insertions(Arena *a, Str sql, Breaks *t)
{
    const char *random = random_of(t);
    Buf b = buf_new(a);
    size_t from = 0;
    for (;;) { // few: the next one by place, each round
        Insertion *next = NULL;
        for (size_t i = 0; i < t->list.len; i++) {
            Insertion *one = &t->list.at[i];
            if (one->before && (!next || one->at < next->at)) next = one;
        }
        if (!next) break;
        buf_add(&b, str_slice(sql, from, next->at));
        buf_fmt(&b, "%s", next->before);
        if (!next->keyless) buf_fmt(&b, "%s%s", random, t->down ? "DESC " : "");
        if (next->after) buf_fmt(&b, "%s", next->after);
        from = next->at + next->instead;
        next->before = NULL;
    }
    buf_add(&b, str_slice(sql, from, sql.len));
    return buf_str(&b);
}

typedef struct {
    bool down, gathers;
} How;

static bool broken(Arena *a, const ExamSpec *spec, Str sql, const SqlHome *home, How how,
                   SqlProgram *out)
{
    SqlScript script;
    Error unused;
    if (!sql_parse(a, sql, home->dialect, &script, &unused)) return false;
    bool ordered = spec->rule.key_count || spec->rule.as_reference;
    Breaks t = {.arena = a,
                .script = &script,
                .ordered = ordered,
                .down = how.down,
                .gathers = how.gathers};
    look(&t, script.root);
    if (!t.list.len) return false;
    Str text = with_insertions(a, sql, &t);
    return exam_compile(a, spec->warehouse, text, home, out, &unused);
}

bool tie_program(Arena *a, const ExamSpec *spec, Str sql, const SqlHome *home, SqlProgram *out)
{
    return broken(a, spec, sql, home, (How){false, false}, out);
}

static Ties both_ways(Arena *a, const ExamSpec *spec, Str sql, const SqlHome *home, bool gathers)
{
    Ties t = {0};
    if (spec->load.len) return t;
    t.any = broken(a, spec, sql, home, (How){false, gathers}, &t.way[0]) &&
            broken(a, spec, sql, home, (How){true, gathers}, &t.way[1]);
    return t;
}

Ties ties_find(Arena *a, const ExamSpec *spec, Str sql, const SqlHome *home)
{
    return both_ways(a, spec, sql, home, false);
}

Ties ties_of_wrong(Arena *a, const ExamSpec *spec, Str sql, const SqlHome *home)
{
    Ties t = both_ways(a, spec, sql, home, true);
    return t.any ? t : ties_find(a, spec, sql, home); // not every aggregate takes an order
}
