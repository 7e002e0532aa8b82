// hints: what the texts of check and never rules give away, so that rows fit them from the start.
//
// Nothing here decides whether a rule holds: the judge does. A pattern that is not recognised costs
// only retries. Recognised are
//   - "FROM t GROUP BY k, l HAVING SUM(valid_to IS NULL) …": the key of a table of versions,
//   - "FROM t GROUP BY k HAVING COUNT(DISTINCT c) …": k tells c,
//   - the check "c = expression": what c is,
//   - the check "c <= 'moment'": where a date or a time ends,
//   - "SELECT … FROM t WHERE condition" of a never rule: a condition of single rows.
#include "base/vec.h"
#include "warehouse/plan.h"

// ---- words of SQL, as far as needed here

typedef struct {
    Str rest;
    Str word; // a name or number; a string with its quotes; else one character
} Scan;

static bool in_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

static bool scan(Scan *s)
{
    size_t blank = 0;
    while (blank < s->rest.len && (unsigned char)s->rest.ptr[blank] <= ' ') blank++;
    s->rest = str_slice(s->rest, blank, s->rest.len);
    if (s->rest.len == 0) return false;
    size_t n = 1;
    char first = s->rest.ptr[0];
    if (in_word(first)) {
        while (n < s->rest.len && in_word(s->rest.ptr[n])) n++;
    } else if (first == '\'' || first == '"') {
        while (n < s->rest.len && s->rest.ptr[n] != first) n++;
        if (n < s->rest.len) n++;
    }
    s->word = str_slice(s->rest, 0, n);
    s->rest = str_slice(s->rest, n, s->rest.len);
    return true;
}

static bool scan_is(Scan *s, const char *word)
{
    Scan before = *s;
    if (scan(s) && str_eq_nocase(s->word, str_from(word))) return true;
    *s = before;
    return false;
}

static Str unquoted(Str word)
{
    bool quoted = word.len > 2 && word.ptr[0] == '"';
    return quoted ? str_slice(word, 1, word.len - 1) : word;
}

static bool names(Str sql, Str name)
{
    Scan s = {.rest = sql};
    while (scan(&s)) {
        if (str_eq_nocase(unquoted(s.word), name)) return true;
    }
    return false;
}

bool hints_tables(const WarehouseSpec *w, Str sql, uint8_t *named)
{
    Scan s = {.rest = sql};
    bool any = false;
    while (scan(&s)) {
        const TableSpec *t = warehouse_table(w, unquoted(s.word));
        if (t) named[t - w->tables] = any = true;
    }
    return any;
}

size_t hints_numbers(const TableSpec *t, Str column, int64_t *out, size_t cap)
{
    size_t n = 0;
    for (size_t i = 0; i < t->check.len; i++) {
        Scan s = {.rest = t->check.at[i]};
        if (!names(s.rest, column)) continue;
        while (n < cap && scan(&s)) {
            if (str_to_i64(s.word, &out[n])) n++;
        }
    }
    return n;
}

// What a check says of a column and nothing else: born <= '2024-02-28', BETWEEN two of them. A
// check with anything else in it says nothing here.
static Str bound_in(Str check, Str column, bool upper)
{
    Scan s = {.rest = check};
    if (!scan(&s) || !str_eq_nocase(unquoted(s.word), column)) return (Str){0};
    bool between = scan_is(&s, "between");
    bool below = !between && scan_is(&s, "<"), above = !between && !below && scan_is(&s, ">");
    if (!between) scan_is(&s, "=");
    if (!(between || (upper ? below : above)) || !scan(&s) || s.word.ptr[0] != '\'')
        return (Str){0};
    Str found = s.word;
    if (between && (!scan_is(&s, "and") || !scan(&s) || s.word.ptr[0] != '\'')) return (Str){0};
    if (between && upper) found = s.word;
    return scan(&s) || found.len < 2 ? (Str){0} : str_slice(found, 1, found.len - 1);
}

