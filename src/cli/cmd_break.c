// break: a plausible query is shown; the rows that break it, or "holds", are judged.
#include "cli/command.h"

enum { SHOWN = 24, TURNS_MOST = 100 };

static bool is_right(const BreakVerdict *v)
{
    return v->kind == BREAK_BROKEN || v->kind == BREAK_HELD;
}

static BreakTurn turn_of(const Cli *c)
{
    int64_t turn = 1;
    if (!str_to_i64(cli_value(c, "--turn"), &turn)) turn = 1; // run() has looked at it
    return (BreakTurn){c->world.seed, (size_t)turn - 1};
}

static void print_code(Cli *c, Str sql)
{
    Str text = str_fmt(c->a, "```sql\n" STR_FMT "\n```", STR_ARG(str_trim(sql)));
    cli_print_markdown(c, text);
    fputc('\n', c->out);
}

// --- The case ---

// Nobody can be asked here: what decides is told.
static void print_facts(Cli *c, const Drill *d)
{
    Buf text = buf_new(c->a);
    const DialogFact *facts = drill_facts(c->a, d, grade_break_world(d, turn_of(c)));
    for (size_t i = 0; i < d->fact_count; i++)
        buf_fmt(&text, "- " STR_FMT "\n", STR_ARG(facts[i].say));
    if (!d->fact_count) return;
    cli_print_markdown(c, str_fmt(c->a, "What holds:\n\n" STR_FMT, STR_ARG(buf_str(&text))));
    fputc('\n', c->out);
}

static void print_case(Cli *c, const Drill *d, const BreakCase *b)
{
    cli_print_markdown(
        c, str_fmt(c->a, "# " STR_FMT "\n\n" STR_FMT, STR_ARG(d->title), STR_ARG(d->prompt)));
    fputs("\nDoes this query answer it, or which few rows break it?\n\n", c->out);
    print_code(c, b->sql);
    print_facts(c, d);
    if (b->again) fputs("All mistakes of this drill were shown; they begin anew.\n\n", c->out);
    cli_print_tables(c, d);
    fputs("Fill in rows, one a line (1, 'text', NULL), or say that it holds:\n\n", c->out);
    Str form = exam_break_form(c->a, d->exam.warehouse, b->sql), line;
    while (str_line(&form, &line)) fprintf(c->out, "  " STR_FMT "\n", STR_ARG(line));
    fputc('\n', c->out);
    BreakTurn turn = turn_of(c);
    Str rest = turn.turn ? str_fmt(c->a, " --turn %zu", turn.turn + 1) : (Str){0};
    fprintf(c->out, "greenroom break " STR_FMT " --seed %llu" STR_FMT " FILE|-\n", STR_ARG(d->id),
            (unsigned long long)turn.seed, STR_ARG(rest));
}

static void open_json(Cli *c, Json *j, const Drill *d, const BreakCase *b)
{
    json_begin_object(j);
    json_pair_str(j, "drill", d->id);
    json_pair_int(j, "seed", (int64_t)c->world.seed);
    json_pair_int(j, "turn", (int64_t)turn_of(c).turn + 1);
    json_pair_str(j, "sql", b->sql);
    json_pair_str(j, "dialect", str_from(dialect_name(d->exam.dialect)));
}

static void print_case_json(Cli *c, const Drill *d, const BreakCase *b)
{
    Buf out = buf_new(c->a);
    Json j = json_new(&out);
    open_json(c, &j, d, b);
    json_pair_str(&j, "prompt", d->prompt);
    json_end_object(&j);
    cli_print_json(c->out, &out);
}

// --- The verdict ---

static void print_named(Cli *c, Str name, const Table *t)
{
    cli_print_markdown(c, str_fmt(c->a, "**" STR_FMT "**", STR_ARG(name)));
    cli_print_table(c, t, SHOWN, 2);
    fputc('\n', c->out);
}

static void print_run(Cli *c, const Counterexample *x)
{
    fputc('\n', c->out);
    for (size_t i = 0; i < x->table_count; i++) {
        Table t = exam_focus(c->a, x, i);
        print_named(c, x->tables[i].name, &t);
    }
    print_named(c, S("right"), &x->expected);
    print_named(c, S("the query that was shown"), &x->actual);
}

static const char *const heads[] = {
    [BREAK_BROKEN] = "broken",         [BREAK_HELD] = "right, it holds",
    [BREAK_SAME] = "not broken yet",   [BREAK_UNDECIDED] = "undecided",
    [BREAK_IMPOSSIBLE] = "it holds",   [BREAK_MISSED] = "it does not hold",
    [BREAK_INVALID] = "rows not read", [BREAK_FAILED] = "not run",
};

