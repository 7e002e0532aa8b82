// casts: text columns that the reference reads as numbers or dates: CAST(qty AS INTEGER),
// TO_DATE(d, 'YYYY-MM-DD'), REPLACE(price, '$', '')::numeric.
//
// Words stop such a query, so its columns hold texts that it can read: of many forms those on which
// what is cast has a value are found by asking. What only the whole query lets pass, behind a
// condition, stands beside them: 'null', 'N/A'.
#include "exam/data/values/casts.h"
#include "base/rng.h"
#include "base/world.h"
#include "exam/data/column.h"
#include "exam/data/literals/literals.h"
#include "exam/mutate/mutants.h"
#include "exam/paper.h"
#include "exam/run.h"
#include "exam/same/same.h"

enum { DEPTH = 12, VALUES_OF_ONE = 24, BESIDES_MOST = 4 };

typedef struct {
    size_t table, column;
    const SqlNode *cast;
    const SqlProgram *program; // gives what is cast; NULL where a derived table stands between
    bool date;
} Cast;

typedef struct {
    Examinee *x;
    Paper *s;
    Arena *arena; // while they are asked
    Cast at[CAST_COLUMNS_MOST];
    size_t len;
} Casts;

// --- Which columns ---

static bool is_one_of(Str name, const char *const *all, size_t len, bool starts)
{
    for (size_t i = 0; i < len; i++) {
        Str one = str_from(all[i]);
        Str head = str_slice(name, 0, starts && one.len < name.len ? one.len : name.len);
        if (str_eq_nocase(head, one)) return true;
    }
    return false;
}
#define IS_ONE_OF(name, list) is_one_of(name, list, sizeof list / sizeof *list, false)
#define STARTS_AS(name, list) is_one_of(name, list, sizeof list / sizeof *list, true)

static bool reads_text(const SqlNode *n, bool *date)
{
    static const char *const clocks[] = {"DATE", "TIMESTAMP"};
    static const char *const numbers[] = {"INTEGER", "INT2", "INT4",   "INT8",    "INT64", "BIGINT",
                                          "SMALL",   "TINY", "NUM",    "DEC",     "FLOAT", "DOUBLE",
                                          "REAL",    "HUGE", "SIGNED", "UNSIGNED"};
    static const char *const to_date[] = {"to_date",         "to_timestamp",   "str_to_date",
                                          "parse_date",      "parse_datetime", "strptime",
                                          "date_parse",      "try_to_date",    "try_to_timestamp",
                                          "parse_timestamp", "try_strptime",   "safe_parse_date"};
    static const char *const to_number[] = {"to_number", "try_to_number"};
    if (n->kind == NODE_CAST) {
        Str type = n->child[CAST_TYPE] ? n->child[CAST_TYPE]->text : (Str){0};
        *date = STARTS_AS(type, clocks);
        return *date || str_eq_nocase(type, S("INT")) || STARTS_AS(type, numbers);
    }
    if (n->kind != NODE_CALL) return false;
    *date = IS_ONE_OF(n->text, to_date);
    return *date || IS_ONE_OF(n->text, to_number);
}

// What is asked in there gives a truth, whatever the text: CAST(SUM(x = 'A') AS REAL).
static bool is_question(const SqlNode *n)
{
    bool compares = n->kind == NODE_BINARY && n->op >= OP_EQ && n->op <= OP_GE;
    return compares || n->kind == NODE_IN || n->kind == NODE_LIKE || n->kind == NODE_BETWEEN ||
           n->kind == NODE_IS || n->kind == NODE_EXISTS;
}

