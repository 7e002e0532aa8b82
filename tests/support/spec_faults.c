// spec_faults: one query a constraint, which must return no row; bounds by the plan's own reading.
#include "spec_faults.h"
#include "base/buf.h"
#include "sqlite_oracle.h"
#include "warehouse/plan.h"

typedef struct {
    Arena *a;
    const WarehouseSpec *w;
    const Data *data;
    Str image;
    Str fault;
} Checking;

static void must_be_empty(Checking *c, Str what, Str sql)
{
    if (c->fault.len) return;
    Str got = oracle_query(c->a, c->image, sql.ptr);
    if (got.len == 0) return;
    c->fault = str_fmt(c->a, STR_FMT ": " STR_FMT " gives " STR_FMT, STR_ARG(what), STR_ARG(sql),
                       STR_ARG(str_slice(got, 0, 80)));
}

static Str names(Checking *c, const TableSpec *t, Columns columns, const char *prefix)
{
    Buf b = buf_new(c->a);
    for (size_t i = 0; i < columns.len; i++) {
        buf_fmt(&b, "%s%s\"" STR_FMT "\"", i ? ", " : "", prefix,
                STR_ARG(t->columns[columns.at[i]].name));
    }
    return buf_str(&b);
}

static void keys(Checking *c, const TablePlan *t)
{
    for (size_t i = 0; i < t->unique_count; i++) {
        Str list = names(c, t->spec, t->unique[i], "");
        Buf null = buf_new(c->a);
        for (size_t j = 0; j < t->unique[i].len; j++) {
            buf_fmt(&null, "%s\"" STR_FMT "\" IS NOT NULL", j ? " AND " : "",
                    STR_ARG(t->spec->columns[t->unique[i].at[j]].name));
        }
        must_be_empty(c, S("a unique key"),
                      str_fmt(c->a,
                              "SELECT " STR_FMT " FROM \"" STR_FMT "\" WHERE " STR_FMT
                              " GROUP BY " STR_FMT " HAVING COUNT(*) > 1",
                              STR_ARG(list), STR_ARG(t->spec->name), STR_ARG(buf_str(&null)),
                              STR_ARG(list)));
    }
}

static void links(Checking *c, const TablePlan *t)
{
    for (size_t i = 0; i < t->link_count; i++) {
        const Link *k = &t->links[i];
        const TableSpec *parent = &c->w->tables[k->table];
        Buf on = buf_new(c->a);
        for (size_t j = 0; j < k->from.len; j++) {
            buf_fmt(&on, "%sp.\"" STR_FMT "\" = c.\"" STR_FMT "\"", j ? " AND " : "",
                    STR_ARG(parent->columns[k->to.at[j]].name),
                    STR_ARG(t->spec->columns[k->from.at[j]].name));
        }
        Buf all = buf_new(c->a);
        for (size_t j = 0; j < k->from.len; j++) {
            buf_fmt(&all, "%sc.\"" STR_FMT "\" IS NOT NULL", j ? " AND " : "",
                    STR_ARG(t->spec->columns[k->from.at[j]].name));
        }
        must_be_empty(c, S("a reference"),
                      str_fmt(c->a,
                              "SELECT " STR_FMT " FROM \"" STR_FMT "\" c WHERE " STR_FMT
                              " AND NOT EXISTS (SELECT 1 FROM \"" STR_FMT "\" p WHERE " STR_FMT ")",
                              STR_ARG(names(c, t->spec, k->from, "c.")), STR_ARG(t->spec->name),
                              STR_ARG(buf_str(&all)), STR_ARG(parent->name),
                              STR_ARG(buf_str(&on))));
        if (!k->orphans || t->spec->process.len) continue;
        must_be_empty(c, S("orphan parents"),
                      str_fmt(c->a,
                              "SELECT 1 WHERE (SELECT COUNT(*) FROM \"" STR_FMT
                              "\") > 0 AND (SELECT COUNT(*) FROM \"" STR_FMT
                              "\" p WHERE NOT EXISTS (SELECT 1 FROM \"" STR_FMT
                              "\" c WHERE " STR_FMT ")) < %lld",
                              STR_ARG(parent->name), STR_ARG(parent->name), STR_ARG(t->spec->name),
                              STR_ARG(buf_str(&on)), (long long)k->orphans));
    }
}

static void cells(Checking *c, const TablePlan *p, const Table *t)
{
    for (size_t r = 0; r < t->rows && !c->fault.len; r++) {
        for (size_t i = 0; i < t->width; i++) {
            const Value *v = &t->cells[r * t->width + i];
            if (column_allows(&p->columns[i], v)) continue;
            c->fault = str_fmt(c->a, "row %zu of " STR_FMT ": '" STR_FMT "' is no " STR_FMT, r,
                               STR_ARG(p->spec->name), STR_ARG(value_text(c->a, v, TYPE_UNKNOWN)),
                               STR_ARG(p->spec->columns[i].name));
            return;
        }
    }
}

Str spec_faults(Arena *a, const WarehouseSpec *w, const Data *data)
{
    Checking c = {.a = a, .w = w, .data = data, .image = warehouse_image(a, w, data)};
    Plan plan;
    Error err = {0};
    if (!plan_make(a, w, &plan, &err)) return str_fmt(a, "%s", err.text);
    for (size_t i = 0; i < w->table_count; i++) {
        cells(&c, &plan.tables[i], &data->tables[i]);
        keys(&c, &plan.tables[i]);
        links(&c, &plan.tables[i]);
        for (size_t j = 0; j < w->tables[i].check.len; j++) {
            must_be_empty(&c, S("a check"),
                          str_fmt(a, "SELECT 1 FROM \"" STR_FMT "\" WHERE NOT (" STR_FMT "\n)",
                                  STR_ARG(w->tables[i].name), STR_ARG(w->tables[i].check.at[j])));
        }
    }
    for (size_t i = 0; i < w->never_count; i++) must_be_empty(&c, w->never[i].why, w->never[i].sql);
    return c.fault;
}
