// load: a load is graded by the tables that it leaves: after one run, after a second one, with its
// batches in another order, and after a crash in the middle.
//
// All of them together are one result, told apart by a first column; so a load is compared, shrunk
// and shown like a query. The reference, run in the same ways, says what should be there.
#include "base/check.h"
#include "exam/private.h"
#include "exam/run.h"

enum {
    CRASHES_MOST = 12, // one less of them
    ROUNDS_MOST = 4,   // of a way
    WAYS_MOST = CRASHES_MOST + 2,
    ALL_ROUNDS_MOST = WAYS_MOST * (ROUNDS_MOST + 1),
};

typedef struct {
    int batches[ROUNDS_MOST + 1];       // which one arrives: 1, 2; BOTH in one; 0 = the end
    const char *after[ROUNDS_MOST + 1]; // what the first column says of the state then; or NULL
} Way;
enum { BOTH = 3 };

// Of all ways, one after the other.
typedef struct {
    QueryRound at[ALL_ROUNDS_MOST];
    size_t len;
    size_t ways[WAYS_MOST], way_count; // rounds of each
} Rounds;

// Where the drill has batches. The first state is what a crash is compared with.
static const Way in_batches[] = {
    {{1, 2, 2}, {NULL, "both batches", "the second batch again"}},
    {{2, 1}, {NULL, "the second batch before the first"}},
};
static const Way at_once[] = {{{BOTH, BOTH}, {"one run", "a second run"}}};

typedef struct {
    QueryWorker *q;
    Arena *a;
    const ExamSpec *spec;
    const WarehouseSpec *w;
    const SqlProgram *program;
    const QueryLimits *limits;
    StrList setup, fill;
    QueryResult *out;
    VEC(Value) cells;
    size_t rows, width, tables;
    double elapsed_ms, cpu_ms;
    int64_t steps;
} Load;

// --- What is ours: keys, and batches ---

static Str quoted(Arena *a, Str name)
{
    return str_fmt(a, "\"" STR_FMT "\"", STR_ARG(name)); // names of a warehouse hold no quote
}

typedef VEC(Str) Statements;

// A table for all batches together, and what the tables are held to.
static StrList setup_of(Load *l, Dialect d)
{
    Statements out = {0};
    for (size_t i = 0; i < l->spec->batches.len; i++) {
        Str name, column;
        str_cut(l->spec->batches.at[i], '.', &name, &column);
        *vec_push(l->a, &out) = str_fmt(
            l->a, "CREATE TABLE \"gr_all_" STR_FMT "\" AS SELECT * FROM " STR_FMT " LIMIT 0",
            STR_ARG(name), STR_ARG(quoted(l->a, name)));
    }
    size_t room = l->spec->load.len * LOAD_HOLD_STATEMENTS;
    StrList holds = {arena_array(l->a, Str, room), 0};
    for (size_t i = 0; i < l->spec->load.len; i++) {
        const TableSpec *t = warehouse_table(l->w, l->spec->load.at[i]);
        if (t) load_hold(l->a, t, d, &holds, room);
    }
    for (size_t i = 0; i < holds.len; i++) *vec_push(l->a, &out) = holds.at[i];
    return (StrList){out.at, out.len};
}

static StrList fill_of(Load *l)
{
    Statements out = {0};
    for (size_t i = 0; i < l->spec->batches.len; i++) {
        Str name, column;
        str_cut(l->spec->batches.at[i], '.', &name, &column);
        *vec_push(l->a, &out) = str_fmt(l->a, "DELETE FROM \"gr_all_" STR_FMT "\"", STR_ARG(name));
        *vec_push(l->a, &out) =
            str_fmt(l->a, "INSERT INTO \"gr_all_" STR_FMT "\" SELECT * FROM main." STR_FMT,
                    STR_ARG(name), STR_ARG(quoted(l->a, name)));
    }
    return (StrList){out.at, out.len};
}

