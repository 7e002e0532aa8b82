// list: the drills there are.
#include "cli/command.h"

static bool wanted(const Cli *c, const Drill *d)
{
    Str kind = cli_value(c, "--kind"), skill = cli_value(c, "--skill");
    if (kind.len && !str_eq(kind, str_from(kind_name(d->kind)))) return false;
    if (!skill.len) return true;
    for (size_t i = 0; i < d->skills.len; i++) {
        bool area = str_starts(d->skills.at[i], skill) && d->skills.at[i].ptr[skill.len] == '.';
        if (str_eq(d->skills.at[i], skill) || (d->skills.at[i].len > skill.len && area))
            return true;
    }
    return false;
}

static void print_json(Json *j, const Drill *d)
{
    json_begin_object(j);
    json_pair_str(j, "id", d->id);
    json_pair_str(j, "kind", str_from(kind_name(d->kind)));
    json_pair_str(j, "title", d->title);
    json_pair_str(j, "level", str_from(level_name(d->level)));
    json_key(j, S("skills"));
    json_begin_array(j);
    for (size_t i = 0; i < d->skills.len; i++) json_str(j, d->skills.at[i]);
    json_end_array(j);
    json_key(j, S("minutes"));
    if (d->clock_seconds % 60) {
        json_float(j, d->clock_seconds / 60.0);
    } else {
        json_int(j, d->clock_seconds / 60);
    }
    json_end_object(j);
}

static Str minutes(Arena *a, int seconds)
{
    return str_fmt(a, "%d:%02d", seconds / 60, seconds % 60);
}

static Table as_table(Cli *c, const Library *l)
{
    static const char *const names[] = {"id", "kind", "level", "clock", "title"};
    enum { WIDTH = sizeof names / sizeof *names };
    Table t = {.width = WIDTH};
    t.columns = arena_array(c->a, Column, WIDTH);
    for (size_t i = 0; i < WIDTH; i++) t.columns[i] = (Column){str_from(names[i]), TYPE_TEXT};
    t.cells = arena_array(c->a, Value, WIDTH * library_drill_count(l));
    for (size_t i = 0; i < library_drill_count(l); i++) {
        const Drill *d = library_at(l, i);
        if (!wanted(c, d)) continue;
        Value *row = &t.cells[WIDTH * t.rows++];
        row[0] = VALUE_STR(d->id);
        row[1] = VALUE_STR(str_from(kind_name(d->kind)));
        row[2] = VALUE_STR(str_from(level_name(d->level)));
        row[3] = VALUE_STR(minutes(c->a, d->clock_seconds));
        row[4] = VALUE_STR(d->title);
    }
    return t;
}

static int run(Cli *c)
{
    DrillKind kind;
    Str name = cli_value(c, "--kind");
    if (name.len && !kind_from_name(name, &kind)) {
        return cli_usage(c,
                         "there is no kind '" STR_FMT
                         "': sql, kernel, model, design, incident, story, explain, card",
                         STR_ARG(name));
    }
    int status = 0;
    App *app = cli_library(c, &status);
    if (!app) return status;
    const Library *l = app_library(app);
    if (cli_flag(c, "--json")) {
        Buf b = buf_new(c->a);
        Json j = json_new(&b);
        json_begin_array(&j);
        for (size_t i = 0; i < library_drill_count(l); i++) {
            if (wanted(c, library_at(l, i))) print_json(&j, library_at(l, i));
        }
        json_end_array(&j);
        cli_print_json(c->out, &b);
    } else {
        Table t = as_table(c, l);
        cli_print_table(c, &t, t.rows + 1, 0);
    }
    app_close(app);
    return 0;
}

static const Option options[] = {
    {"--kind", "KIND", "only drills of this kind"},
    {"--skill", "SKILL", "only drills of this skill or area (sql.window, sql)"},
    {"--json", NULL, "an array of objects"},
};
const Command CMD_LIST = {.name = "list",
                          .forms = {{"[--kind K] [--skill S]", "the drills there are"}},
                          .options = options,
                          .option_count = sizeof options / sizeof *options,
                          .run = run};