// The one text column of a table in it; others beside it are none of its business.
static bool column_in(const SameTree *tree, const SqlNode *n, int depth, bool *derived,
                      KeyColumn *out)
{
    if (!n || depth > DEPTH) return false;
    if (n->kind == NODE_COLUMN) {
        if (!tree_bound(tree, n, out)) return false;
        const TableSpec *t = tree_table(tree, out->source);
        if (t) return t->columns[out->column].type == TYPE_TEXT;
        *derived = true;
        return column_in(tree, tree_value(tree, n), depth + 1, derived, out);
    }
    if (n->kind == NODE_SUBQUERY || n->kind == NODE_QUERY || is_question(n)) return false;
    uint32_t from = n->kind == NODE_CASE && n->child[CASE_OPERAND] ? CASE_OPERAND + 1 : 0;
    for (uint32_t i = from; i < n->count; i++) {
        if (column_in(tree, n->child[i], depth + 1, derived, out)) return true;
    }
    return false;
}

// What the cast gives, of each row of its table.
static const SqlProgram *program_of(Casts *c, const SqlNode *cast, const SqlNode *source)
{
    Error none;
    Str sql = c->s->tree->script.sql;
    SqlHome home = sql_at_home(c->s->spec->dialect);
    SqlProgram *p = arena_new(c->arena, SqlProgram);
    sql = str_fmt(c->arena, "SELECT " STR_FMT " AS v FROM " STR_FMT, STR_ARG(sql_source(sql, cast)),
                  STR_ARG(sql_source(sql, source)));
    return exam_compile(c->arena, c->s->spec->warehouse, sql, &home, p, &none) ? p : NULL;
}

static void find_casts(Casts *c)
{
    const SameTree *tree = c->s->tree;
    for (uint32_t i = 0; i < tree->script.nodes && c->len < CAST_COLUMNS_MOST; i++) {
        KeyColumn at;
        bool date, derived = false;
        const SqlNode *n = tree->nodes[i];
        if (!n || !reads_text(n, &date)) continue;
        if (!column_in(tree, n->child[0] && n->kind == NODE_CAST ? n->child[CAST_VALUE] : n, 0,
                       &derived, &at))
            continue;
        size_t table = (size_t)(tree_table(tree, at.source) - tree->w->tables);
        const TableSpec *t = &c->s->w.tables[table];
        const ColumnSpec *column = &t->columns[at.column];
        bool free = !column->value_count && !column->ref_table.len && !column->after.len &&
                    !bounds_is_key(t, column) && !forms_rule(&c->s->w, t, column);
        if (!free) continue;
        c->at[c->len++] = (Cast){.table = table,
                                 .column = at.column,
                                 .cast = n,
                                 .program = derived ? NULL : program_of(c, n, at.source),
                                 .date = date};
    }
}

// --- What may stand in them ---

static void find_words(const SameTree *tree, const SqlNode *n, CastTexts *t)
{
    if (!n || n->kind == NODE_TYPE) return;
    if (n->kind == NODE_STRING && t->words.len < CAST_TEXTS_MOST)
        t->words.at[t->words.len++] = n->text;
    static const char *const parts[] = {"substr", "substring", "left", "right", "mid"};
    static const char *const splits[] = {"split",     "split_part",     "strtok", "substring_index",
                                         "strpos",    "position",       "instr",  "charindex",
                                         "str_split", "string_to_array"};
    t->parts |= n->kind == NODE_CALL && IS_ONE_OF(n->text, parts);
    t->splits |= n->kind == NODE_CALL && IS_ONE_OF(n->text, splits);
    for (uint32_t i = 0; i < n->count; i++) find_words(tree, n->child[i], t);
    KeyColumn at;
    if (n->kind == NODE_COLUMN && tree_bound(tree, n, &at) && !tree_table(tree, at.source))
        find_words(tree, tree_value(tree, n), t);
}

static void find_compared(const Paper *s, Str column, CastTexts *t)
{
    const Literals *l = &s->literals;
    for (size_t i = 0; i < l->len && t->words.len < CAST_TEXTS_MOST; i++) {
        bool beside = l->at[i].string && str_eq_nocase(l->at[i].column, column);
        t->matched |= beside && l->at[i].use != LITERAL_VALUE;
        if (beside && l->at[i].use == LITERAL_VALUE) t->words.at[t->words.len++] = l->at[i].text;
    }
}

