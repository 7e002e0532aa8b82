// test_session: plays the scripts of tests/session/scripts and compares the effects with what they
// say must follow.
//
// Column 0 is what happens (an event with its argument, or +SECONDS), indented lines are the
// effects that must follow, lines that begin with ? ask for state. A mismatch prints file:line:
// with what was wanted and what came. BLESS=1 rewrites.
#include "base/file.h"
#include "base/path.h"
#include "session/session.h"
#include <check.h>
#include <stdio.h>
#include <stdlib.h>

static Str words_ties[] = {STR_LIT("tie"), STR_LIT("ties")};
static Str words_null[] = {STR_LIT("null"), STR_LIT("missing")};
static DialogFact facts[] = {
    {.id = STR_LIT("ties"), .ask = {words_ties, 2}, .say = STR_LIT("Ties all count.")},
    {.id = STR_LIT("nulls"),
     .ask = {words_null, 2},
     .say = STR_LIT("Ignore rows without a price.")},
};
static Str hints[] = {STR_LIT("What is one row?"), STR_LIT("Rank, do not number.")};
static Beat sql_beats[] = {{STR_LIT("clarify"), 60},
                           {STR_LIT("frame"), 15},
                           {STR_LIT("build"), 465},
                           {STR_LIT("stress"), 60}};
static Drill sql_drill = {
    .id = STR_LIT("t/top"),
    .kind = KIND_SQL,
    .title = STR_LIT("Top"),
    .prompt = STR_LIT("Show the dearest."),
    .hints = {hints, 2},
    .clock_seconds = 600,
    .beats = sql_beats,
    .beat_count = 4,
    .facts = facts,
    .fact_count = 2,
};
static Beat explain_beats[] = {{STR_LIT("claim"), 30}, {STR_LIT("how"), 60}};
static RubricItem items[] = {
    {.id = STR_LIT("key"), .axis = AXIS_FAILURE},
    {.id = STR_LIT("cost"), .axis = AXIS_TRADEOFFS},
    {.id = STR_LIT("rerun"), .axis = AXIS_FAILURE},
};
static Drill explain_drill = {
    .id = STR_LIT("t/upsert"),
    .kind = KIND_EXPLAIN,
    .title = STR_LIT("Upsert"),
    .clock_seconds = 90,
    .beats = explain_beats,
    .beat_count = 2,
    .items = items,
    .item_count = 3,
};

static Drill sql_items_drill = {
    .id = STR_LIT("t/load"),
    .kind = KIND_SQL,
    .title = STR_LIT("Load"),
    .prompt = STR_LIT("Load it."),
    .clock_seconds = 600,
    .beats = sql_beats,
    .beat_count = 4,
    .items = items,
    .item_count = 3,
};

static const struct {
    const char *name;
    const Drill *drill;
} drills[] = {{"sql", &sql_drill}, {"sql-items", &sql_items_drill}, {"explain", &explain_drill}};

typedef struct {
    Arena *a;
    Session s;
    Effects out;
    int64_t now;
    Buf blessed;
    size_t shown; // effects already compared
    int faults;
    const char *file;
    int line;
} Player;

static Str effect_line(Arena *a, const Effect *f)
{
    Buf b = buf_new(a);
    buf_fmt(&b, "  %s", effect_name(f->kind));
    if (f->kind == EFFECT_SAY) buf_fmt(&b, " %s:", who_name(f->who));
    if (f->name.len) buf_fmt(&b, " " STR_FMT, STR_ARG(f->name));
    if (f->text.len) buf_fmt(&b, " " STR_FMT, STR_ARG(f->text));
    return buf_str(&b);
}

static Str state_line(Player *p, Str ask)
{
    Session *s = &p->s;
    if (str_eq(ask, S("phase"))) return str_from(phase_name(s->phase));
    if (str_eq(ask, S("beat"))) return s->drill->beats[s->beat].name;
    if (str_eq(ask, S("spent"))) return str_fmt(p->a, "%d s", (int)(session_spent_ms(s) / 1000));
    if (str_eq(ask, S("tone"))) {
        static const char *const tones[] = {"calm", "warm", "over"};
        return str_from(tones[session_tone(s)]);
    }
    if (str_eq(ask, S("state"))) return session_state(s, p->a);
    Axis axis;
    ScoreLine lines[AXIS_COUNT_];
    if (!axis_from_name(ask, &axis)) return S("(no such question)");
    session_score(s, lines);
    return str_fmt(p->a, "%d: " STR_FMT,
                   lines[axis].rating ? lines[axis].rating : lines[axis].suggested,
                   STR_ARG(session_evidence(s, p->a, axis, &lines[axis])));
}

