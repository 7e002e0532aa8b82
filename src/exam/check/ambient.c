// ambient: an answer in another dialect than the question's, by its own collation and NULL order.
//
// How texts compare and where NULLs sort is no operator that anybody wrote. An answer is read with
// the rules of the question's dialect; when that makes it wrong it is read once more with those of
// its own, and right so is right: nobody is refused for what their engine does by itself. When it
// is right by the question's rules alone it stays so, and is told.
#include "exam/check/check.h"
#include "exam/paper.h"
#include "exam/run.h"

static Str words(const Check *c, Dialect right, Dialect other)
{
    bool own = right == c->answer->dialect;
    return str_fmt(c->a,
                   "Right as %s compares texts and sorts NULLs; by the rules of %s, %s dialect, "
                   "some rows would differ: say which you assume.",
                   sql_rules(right)->title, sql_rules(other)->title,
                   own ? "the question's" : "your answer's");
}

// Whether its own rules make another program of it: that one.
static bool reads_otherwise(const Check *c, SqlProgram *own)
{
    const ExamSpec *spec = c->paper->spec;
    if (c->answer->dialect == spec->dialect || spec->load.len) return false;
    SqlHome home = sql_at_home(c->answer->dialect);
    Error none;
    return exam_compile(c->a, spec->warehouse, c->answer->sql, &home, own, &none) &&
           !str_eq(own->text, c->program.text);
}

// --- Wrong by the question's rules ---

static bool read_at_home(Check *c, Error *err)
{
    Verdict v = {.dialect = c->answer->dialect};
    Check again = {
        .a = c->a, .answer = c->answer, .paper = c->paper, .ambient = c->answer->dialect, .v = &v};
    again.x = (Examinee){.q = c->x.q,
                         .spec = c->x.spec,
                         .reference = c->x.reference,
                         .ties = c->x.ties,
                         .answer = &again.program,
                         .w = c->x.w};
    bool ok = check_examine(&again, err);
    c->x.spent_ms += again.x.spent_ms;
    if (ok && v.kind == VERDICT_RIGHT) {
        *c->v = v;
        c->notes = again.notes;
        check_note(c, S("exam/ambient"), words(c, c->answer->dialect, c->paper->spec->dialect));
    }
    arena_free(&again.scratch);
    return ok;
}

// --- Right by the question's rules ---

// Whether the other program gives something else where the question's gives what is expected.
static bool parts_at_home(Check *c, const SqlProgram *own, Case *k, bool *parts, Error *err)
{
    Arena scratch = {0};
    QueryResult r;
    bool ok = run_on(&c->x, &scratch, (Run){k->image, own, &EXAM_TINY}, &r, err);
    *parts = ok && r.error.kind == ERROR_NONE &&
             run_compare(&c->x, &scratch, &k->expected, &r.table).kind != COMPARE_SAME;
    arena_free(&scratch);
    if (ok && *parts) ok = case_is_stable(&c->x, k, parts, err);
    return ok;
}

static bool note_at_home(Check *c, const SqlProgram *own, Error *err)
{
    Paper *s = c->paper;
    bool parts = false;
    for (size_t i = 0; i < s->count && !parts; i++) {
        if (s->cases[i].state != CASE_READY) continue;
        if (!parts_at_home(c, own, &s->cases[i], &parts, err)) return false;
    }
    if (parts) check_note(c, S("exam/ambient"), words(c, s->spec->dialect, c->answer->dialect));
    return true;
}

bool check_ambient(Check *c, Error *err)
{
    SqlProgram own;
    bool right = c->v->kind == VERDICT_RIGHT, wrong = c->v->kind == VERDICT_WRONG;
    if (!(right || wrong) || !reads_otherwise(c, &own)) return true;
    return right ? note_at_home(c, &own, err) : read_at_home(c, err);
}
