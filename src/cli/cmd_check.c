// check: grades an answer; --batch grades one a line and goes on after a bad line.
#include "cli/command.h"

// "id" is given back as it came: a text or a whole number.
static void put_id(Json *j, const JsonMember *id)
{
    if (!id) return;
    if (id->kind == MEMBER_STR) json_pair_str(j, "id", id->text);
    if (id->kind == MEMBER_INT) json_pair_int(j, "id", id->integer);
}

static void open_object(Json *j, const Drill *d, const JsonMember *id)
{
    json_begin_object(j);
    put_id(j, id);
    json_pair_str(j, "drill", d->id);
}

static void print_verdict_json(Cli *c, const Drill *d, const JsonMember *id, const Verdict *v)
{
    Buf b = buf_new(c->a);
    Json j = json_new(&b);
    open_object(&j, d, id);
    verdict_json(&j, v);
    json_end_object(&j);
    cli_print_json(c->out, &b);
}

// Kinds that one marks oneself have no verdict: what counts is printed, and the status is 0.
static void print_own_marks(Cli *c, const Drill *d, const JsonMember *id)
{
    if (cli_flag(c, "--json") || cli_flag(c, "--batch")) {
        Buf b = buf_new(c->a);
        Json j = json_new(&b);
        open_object(&j, d, id);
        json_pair_str(&j, "kind", str_from(kind_name(d->kind)));
        json_pair_str(&j, "why",
                      S("this kind is marked by oneself: compare with the model answer"));
        json_end_object(&j);
        cli_print_json(c->out, &b);
        return;
    }
    fprintf(c->out, "%s drills are marked by yourself. Did you address these?\n\n",
            kind_name(d->kind));
    for (size_t i = 0; i < d->item_count; i++) {
        Str line = str_fmt(c->a, "- *%s*: " STR_FMT, axis_title(d->items[i].axis),
                           STR_ARG(d->items[i].want));
        cli_print_markdown(c, line);
    }
    fprintf(c->out, "\nThe model answer: greenroom explain " STR_FMT "\n", STR_ARG(d->id));
}

static bool timed_grade(Cli *c, GradeDesk *desk, const Drill *d, Str answer, Dialect dialect,
                        Verdict *v, Error *err)
{
    int64_t from = c->world.mono_ms(&c->world);
    GradeAnswer given = {answer, dialect, c->world.seed, drill_draw(d, c->world.seed)};
    if (!grade_answer(desk, c->a, d, &given, v, err)) return false;
    v->elapsed_ms = (double)(c->world.mono_ms(&c->world) - from);
    return true;
}

// What `--another` adds to a wrong verdict: a database for each reason that is found.
static bool print_others(Cli *c, GradeDesk *desk, const Drill *d, const GradeAnswer *given,
                         Error *err)
{
    ExamAnother o = {0};
    for (;;) {
        if (!grade_another(desk, c->a, d, given, o.seen, &o, err)) return false;
        if (!o.found) break;
        fprintf(c->out, "\nAnother kind: %s.\n", turn_words(o.turn));
        cli_print_counterexample(c, &o.counterexample);
    }
    fputs("\nNo other kind of database was found that tells them apart.\n", c->out);
    return true;
}

static bool put_others(Cli *c, Json *j, GradeDesk *desk, const Drill *d, const GradeAnswer *given,
                       Error *err)
{
    ExamAnother o = {0};
    json_key(j, S("others"));
    json_begin_array(j);
    for (;;) {
        if (!grade_another(desk, c->a, d, given, o.seen, &o, err)) return false;
        if (!o.found) break;
        json_begin_object(j);
        json_pair_str(j, "turns_on", str_from(turn_name(o.turn)));
        json_key(j, S("counterexample"));
        counterexample_json(j, &o.counterexample);
        json_end_object(j);
    }
    json_end_array(j);
    return true;
}

static int check_one(Cli *c, const Drill *d)
{
    Error err;
    Str answer;
    Dialect dialect;
    Verdict v;
    int status = 0;
    Buf json = buf_new(c->a);
    Json j = json_new(&json);
    if (!cli_dialect(c, d, &dialect, &status)) return status;
    if (!cli_answer(c, c->args.at[1], &answer, &err)) return cli_fail(c, &err);
    if (d->kind != KIND_SQL) {
        print_own_marks(c, d, NULL);
        return 0;
    }
    GradeDesk *desk = NULL;
    bool ok =
        grade_open(&c->world, &desk, &err) && timed_grade(c, desk, d, answer, dialect, &v, &err);
    GradeAnswer given = {answer, dialect, c->world.seed, drill_draw(d, c->world.seed)};
    bool others = ok && cli_flag(c, "--another") && v.kind == VERDICT_WRONG;
    if (ok && cli_flag(c, "--json")) {
        open_object(&j, d, NULL);
        verdict_json(&j, &v);
        if (others) ok = put_others(c, &j, desk, d, &given, &err);
        json_end_object(&j);
        if (ok) cli_print_json(c->out, &json);
    } else if (ok) {
        cli_print_verdict(c, d, &v);
        if (others) ok = print_others(c, desk, d, &given, &err);
    }
    status = ok ? cli_verdict_exit(&v) : cli_fail(c, &err);
    grade_close(desk);
    return status;
}

