// fn_rows: functions that stand in FROM and make rows: gr_each of a JSON array, gr_series of
// numbers, gr_rows of what the aggregate gr_pack collected.
//
// LATERAL runs by the last two: SQLite lets the argument of a function in FROM name the tables
// before it, so a correlated query is packed by a scalar subquery and unpacked beside its row, with
// every value as it was. The columns have names that no table has, and are always qualified.
#include "query/fn_rows.h"
#include "base/calendar.h"
#include "base/check.h"
#include "query/json_scan.h"
#include <string.h>

enum { PACK_MAX = 30, ARGS_MAX = 5 }; // PACK_MAX columns of gr_rows: c0 …

typedef struct Cursor Cursor;

// A function in FROM. Its arguments are hidden columns behind those that it gives.
typedef struct {
    const char *name;
    const char *declare;
    int outputs, args;
    int rows; // how many there are at a guess, for SQLite's planner
    // Puts the cursor on the first row; false: `error` says why, with the place of the call.
    bool (*start)(Cursor *c, sqlite3_value **v);
    bool (*next)(Cursor *c);
    void (*column)(const Cursor *c, sqlite3_context *out, int i);
} RowMaker;

struct Cursor {
    sqlite3_vtab_cursor base;
    unsigned char *bytes; // of the argument; kept from row to row of a lateral query
    size_t room, len, at;
    int64_t row; // from 0
    bool end;
    // gr_each
    JsonScan scan;
    JsonItem item;
    // gr_rows: where the cells of this row begin
    size_t cells;
    int width;
    // gr_series
    bool real;
    int64_t whole, whole_stop, whole_step;
    double start, stop, step;
    bool moments; // then in these; chained: each from the one before, not from the first
    Moment first, now, last;
    Interval apart;
    bool chained, before; // before: the last one is left out
    int64_t place;
    char error[120];
};

typedef struct {
    sqlite3_vtab base;
    const RowMaker *maker;
} Rows;

static Rows *rows_of(const Cursor *c)
{
    return (Rows *)c->base.pVtab;
}

// --- What they have in common ---

static int connect(sqlite3 *db, void *ctx, int argc, const char *const *argv, sqlite3_vtab **out,
                   char **err)
{
    (void)argc, (void)argv, (void)err;
    const RowMaker *maker = ctx;
    int rc = sqlite3_declare_vtab(db, maker->declare);
    if (rc != SQLITE_OK) return rc;
    sqlite3_vtab_config(db, SQLITE_VTAB_INNOCUOUS);
    Rows *rows = sqlite3_malloc(sizeof *rows);
    if (!rows) return SQLITE_NOMEM;
    *rows = (Rows){.maker = maker};
    *out = &rows->base;
    return SQLITE_OK;
}

static int disconnect(sqlite3_vtab *vtab)
{
    sqlite3_free(vtab);
    return SQLITE_OK;
}

// Arguments come in order, as equalities with the hidden columns. One that is there and cannot be
// known yet makes the planner read another table first.
static int best_index(sqlite3_vtab *vtab, sqlite3_index_info *info)
{
    const RowMaker *maker = ((Rows *)vtab)->maker;
    int at[ARGS_MAX];
    memset(at, -1, sizeof at);
    for (int i = 0; i < info->nConstraint; i++) {
        int arg = info->aConstraint[i].iColumn - maker->outputs;
        if (arg < 0 || info->aConstraint[i].op != SQLITE_INDEX_CONSTRAINT_EQ) continue;
        if (!info->aConstraint[i].usable) return SQLITE_CONSTRAINT;
        at[arg] = i;
    }
    for (int i = 0; i < maker->args; i++) {
        if (at[i] < 0) return SQLITE_CONSTRAINT; // it is written with all of them
        info->aConstraintUsage[at[i]].argvIndex = i + 1;
        info->aConstraintUsage[at[i]].omit = 1;
    }
    info->estimatedCost = maker->rows;
    info->estimatedRows = maker->rows;
    return SQLITE_OK;
}

