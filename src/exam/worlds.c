// worlds: an answer that is wrong here and right under other hidden facts answers another question.
#include "exam/private.h"

static StrList copied(Arena *a, const StrList *list)
{
    StrList out = {arena_array(a, Str, list->len), list->len};
    for (size_t i = 0; i < list->len; i++) out.at[i] = str_copy(a, list->at[i]);
    return out;
}

static bool is_right_there(ExamBank *bank, const ExamSpec *other, const ExamAnswer *answer,
                           bool *right, Error *err)
{
    Arena scratch = {0};
    Verdict v;
    bool ok = exam_check(bank, &scratch, other, answer, &v, err);
    *right = ok && v.kind == VERDICT_RIGHT;
    arena_free(&scratch);
    return ok;
}

bool worlds_ask(ExamBank *bank, Arena *a, const ExamSpec *spec, const ExamAnswer *answer,
                Verdict *v, Error *err)
{
    for (size_t i = 0; i < spec->other_count; i++) {
        const ExamSpec *other = &spec->others[i];
        bool right;
        if (!is_right_there(bank, other, answer, &right, err)) return false;
        if (!right) continue;
        v->assumed = copied(a, &other->assumes);
        Str assumed = str_join(a, v->assumed, S(" "));
        v->why = str_fmt(a, "Right, for another question. You assumed: " STR_FMT " " STR_FMT,
                         STR_ARG(assumed), STR_ARG(v->why));
        return true;
    }
    return true;
}