Str hints_bound(const TableSpec *t, Str column, bool upper)
{
    Str found = {0};
    for (size_t i = 0; i < t->check.len && !found.len; i++)
        found = bound_in(t->check.at[i], column, upper);
    return found;
}

// ---- GROUP BY rules

typedef VEC(size_t) Indices;
typedef VEC(Dependency) Dependencies;
typedef VEC(Definition) Definitions;

// "FROM t GROUP BY a, b HAVING" anywhere in the rule; the scan stands behind HAVING.
static bool scan_grouping(Arena *a, Scan *s, const TableSpec *t, Columns *key)
{
    Indices found = {0};
    while (scan(s)) {
        if (!str_eq_nocase(s->word, S("from"))) continue;
        if (!scan(s) || !str_eq_nocase(s->word, t->name)) continue;
        if (scan_is(s, "group") && scan_is(s, "by")) break;
    }
    do {
        size_t i;
        if (!scan(s) || !column_find(t, s->word, &i)) return false;
        *vec_push(a, &found) = i;
    } while (scan_is(s, ","));
    *key = (Columns){found.at, found.len};
    return scan_is(s, "having");
}

static void read_rule(Arena *a, TablePlan *p, Str sql, Dependencies *dependencies)
{
    Scan s = {.rest = sql};
    Columns key;
    size_t i;
    if (!scan_grouping(a, &s, p->spec, &key)) return;
    if (scan_is(&s, "sum") && scan_is(&s, "(") && scan(&s)) {
        if (p->versions.to < 0 || !column_find(p->spec, s.word, &i)) return;
        if ((int)i == p->versions.to) p->versions.key = key;
    } else if (scan_is(&s, "count") && scan_is(&s, "(") && scan_is(&s, "distinct") && scan(&s)) {
        if (!column_find(p->spec, s.word, &i)) return;
        *vec_push(a, dependencies) = (Dependency){.key = key, .column = i};
    }
}

// ---- rules about single rows

typedef VEC(const Condition *) Conditions;

static void read_row_rule(Arena *a, const WarehouseSpec *w, const TableSpec *t, Str sql,
                          Conditions *out)
{
    Scan s = {.rest = sql};
    while (scan(&s) && !str_eq_nocase(s.word, S("from"))) {
    }
    if (!scan(&s) || !str_eq_nocase(unquoted(s.word), t->name) || !scan_is(&s, "where")) return;
    const Condition *c = condition_compile(a, w, t, str_trim(s.rest), true);
    if (c) *vec_push(a, out) = c;
}

// ---- versions

static int find_any(const TableSpec *t, const char *const *names)
{
    size_t i;
    for (; *names; names++) {
        if (column_find(t, str_from(*names), &i)) return (int)i;
    }
    return NO_COLUMN;
}

static void find_versions(TablePlan *p)
{
    static const char *const from[] = {"valid_from", "effective_from", NULL};
    static const char *const to[] = {"valid_to", "effective_to", NULL};
    static const char *const current[] = {"is_current", "current_flag", NULL};
    Versions *v = &p->versions;
    v->from = find_any(p->spec, from);
    v->to = find_any(p->spec, to);
    v->current = find_any(p->spec, current);
    if (v->from < 0 || v->to < 0) v->from = v->to = v->current = NO_COLUMN;
}

// Without a rule that says it: product_id of product_sk, else the first column that names a thing.
static void guess_key(Arena *a, TablePlan *p)
{
    const TableSpec *t = p->spec;
    size_t *key = arena_new(a, size_t);
    for (size_t i = 0; i < t->width; i++) {
        Str name = t->columns[i].name;
        bool named = str_ends(name, S("_id")) || str_ends(name, S("_code")) ||
                     str_ends(name, S("_key")) || str_eq_nocase(name, S("id"));
        if (!named || t->columns[i].primary_key || t->columns[i].unique) continue;
        *key = i;
        p->versions.key = (Columns){key, 1};
        return;
    }
}