static Value plain_value(const Paper *s, Arena *a, const ColumnSpec *c)
{
    int64_t least;
    switch (c->type) {
    case TYPE_INTEGER:
    case TYPE_BOOLEAN:
        return VALUE_INT(str_to_i64(c->min, &least) ? least : 1);
    case TYPE_REAL:
        return VALUE_FLT(1);
    case TYPE_DATE:
        return VALUE_STR(date_text(a, s->w.today - 1));
    case TYPE_TIMESTAMP:
        return VALUE_STR(time_text(a, (s->w.today - 1) * 86400 * 1000));
    default:
        return VALUE_STR(c->value_count ? c->values[0].text : S("1"));
    }
}

// One row in the table of the column, no other ones.
static Data alone(const Casts *c, const Cast *at, Str text)
{
    const WarehouseSpec *w = &c->s->w;
    Data d = {arena_array(c->arena, Table, w->table_count), w->table_count};
    for (size_t t = 0; t < w->table_count; t++) {
        Table *rows = &d.tables[t];
        rows->width = w->tables[t].width;
        rows->columns = arena_array(c->arena, Column, rows->width);
        rows->cells = arena_array(c->arena, Value, rows->width);
        rows->rows = t == at->table;
        for (size_t i = 0; i < rows->width; i++) {
            const ColumnSpec *column = &w->tables[t].columns[i];
            rows->columns[i] = (Column){column->name, column->type};
            rows->cells[i] = t == at->table && i == at->column
                                 ? VALUE_STR(text)
                                 : plain_value(c->s, c->arena, column);
        }
    }
    return d;
}

typedef enum { READS_NOT, READS_NULL, READS_WELL } Reads;

static bool has_digit(Str text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] >= '0' && text.ptr[i] <= '9') return true;
    }
    return false;
}

static bool is_zero(const Value *v)
{
    return (v->kind == VALUE_INTEGER && !v->integer) || (v->kind == VALUE_REAL && v->real == 0);
}

static bool run_text(Casts *c, const Cast *at, Str text, const SqlProgram *p, Reads *out,
                     Error *err)
{
    QueryResult r;
    Data d = alone(c, at, text);
    *out = READS_NOT;
    Run run = {warehouse_image(c->arena, &c->s->w, &d), p, &EXAM_TINY};
    if (!run_on(c->x, c->arena, run, &r, err)) return false;
    if (r.error.kind != ERROR_NONE) return true;
    bool value = r.table.rows && r.table.width && r.table.cells[0].kind != VALUE_NULL;
    if (value && !has_digit(text)) value = !is_zero(&r.table.cells[0]); // what some make of words
    *out = value ? READS_WELL : READS_NULL;
    return true;
}

// What every cast of the column makes of a text; without a program of its own, the whole query.
static bool read_text(Casts *c, const Cast *at, Str text, Reads *out, Error *err)
{
    *out = READS_WELL;
    for (size_t i = 0; i < c->len; i++) {
        const Cast *one = &c->at[i];
        if (one->table != at->table || one->column != at->column) continue;
        Reads reads;
        const SqlProgram *p = one->program;
        if (!run_text(c, at, text, p ? p : &c->s->program, &reads, err)) return false;
        if (!p && reads == READS_NULL) reads = READS_WELL; // the query may have left it out
        if (reads < *out) *out = reads;
    }
    return true;
}

static bool is_kept_by_query(Casts *c, const Cast *at, Str text, bool *kept, Error *err)
{
    Reads reads;
    if (!run_text(c, at, text, &c->s->program, &reads, err)) return false;
    *kept = reads != READS_NOT;
    return true;
}

static void add_value(StrList *list, Str text)
{
    for (size_t i = 0; i < list->len; i++) {
        if (str_eq(list->at[i], text)) return;
    }
    if (list->len < VALUES_OF_ONE) list->at[list->len++] = text;
}