static int open_cursor(sqlite3_vtab *vtab, sqlite3_vtab_cursor **out)
{
    (void)vtab;
    Cursor *c = sqlite3_malloc(sizeof *c);
    if (!c) return SQLITE_NOMEM;
    *c = (Cursor){.end = true};
    *out = &c->base;
    return SQLITE_OK;
}

static int close_cursor(sqlite3_vtab_cursor *cursor)
{
    sqlite3_free(((Cursor *)cursor)->bytes);
    sqlite3_free(cursor);
    return SQLITE_OK;
}

static int failed(Cursor *c)
{
    sqlite3_vtab *vtab = c->base.pVtab;
    sqlite3_free(vtab->zErrMsg);
    vtab->zErrMsg = sqlite3_mprintf("%s", c->error);
    c->end = true;
    return SQLITE_ERROR;
}

static int filter(sqlite3_vtab_cursor *cursor, int plan, const char *name, int n, sqlite3_value **v)
{
    (void)plan, (void)name;
    Cursor *c = (Cursor *)cursor;
    const RowMaker *maker = rows_of(c)->maker;
    CHECK(n == maker->args);
    *c = (Cursor){.base = c->base, .bytes = c->bytes, .room = c->room};
    return maker->start(c, v) ? SQLITE_OK : failed(c);
}

static int step(sqlite3_vtab_cursor *cursor)
{
    Cursor *c = (Cursor *)cursor;
    c->row++;
    return rows_of(c)->maker->next(c) ? SQLITE_OK : failed(c);
}

static int at_end(sqlite3_vtab_cursor *cursor)
{
    return ((Cursor *)cursor)->end;
}

static int column(sqlite3_vtab_cursor *cursor, sqlite3_context *out, int i)
{
    const Cursor *c = (const Cursor *)cursor;
    const RowMaker *maker = rows_of(c)->maker;
    if (i < maker->outputs) maker->column(c, out, i);
    return SQLITE_OK;
}

static int rowid(sqlite3_vtab_cursor *cursor, sqlite3_int64 *out)
{
    *out = ((Cursor *)cursor)->row;
    return SQLITE_OK;
}

static bool take_bytes(Cursor *c, sqlite3_value *v)
{
    const void *bytes =
        sqlite3_value_type(v) == SQLITE_BLOB ? sqlite3_value_blob(v) : sqlite3_value_text(v);
    c->len = (size_t)sqlite3_value_bytes(v);
    if (c->len >= c->room) {
        sqlite3_free(c->bytes);
        c->room = 2 * c->len + 64;
        c->bytes = sqlite3_malloc64(c->room);
    }
    if (!c->bytes) {
        c->room = 0;
        sqlite3_snprintf(sizeof c->error, c->error, "out of memory");
        return false;
    }
    if (c->len) memcpy(c->bytes, bytes, c->len);
    return true;
}

// --- gr_each(array, at): value, key of an object's member, index from 0 ---

static bool each_next(Cursor *c)
{
    c->end = !json_scan_next(&c->scan, &c->item);
    if (!c->scan.bad) return true;
    sqlite3_snprintf(sizeof c->error, c->error,
                     "@%lld This value is no array: it cannot be unnested.", c->place);
    return false;
}

static bool each_start(Cursor *c, sqlite3_value **v)
{
    c->place = sqlite3_value_int64(v[1]);
    c->end = sqlite3_value_type(v[0]) == SQLITE_NULL;
    if (c->end) return true;
    if (!take_bytes(c, v[0])) return false;
    (void)json_scan_open(&c->scan, (Str){(const char *)c->bytes, c->len});
    return each_next(c);
}

static void each_column(const Cursor *c, sqlite3_context *out, int i)
{
    if (i == 0) json_scan_result(out, c->item.value);
    if (i == 1) json_scan_result(out, c->item.key);
    if (i == 2) sqlite3_result_int64(out, c->row);
}

// --- gr_series(start, stop, step, at) ---

