// grade: the desk on which answers are run and graded: one worker, the visible data of the last
// warehouses, and the exam's databases.
#include "base/check.h"
#include "grade/private.h"
#include <stdlib.h>
#include <unistd.h>

enum { SHELF = 4 }; // visible images kept open

typedef struct {
    const WarehouseSpec *w;
    CachedImage image;
} Shelved;

struct GradeDesk {
    const World *world;
    QueryWorker *q;
    ExamBank *bank;
    Shelved shelf[SHELF]; // the latest first
    size_t len;
};

bool grade_open(const World *w, GradeDesk **out, Error *err)
{
    GradeDesk *d = calloc(1, sizeof *d);
    if (!d) die_out_of_memory();
    d->world = w;
    if (!query_open(w, &d->q, err)) {
        grade_close(d);
        return false;
    }
    d->bank = exam_bank_open(d->q);
    *out = d;
    return true;
}

void grade_close(GradeDesk *d)
{
    if (!d) return;
    exam_bank_close(d->bank);
    query_close(d->q);
    for (size_t i = 0; i < d->len; i++) close(d->shelf[i].image.fd);
    free(d);
}

// --- The visible data ---

static void shelve(GradeDesk *d, size_t at, Shelved s)
{
    for (; at > 0; at--) d->shelf[at] = d->shelf[at - 1];
    d->shelf[0] = s;
}

static bool visible(GradeDesk *d, const WarehouseSpec *w, CachedImage *out, Error *err)
{
    size_t at = 0;
    while (at < d->len && d->shelf[at].w != w) at++;
    Shelved s = {.w = w};
    if (at < d->len) {
        s = d->shelf[at];
    } else {
        DataJudge judge = exam_judge(d->q);
        DataOptions o = {.scale = 1, .seed = d->world->seed, .profile = PROFILE_DIRTY};
        if (!warehouse_cached(d->world, w, &o, &judge, &s.image, err)) return false;
        if (d->len == SHELF) {
            close(d->shelf[--d->len].image.fd);
        }
        at = d->len++;
    }
    shelve(d, at, s);
    *out = s.image;
    return true;
}

bool grade_prepare(GradeDesk *d, const Drill *drill, int64_t *rows, Error *err)
{
    CachedImage image = {.rows = 0};
    bool has_data = drill->kind == KIND_SQL && drill->exam.warehouse;
    if (has_data && !visible(d, drill->exam.warehouse, &image, err)) return false;
    *rows = image.rows;
    return true;
}

QueryWorker *grade_worker(GradeDesk *d)
{
    return d->q;
}

bool grade_load_visible(GradeDesk *d, const WarehouseSpec *w, Error *err)
{
    CachedImage image;
    if (!visible(d, w, &image, err)) return false;
    QueryImage load = {.fd = image.fd, .size = image.size, .now_ms = w->now_ms};
    return query_load(d->q, &load, err);
}

// --- Answers ---

// SQLite says where it stopped reading; our own parser says what was expected there and what was
// probably meant. Where both find a fault, ours is told.
static void explain_syntax(Arena *a, Str answer, Dialect dialect, Error *e)
{
    SqlScript script;
    Error ours;
    bool vague = str_find(str_from(e->text), S("yntax error"), NULL) ||
                 str_find(str_from(e->text), S("ncomplete input"), NULL);
    if (e->kind != ERROR_SYNTAX || !vague) return;
    if (!sql_parse(a, answer, dialect, &script, &ours) && ours.kind == ERROR_SYNTAX) *e = ours;
}

bool grade_has_engine(const Drill *drill, const char *doing, Error *err)
{
    if (drill->kind == KIND_SQL && drill->exam.warehouse) return true;
    return error_set(err, ERROR_UNSUPPORTED,
                     "greenroom cannot %s answers to drills of kind %s; compare yours with the "
                     "model answer: greenroom explain " STR_FMT ".",
                     doing, kind_name(drill->kind), STR_ARG(drill->id));
}

