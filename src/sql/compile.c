// compile: the way of a query, from any dialect to what SQLite runs, and to other dialects.
#include "base/check.h"
#include "sql/home.h"
#include "sql/translate.h"
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

// --- What the passes say ---

static SqlNode *fail(Translator *t, const SqlNode *n, ErrorKind kind, const char *fmt, va_list ap)
{
    if (!t->failed) {
        char text[sizeof t->err->text];
        vsnprintf(text, sizeof text, fmt, ap);
        error_at(t->err, kind, S(""), (int)n->line, (int)n->column, "%s", text);
        t->failed = true;
    }
    return make_null(t, n);
}

SqlNode *translate_unsupported(Translator *t, const SqlNode *n, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    SqlNode *made = fail(t, n, ERROR_UNSUPPORTED, fmt, ap);
    va_end(ap);
    return made;
}

SqlNode *translate_refused(Translator *t, const SqlNode *n, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    SqlNode *made = fail(t, n, ERROR_HOME_REFUSED, fmt, ap);
    va_end(ap);
    return made;
}

void translate_note(Translator *t, const SqlNode *n, const char *fmt, ...)
{
    char text[sizeof t->err->text];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(text, sizeof text, fmt, ap);
    va_end(ap);
    SqlNote note = {n->at, n->line, n->column, str_copy(t->arena, str_from(text))};
    *vec_push(t->arena, &t->notes) = note;
}

// Grammar that home lacks: refused when strict, else a note (contracts.md, syntax amnesty).
static bool judge_uses(Translator *t)
{
    const SqlScript *s = t->script;
    if (t->strict) return sql_home(s, t->err);
    for (size_t i = 0; i < s->use_count; i++) {
        const SqlUse *u = &s->uses[i];
        Error said;
        if (sql_use_judged(s, u, &said)) continue;
        SqlNode place = {.at = u->at, .line = u->line, .column = u->column};
        translate_note(t, &place, "%s", said.text);
    }
    return true;
}

// --- The passes ---

// The statement of the source that a made one stands for: it kept its place.
static uint32_t statement_of(const SqlNode *source, const SqlNode *made)
{
    uint32_t i = 0;
    while (i + 1 < source->count && source->child[i + 1]->at <= made->at) i++;
    return i;
}

// A temporary table of ours that a statement makes or drops.
static void mark_scratch(Arena *a, const SqlNode *n, SqlPart *part)
{
    bool makes = n->kind == NODE_CREATE_TABLE, drops = n->kind == NODE_DROP;
    if (!(makes || drops) || !(n->flags & FLAG_SCRATCH)) return;
    part->scratch = sql_last(n->child[makes ? CREATE_NAME : ONLY])->text;
    Str head = str_fmt(a, "CREATE TEMPORARY TABLE " STR_FMT " AS ", STR_ARG(part->scratch));
    CHECK(drops || str_starts(part->text, head)); // written flat
    if (makes) part->rows = str_slice(part->text, head.len, part->text.len);
}

static bool translate(Translator *t, bool laid_out, Written *out)
{
    SqlNode *root = node_clone(t, t->script->root);
    definitions_there(t, root);
    windows_kept(t, root);
    bare_columns(t, root);
    whole_rows(t, root);
    outer_aggregates(t, root);
    if (!t->failed) root = neutral_tree(t, root);
    if (!t->failed) root = lower_tree(t, root);
    if (t->failed || !write_tree(t, root, laid_out, out)) return false;
    for (size_t i = 0; i < out->part_count; i++) {
        SqlPart *part = &out->parts[i];
        const SqlNode *made = root->child[part->statement];
        if (!laid_out) mark_scratch(t->arena, made, part);
        part->statement = statement_of(t->script->root, made);
    }
    return true;
}

