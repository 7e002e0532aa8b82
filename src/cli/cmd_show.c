// show: the question, its data and its clock, never the reference answer; or a warehouse.
#include "cli/command.h"

static Str constraint_words(Arena *a, const ColumnSpec *k)
{
    Buf b = buf_new(a);
    if (k->primary_key) buf_add(&b, S("key "));
    if (k->unique) buf_add(&b, S("unique "));
    if (!k->not_null && !k->primary_key) buf_add(&b, S("null? "));
    if (k->ref_table.len)
        buf_fmt(&b, "-> " STR_FMT "." STR_FMT, STR_ARG(k->ref_table), STR_ARG(k->ref_column));
    return str_trim(buf_str(&b));
}

static void print_columns(Cli *c, const TableSpec *t)
{
    static const char *const names[] = {"column", "type", "", "about"};
    enum { WIDTH = sizeof names / sizeof *names };
    Table out = {.width = WIDTH, .rows = t->width};
    out.columns = arena_array(c->a, Column, WIDTH);
    for (size_t i = 0; i < WIDTH; i++) out.columns[i] = (Column){str_from(names[i]), TYPE_TEXT};
    out.cells = arena_array(c->a, Value, WIDTH * t->width);
    for (size_t i = 0; i < t->width; i++) {
        const ColumnSpec *k = &t->columns[i];
        Value *row = &out.cells[i * WIDTH];
        row[0] = VALUE_STR(k->name);
        row[1] = VALUE_STR(str_from(type_name(k->type)));
        Str words = constraint_words(c->a, k);
        row[2] = VALUE_STR(words.len ? words : S(" ")); // an empty text would show as ''
        row[3] = VALUE_STR(k->about.len ? k->about : S(" "));
    }
    Str head = str_fmt(c->a, "**" STR_FMT "** " STR_FMT, STR_ARG(t->name), STR_ARG(t->about));
    cli_print_markdown(c, head);
    cli_print_table(c, &out, t->width + 1, 2);
    fputc('\n', c->out);
}

static void json_table(Json *j, const TableSpec *t)
{
    json_begin_object(j);
    json_pair_str(j, "name", t->name);
    json_pair_str(j, "about", t->about);
    json_key(j, S("columns"));
    json_begin_array(j);
    for (size_t i = 0; i < t->width; i++) {
        const ColumnSpec *k = &t->columns[i];
        json_begin_object(j);
        json_pair_str(j, "name", k->name);
        json_pair_str(j, "type", str_from(type_name(k->type)));
        json_pair_bool(j, "null", !k->not_null && !k->primary_key);
        json_pair_bool(j, "key", k->primary_key);
        json_end_object(j);
    }
    json_end_array(j);
    json_end_object(j);
}

static bool used(const Drill *d, const TableSpec *t)
{
    for (size_t i = 0; i < d->exam.tables.len; i++) {
        if (str_eq_nocase(d->exam.tables.at[i], t->name)) return true;
    }
    return d->exam.tables.len == 0;
}

static void show_drill_json(Cli *c, const Drill *d)
{
    Buf b = buf_new(c->a);
    Json j = json_new(&b);
    json_begin_object(&j);
    json_pair_str(&j, "id", d->id);
    json_pair_str(&j, "kind", str_from(kind_name(d->kind)));
    json_pair_str(&j, "title", d->title);
    json_pair_str(&j, "level", str_from(level_name(d->level)));
    json_pair_str(&j, "prompt", d->prompt);
    json_pair_int(&j, "seconds", d->clock_seconds);
    json_key(&j, S("beats"));
    json_begin_array(&j);
    for (size_t i = 0; i < d->beat_count; i++) {
        json_begin_object(&j);
        json_pair_str(&j, "name", d->beats[i].name);
        json_pair_int(&j, "seconds", d->beats[i].seconds);
        json_end_object(&j);
    }
    json_end_array(&j);
    if (d->kind == KIND_SQL) {
        json_pair_str(&j, "warehouse", d->exam.warehouse->name);
        json_key(&j, S("tables"));
        json_begin_array(&j);
        for (size_t i = 0; i < d->exam.warehouse->table_count; i++) {
            if (used(d, &d->exam.warehouse->tables[i]))
                json_table(&j, &d->exam.warehouse->tables[i]);
        }
        json_end_array(&j);
    }
    json_end_object(&j);
    cli_print_json(c->out, &b);
}

