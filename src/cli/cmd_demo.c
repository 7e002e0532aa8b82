// demo: a scripted session without a terminal: the packs, the data, one right and one wrong answer,
// the score cards.
#include "cli/command.h"

// The drill to show: the first SQL drill that has a wrong answer to refute.
static const Drill *choose(const Library *l)
{
    library_read_all(l);
    for (size_t i = 0; i < library_drill_count(l); i++) {
        const Drill *d = library_at(l, i);
        bool query = d->kind == KIND_SQL && !d->exam.load.len && !d->world_count;
        if (query && d->exam.wrong_count && d->fact_count) return d;
    }
    return NULL;
}

static void heading(Cli *c, const char *text)
{
    fputc('\n', c->out);
    cli_print_markdown(c, str_fmt(c->a, "## %s", text));
    fputc('\n', c->out);
}

// What the candidate asks, and what the interviewer answers.
static void converse(Cli *c, const Drill *d)
{
    Session s = session_new(d, d->exam.dialect);
    Effects out;
    session_step(&s, c->a, &(Event){.kind = EV_START}, &out);
    for (size_t i = 0; i < d->fact_count; i++) {
        if (!d->facts[i].asks.len) continue;
        session_step(&s, c->a, &(Event){.kind = EV_ASK, .text = d->facts[i].asks.at[0]}, &out);
        for (size_t k = 0; k < out.len; k++) {
            if (out.at[k].kind != EFFECT_SAY) continue;
            const char *mark = out.at[k].who == WHO_CANDIDATE ? "> " : "";
            cli_print_markdown(c, str_fmt(c->a, "%s" STR_FMT, mark, STR_ARG(out.at[k].text)));
        }
        fputc('\n', c->out);
    }
}

static void send(Cli *c, Session *s, Event e)
{
    Effects out;
    e.at += s->now;
    e.dialect = s->dialect;
    session_step(s, c->a, &e, &out);
}

// The same attempt played through the session itself: one candidate asks, and addresses what
// counts; the other does not.
static Session play_attempt(Cli *c, const Drill *d, bool senior, const Verdict *v)
{
    Session s = session_new(d, d->exam.dialect);
    send(c, &s, (Event){.kind = EV_START});
    for (size_t i = 0; senior && i < d->fact_count; i++) {
        if (d->facts[i].asks.len)
            send(c, &s, (Event){.kind = EV_ASK, .at = 12000, .text = d->facts[i].asks.at[0]});
    }
    for (int i = 0; i < 9; i++) send(c, &s, (Event){.kind = EV_EDIT, .at = 8000});
    for (int i = 0; i < 2; i++)
        send(c, &s, (Event){.kind = EV_SUBMIT, .at = 10000, .text = d->exam.answer});
    send(c, &s, (Event){.kind = EV_GRADED, .number = v->kind, .text = v->why});
    send(c, &s, (Event){.kind = EV_GUESS});
    if (s.phase == PHASE_REFUTED) send(c, &s, (Event){.kind = EV_FINISH});
    for (size_t i = 0; i < d->item_count; i++) {
        send(c, &s, (Event){.kind = EV_ITEM, .number = (int64_t)i, .flag = senior});
    }
    if (s.phase == PHASE_COMPARE) send(c, &s, (Event){.kind = EV_FINISH});
    return s;
}

static void print_card(Cli *c, const Session *s)
{
    static const char *const dots[] = {"  -  ", "●○○○ ", "●●○○ ", "●●●○ ", "●●●● "};
    ScoreLine lines[AXIS_COUNT_];
    session_score(s, lines);
    for (int i = 0; i < AXIS_COUNT_; i++) {
        Str words = session_evidence(s, c->a, (Axis)i, &lines[i]);
        Str line = str_fmt(c->a, "  %-14s %s " STR_FMT "\n", axis_title((Axis)i),
                           dots[lines[i].suggested], STR_ARG(words));
        cli_print(c->out, line);
    }
}

static bool show_one(Cli *c, GradeDesk *desk, const Drill *d, Str answer, bool senior, Error *err)
{
    Verdict v;
    VerdictKind expected = senior ? VERDICT_RIGHT : VERDICT_WRONG;
    int64_t from = c->world.mono_ms(&c->world);
    Str sql = str_fmt(c->a, "```sql\n" STR_FMT "%s```\n", STR_ARG(answer),
                      str_ends(answer, S("\n")) ? "" : "\n");
    cli_print_markdown(c, sql);
    fputc('\n', c->out);
    GradeAnswer given = {answer, d->exam.dialect, c->world.seed, 0};
    if (!grade_answer(desk, c->a, d, &given, &v, err)) return false;
    cli_print_verdict(c, d, &v);
    fprintf(c->out, "graded in %lld ms\n\n", (long long)(c->world.mono_ms(&c->world) - from));
    Session s = play_attempt(c, d, senior, &v);
    print_card(c, &s);
    if (v.kind == expected) return true;
    return error_set(err, ERROR_INTERNAL, "the demo's answer to %.*s was graded '%s'",
                     STR_ARG(d->id), verdict_name(v.kind));
}

static bool play(Cli *c, const App *app, Error *err)
{
    const Library *l = app_library(app);
    const Drill *d = choose(l);
    GradeDesk *desk = NULL;
    int64_t rows = 0, from = c->world.mono_ms(&c->world);
    Str wrong;
    if (!d)
        return error_set(err, ERROR_INPUT,
                         "there is no SQL drill to show; the shipped packs were not found");
    fprintf(c->out, "greenroom %s: %zu packs, %zu drills\n", GREENROOM_VERSION, l->pack_count,
            library_drill_count(l));
    bool ok = grade_open(&c->world, &desk, err) && grade_prepare(desk, d, &rows, err);
    if (ok) {
        fprintf(c->out, "warehouse " STR_FMT ": %lld rows in %lld ms\n",
                STR_ARG(d->exam.warehouse->name), (long long)rows,
                (long long)(c->world.mono_ms(&c->world) - from));
        heading(c, "The question");
        cli_print_markdown(c, d->prompt);
        heading(c, "A right answer, by a candidate who asks first");
        converse(c, d);
        ok = show_one(c, desk, d, d->exam.answer, true, err);
    }
    if (ok) {
        heading(c, "A wrong answer, by one who does not");
        ok = exam_wrong_sql(c->a, &d->exam, &d->exam.wrong[0], &wrong, err) &&
             show_one(c, desk, d, wrong, false, err);
    }
    if (ok) {
        heading(c, "What next");
        cli_print_markdown(
            c, S("- `greenroom` opens the home screen; `greenroom list` names the drills\n"
                 "- `greenroom drill sql-core/gaps-and-islands` starts one against the clock\n"
                 "- `greenroom doctor` says what works on this machine\n"));
    }
    grade_close(desk);
    return ok;
}

static int run(Cli *c)
{
    int status = 0;
    Error err;
    App *app = cli_library(c, &status);
    if (!app) return status;
    if (!play(c, app, &err)) status = cli_fail(c, &err);
    app_close(app);
    return status;
}

const Command CMD_DEMO = {
    .name = "demo", .forms = {{"", "a scripted session without a terminal"}}, .run = run};