static bool moment_of(Cursor *c, sqlite3_value *v, Moment *out)
{
    const unsigned char *text = sqlite3_value_text(v);
    if (text && moment_read((Str){(const char *)text, (size_t)sqlite3_value_bytes(v)}, out))
        return true;
    sqlite3_snprintf(sizeof c->error, c->error, "@%lld '%.40q' is not a date or time.", c->place,
                     text);
    return false;
}

static bool is_past(const Cursor *c) // the end of the series
{
    bool up = interval_us(c->apart) > 0;
    if (c->before && c->now.us == c->last.us) return true;
    return up ? c->now.us > c->last.us : c->now.us < c->last.us;
}

// The step is a text: '1 MONTH', behind it `chained` or `before` or both.
static bool moments_start(Cursor *c, sqlite3_value **v)
{
    Str step = {(const char *)sqlite3_value_text(v[2]), (size_t)sqlite3_value_bytes(v[2])};
    c->moments = true;
    c->before = str_ends(step, S(" before"));
    if (c->before) step = str_slice(step, 0, step.len - 7);
    c->chained = str_ends(step, S(" chained"));
    if (c->chained) step = str_slice(step, 0, step.len - 8);
    if (!moment_of(c, v[0], &c->first) || !moment_of(c, v[1], &c->last)) return false;
    if (!interval_read(step, &c->apart) || interval_us(c->apart) == 0) {
        sqlite3_snprintf(sizeof c->error, c->error, "@%lld The step of a series cannot be 0.",
                         c->place);
        return false;
    }
    c->now = c->first;
    c->end = is_past(c);
    return true;
}

static bool moments_next(Cursor *c)
{
    int64_t n = c->row; // of the row that comes
    Interval i = c->apart;
    if (!c->chained) i = (Interval){i.months * n, i.days * n, i.us * n};
    MomentKind kind = c->first.kind;
    if (!moment_plus(c->chained ? c->now : c->first, i, &c->now)) c->end = true;
    c->end = c->end || is_past(c);
    c->now.kind = kind;
    return true;
}

static bool series_start(Cursor *c, sqlite3_value **v)
{
    c->place = sqlite3_value_int64(v[3]);
    if (sqlite3_value_type(v[2]) == SQLITE_TEXT) {
        for (int i = 0; i < 3; i++) c->end = c->end || sqlite3_value_type(v[i]) == SQLITE_NULL;
        return c->end || moments_start(c, v);
    }
    for (int i = 0; i < 3; i++) {
        if (sqlite3_value_type(v[i]) == SQLITE_NULL) c->end = true;
        if (sqlite3_value_numeric_type(v[i]) != SQLITE_INTEGER) c->real = true;
    }
    c->start = sqlite3_value_double(v[0]), c->whole = sqlite3_value_int64(v[0]);
    c->stop = sqlite3_value_double(v[1]), c->whole_stop = sqlite3_value_int64(v[1]);
    c->step = sqlite3_value_double(v[2]), c->whole_step = sqlite3_value_int64(v[2]);
    if (c->end) return true;
    if (c->step == 0) {
        sqlite3_snprintf(sizeof c->error, c->error, "@%lld The step of a series cannot be 0.",
                         c->place);
        return false;
    }
    c->end = c->step > 0 ? c->start > c->stop : c->start < c->stop;
    return true;
}

static double real_at(const Cursor *c)
{
    return c->start + (double)c->row * c->step;
}

// Multiples of the step, so that no error adds up; a hair past the end still counts.
static bool series_next(Cursor *c)
{
    if (c->moments) return moments_next(c);
    if (c->real) {
        double hair = c->step * 1e-9, now = real_at(c);
        c->end = c->step > 0 ? now > c->stop + hair : now < c->stop + hair;
    } else {
        c->end = __builtin_add_overflow(c->whole, c->whole_step, &c->whole) ||
                 (c->whole_step > 0 ? c->whole > c->whole_stop : c->whole < c->whole_stop);
    }
    return true;
}

