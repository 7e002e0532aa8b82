// listed: a check that lists what a column may hold, as in op IN ('<', '>', '='), and nothing else:
// then these are the column's values.
#include "base/vec.h"
#include "warehouse/warehouse.h"

typedef struct {
    Str rest;
} Reading;

static void skip_blanks(Reading *r)
{
    size_t n = 0;
    while (n < r->rest.len && (unsigned char)r->rest.ptr[n] <= ' ') n++;
    r->rest = str_slice(r->rest, n, r->rest.len);
}

static bool took(Reading *r, Str what)
{
    skip_blanks(r);
    bool there = r->rest.len >= what.len && str_eq_nocase(str_slice(r->rest, 0, what.len), what);
    if (there) r->rest = str_slice(r->rest, what.len, r->rest.len);
    return there;
}

// A text without quotes in it, or a number.
static bool took_value(Reading *r, Str *out)
{
    skip_blanks(r);
    bool text = took(r, S("'"));
    size_t n = 0;
    while (n < r->rest.len &&
           (text ? r->rest.ptr[n] != '\'' : r->rest.ptr[n] != ',' && r->rest.ptr[n] != ')'))
        n++;
    if (n == r->rest.len) return false;
    *out = text ? str_slice(r->rest, 0, n) : str_trim(str_slice(r->rest, 0, n));
    r->rest = str_slice(r->rest, n + text, r->rest.len);
    bool doubled = text && r->rest.len && r->rest.ptr[0] == '\'';
    double any;
    return !doubled && (text || str_to_f64(*out, &any));
}

static bool read_list(Arena *a, Str check, Str column, ColumnSpec *out)
{
    Reading r = {.rest = check};
    VEC(ValueChoice) list = {0};
    bool quoted = took(&r, S("\""));
    if (!took(&r, column) || (quoted && !took(&r, S("\"")))) return false;
    if (!r.rest.len || (!quoted && (unsigned char)r.rest.ptr[0] > ' ')) return false;
    if (!took(&r, S("in")) || !took(&r, S("("))) return false;
    do {
        ValueChoice *one = vec_push(a, &list);
        one->weight = 1;
        if (!took_value(&r, &one->text)) return false;
    } while (took(&r, S(",")));
    if (!took(&r, S(")"))) return false;
    skip_blanks(&r);
    if (r.rest.len) return false;
    out->values = list.at;
    out->value_count = list.len;
    return true;
}

void warehouse_list_checked(Arena *a, TableSpec *t)
{
    for (size_t i = 0; i < t->width; i++) {
        ColumnSpec *c = &t->columns[i];
        bool free = !c->value_count && !c->ref_table.len && !c->after.len && !c->primary_key &&
                    c->type != TYPE_BOOLEAN;
        for (size_t k = 0; free && k < t->check.len; k++) {
            if (read_list(a, t->check.at[k], c->name, c)) break;
        }
    }
}
