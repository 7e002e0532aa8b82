// data: a warehouse's rows as an SQLite file, CSV or JSON lines.
#include "base/clean.h"
#include "base/file.h"
#include "base/path.h"
#include "cli/command.h"
#include "query/query.h"

typedef enum { FORMAT_SQLITE, FORMAT_CSV, FORMAT_JSONL, FORMAT_LAST = FORMAT_JSONL } Format;
static const char *const format_names[] = {"sqlite", "csv", "jsonl"};

typedef struct {
    DataOptions data;
    Format format;
    int64_t shard, shards; // 1-based; 0 = all of it
} Wanted;

static bool take_shard(Str text, Wanted *w, Error *err)
{
    Str part, all;
    if (!text.len) return true;
    bool ok = str_cut(text, '/', &part, &all) && str_to_i64(part, &w->shard) &&
              str_to_i64(all, &w->shards);
    if (ok && w->shard >= 1 && w->shard <= w->shards) return true;
    return error_set(err, ERROR_USAGE, "--shard wants I/N with 1 <= I <= N, not '%.*s'",
                     STR_ARG(text));
}

static bool take_options(const Cli *c, Wanted *w, Error *err)
{
    *w = (Wanted){.data = {.scale = 1, .seed = c->world.seed}};
    Str scale = cli_value(c, "--scale"), format = cli_value(c, "--format"),
        profile = cli_value(c, "--profile");
    if (scale.len &&
        (!str_to_f64(scale, &w->data.scale) || w->data.scale <= 0 || w->data.scale > 1000)) {
        return error_set(err, ERROR_USAGE,
                         "--scale wants a number above 0 and up to 1000, not '%.*s'",
                         STR_ARG(scale));
    }
    if (profile.len && !profile_from_name(profile, &w->data.profile)) {
        return error_set(err, ERROR_USAGE, "--profile is clean, dirty or edge, not '%.*s'",
                         STR_ARG(profile));
    }
    for (int i = 0; format.len && i <= FORMAT_LAST; i++) {
        if (!str_eq(format, str_from(format_names[i]))) continue;
        w->format = (Format)i;
        return take_shard(cli_value(c, "--shard"), w, err);
    }
    if (format.len)
        return error_set(err, ERROR_USAGE, "--format is sqlite, csv or jsonl, not '%.*s'",
                         STR_ARG(format));
    return take_shard(cli_value(c, "--shard"), w, err);
}

// A shard keeps every row of the tables that others refer to, and its share of the rest: shards
// joined are the whole.
static void keep_shard(const WarehouseSpec *spec, Data *data, const Wanted *w)
{
    for (size_t t = 0; w->shards > 1 && t < data->table_count; t++) {
        bool fact = str_starts(spec->tables[t].name, S("fact_"));
        Table *table = &data->tables[t];
        size_t kept = 0;
        for (size_t r = 0; fact && r < table->rows; r++) {
            if ((int64_t)(r % (size_t)w->shards) != w->shard - 1) continue;
            for (size_t k = 0; k < table->width; k++) {
                table->cells[kept * table->width + k] = table->cells[r * table->width + k];
            }
            kept++;
        }
        if (fact) table->rows = kept;
    }
}

static void csv_cell(Buf *b, Str text, bool quoted)
{
    if (!quoted && !str_find(text, S(","), NULL) && !str_find(text, S("\""), NULL) &&
        !str_find(text, S("\n"), NULL) && !str_find(text, S("\r"), NULL)) {
        buf_add(b, text);
        return;
    }
    buf_quoted(b, text, '"');
}

// NULL is an empty field, an empty text is "".
static void csv(Buf *b, const Table *t)
{
    for (size_t k = 0; k < t->width; k++) {
        if (k) buf_char(b, ',');
        csv_cell(b, t->columns[k].name, false);
    }
    buf_char(b, '\n');
    for (size_t r = 0; r < t->rows; r++) {
        for (size_t k = 0; k < t->width; k++) {
            const Value *v = table_at(t, r, k);
            if (k) buf_char(b, ',');
            if (v->kind == VALUE_NULL) continue;
            Arena scratch = {0};
            csv_cell(b, value_text(&scratch, v, t->columns[k].type),
                     v->kind == VALUE_TEXT && !v->text.len);
            arena_free(&scratch);
        }
        buf_char(b, '\n');
    }
}

static void json_cell(Json *j, const Value *v, LogicalType type)
{
    switch (v->kind) {
    case VALUE_NULL:
        json_nil(j);
        break;
    case VALUE_INTEGER:
        if (type == TYPE_BOOLEAN) {
            json_bool(j, v->integer != 0);
        } else {
            json_int(j, v->integer);
        }
        break;
    case VALUE_REAL:
        json_float(j, v->real);
        break;
    case VALUE_TEXT:
    case VALUE_BLOB:
        json_str(j, v->text);
        break;
    }
}