static void series_column(const Cursor *c, sqlite3_context *out, int i)
{
    if (i == 1) {
        sqlite3_result_int64(out, c->row);
    } else if (c->moments) {
        char text[MOMENT_TEXT_MAX];
        sqlite3_result_text(out, text, (int)moment_write(c->now, text), SQLITE_TRANSIENT);
    } else if (c->real) {
        sqlite3_result_double(out, real_at(c));
    } else {
        sqlite3_result_int64(out, c->whole);
    }
}

// --- gr_pack(cells …): an aggregate; gr_rows(packed) ---

// A row of the pack: for every cell its SQLite type in a byte and 8 bytes (an integer, a real, or a
// length, and then so many bytes); NULL is the byte alone. Before all rows: the number of cells.
typedef struct {
    sqlite3_str *text;
} Pack;

static void append(sqlite3_str *s, const void *bytes, size_t n)
{
    sqlite3_str_append(s, bytes, (int)n);
}

static void pack_cell(sqlite3_str *s, sqlite3_value *v)
{
    char type = (char)sqlite3_value_type(v);
    append(s, &type, 1);
    if (type == SQLITE_INTEGER) {
        int64_t i = sqlite3_value_int64(v);
        append(s, &i, sizeof i);
    } else if (type == SQLITE_FLOAT) {
        double d = sqlite3_value_double(v);
        append(s, &d, sizeof d);
    } else if (type != SQLITE_NULL) {
        const void *bytes =
            type == SQLITE_BLOB ? sqlite3_value_blob(v) : (const void *)sqlite3_value_text(v);
        int64_t len = sqlite3_value_bytes(v);
        append(s, &len, sizeof len);
        if (len) append(s, bytes, (size_t)len);
    }
}

static void pack_step(sqlite3_context *c, int n, sqlite3_value **v)
{
    Pack *p = sqlite3_aggregate_context(c, sizeof *p);
    if (!p) return;
    if (!p->text) {
        char width = (char)n;
        p->text = sqlite3_str_new(sqlite3_context_db_handle(c));
        append(p->text, &width, 1);
    }
    for (int i = 0; i < n; i++) pack_cell(p->text, v[i]);
}

static void pack_final(sqlite3_context *c)
{
    Pack *p = sqlite3_aggregate_context(c, 0);
    if (!p || !p->text) return; // no row: NULL
    int error = sqlite3_str_errcode(p->text), len = sqlite3_str_length(p->text);
    char *bytes = sqlite3_str_finish(p->text);
    if (error == SQLITE_TOOBIG) {
        sqlite3_result_error_toobig(c);
        sqlite3_free(bytes);
    } else if (error != SQLITE_OK || !bytes) {
        sqlite3_result_error_nomem(c);
        sqlite3_free(bytes);
    } else {
        sqlite3_result_blob(c, bytes, len, sqlite3_free);
    }
}

typedef struct {
    int type;
    union {
        int64_t whole; // or a length
        double real;
    };
    const unsigned char *bytes;
} Cell;

// The cell at *at, which then stands behind it; false at the end of the bytes, wherever that is.
static bool take_cell(const Cursor *c, size_t *at, Cell *out)
{
    if (*at >= c->len) return false;
    *out = (Cell){.type = c->bytes[(*at)++]};
    if (out->type == SQLITE_NULL) return true;
    if (out->type < SQLITE_INTEGER || out->type > SQLITE_BLOB) return false;
    if (c->len - *at < sizeof out->whole) return false;
    memcpy(&out->whole, c->bytes + *at, sizeof out->whole);
    *at += sizeof out->whole;
    if (out->type == SQLITE_INTEGER || out->type == SQLITE_FLOAT) return true;
    if (out->whole < 0 || (uint64_t)out->whole > c->len - *at) return false;
    out->bytes = c->bytes + *at;
    *at += (size_t)out->whole;
    return true;
}