static void compare(Player *p, Str want, Str got)
{
    buf_fmt(&p->blessed, STR_FMT "\n", STR_ARG(got));
    if (str_eq(want, got)) return;
    printf("%s:%d: want %.*s\n%s:%d: got  %.*s\n", p->file, p->line, STR_ARG(want), p->file,
           p->line, STR_ARG(got));
    p->faults++;
}

static void flush(Player *p)
{
    for (; p->shown < p->out.len; p->shown++)
        compare(p, S("(nothing)"), effect_line(p->a, &p->out.at[p->shown]));
}

static int64_t number(Str text)
{
    int64_t v = 0;
    return str_to_i64(text, &v) ? v : 0;
}

static void fill(Event *e, Str arg)
{
    Str first, second;
    e->text = arg;
    e->dialect = DIALECT_SQLITE;
    if (e->kind == EV_EDIT) e->flag = str_eq(arg, S("words"));
    if (e->kind == EV_GRADED) {
        str_cut(arg, '|', &arg, &e->script); // "wrong why|script"
        str_cut(arg, ' ', &first, &e->text);
        for (int v = 0; v < VERDICT_COUNT_; v++) {
            if (str_eq(first, str_from(verdict_name((VerdictKind)v)))) e->number = v;
        }
    }
    if (e->kind == EV_JUDGED) {
        str_cut(arg, ' ', &first, &second);
        for (int v = 0; v < BREAK_COUNT_; v++) {
            if (str_eq(first, str_from(break_name((BreakKind)v)))) e->number = v;
        }
        e->value = (int)number(second);
    }
    if (e->kind == EV_RATE) {
        str_cut(arg, ' ', &first, &second);
        Axis axis;
        if (axis_from_name(first, &axis)) e->number = axis;
        e->value = (int)number(second);
    }
    if (e->kind == EV_BEAT || e->kind == EV_ITEM || e->kind == EV_RAN) {
        str_cut(arg, ' ', &first, &second);
        e->number = number(first);
        e->flag = str_eq(second, S("hit"));
        e->text = e->kind == EV_RAN ? second : (Str){0};
    }
}

static void happen(Player *p, Str line)
{
    Str verb, arg;
    str_cut(line, ' ', &verb, &arg);
    buf_fmt(&p->blessed, STR_FMT "\n", STR_ARG(line));
    if (verb.ptr[0] == '+') {
        p->now += number(str_slice(verb, 1, verb.len)) * 1000;
        return;
    }
    if (str_eq(verb, S("break"))) {
        p->s = session_breaking(&sql_drill, (BreakTurn){(uint64_t)number(arg), 0});
        return;
    }
    if (str_eq(verb, S("drill"))) {
        for (size_t i = 0; i < sizeof drills / sizeof *drills; i++) {
            if (str_eq(arg, str_from(drills[i].name)))
                p->s = session_new(drills[i].drill, DIALECT_SQLITE);
        }
        return;
    }
    for (int k = 0; k < EV_COUNT_; k++) {
        if (!str_eq(verb, str_from(event_name((EventKind)k)))) continue;
        Event e = {.kind = (EventKind)k, .at = p->now};
        fill(&e, arg);
        session_step(&p->s, p->a, &e, &p->out);
        session_check(&p->s);
        p->shown = 0;
        return;
    }
    printf("%s:%d: no such event: %.*s\n", p->file, p->line, STR_ARG(verb));
    p->faults++;
}

static int play(Str path)
{
    Arena a = {0};
    Error err;
    Str rest, line;
    ck_assert_msg(file_read(&a, path, 1 << 20, &rest, &err), "%s", err.text);
    Player p = {.a = &a, .blessed = buf_new(&a), .file = str_c(&a, path)};
    while (str_line(&rest, &line)) {
        p.line++;
        if (line.len == 0 || line.ptr[0] == '#') {
            flush(&p);
            buf_fmt(&p.blessed, STR_FMT "\n", STR_ARG(line));
        } else if (line.ptr[0] == ' ') {
            Str got = p.shown < p.out.len ? effect_line(&a, &p.out.at[p.shown++]) : S("(nothing)");
            compare(&p, line, got);
        } else if (line.ptr[0] == '?') {
            flush(&p);
            Str ask, want;
            str_cut(str_trim(str_slice(line, 1, line.len)), ' ', &ask, &want);
            Str got = state_line(&p, ask);
            compare(&p, line, str_fmt(&a, "? " STR_FMT " " STR_FMT, STR_ARG(ask), STR_ARG(got)));
        } else {
            flush(&p);
            happen(&p, line);
        }
    }
    flush(&p);
    if (getenv("BLESS")) ck_assert(file_write_atomic(path, buf_str(&p.blessed), &err));
    int faults = p.faults;
    arena_free(&a);
    return faults;
}

