// ambient: an answer in another dialect than the question's, by its own collation and NULL order.
//
// How texts compare and where NULLs sort is no operator that anybody wrote. An answer is read with
// the rules of the question's dialect; when that makes it wrong it is read once more with those of
// its own, and right so is right: nobody is refused for what their engine does by itself.
#include "exam/check/check.h"

static Str words(const Check *c)
{
    const char *own = sql_rules(c->answer->dialect)->title;
    const char *asked = sql_rules(c->paper->spec->dialect)->title;
    return str_fmt(c->a,
                   "Right as %s compares texts and sorts NULLs; by the rules of %s, the question's "
                   "dialect, some rows would differ: say which you assume.",
                   own, asked);
}

// Does the other reading make another program of it?
static bool reads_otherwise(const Check *c)
{
    const ExamSpec *spec = c->paper->spec;
    if (c->answer->dialect == spec->dialect || spec->load.len) return false;
    SqlHome home = sql_at_home(c->answer->dialect);
    Arena scratch = {0};
    SqlProgram program;
    Error none;
    bool other = exam_compile(&scratch, spec->warehouse, c->answer->sql, &home, &program, &none) &&
                 !str_eq(program.text, c->program.text);
    arena_free(&scratch);
    return other;
}

bool check_at_home(Check *c, Error *err)
{
    if (!reads_otherwise(c)) return true;
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
        check_note(c, S("exam/ambient"), words(c));
    }
    arena_free(&again.scratch);
    return ok;
}