bool grade_run(GradeDesk *d, Arena *a, const Drill *drill, Str answer, Dialect dialect,
               QueryResult *out, Error *err)
{
    *out = (QueryResult){.error_at = SIZE_MAX, .source_at = SIZE_MAX};
    if (!grade_has_engine(drill, "run", err)) return false;
    const WarehouseSpec *w = drill->exam.warehouse;
    SqlProgram program;
    SqlHome home = sql_at_home(dialect);
    if (!exam_compile(a, w, answer, &home, &program, &out->error)) return true;
    if (!grade_load_visible(d, w, err)) return false;
    const ExamSpec *spec = &drill->exam;
    bool ok = spec->load.len ? exam_load_once(d->q, a, spec, &program, &QUERY_SHOW, out, err)
                             : query_run(d->q, a, program.text, &QUERY_SHOW, out, err);
    if (!ok) return false;
    exam_names(&program, out);
    if (out->error.kind == ERROR_NONE) {
        exam_types(a, w, &program, out);
    } else {
        exam_place(&program, answer, out);
    }
    explain_syntax(a, answer, dialect, &out->error);
    return true;
}

bool grade_answer(GradeDesk *d, Arena *a, const Drill *drill, const GradeAnswer *answer,
                  Verdict *out, Error *err)
{
    if (!grade_has_engine(drill, "grade", err)) return false;
    int64_t began = d->world->mono_ms(d->world);
    ExamAnswer submitted = {.sql = answer->text, .dialect = answer->dialect, .seed = answer->seed};
    const ExamSpec *spec = drill_exam(drill, answer->world);
    if (!exam_check(d->bank, a, spec, &submitted, out, err)) return false;
    explain_syntax(a, answer->text, answer->dialect, &out->error);
    out->elapsed_ms = (double)(d->world->mono_ms(d->world) - began);
    return true;
}

bool grade_warm(GradeDesk *d, const Drill *drill, uint64_t seed, size_t world, bool *more,
                Error *err)
{
    *more = false;
    if (drill->kind != KIND_SQL || !drill->exam.warehouse) return true;
    return exam_warm(d->bank, drill_exam(drill, world), seed, more, err);
}

bool grade_another(GradeDesk *d, Arena *a, const Drill *drill, const GradeAnswer *answer,
                   unsigned seen, ExamAnother *out, Error *err)
{
    if (!grade_has_engine(drill, "grade", err)) return false;
    ExamAnswer submitted = {.sql = answer->text, .dialect = answer->dialect, .seed = answer->seed};
    return exam_another(d->bank, a, drill_exam(drill, answer->world), &submitted, seen, out, err);
}

bool grade_audit(GradeDesk *d, Arena *a, const Drill *drill, uint64_t seed, ExamAudit *out,
                 Error *err)
{
    if (!grade_has_engine(drill, "test", err)) return false;
    return exam_audit(d->bank, a, &drill->exam, seed, out, err);
}

size_t grade_break_world(const Drill *drill, BreakTurn turn)
{
    return drill_draw(drill, turn.seed + turn.turn);
}

bool grade_break(GradeDesk *d, Arena *a, const Drill *drill, const GradeBreak *what,
                 BreakCase *shown, BreakVerdict *out, Error *err)
{
    const ExamSpec *spec = drill_exam(drill, grade_break_world(drill, what->turn));
    BreakTurn turn = what->turn;
    *out = (BreakVerdict){0};
    if (!grade_has_engine(drill, "break", err)) return false;
    // The turns of a drill go round its worlds: each has every n-th of them.
    if (drill->world_count) turn.turn /= drill->world_count;
    if (!exam_break_draw(d->bank, spec, turn, shown, err)) return false;
    return !what->text.len ||
           exam_break_judge(d->bank, a, spec, shown, what->text, turn.seed, out, err);
}
