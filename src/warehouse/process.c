// process: maps the columns of a spec to those of a process, and fills the rows.
#include "warehouse/process.h"
#include "base/check.h"
#include <string.h>

enum { COLUMNS_MAX = 32, PROCESSES = 1 };

static const Process *const processes[PROCESSES] = {&PROCESS_VIEWING};
static Str names[PROCESSES] = {STR_LIT("viewing")};
const StrList WAREHOUSE_PROCESSES = {names, PROCESSES};

size_t process_rows(const ProcessRun *run, Str table, size_t fallback)
{
    const TableSpec *t = warehouse_table(run->w, table);
    double rows = (double)(t && t->rows > 0 ? (size_t)t->rows : fallback) * run->scale;
    return rows < 1 ? 1 : (size_t)rows;
}

static const ProcessTable *find_table(const Process *p, Str name)
{
    for (const ProcessTable *t = p->tables; t->name; t++) {
        if (str_eq_nocase(name, str_from(t->name))) return t;
    }
    return NULL;
}

// Which column of the process each column of the spec is.
static bool map_columns(const ProcessTable *from, const TableSpec *spec, Str process, size_t *map,
                        Error *err)
{
    for (size_t i = 0; i < spec->width; i++) {
        const ColumnSpec *c = &spec->columns[i];
        size_t at = 0;
        while (from->columns[at].name &&
               !str_eq_nocase(c->name, str_from(from->columns[at].name))) {
            at++;
        }
        if (!from->columns[at].name) {
            return error_at(err, ERROR_INPUT, c->at.file, c->at.line, c->at.column,
                            "the process '" STR_FMT "' makes no column '" STR_FMT
                            "' in its table '%s'",
                            STR_ARG(process), STR_ARG(c->name), from->name);
        }
        if (from->columns[at].type != c->type) {
            return error_at(err, ERROR_INPUT, c->at.file, c->at.line, c->at.column,
                            "the column '" STR_FMT "' is %s in the process '" STR_FMT "', not %s",
                            STR_ARG(c->name), type_name(from->columns[at].type), STR_ARG(process),
                            type_name(c->type));
        }
        map[i] = at;
    }
    return true;
}

static void fill_rows(const ProcessRun *run, const ProcessTable *from, const void *made, Table *t,
                      const size_t *map)
{
    Ink ink = {.arena = run->arena};
    Value out[COLUMNS_MAX];
    size_t columns = 0;
    while (from->columns[columns].name) columns++;
    CHECK(columns <= COLUMNS_MAX);
    t->rows = from->rows(made);
    t->cells = arena_array(run->arena, Value, t->rows * t->width);
    for (size_t r = 0; r < t->rows; r++) {
        memset(out, 0, columns * sizeof *out);
        from->row(made, &ink, r, out);
        for (size_t c = 0; c < t->width; c++) t->cells[r * t->width + c] = out[map[c]];
    }
}

static bool fill_table(const ProcessRun *run, const Process *p, const void *made, size_t table,
                       Error *err)
{
    const TableSpec *spec = &run->w->tables[table];
    const ProcessTable *from = find_table(p, spec->name);
    if (!from) {
        return error_at(err, ERROR_INPUT, spec->at.file, spec->at.line, spec->at.column,
                        "the process '" STR_FMT "' makes no table '" STR_FMT "'", STR_ARG(p->name),
                        STR_ARG(spec->name));
    }
    Arena scratch = {0};
    size_t *map = arena_array(&scratch, size_t, spec->width);
    bool ok = map_columns(from, spec, p->name, map, err);
    if (ok) fill_rows(run, from, made, &run->data->tables[table], map);
    arena_free(&scratch);
    return ok;
}

static bool run_process(const ProcessRun *run, const Process *p, Error *err)
{
    Arena scratch = {0};
    const void *made = NULL;
    bool ok = true;
    for (size_t i = 0; ok && i < run->w->table_count; i++) {
        if (!str_eq(run->w->tables[i].process, p->name)) continue;
        if (!made) made = p->make(&scratch, run);
        ok = fill_table(run, p, made, i, err);
    }
    arena_free(&scratch);
    return ok;
}

bool process_fill(const ProcessRun *run, Error *err)
{
    for (size_t i = 0; i < run->w->table_count; i++) {
        const TableSpec *t = &run->w->tables[i];
        bool known = t->process.len == 0;
        for (size_t j = 0; j < PROCESSES; j++) known |= str_eq(t->process, processes[j]->name);
        if (known) continue;
        return error_at(err, ERROR_INPUT, t->at.file, t->at.line, t->at.column,
                        "there is no process '" STR_FMT "' that could fill the table '" STR_FMT "'",
                        STR_ARG(t->process), STR_ARG(t->name));
    }
    for (size_t j = 0; j < PROCESSES; j++) {
        if (!run_process(run, processes[j], err)) return false;
    }
    return true;
}