void cli_print_tables(Cli *c, const Drill *d)
{
    for (size_t i = 0; i < d->exam.warehouse->table_count; i++) {
        if (used(d, &d->exam.warehouse->tables[i])) print_columns(c, &d->exam.warehouse->tables[i]);
    }
}

static void show_drill(Cli *c, const Drill *d)
{
    Str head = str_fmt(c->a, "# " STR_FMT "\n\n%s, %s, %d:%02d on the clock\n\n" STR_FMT,
                       STR_ARG(d->title), kind_name(d->kind), level_name(d->level),
                       d->clock_seconds / 60, d->clock_seconds % 60, STR_ARG(d->prompt));
    cli_print_markdown(c, head);
    fputc('\n', c->out);
    if (d->kind == KIND_SQL) cli_print_tables(c, d);
}

static int show_warehouse(Cli *c, const App *app, Str name)
{
    const WarehouseSpec *w = library_warehouse(app_library(app), name);
    if (!w) {
        Error err;
        error_set(&err, ERROR_INPUT, "there is no warehouse '%.*s'", STR_ARG(name));
        return cli_fail(c, &err);
    }
    if (cli_flag(c, "--json")) {
        Buf b = buf_new(c->a);
        Json j = json_new(&b);
        json_begin_object(&j);
        json_pair_str(&j, "warehouse", w->name);
        json_pair_str(&j, "title", w->title);
        json_pair_str(&j, "today", date_text(c->a, w->today));
        json_key(&j, S("tables"));
        json_begin_array(&j);
        for (size_t i = 0; i < w->table_count; i++) json_table(&j, &w->tables[i]);
        json_end_array(&j);
        json_key(&j, S("profiles"));
        json_begin_array(&j);
        for (int i = 0; i < PROFILE_COUNT_; i++) json_str(&j, str_from(profile_name((Profile)i)));
        json_end_array(&j);
        json_end_object(&j);
        cli_print_json(c->out, &b);
        return 0;
    }
    Str today = date_text(c->a, w->today);
    Str head = str_fmt(
        c->a, "# " STR_FMT "\n\n" STR_FMT "\n\nToday is " STR_FMT ". Profiles: dirty, clean, edge.",
        STR_ARG(w->title.len ? w->title : w->name), STR_ARG(w->about), STR_ARG(today));
    cli_print_markdown(c, head);
    fputc('\n', c->out);
    for (size_t i = 0; i < w->table_count; i++) print_columns(c, &w->tables[i]);
    return 0;
}

static int run(Cli *c)
{
    Str warehouse = cli_value(c, "--warehouse");
    if (!warehouse.len == !c->args.len) return cli_usage(c, "name a drill, or --warehouse W");
    int status = 0;
    App *app = cli_library(c, &status);
    if (!app) return status;
    if (warehouse.len) {
        status = show_warehouse(c, app, warehouse);
    } else {
        const Drill *d = cli_drill(c, app, c->args.at[0], &status);
        if (d && cli_flag(c, "--json")) {
            show_drill_json(c, d);
        } else if (d) {
            show_drill(c, d);
        }
    }
    app_close(app);
    return status;
}

static const Option options[] = {
    {"--warehouse", "W", "a warehouse instead: its tables, columns, keys and profiles"},
    {"--json", NULL, "one object"},
};
const Command CMD_SHOW = {.name = "show",
                          .forms = {{"ID", "the question, its data and its clock"},
                                    {"--warehouse W", "the columns of a warehouse"}},
                          .options = options,
                          .option_count = sizeof options / sizeof *options,
                          .args_max = 1,
                          .run = run};