// Texts of the first form that can be read at all, in which all texts can, and of those behind it
// that are no dates; then what only conditions keep from being read.
static bool choose(Casts *c, const Cast *at, const CastTexts *t, StrList *list, Error *err)
{
    size_t besides = 0;
    bool ok = true, dated = false;
    for (size_t i = 0; i < t->len && ok;) {
        size_t end = i, good = 0;
        bool date = t->forms[i] & 1;
        for (; end < t->len && t->forms[end] == t->forms[i] && ok; end++) {
            Reads reads = READS_NOT;
            if (good == end - i) ok = read_text(c, at, t->at[end], &reads, err);
            good += reads == READS_WELL;
        }
        bool all = good == end - i && (!date || !dated);
        for (size_t k = i; all && k < end; k++) add_value(list, t->at[k]);
        if (all && date && (t->parts || t->dates)) break;
        dated |= all && date;
        i = end;
    }
    for (size_t i = 0; i < t->words.len && list->len && besides < BESIDES_MOST && ok; i++) {
        bool kept = false;
        ok = is_kept_by_query(c, at, t->words.at[i], &kept, err);
        besides += kept;
        if (kept) add_value(list, t->words.at[i]);
    }
    return ok;
}

static bool give_values(Casts *c, const Cast *at, Error *err)
{
    ColumnSpec *column = &c->s->w.tables[at->table].columns[at->column];
    CastTexts t = {.arena = c->arena, .s = c->s};
    Reads word;
    if (column->value_count) return true; // by an earlier cast
    if (!read_text(c, at, S("alpha"), &word, err) || word == READS_WELL) return word == READS_WELL;
    t.words.at = arena_array(c->arena, Str, CAST_TEXTS_MOST);
    for (size_t i = 0; i < c->len; i++) {
        const Cast *one = &c->at[i];
        if (one->table != at->table || one->column != at->column) continue;
        find_words(c->s->tree, one->cast, &t);
        t.dates |= one->date;
    }
    find_compared(c->s, column->name, &t);
    if (word == READS_NULL && t.words.len < CAST_TEXTS_MOST) t.words.at[t.words.len++] = S("n/a");
    if (t.matched) return true; // by a pattern, for which there are texts already
    cast_texts_list(&t);
    StrList list = {arena_array(c->arena, Str, VALUES_OF_ONE), 0};
    if (!choose(c, at, &t, &list, err)) return false;
    if (!list.len) return true;
    ValueChoice *values = arena_array(&c->s->arena, ValueChoice, list.len);
    for (size_t i = 0; i < list.len; i++)
        values[i] = (ValueChoice){str_copy(&c->s->arena, list.at[i]), 1};
    column->values = values;
    column->value_count = list.len;
    CastColumns *all = &c->s->casts;
    all->at[all->len].table = at->table;
    all->at[all->len++].column = at->column;
    return true;
}

bool casts_ask(Examinee *x, Paper *s, Error *err)
{
    if (s->casts.asked) return true;
    s->casts.asked = true;
    if (!s->tree || s->unfit.kind != ERROR_NONE || s->spec->load.len) return true;
    Arena scratch = {0};
    Casts c = {.x = x, .s = s, .arena = &scratch};
    bool ok = true;
    find_casts(&c);
    for (size_t i = 0; i < c.len && ok; i++) ok = give_values(&c, &c.at[i], err);
    arena_free(&scratch);
    return ok;
}

void casts_put(const Paper *s, Data *data)
{
    for (size_t i = 0; i < s->casts.len; i++) {
        size_t column = s->casts.at[i].column;
        const ColumnSpec *c = &s->w.tables[s->casts.at[i].table].columns[column];
        Table *t = &data->tables[s->casts.at[i].table];
        for (size_t r = 0; r < t->rows; r++) {
            Value *v = &t->cells[r * t->width + column];
            uint64_t drawn = rng_at(s->seed, r, column) % c->value_count;
            if (v->kind == VALUE_TEXT) *v = VALUE_STR(c->values[drawn].text);
        }
    }
}