// ---- batch

static void print_line_fault(Cli *c, const JsonMember *id, const Error *e)
{
    Buf b = buf_new(c->a);
    Json j = json_new(&b);
    json_begin_object(&j);
    put_id(&j, id);
    json_pair_str(&j, "verdict", S("error"));
    json_key(&j, S("error"));
    json_begin_object(&j);
    json_pair_str(&j, "kind", str_from(error_kind_name(e->kind)));
    json_pair_str(&j, "message", str_from(e->text));
    json_end_object(&j);
    json_end_object(&j);
    cli_print_json(c->out, &b);
}

static bool batch_line(Cli *c, const App *app, GradeDesk *desk, Str line, const JsonMember **id,
                       Error *err)
{
    JsonObject o;
    if (!json_read_object(c->a, line, &o, err)) return false;
    *id = json_member(&o, S("id"));
    Str name = json_member_str(&o, S("drill")), dialect_word = json_member_str(&o, S("dialect"));
    const Drill *d = library_drill(app_library(app), name);
    if (!d) return error_set(err, ERROR_INPUT, "there is no drill '%.*s'", STR_ARG(name));
    library_read(app_library(app), d);
    if (!json_member(&o, S("answer")))
        return error_set(err, ERROR_INPUT, "the line has no \"answer\"");
    if (d->kind != KIND_SQL) {
        print_own_marks(c, d, *id);
        return true;
    }
    Dialect dialect = d->exam.dialect;
    if (dialect_word.len && !dialect_from_name(dialect_word, &dialect)) {
        return error_set(err, ERROR_INPUT, "there is no dialect '%.*s'", STR_ARG(dialect_word));
    }
    Verdict v;
    if (!timed_grade(c, desk, d, json_member_str(&o, S("answer")), dialect, &v, err)) return false;
    print_verdict_json(c, d, *id, &v);
    return true;
}

static int check_batch(Cli *c, const App *app)
{
    Error err;
    Str rest, line;
    GradeDesk *desk = NULL;
    bool faults = false;
    if (!cli_answer(c, c->args.at[0], &rest, &err)) return cli_fail(c, &err);
    if (!grade_open(&c->world, &desk, &err)) return cli_fail(c, &err);
    while (str_line(&rest, &line)) {
        if (str_trim(line).len == 0) continue;
        ArenaMark mark = arena_mark(c->a);
        const JsonMember *id = NULL;
        if (!batch_line(c, app, desk, line, &id, &err)) {
            print_line_fault(c, id, &err);
            faults = true;
        }
        fflush(c->out);
        arena_rewind(c->a, mark);
    }
    grade_close(desk);
    return faults ? EXIT_WRONG : 0;
}

static int run(Cli *c)
{
    bool batch = cli_flag(c, "--batch");
    if (c->args.len != (batch ? 1 : 2)) {
        return cli_usage(c, batch ? "it is: greenroom check --batch FILE|-"
                                  : "it is: greenroom check ID FILE|-");
    }
    int status = 0;
    App *app = cli_library(c, &status);
    if (!app) return status;
    if (batch) {
        status = check_batch(c, app);
    } else {
        const Drill *d = cli_drill(c, app, c->args.at[0], &status);
        if (d) status = check_one(c, d);
    }
    app_close(app);
    return status;
}

static const Option options[] = {
    {"--dialect", "D", "the dialect the answer is written in; default the drill's"},
    {"--seed", "N", "which hidden databases; default 1"},
    {"--batch", NULL,
     "one {\"drill\":…,\"answer\":…,\"dialect\":…,\"id\":…} a line in, one verdict a line out"},
    {"--another", NULL, "of a wrong answer, also a database for each other reason that is found"},
    {"--json", NULL, "one object on one line"},
};
const Command CMD_CHECK = {.name = "check",
                           .forms = {{"ID FILE|-", "grade an answer"},
                                     {"--batch FILE|-", "many: a line of JSON each, in and out"}},
                           .options = options,
                           .option_count = sizeof options / sizeof *options,
                           .args_min = 1,
                           .args_max = 2,
                           .run = run};
