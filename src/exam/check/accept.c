// accept: a right answer's verdict, unless the question itself could not be examined.
#include "exam/check/check.h"
#include "exam/paper.h"

static bool reference_says_nothing(const Paper *s)
{
    bool any = s->sample.expected.rows || s->visible.expected.rows;
    for (size_t i = 0; i < s->count && !any; i++) any = s->cases[i].expected.rows > 0;
    return !any;
}

// To agree on nothing is no answer: any query that never gives a row does.
static void refuse_question(Check *c)
{
    Error why = {0};
    const ExamSpec *spec = c->paper->spec;
    error_at(&why, ERROR_INPUT, spec->answer_at.file, spec->answer_at.line, spec->answer_at.column,
             "This question could not be examined, which is no fault of yours: on all %zu "
             "databases that were tried its reference gives no row, nor does your answer.",
             c->v->tried);
    check_refuse(c, &why);
}

bool check_accept(Check *c, Error *err)
{
    Paper *s = c->paper;
    if (s->void_count * 2 > s->planned || !c->v->tried) {
        return check_blame(s->spec, &s->fault, err);
    }
    if (reference_says_nothing(s)) {
        refuse_question(c);
        return true;
    }
    c->v->kind = VERDICT_RIGHT;
    c->v->why = str_fmt(c->a, "Your answer agrees with the reference on all %zu databases tried.",
                        c->v->tried);
    if (c->stopped.kind != ERROR_NONE) {
        check_note(
            c, S("exam/stops-on-empty"),
            str_fmt(c->a, "Right, but where a table has no row yet it stops: %s", c->stopped.text));
    }
    if (c->over.kind != ERROR_NONE) {
        check_note(c, S("exam/over-budget"),
                   str_fmt(c->a, "Right on small data, but on %s: %s", c->over_on, c->over.text));
    }
    return true;
}