// The next batch lies in its table, in place of the one before: first the rows with the lowest
// value of the column, then the others.
static StrList arrival(Load *l, int batch)
{
    Statements out = {0};
    for (size_t i = 0; batch != BOTH && i < l->spec->batches.len; i++) {
        Str name, column;
        str_cut(l->spec->batches.at[i], '.', &name, &column);
        Str table = quoted(l->a, name), by = quoted(l->a, column);
        *vec_push(l->a, &out) = str_fmt(l->a, "DELETE FROM main." STR_FMT, STR_ARG(table));
        *vec_push(l->a, &out) = str_fmt(
            l->a,
            "INSERT INTO main." STR_FMT " SELECT * FROM \"gr_all_" STR_FMT "\" WHERE (" STR_FMT
            " IS (SELECT MIN(" STR_FMT ") FROM \"gr_all_" STR_FMT "\")) = %d",
            STR_ARG(table), STR_ARG(name), STR_ARG(by), STR_ARG(by), STR_ARG(name), batch == 1);
    }
    return (StrList){out.at, out.len};
}

// --- One way of running it ---

// r: one result for each way.
static bool run_script(Load *l, const Rounds *all, QueryScriptResult *r, Error *err)
{
    const SqlProgram *p = l->program;
    QueryStatement *at = arena_array(l->a, QueryStatement, p->part_count);
    for (size_t i = 0; i < p->part_count; i++)
        at[i] = (QueryStatement){p->parts[i].text, p->parts[i].statement, p->parts[i].scratch,
                                 p->parts[i].rows};
    QueryScript s = {.setup = l->setup,
                     .fill = l->fill,
                     .at = at,
                     .len = p->part_count,
                     .rounds = all->at,
                     .round_count = all->len,
                     .ways = all->ways,
                     .way_count = all->way_count,
                     .tables = l->spec->load};
    if (!query_script(l->q, l->a, &s, l->limits, r, err)) return false;
    for (size_t i = 0; i < all->way_count; i++) {
        l->elapsed_ms += r[i].last.elapsed_ms;
        l->cpu_ms += r[i].last.cpu_ms;
        l->steps += r[i].last.steps;
    }
    return true;
}

static void add_round(Rounds *all, QueryRound r)
{
    CHECK(all->len < ALL_ROUNDS_MOST);
    all->at[all->len++] = r;
}

// Up to `most` rounds of it.
static size_t add_rounds(Load *l, const Way *way, size_t most, Rounds *all)
{
    size_t n = 0;
    for (; n < most && way->batches[n]; n++)
        add_round(all, (QueryRound){arrival(l, way->batches[n]), QUERY_WHOLE, way->after[n]});
    return n;
}

// --- The one result ---

static Value text_value(Load *l, const char *text)
{
    return VALUE_STR(str_copy(l->a, str_from(text)));
}

static void add_row(Load *l, const char *after, Str table, const Value *cells, size_t width)
{
    *vec_push(l->a, &l->cells) = text_value(l, after);
    if (l->tables > 1) *vec_push(l->a, &l->cells) = VALUE_STR(table);
    size_t lead = l->tables > 1 ? 2 : 1;
    for (size_t i = 0; i + lead < l->width; i++)
        *vec_push(l->a, &l->cells) = i < width ? cells[i] : (Value){0};
    l->rows++;
}

// The state-th of those that were wanted.
static void add_finals(Load *l, const char *after, const QueryScriptResult *r, size_t state)
{
    for (size_t t = 0; t < l->tables; t++) {
        const QueryFinal *f = &r->finals[state * l->tables + t];
        Str name = l->spec->load.at[t];
        if (!f->found) {
            Value gone = text_value(l, "there is no such table any more");
            add_row(l, after, name, &gone, 1);
        }
        l->out->table.more = l->out->table.more || f->rows.more;
        for (size_t i = 0; f->found && i < f->rows.rows; i++)
            add_row(l, after, name, &f->rows.cells[i * f->rows.width], f->rows.width);
    }
}

static bool is_violation(const Load *l, const QueryScriptResult *r, Str *sentence)
{
    Dialect d = l->program->script.dialect;
    return r->last.error.kind != ERROR_NONE &&
           load_violation(l->a, d, str_from(r->last.error.text), sentence);
}