static void finish_versions(Arena *a, TablePlan *p)
{
    Versions *v = &p->versions;
    if (v->from < 0) return;
    v->ruled = v->key.len > 0;
    if (!v->ruled) guess_key(a, p);
    const ColumnSpec *from = &p->spec->columns[v->from], *to = &p->spec->columns[v->to];
    bool times = (from->type == TYPE_DATE || from->type == TYPE_TIMESTAMP) &&
                 from->type == to->type && !from->after.len && !to->after.len;
    v->is = v->key.len > 0 && times;
    v->close_at_zero = to->not_null;
}

// ---- definitions

// Where the operators stand that would make more of "c = …" than a definition.
static bool is_one_expression(Str text)
{
    static const char *const words[] = {"and", "or", "not",     "is", "in",   "like", "<",
                                        ">",   "=",  "between", "!",  "glob", ";",    "collate"};
    Scan s = {.rest = text};
    int depth = 0;
    while (scan(&s)) {
        if (str_eq(s.word, S("("))) depth++;
        if (str_eq(s.word, S(")"))) depth--;
        if (depth < 0) return false;
        for (size_t i = 0; depth == 0 && i < sizeof words / sizeof *words; i++) {
            if (str_eq_nocase(s.word, str_from(words[i]))) return false;
        }
    }
    return depth == 0 && text.len > 0;
}

static bool read_definition(const TablePlan *p, Str check, Definition *out)
{
    Scan s = {.rest = check};
    if (!scan(&s) || !column_find(p->spec, s.word, &out->column)) return false;
    if (!scan_is(&s, "=")) return false;
    out->expression = str_trim(s.rest);
    const ColumnPlan *c = &p->columns[out->column];
    bool free = c->make != MAKE_LINK && c->make != MAKE_SERIAL && !c->spec->when.len;
    return free && is_one_expression(out->expression) && !names(out->expression, c->spec->name);
}

static void add_condition(Buf *b, Str check)
{
    if (b->len) buf_add(b, S(" AND "));
    buf_char(b, '(');
    buf_add(b, check);
    buf_add(b, S("\n)")); // the line ends a comment
}

static void read_checks(Arena *a, const WarehouseSpec *w, TablePlan *p)
{
    Definitions found = {0};
    Buf asked = buf_new(a), more = buf_new(a);
    p->checks = arena_array(a, const Condition *, p->spec->check.len);
    for (size_t i = 0; i < p->spec->check.len; i++) {
        Definition d;
        Str check = p->spec->check.at[i];
        if (read_definition(p, check, &d)) {
            d.value = condition_compile(a, w, p->spec, d.expression, false);
            if (!d.value) add_condition(&more, check);
            *vec_push(a, &found) = d;
            continue;
        }
        p->checks[i] = condition_compile(a, w, p->spec, check, true);
        if (p->checks[i]) continue;
        add_condition(&asked, check);
        add_condition(&more, check);
    }
    p->definitions = found.at;
    p->definition_count = found.len;
    p->asked = buf_str(&asked);
    p->asked_more = buf_str(&more);
    for (size_t i = 0; i < p->spec->width; i++) {
        Str when = p->spec->columns[i].when;
        if (when.len) p->columns[i].when = condition_compile(a, w, p->spec, when, true);
    }
}

void hints_read(Arena *a, Plan *p)
{
    for (size_t t = 0; t < p->w->table_count; t++) {
        TablePlan *table = &p->tables[t];
        Dependencies dependencies = {0};
        Conditions never = {0};
        find_versions(table);
        for (size_t i = 0; i < p->w->never_count; i++) {
            if (!p->rule_names[i * p->w->table_count + t]) continue;
            read_rule(a, table, p->w->never[i].sql, &dependencies);
            read_row_rule(a, p->w, table->spec, p->w->never[i].sql, &never);
        }
        table->never = never.at;
        table->never_count = never.len;
        table->dependencies = dependencies.at;
        table->dependency_count = dependencies.len;
        finish_versions(a, table);
        read_checks(a, p->w, table);
    }
}