static void jsonl(Buf *b, const Table *t)
{
    for (size_t r = 0; r < t->rows; r++) {
        Json j = json_new(b);
        json_begin_object(&j);
        for (size_t k = 0; k < t->width; k++) {
            json_key(&j, t->columns[k].name);
            json_cell(&j, table_at(t, r, k), t->columns[k].type);
        }
        json_end_object(&j);
        buf_char(b, '\n');
    }
}

static bool write_data(Cli *c, const WarehouseSpec *spec, const Data *data, Format format,
                       Error *err)
{
    Str out = cli_value(c, "--out");
    if (format == FORMAT_SQLITE)
        return file_write_atomic(out, warehouse_image(c->a, spec, data), err);
    if (!file_make_dirs(out, err)) return false;
    for (size_t i = 0; i < data->table_count; i++) {
        ArenaMark mark = arena_mark(c->a);
        Buf b = buf_new(c->a);
        (format == FORMAT_CSV ? csv : jsonl)(&b, &data->tables[i]);
        Str name =
            str_fmt(c->a, STR_FMT ".%s", STR_ARG(spec->tables[i].name), format_names[format]);
        if (!file_write_atomic(path_join(c->a, out, name), buf_str(&b), err)) return false;
        arena_rewind(c->a, mark);
    }
    return true;
}

static bool make(Cli *c, const WarehouseSpec *spec, const Wanted *w, Error *err)
{
    QueryWorker *worker = NULL;
    Data data;
    bool ok = query_open(&c->world, &worker, err);
    if (ok) {
        DataJudge judge = exam_judge(worker);
        enum { EDGE_ROWS = 6 };
        ok = w->data.profile == PROFILE_EDGE
                 ? warehouse_edge(c->a, spec, EDGE_ROWS, w->data.seed, &judge, &data, err)
                 : warehouse_generate(c->a, spec, &w->data, &judge, &data, err);
    }
    if (ok) {
        keep_shard(spec, &data, w);
        ok = write_data(c, spec, &data, w->format, err);
    }
    for (size_t i = 0; ok && i < data.table_count; i++) {
        fprintf(c->out, "%10zu  " STR_FMT "\n", data.tables[i].rows, STR_ARG(spec->tables[i].name));
    }
    query_close(worker);
    return ok;
}

// SPEC is the name of a warehouse, or a YAML file that has some.
static const WarehouseSpec *find_spec(Cli *c, const App *app, Str spec, Error *err)
{
    const Library *l = app_library(app);
    const WarehouseSpec *w = library_warehouse(l, spec);
    for (size_t i = 0; !w && i < l->pack_count; i++) {
        if (str_eq(l->packs[i]->path, spec) && l->packs[i]->warehouse_count)
            w = l->packs[i]->warehouses[0];
    }
    (void)c;
    if (!w)
        error_set(err, ERROR_INPUT,
                  "there is no warehouse '%.*s': name one, or add its file with --pack",
                  STR_ARG(spec));
    return w;
}

static int run(Cli *c)
{
    Error err;
    Wanted w;
    if (!cli_value(c, "--out").len)
        return cli_usage(c, "say where to: --out FILE (sqlite) or --out DIR (csv, jsonl)");
    if (!take_options(c, &w, &err)) return cli_fail(c, &err);
    Str spec_name = c->args.at[0];
    if (file_exists(spec_name) && !file_is_dir(spec_name)) {
        StrList more = {arena_array(c->a, Str, c->packs.extra.len + 1), c->packs.extra.len + 1};
        for (size_t i = 0; i < c->packs.extra.len; i++) more.at[i] = c->packs.extra.at[i];
        more.at[more.len - 1] = spec_name;
        c->packs.extra = more;
    }
    int status = 0;
    App *app = cli_library(c, &status);
    if (!app) return status;
    const WarehouseSpec *spec = find_spec(c, app, spec_name, &err);
    if (!spec || !make(c, spec, &w, &err)) status = cli_fail(c, &err);
    app_close(app);
    return status;
}

static const Option options[] = {
    {"--out", "PATH", "an SQLite file, or the folder for CSV and JSON lines"},
    {"--scale", "X", "1 is what drills show, 40 about a million play events"},
    {"--seed", "N", "default 1"},
    {"--shard", "I/N", "part I of N of the fact tables"},
    {"--format", "F", "sqlite (default), csv or jsonl"},
    {"--profile", "P", "dirty (default), clean or edge"},
};
const Command CMD_DATA = {.name = "data",
                          .forms = {{"SPEC --out PATH", "generate a warehouse"}},
                          .options = options,
                          .option_count = sizeof options / sizeof *options,
                          .args_min = 1,
                          .args_max = 1,
                          .run = run};
