// proof: a database on which the results differ, run once more and written down so that anybody can
// run it.
#include "base/vec.h"
#include "exam/run.h"
#include "exam/shrink/shrink.h"

// What gives another value in another connection or at another time.
static const Str moods[] = {STR_LIT("current_date"), STR_LIT("current_time"),
                            STR_LIT("current_timestamp"), STR_LIT("random"), STR_LIT("randomblob")};
// With 'now', or with nothing between the parentheses, these read the clock.
static const Str clocks[] = {STR_LIT("date"), STR_LIT("time"), STR_LIT("datetime"),
                             STR_LIT("julianday"), STR_LIT("unixepoch")};

// The collation without case, of any alphabet; plain SQLite has one for ASCII.
static const Str folded = STR_LIT("gr_folded"), folded_plain = STR_LIT("NOCASE");

typedef VEC(Str) Names;

static void add_name(Arena *a, Names *names, Str name)
{
    for (size_t i = 0; i < names->len; i++) {
        if (str_eq_nocase(names->at[i], name)) return;
    }
    *vec_push(a, names) = str_lower(a, name);
}

static bool is_among(Str word, const Str *list, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        if (str_eq_nocase(word, list[i])) return true;
    }
    return false;
}

// Greenroom's own functions: another connection lacks them.
static bool sql_next_is_open(Lexer x)
{
    return str_eq(sql_next(&x).text, S("("));
}

static void find_moods(Arena *a, Str sql, Names *names)
{
    Lexer x = sql_lexer(sql, DIALECT_SQLITE);
    Str before[2] = {{0}}; // the two tokens before this one
    for (Token t = sql_next(&x); t.kind != TOKEN_END; t = sql_next(&x)) {
        if (t.kind == TOKEN_COMMENT) continue;
        bool clock = str_eq(t.text, S(")")) && str_eq(before[1], S("(")) &&
                     is_among(before[0], clocks, sizeof clocks / sizeof *clocks);
        if (clock) add_name(a, names, before[0]);
        if (str_eq_nocase(t.text, S("'now'"))) add_name(a, names, S("now"));
        bool ours = str_starts(t.text, S("gr_")) && sql_next_is_open(x);
        if (ours || str_eq(t.text, folded)) add_name(a, names, t.text);
        if (is_among(t.text, moods, sizeof moods / sizeof *moods)) add_name(a, names, t.text);
        before[0] = before[1];
        before[1] = t.text;
    }
}

static Str with_plain_collation(Arena *a, Str sql)
{
    Buf b = buf_new(a);
    Lexer x = sql_lexer(sql, DIALECT_SQLITE);
    size_t done = 0;
    for (Token t = sql_next(&x); t.kind != TOKEN_END; t = sql_next(&x)) {
        if (!str_eq(t.text, folded)) continue;
        size_t at = (size_t)(t.text.ptr - sql.ptr);
        buf_add(&b, str_slice(sql, done, at));
        buf_add(&b, folded_plain);
        done = at + t.text.len;
    }
    buf_add(&b, str_slice(sql, done, sql.len));
    return buf_str(&b);
}

static bool same_rows(const Table *x, const Table *y)
{
    bool same = x->width == y->width && x->rows == y->rows;
    for (size_t i = 0; same && i < x->rows * x->width; i++)
        same = value_same(&x->cells[i], &y->cells[i]);
    return same;
}

// The text for the script: where SQLite's own collation gives the same rows on this database, with
// that one, so that it runs anywhere.
static bool script_text(Examinee *x, Arena *a, Run run, const Table *shown, Str *out, Error *err)
{
    *out = str_copy(a, run.program->text);
    if (x->spec->load.len || !str_find(*out, folded, NULL)) return true;
    Arena scratch = {0};
    QueryResult r;
    SqlProgram plain = *run.program;
    plain.text = with_plain_collation(&scratch, *out);
    run.program = &plain;
    bool ok = run_on(x, &scratch, run, &r, err);
    if (ok && r.error.kind == ERROR_NONE && same_rows(shown, &r.table))
        *out = str_copy(a, plain.text);
    arena_free(&scratch);
    return ok;
}

static void show_tables(Examinee *x, Arena *a, const Data *data, Counterexample *c)
{
    c->tables = arena_array(a, NamedTable, data->table_count);
    for (size_t i = 0; i < data->table_count; i++) {
        const TableSpec *spec = &x->w->tables[i];
        if (!data->tables[i].rows) continue;
        NamedTable *t = &c->tables[c->table_count++];
        *t = (NamedTable){str_copy(a, spec->name), table_copy(a, &data->tables[i])};
        for (size_t k = 0; k < spec->width; k++) {
            t->table.columns[k] =
                (Column){str_copy(a, spec->columns[k].name), spec->columns[k].type};
        }
        c->rows += t->table.rows;
    }
}

// What the answer gives as it stands, where ties broken by chance give something else.
static bool find_luck(Examinee *x, Arena *a, const Data *data, Counterexample *c, Error *err)
{
    QueryResult r;
    Run run = {warehouse_image(a, x->w, data), x->lucky, &EXAM_SAMPLE};
    if (!run_on(x, a, run, &r, err)) return false;
    c->unstable = r.error.kind == ERROR_NONE;
    if (!c->unstable) return true;
    exam_types(a, x->w, x->lucky, &r);
    c->again = r.table;
    return true;
}

// What the answer gives when the rows stand in another order, if one order is right and another is
// not. (Rows that are only out of order are a matter of sorting, not of luck.)
static bool find_mood(Examinee *x, Arena *a, const Data *data, Counterexample *c, Error *err)
{
    if (x->lucky) return find_luck(x, a, data, c, err);
    bool may = c->diff.kind == COMPARE_ROWS;
    if (may && !run_luck(x, a, data, &c->expected, &c->again, err)) return false;
    c->unstable = c->again.width > 0;
    return true;
}

bool proof_make(Examinee *x, Arena *a, const Data *data, Counterexample *out, bool *shown,
                Error *err)
{
    *out = (Counterexample){0};
    *shown = false;
    show_tables(x, a, data, out);
    Str image = warehouse_image(a, x->w, data);
    QueryResult expected, actual;
    Run reference = {image, x->reference, &EXAM_SAMPLE}, answer = reference;
    answer.program = x->answer;
    if (!run_on(x, a, reference, &expected, err) || !run_on(x, a, answer, &actual, err)) {
        return false;
    }
    bool failed = actual.error.kind != ERROR_NONE;
    if (expected.error.kind != ERROR_NONE || failed != x->fails) return true;
    exam_types(a, x->w, x->reference, &expected);
    out->expected = expected.table;
    if (!failed) {
        exam_types(a, x->w, x->answer, &actual);
        out->actual = actual.table;
        out->diff = run_compare(x, a, &out->expected, &out->actual);
    }
    *shown = failed || out->diff.kind != COMPARE_SAME;
    out->setup = warehouse_script(a, x->w, data);
    if (!script_text(x, a, reference, &out->expected, &out->expected_sql, err) ||
        !script_text(x, a, answer, &out->actual, &out->actual_sql, err)) {
        return false;
    }
    Names names = {0};
    find_moods(a, out->expected_sql, &names);
    find_moods(a, out->actual_sql, &names);
    out->functions = (StrList){names.at, names.len};
    return !*shown || failed || find_mood(x, a, data, out, err);
}
