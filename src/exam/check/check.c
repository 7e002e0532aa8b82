// check: one answer, from its first run to its verdict.
//
// First the sample of the visible data, which shows errors and endless queries at once; then the
// tiny databases, the smallest first, so that the first difference is small before anything is
// taken away; then databases from the candidate's own literals, and the same rows in another
// order; then some thousand rows of the visible data, for what tiny databases are too small to
// hold. The first database that decides ends it.
#include "exam/check/check.h"
#include "base/vec.h"
#include "exam/bank.h"
#include "exam/paper.h"
#include "exam/private.h"
#include "exam/run.h"

static bool compile(Check *c, Error *why)
{
    const ExamSpec *spec = c->paper->spec;
    SqlHome home = {.dialect = c->answer->dialect, .ambient = c->ambient};
    if (!exam_compile(c->a, spec->warehouse, c->answer->sql, &home, &c->program, why)) return false;
    for (size_t i = 0; i < c->program.note_count; i++) {
        const SqlNote *n = &c->program.notes[i];
        *vec_push(c->a, &c->notes) =
            (ReviewNote){S("sql/dialect"), (int)n->line, (int)n->column, n->text};
    }
    return true;
}

static void add_review(Check *c)
{
    size_t count;
    const ReviewNote *notes =
        review_answer(c->a, c->paper->spec->warehouse, c->answer->sql, c->answer->dialect, &count);
    for (size_t i = 0; i < count; i++) *vec_push(c->a, &c->notes) = notes[i];
}

bool check_examine(Check *c, Error *err)
{
    Error why;
    if (c->paper->unfit.kind != ERROR_NONE) {
        return check_blame(c->paper->spec, &c->paper->unfit, err);
    }
    if (!compile(c, &why)) {
        check_refuse(c, &why);
        return true;
    }
    if (!check_sample(c, err)) return false;
    if (c->decided) return true;
    // A difference on the sample waits: a tiny database that shows it is easier to read.
    const Data *large = c->found;
    c->found = NULL;
    bool ok = check_paper(c, err);
    if (ok && check_is_open(c) && large) ok = check_sample_stands(c, &large, err);
    if (ok && check_is_open(c) && !large) ok = check_kept(c, err);
    if (ok && check_is_open(c) && !large) ok = check_own(c, err);
    if (ok && check_is_open(c) && !large) ok = check_orders(c, err);
    if (ok && check_is_open(c) && !large) ok = check_ties(c, err);
    if (ok && check_is_open(c) && !large) ok = check_visible(c, err);
    if (ok && c->failed) return check_show_failure(c, err);
    if (!ok || c->decided) return ok;
    if (!c->found) c->found = large;
    return c->found ? check_refute(c, err) : check_accept(c, err);
}

bool exam_check(ExamBank *bank, Arena *a, const ExamSpec *spec, const ExamAnswer *answer,
                Verdict *out, Error *err)
{
    *out = (Verdict){.dialect = answer->dialect};
    Paper *paper = bank_paper(bank, spec, answer);
    Check c = {.a = a, .answer = answer, .paper = paper, .ambient = spec->dialect, .v = out};
    c.x = (Examinee){.q = bank_worker(bank),
                     .spec = spec,
                     .reference = &paper->program,
                     .ties = &paper->ties,
                     .answer = &c.program,
                     .w = &paper->w};
    bool ok = check_examine(&c, err);
    if (ok) ok = check_ambient(&c, err);
    if (ok && (out->kind == VERDICT_RIGHT || out->kind == VERDICT_WRONG)) add_review(&c);
    out->review = c.notes.at;
    out->review_count = c.notes.len;
    out->elapsed_ms = c.x.spent_ms;
    arena_free(&c.scratch);
    bool elsewhere = ok && out->kind == VERDICT_WRONG;
    return elsewhere ? worlds_ask(bank, a, spec, answer, out, err) : ok;
}