static bool rows_next(Cursor *c)
{
    Cell cell;
    c->cells = c->at;
    for (int i = 0; i < c->width && !c->end; i++) c->end = !take_cell(c, &c->at, &cell);
    return true;
}

static bool rows_start(Cursor *c, sqlite3_value **v)
{
    c->end = sqlite3_value_type(v[0]) != SQLITE_BLOB;
    if (c->end) return true;
    if (!take_bytes(c, v[0])) return false;
    c->width = c->len ? c->bytes[0] : 0;
    c->at = 1;
    c->end = c->width == 0;
    return rows_next(c);
}

static void rows_column(const Cursor *c, sqlite3_context *out, int i)
{
    size_t at = c->cells;
    Cell cell = {.type = SQLITE_NULL};
    if (i >= c->width) return;
    for (int k = 0; k <= i; k++) {
        if (!take_cell(c, &at, &cell)) return;
    }
    switch (cell.type) {
    case SQLITE_INTEGER:
        sqlite3_result_int64(out, cell.whole);
        break;
    case SQLITE_FLOAT:
        sqlite3_result_double(out, cell.real);
        break;
    case SQLITE_TEXT:
        sqlite3_result_text64(out, (const char *)cell.bytes, (uint64_t)cell.whole, SQLITE_TRANSIENT,
                              SQLITE_UTF8);
        break;
    case SQLITE_BLOB:
        sqlite3_result_blob64(out, cell.bytes, (uint64_t)cell.whole, SQLITE_TRANSIENT);
        break;
    default:
        break;
    }
}

// --- The table of them ---

// A table that is joined with a series is worth an index: SQLite makes one from some 140 rows on.
enum { ROWS_FEW = 20, ROWS_SERIES = 1000 };

static const RowMaker makers[] = {
    {"gr_each", "CREATE TABLE x(gr_value, gr_key, gr_index, gr_a HIDDEN, gr_b HIDDEN)", 3, 2,
     ROWS_FEW, each_start, each_next, each_column},
    {"gr_series",
     "CREATE TABLE x(gr_value, gr_index, gr_a HIDDEN, gr_b HIDDEN, gr_c HIDDEN, gr_d HIDDEN)", 2, 4,
     ROWS_SERIES, series_start, series_next, series_column},
    {"gr_rows",
     "CREATE TABLE x(gr_0, gr_1, gr_2, gr_3, gr_4, gr_5, gr_6, gr_7, gr_8, gr_9, gr_10, gr_11, "
     "gr_12, gr_13, gr_14, gr_15, gr_16, gr_17, gr_18, gr_19, gr_20, gr_21, gr_22, gr_23, gr_24, "
     "gr_25, gr_26, gr_27, gr_28, gr_29, gr_a HIDDEN)",
     PACK_MAX, 1, ROWS_FEW, rows_start, rows_next, rows_column},
};

// Without xCreate a module is a function in FROM and nothing else.
static const sqlite3_module module = {
    .xConnect = connect,
    .xBestIndex = best_index,
    .xDisconnect = disconnect,
    .xOpen = open_cursor,
    .xClose = close_cursor,
    .xFilter = filter,
    .xNext = step,
    .xEof = at_end,
    .xColumn = column,
    .xRowid = rowid,
};

bool fn_rows_register(sqlite3 *db)
{
    for (size_t i = 0; i < sizeof makers / sizeof *makers; i++) {
        void *maker = (void *)(uintptr_t)&makers[i];
        if (sqlite3_create_module_v2(db, makers[i].name, &module, maker, NULL) != SQLITE_OK)
            return false;
    }
    return true;
}

bool fn_makes_rows(const char *name)
{
    for (size_t i = 0; i < sizeof makers / sizeof *makers; i++) {
        if (sqlite3_stricmp(makers[i].name, name) == 0) return true;
    }
    return false;
}

static const QueryFn fns[] = {
    {.name = "gr_pack", .args = -1, .step = pack_step, .final = pack_final},
};
const QueryFns fn_packs = {fns, sizeof fns / sizeof *fns};