void sql_as_written(Arena *a, Str sql, SqlProgram *out)
{
    out->text = sql;
    StrList all = sql_statements(a, sql, DIALECT_SQLITE);
    SqlPart *parts = arena_array(a, SqlPart, all.len);
    for (size_t i = 0; i < all.len; i++)
        parts[i] = (SqlPart){.text = all.at[i], .statement = (uint32_t)i};
    out->parts = parts;
    out->part_count = all.len;
}

// A NUL ends a text for SQLite, so that what stands behind it would be lost without a word.
static bool read_script(Arena *a, Str sql, const SqlHome *home, SqlScript *out, Error *err)
{
    const char *nul = sql.len ? memchr(sql.ptr, '\0', sql.len) : NULL;
    if (nul) {
        int line, column;
        sql_place(sql, (size_t)(nul - sql.ptr), &line, &column);
        return error_at(err, ERROR_SYNTAX, S(""), line, column,
                        "A NUL character stands in the statement.");
    }
    return sql_parse(a, sql, home->dialect, out, err);
}

SqlHome sql_at_home(Dialect d)
{
    return (SqlHome){.dialect = d, .ambient = d};
}

static Translator translator(Arena *a, const SqlHome *home, Dialect to, Error *err)
{
    return (Translator){.arena = a,
                        .from = home->dialect,
                        .to = to,
                        .ambient = home->ambient,
                        .strict = home->strict,
                        .err = err};
}

// MySQL and SQLite show the truth as 1 and 0.
static SqlColumns numbers_for_truth(Arena *a, SqlColumns c)
{
    SqlColumn *all = arena_array(a, SqlColumn, c.len);
    for (size_t i = 0; i < c.len; i++) {
        all[i] = c.at[i];
        if (all[i].type == TYPE_BOOLEAN) all[i].type = TYPE_INTEGER;
    }
    return (SqlColumns){all, c.len, c.open};
}

static SqlColumns output_of(Arena *a, const SqlScript *s, const SqlMeaning *m)
{
    if (!s->root->count) return (SqlColumns){0};
    SqlColumns out = m->outputs[s->root->child[s->root->count - 1]->id];
    bool numbers = s->dialect == DIALECT_MYSQL || s->dialect == DIALECT_SQLITE;
    return numbers ? numbers_for_truth(a, out) : out;
}

typedef bool Says(const SqlNode *call, Dialect d);

static bool any_call(const SqlNode *n, Dialect d, Says *says)
{
    if (!n) return false;
    if (n->kind == NODE_CALL && says(n, d)) return true;
    for (uint32_t i = 0; i < n->count; i++) {
        if (any_call(n->child[i], d, says)) return true;
    }
    return false;
}

static bool is_borrowed(const SqlNode *call, Dialect d)
{
    FnFound f = fn_find(d, call);
    return f.foreign || f.ambiguous;
}

static bool is_lites(const SqlNode *call, Dialect d)
{
    return d == DIALECT_SQLITE && fn_is_lite_only(call->text);
}

bool sql_borrows(const SqlScript *s)
{
    Error said;
    if (any_call(s->root, s->dialect, is_lites)) return false; // nobody else runs it as it does
    return !sql_home(s, &said) || any_call(s->root, s->dialect, is_borrowed);
}

bool sql_compile(Arena *a, Str sql, const SqlHome *home, const SqlSchema *schema, SqlProgram *out,
                 Error *err)
{
    *out = (SqlProgram){.text = sql};
    Translator t = translator(a, home, DIALECT_SQLITE, err);
    t.script = &out->script;
    t.meaning = &out->meaning;
    if (!read_script(a, sql, home, &out->script, err) || !judge_uses(&t) ||
        !sql_resolve(a, &out->script, schema, &out->meaning, err) ||
        !sql_rules_check(a, &out->script, &out->meaning, home->strict ? NULL : &t.notes, err)) {
        return false;
    }
    out->intervals = sql_interval_style(home->dialect);
    out->output = output_of(a, &out->script, &out->meaning);
    if (home->dialect != DIALECT_SQLITE || sql_borrows(&out->script)) {
        Written w;
        if (!translate(&t, false, &w)) return false;
        out->text = w.text;
        out->spots = w.spots;
        out->spot_count = w.spot_count;
        out->parts = w.parts;
        out->part_count = w.part_count;
    } else {
        sql_as_written(a, sql, out);
    }
    out->notes = t.notes.at;
    out->note_count = t.notes.len;
    return true;
}