static void print_verdict(Cli *c, const Drill *d, const BreakCase *b, const BreakVerdict *v)
{
    Str head = str_fmt(c->a, "# " STR_FMT ": %s\n\n" STR_FMT, STR_ARG(d->title), heads[v->kind],
                       STR_ARG(v->why));
    cli_print_markdown(c, head);
    if (v->has_run) print_run(c, &v->run);
    if (b->holds) return;
    if (b->why.len && v->kind != BREAK_SAME && v->kind != BREAK_UNDECIDED) {
        fputc('\n', c->out);
        cli_print_markdown(c, b->why);
    }
    if (v->kind != BREAK_MISSED) return;
    print_run(c, &b->own.counterexample);
}

static void json_table(Json *j, Str key, const Table *t)
{
    json_key(j, key);
    json_begin_object(j);
    table_json(j, t);
    json_end_object(j);
}

static void json_run(Json *j, const char *key, const Counterexample *x)
{
    json_key(j, str_from(key));
    json_begin_object(j);
    json_pair_int(j, "rows", (int64_t)x->rows);
    json_key(j, S("tables"));
    json_begin_object(j);
    for (size_t i = 0; i < x->table_count; i++) {
        json_table(j, x->tables[i].name, &x->tables[i].table);
    }
    json_end_object(j);
    json_table(j, S("expected"), &x->expected);
    json_table(j, S("actual"), &x->actual);
    json_end_object(j);
}

static void print_verdict_json(Cli *c, const Drill *d, const BreakCase *b, const BreakVerdict *v)
{
    Buf out = buf_new(c->a);
    Json j = json_new(&out);
    open_json(c, &j, d, b);
    json_pair_str(&j, "verdict", is_right(v) ? S("right") : S("wrong"));
    json_pair_str(&j, "end", str_from(break_name(v->kind)));
    json_pair_str(&j, "why", v->why);
    if (v->least) json_pair_int(&j, "least", (int64_t)v->least);
    if (v->has_run) json_run(&j, "run", &v->run);
    if (v->kind == BREAK_MISSED) json_run(&j, "smallest", &b->own.counterexample);
    json_end_object(&j);
    cli_print_json(c->out, &out);
}

static int say_verdict(Cli *c, const Drill *d, const BreakCase *b, const BreakVerdict *v)
{
    Str file = c->args.at[1];
    if (v->kind == BREAK_INVALID) {
        Error at;
        error_at(&at, v->fault.kind, str_eq(file, S("-")) ? S("rows") : file, v->fault.line,
                 v->fault.column, "%s", v->fault.text);
        return cli_fail(c, &at);
    }
    if (v->kind == BREAK_FAILED) return cli_fail(c, &v->fault);
    if (cli_flag(c, "--json")) {
        print_verdict_json(c, d, b, v);
    } else {
        print_verdict(c, d, b, v);
    }
    return is_right(v) ? EXIT_RIGHT : EXIT_WRONG;
}

static int play(Cli *c, const Drill *d)
{
    Error err;
    Str text = {0};
    BreakCase shown;
    BreakVerdict v;
    GradeDesk *desk = NULL;
    bool judged = c->args.len == 2;
    int status = 0;
    if (judged && !cli_answer(c, c->args.at[1], &text, &err)) return cli_fail(c, &err);
    if (judged && !text.len) text = S("\n"); // nothing typed is judged too
    if (!grade_open(&c->world, &desk, &err) ||
        !grade_break(desk, c->a, d, &(GradeBreak){turn_of(c), text}, &shown, &v, &err)) {
        status = cli_fail(c, &err);
    } else if (judged) {
        status = say_verdict(c, d, &shown, &v);
    } else if (cli_flag(c, "--json")) {
        print_case_json(c, d, &shown);
    } else {
        print_case(c, d, &shown);
    }
    grade_close(desk);
    return status;
}

static int run(Cli *c)
{
    int status = 0;
    int64_t turn = 1;
    Str word = cli_value(c, "--turn");
    if (word.len && (!str_to_i64(word, &turn) || turn < 1 || turn > TURNS_MOST))
        return cli_usage(c, "--turn wants a number from 1 to %d, not '" STR_FMT "'", TURNS_MOST,
                         STR_ARG(word));
    App *app = cli_library(c, &status);
    if (!app) return status;
    const Drill *d = cli_drill(c, app, c->args.at[0], &status);
    if (d) status = play(c, d);
    app_close(app);
    return status;
}

static const Option options[] = {
    {"--seed", "N", "which series of queries; one in four is right; default 1"},
    {"--turn", "N", "another of the series: no two make the same mistake; default 1"},
    {"--json", NULL, "one object on one line"},
};
const Command CMD_BREAK = {
    .name = "break",
    .forms = {{"ID [FILE|-]", "show a plausible query, and judge the rows that break it"}},
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .args_min = 1,
    .args_max = 2,
    .run = run};
