// worlds: the hidden truths of a drill: each gets an exam of its own that knows the others.
#include "pack/read.h"

static Str said_in(const Drill *d, const DrillWorld *w, Str fact)
{
    for (size_t i = 0; i < w->tell_count; i++) {
        if (str_eq(w->tells[i].fact, fact)) return w->tells[i].say;
    }
    for (size_t i = 0; i < d->fact_count; i++) {
        if (str_eq(d->facts[i].id, fact)) return d->facts[i].say;
    }
    return (Str){0};
}

// What a world says that world `other` does not.
static StrList difference(Arena *a, const Drill *d, const DrillWorld *w, const DrillWorld *other)
{
    StrList says = {arena_array(a, Str, d->fact_count), 0};
    for (size_t i = 0; i < d->fact_count; i++) {
        Str here = said_in(d, w, d->facts[i].id);
        if (!str_eq(here, said_in(d, other, d->facts[i].id))) says.at[says.len++] = here;
    }
    return says;
}

// ---- what would make the worlds pointless

static bool forks(const Drill *d, Str fact)
{
    for (size_t i = 1; i < d->world_count; i++) {
        if (!str_eq(said_in(d, &d->worlds[0], fact), said_in(d, &d->worlds[i], fact))) return true;
    }
    return false;
}

static void check_facts(Reader *r, const Drill *d)
{
    for (size_t f = 0; f < d->fact_count; f++) {
        const DialogFact *fact = &d->facts[f];
        bool told = false;
        for (size_t i = 0; i < d->world_count && !told; i++) {
            const DrillWorld *w = &d->worlds[i];
            for (size_t k = 0; k < w->tell_count; k++)
                told = told || str_eq(w->tells[k].fact, fact->id);
        }
        if (!told || forks(d, fact->id)) continue;
        diag_error(r->diags, fact->at,
                   "the fact `" STR_FMT "` says the same in every world: it decides nothing there",
                   STR_ARG(fact->id));
    }
}

static void check_answers(Reader *r, const Drill *d)
{
    for (size_t i = 0; i < d->world_count; i++) {
        const DrillWorld *w = &d->worlds[i];
        for (size_t k = 0; k < i; k++) {
            if (!str_eq(str_trim(w->exam.answer), str_trim(d->worlds[k].exam.answer))) continue;
            diag_error(r->diags, w->at,
                       "the worlds `" STR_FMT "` and `" STR_FMT
                       "` have the same answer: whoever asks gains nothing",
                       STR_ARG(d->worlds[k].id), STR_ARG(w->id));
        }
    }
}

// ---- their exams

static void complete(const Drill *d, const YamlNode *n, DrillWorld *w)
{
    ExamSpec own = w->exam;
    const YamlNode *answer = yaml_get(n, S("answer"));
    w->exam = d->exam;
    w->exam.answer_at = answer ? answer->at : d->exam.answer_at;
    if (own.answer.len) w->exam.answer = own.answer;
    if (own.answer.len || own.wrong_count) {
        w->exam.wrong = own.wrong;
        w->exam.wrong_count = own.wrong_count;
    }
    if (own.answer.len || own.also_right.len) w->exam.also_right = own.also_right;
}

static void introduce(Reader *r, Drill *d, size_t i)
{
    DrillWorld *w = &d->worlds[i];
    ExamSpec *others = arena_array(r->arena, ExamSpec, d->world_count);
    size_t count = 0;
    for (size_t k = 0; k < d->world_count; k++) {
        if (k == i) continue;
        others[count] = d->worlds[k].exam;
        others[count].assumes = difference(r->arena, d, &d->worlds[k], w);
        others[count].others = NULL;
        others[count++].other_count = 0;
    }
    w->exam.others = others;
    w->exam.other_count = count;
}

void pack_settle_worlds(Reader *r, const YamlNode *n, Drill *d)
{
    const YamlNode *list = yaml_get(n, S("worlds"));
    if (!d->world_count || !list || list->kind != YAML_LIST || list->count != d->world_count)
        return;
    for (size_t i = 0; i < d->world_count; i++) complete(d, list->items[i], &d->worlds[i]);
    if (d->world_count == 1)
        diag_error(r->diags, d->worlds[0].at, "worlds: one alone hides nothing; give two or more");
    check_facts(r, d);
    check_answers(r, d);
    for (size_t i = 0; i < d->world_count; i++) introduce(r, d, i);
    d->exam = d->worlds[0].exam;
}