size_t sql_origin(const SqlProgram *p, size_t at)
{
    if (!p->spot_count) return at;
    size_t low = 0, high = p->spot_count; // the last spot that is not behind `at`
    while (low + 1 < high) {
        size_t mid = (low + high) / 2;
        if (p->spots[mid].at <= at) {
            low = mid;
        } else {
            high = mid;
        }
    }
    return p->spots[low].from;
}

// The byte of a place: columns count code points.
static size_t text_at(Str text, int line, int column)
{
    size_t at = 0;
    for (; line > 1 && at < text.len; at++) line -= text.ptr[at] == '\n';
    for (; column > 1 && at < text.len; at++) column -= ((uint8_t)text.ptr[at] & 0xc0) != 0x80;
    return at;
}

// A call that the target's catalogue does not have.
static const SqlNode *unknown_call(const SqlNode *n, Dialect d)
{
    if (!n) return NULL;
    if (n->kind == NODE_CALL && !sql_fn_of(n, d)) return n;
    for (uint32_t i = 0; i < n->count; i++) {
        const SqlNode *found = unknown_call(n->child[i], d);
        if (found) return found;
    }
    return NULL;
}

static bool is_unwritable(Translator *t, const SqlProgram *there, Error *err)
{
    if (err->kind == ERROR_SYNTAX || err->kind == ERROR_HOME_REFUSED) return true;
    const SqlNode *call = unknown_call(there->script.root, t->to);
    if (!call) return false;
    return !error_at(err, ERROR_UNSUPPORTED, S(""), (int)call->line, (int)call->column,
                     "it has no function " STR_FMT ".", STR_ARG(call->text));
}

// Where the target's own reader refuses what was written, nobody is to be handed it: the refusal is
// told at the place of the source. What only the runtime here lacks says nothing about the target.
static bool read_there(Translator *t, const Written *w, const SqlSchema *schema)
{
    SqlHome there = {.dialect = t->to, .ambient = t->to, .strict = true};
    SqlProgram p;
    Error err = {0};
    if (sql_compile(t->arena, w->text, &there, schema, &p, &err)) return true;
    if (!is_unwritable(t, &p, &err)) return true;
    SqlProgram spots = {.spots = w->spots, .spot_count = w->spot_count};
    int line, column;
    sql_place(t->script->sql, sql_origin(&spots, text_at(w->text, err.line, err.column)), &line,
              &column);
    return error_at(t->err, ERROR_UNSUPPORTED, S(""), line, column,
                    "This cannot be said in %s as it stands: %s", home_title(t->to), err.text);
}

bool sql_translate(Arena *a, Str sql, const SqlHome *home, Dialect to, const SqlSchema *schema,
                   Str *out, Error *err)
{
    SqlScript script;
    SqlMeaning meaning;
    Translator t = translator(a, home, to, err);
    t.script = &script;
    if (!read_script(a, sql, home, &script, err) || !judge_uses(&t)) return false;
    if (!sql_resolve(a, &script, schema, &meaning, err) ||
        !sql_rules_check(a, &script, &meaning, home->strict ? NULL : &t.notes, err)) {
        return false;
    }
    t.meaning = &meaning;
    Written w;
    bool said = translate(&t, true, &w);
    if (home->dialect == to && (!said || !t.notes.len)) { // its own words already: they stay
        *out = sql_format(a, &script);
        return true;
    }
    if (!said) return false;
    if (to != DIALECT_SQLITE && !read_there(&t, &w, schema)) return false;
    *out = w.text;
    return true;
}