START_TEST(every_script_is_followed)
{
    Arena a = {0};
    Error err;
    StrList names;
    Str dir = S(SOURCE_DIR "/tests/session/scripts");
    ck_assert(file_list(&a, dir, 1000, &names, &err));
    ck_assert_uint_gt(names.len, 3);
    int faults = 0;
    for (size_t i = 0; i < names.len; i++) faults += play(path_join(&a, dir, names.at[i]));
    arena_free(&a);
    ck_assert_int_eq(faults, 0);
}
END_TEST

START_TEST(any_order_of_events_keeps_the_invariants)
{
    for (uint64_t seed = 1; seed <= 200; seed++) {
        Session s = session_new(seed % 2 ? &sql_drill : &explain_drill, DIALECT_SQLITE);
        if (seed % 3 == 0) s = session_breaking(&sql_drill, (BreakTurn){seed, 0});
        uint64_t x = seed * 2654435761u;
        int64_t now = 0;
        for (int i = 0; i < 200; i++) {
            Arena a = {0};
            Effects out;
            x = x * 6364136223846793005u + 1442695040888963407u;
            uint64_t r = x >> 33;
            now += (int64_t)(r % 20000) - 2000; // clocks go back as well
            Event e = {.kind = i ? (EventKind)(r % EV_COUNT_) : EV_START,
                       .at = now,
                       .text = S("ties?"),
                       .number = (int64_t)(r / 7 % 6) - 1,
                       .value = (int)(r / 11 % 7),
                       .flag = r & 1};
            if (e.kind == EV_JUDGED) e.number = (int64_t)(r % BREAK_COUNT_);
            if (e.kind == EV_GRADED) e.number = (int64_t)(r % VERDICT_COUNT_);
            session_step(&s, &a, &e, &out);
            session_check(&s); // aborts when something does not hold
            arena_free(&a);
        }
        ck_assert_int_ge(session_spent_ms(&s), 0);
    }
}
END_TEST

START_TEST(a_resumed_attempt_goes_on_where_it_was)
{
    Arena a = {0};
    Effects out;
    Session s = session_new(&sql_drill, DIALECT_SQLITE);
    session_step(&s, &a, &(Event){.kind = EV_START, .at = 1000}, &out);
    session_step(&s, &a, &(Event){.kind = EV_ASK, .at = 5000, .text = S("do ties count?")}, &out);
    session_step(&s, &a, &(Event){.kind = EV_HINT, .at = 6000}, &out);
    session_step(&s, &a, &(Event){.kind = EV_EDIT, .at = 31000}, &out);
    Str state = session_state(&s, &a);
    Session t = session_new(&sql_drill, DIALECT_SQLITE);
    session_step(&t, &a, &(Event){.kind = EV_RESUME, .at = 900000, .text = state}, &out);
    ck_assert_int_eq(session_spent_ms(&t), 30000);
    ck_assert_uint_eq(t.dialog.told, 1);
    ck_assert_int_eq(t.hints, 1);
    ck_assert_int_eq(t.questions, 1);
    ck_assert_uint_eq(t.beat, s.beat);
    ck_assert_str_eq(session_state(&t, &a).ptr, state.ptr);
    session_step(&t, &a, &(Event){.kind = EV_RESUME, .at = 900000, .text = S("{damaged")}, &out);
    arena_free(&a);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("session");
    TCase *t = tcase_create("session");
    tcase_add_test(t, every_script_is_followed);
    tcase_add_test(t, any_order_of_events_keeps_the_invariants);
    tcase_add_test(t, a_resumed_attempt_goes_on_where_it_was);
    suite_add_tcase(s, t);
    SRunner *r = srunner_create(s);
    srunner_run_all(r, CK_ENV);
    int bad = srunner_ntests_failed(r);
    srunner_free(r);
    return bad ? EXIT_FAILURE : EXIT_SUCCESS;
}