// A run that fails on rows which are there already, or that fails only the second time, leaves a
// row that says so: it is wrong, not unable to run.
static void add_failure(Load *l, const char *after, const QueryScriptResult *r)
{
    Str broken;
    Value why = text_value(l, r->last.error.text);
    if (is_violation(l, r, &broken))
        why = VALUE_STR(str_fmt(l->a, "it fails: " STR_FMT, STR_ARG(broken)));
    add_row(l, after, l->spec->load.at[0], &why, 1);
}

static void add_columns(Load *l)
{
    size_t lead = l->tables > 1 ? 2 : 1, widest = 1;
    const TableSpec *one = warehouse_table(l->w, l->spec->load.at[0]);
    for (size_t i = 0; i < l->tables; i++) {
        const TableSpec *t = warehouse_table(l->w, l->spec->load.at[i]);
        if (t && t->width > widest) widest = t->width;
    }
    l->width = lead + widest;
    Column *c = arena_array(l->a, Column, l->width);
    c[0] = (Column){S("after"), TYPE_TEXT};
    if (lead > 1) c[1] = (Column){S("table"), TYPE_TEXT};
    for (size_t i = 0; i < widest; i++) {
        bool named = l->tables == 1 && one && i < one->width;
        c[lead + i] = named ? (Column){str_copy(l->a, one->columns[i].name), one->columns[i].type}
                            : (Column){str_fmt(l->a, "column%zu", i + 1), TYPE_UNKNOWN};
    }
    l->out->table.columns = c;
    l->out->table.width = l->width;
}

// --- The ways ---

// The error of the first run is the answer's own, with its place in the program's text.
static void first_failed(Load *l, const QueryScriptResult *r)
{
    Table columns = l->out->table;
    Str broken;
    *l->out = r->last;
    l->out->table = columns;
    if (is_violation(l, r, &broken))
        error_set(&l->out->error, ERROR_RUNTIME, "It fails: " STR_FMT ".", STR_ARG(broken));
    const SqlProgram *p = l->program;
    if (r->at >= p->part_count || r->last.error_at == SIZE_MAX) return;
    const char *part = p->parts[r->at].text.ptr;
    bool inside = part >= p->text.ptr && part < p->text.ptr + p->text.len;
    l->out->error_at = inside ? (size_t)(part - p->text.ptr) + r->last.error_at : SIZE_MAX;
}

static void add_state(Load *l, const char *after, const QueryScriptResult *r, size_t state)
{
    if (state * l->tables < r->final_count) {
        add_finals(l, after, r, state);
    } else {
        add_failure(l, after, r);
    }
}

// Every statement may be the last one before a crash; then all of it runs, up to the first state.
// One statement is done whole or not at all.
static void add_crashes(Load *l, const Way *whole, Rounds *all)
{
    uint32_t statements = l->program->parts[l->program->part_count - 1].statement + 1;
    size_t first = 1;
    while (!whole->after[first - 1]) first++;
    for (uint32_t k = 1; k < statements && k < CRASHES_MOST; k++) {
        add_round(all, (QueryRound){arrival(l, whole->batches[0]), k, false});
        all->ways[all->way_count++] = 1 + add_rounds(l, whole, first, all);
    }
}

// The worst of the states after a crash is the one shown; without any, that of the first run.
static void add_crashed(Load *l, const QueryScriptResult *first, const QueryScriptResult *crashes,
                        size_t count)
{
    uint64_t good = first->final_count ? first->finals[0].digest : 0;
    const QueryScriptResult *r = first;
    for (size_t i = 0; i < count; i++) {
        r = &crashes[i];
        if (r->last.error.kind != ERROR_NONE || r->finals[0].digest != good) break;
    }
    add_state(l, "a crash in the middle and a second run", r, 0);
}

// Whether the answer cannot be run at all: a failure before the first state that is no row which
// breaks a rule of its table, or a limit.
static bool is_unfit(const Load *l, const QueryScriptResult *r, bool first)
{
    Str broken;
    if (r->last.error.kind == ERROR_NONE) return false;
    bool own = first && !r->final_count && !is_violation(l, r, &broken);
    return own || error_is_limit(r->last.error.kind);
}

static bool run_ways(Load *l, const Way *ways, size_t count, Error *err)
{
    Rounds all = {.len = 0};
    QueryScriptResult r[WAYS_MOST];
    for (size_t i = 0; i < count; i++)
        all.ways[all.way_count++] = add_rounds(l, &ways[i], ROUNDS_MOST, &all);
    add_crashes(l, &ways[0], &all);
    if (!run_script(l, &all, r, err)) return false;
    for (size_t i = 0; i < count; i++) {
        if (is_unfit(l, &r[i], i == 0)) {
            first_failed(l, &r[i]);
            return true;
        }
        size_t state = 0;
        for (size_t k = 0; k < all.ways[i]; k++) {
            if (ways[i].after[k]) add_state(l, ways[i].after[k], &r[i], state++);
        }
    }
    add_crashed(l, &r[0], r + count, all.way_count - count);
    return true;
}

// Rows of one way stand together, in the order of all columns.
bool load_agrees(const Table *t, Str *after)
{
    size_t first = 0, n = 0;
    while (n < t->rows && str_eq(table_at(t, n, 0)->text, table_at(t, 0, 0)->text)) n++;
    for (size_t row = n; row < t->rows; row = first + n) {
        first = row;
        *after = table_at(t, row, 0)->text;
        for (size_t i = 0; i < n; i++) {
            bool same = first + i < t->rows && str_eq(table_at(t, first + i, 0)->text, *after);
            for (size_t c = 1; same && c < t->width; c++)
                same = value_same(table_at(t, first + i, c), table_at(t, i, c));
            if (!same) return false;
        }
        bool longer = first + n < t->rows && str_eq(table_at(t, first + n, 0)->text, *after);
        if (longer) return false;
    }
    return true;
}

bool exam_load_once(QueryWorker *q, Arena *a, const ExamSpec *spec, const SqlProgram *program,
                    const QueryLimits *limits, QueryResult *out, Error *err)
{
    *out = (QueryResult){.error_at = SIZE_MAX, .source_at = SIZE_MAX};
    Load l = {.q = q,
              .a = a,
              .spec = spec,
              .w = spec->warehouse,
              .program = program,
              .limits = limits,
              .out = out,
              .tables = spec->load.len};
    l.setup = setup_of(&l, program->script.dialect);
    l.fill = fill_of(&l);
    Rounds once = {.at = {{.until = QUERY_WHOLE, .shown = true}}, .len = 1, .ways = {1}};
    QueryScriptResult r;
    once.way_count = 1;
    if (!run_script(&l, &once, &r, err)) return false;
    if (r.last.error.kind != ERROR_NONE) {
        first_failed(&l, &r);
    } else if (r.finals[0].found) {
        out->table = r.finals[0].rows;
    }
    out->elapsed_ms = l.elapsed_ms;
    out->cpu_ms = l.cpu_ms;
    return true;
}

bool load_run(Examinee *x, Arena *a, const SqlProgram *program, const QueryLimits *limits,
              QueryResult *out, Error *err)
{
    *out = (QueryResult){.error_at = SIZE_MAX, .source_at = SIZE_MAX};
    Load l = {.q = x->q,
              .a = a,
              .spec = x->spec,
              .w = x->w,
              .program = program,
              .limits = limits,
              .out = out,
              .tables = x->spec->load.len};
    if (!program->part_count) {
        error_set(&out->error, ERROR_SYNTAX, "There is no statement here yet.");
        return true;
    }
    l.setup = setup_of(&l, program->script.dialect);
    l.fill = fill_of(&l);
    add_columns(&l);
    bool batches = x->spec->batches.len > 0;
    bool ok = batches ? run_ways(&l, in_batches, sizeof in_batches / sizeof *in_batches, err)
                      : run_ways(&l, at_once, sizeof at_once / sizeof *at_once, err);
    if (out->error.kind == ERROR_NONE) {
        out->table.cells = l.cells.at;
        out->table.rows = l.rows;
    }
    out->elapsed_ms = l.elapsed_ms;
    out->cpu_ms = l.cpu_ms;
    out->steps = l.steps;
    return ok;
}
