// steps: the parts of an answer, each run alone on the visible data, so that a candidate sees where
// rows multiply or vanish.
#include "grade/private.h"

static const QueryLimits STEP = {
    .steps = 40 * 1000 * 1000, .rows = 200, .bytes = 1 << 20, .wall_ms = 4000};

// All rows, where the result was cut: counted by SQLite over the same program.
static bool count_rows(GradeDesk *d, Arena *a, const SqlProgram *p, GradeStep *out, Error *err)
{
    QueryResult r;
    out->rows = (int64_t)out->result.table.rows;
    if (!out->result.table.more) return true;
    Str text = str_trim(p->text);
    if (str_ends(text, S(";"))) text.len--;
    Str count = str_fmt(a, "SELECT COUNT(*) FROM (" STR_FMT "\n)", STR_ARG(text));
    if (!query_run(grade_worker(d), a, count, &STEP, &r, err)) return false;
    bool counted = r.error.kind == ERROR_NONE && r.table.rows == 1;
    if (counted) out->rows = table_at(&r.table, 0, 0)->integer;
    return true;
}

// The place of a step's error in the answer that it was cut from.
static void place(const SqlStep *step, Str answer, Error *err)
{
    if (err->line) sql_step_place(step, answer, &err->line, &err->column);
}

static bool run_step(GradeDesk *d, Arena *a, const WarehouseSpec *w, const SqlStep *step,
                     const ExamAnswer *answer, GradeStep *out, Error *err)
{
    SqlProgram p;
    SqlHome home = sql_at_home(answer->dialect);
    *out = (GradeStep){.name = step->name, .line = step->line, .whole = step->whole, .rows = -1};
    QueryResult *r = &out->result;
    *r = (QueryResult){.error_at = SIZE_MAX, .source_at = SIZE_MAX};
    if (!exam_compile(a, w, step->sql, &home, &p, &r->error)) {
        place(step, answer->sql, &r->error);
        return true;
    }
    if (!query_run(grade_worker(d), a, p.text, &STEP, r, err)) return false;
    if (r->error.kind != ERROR_NONE) {
        exam_place(&p, step->sql, r);
        place(step, answer->sql, &r->error);
        return true;
    }
    exam_names(&p, r);
    exam_types(a, w, &p, r);
    return count_rows(d, a, &p, out, err);
}

bool grade_steps(GradeDesk *d, Arena *a, const Drill *drill, Str answer, Dialect dialect,
                 GradeSteps *out, Error *err)
{
    *out = (GradeSteps){0};
    const WarehouseSpec *w = drill->exam.warehouse;
    SqlScript script;
    if (!grade_has_engine(drill, "run", err)) return false;
    if (!sql_parse(a, answer, dialect, &script, &out->error)) return true;
    if (!grade_load_visible(d, w, err)) return false;
    SqlSchema schema = exam_schema(a, w);
    SqlSteps steps = sql_steps(a, &script, &schema);
    ExamAnswer whole = {.sql = answer, .dialect = dialect};
    out->at = arena_array(a, GradeStep, steps.len);
    for (size_t i = 0; i < steps.len; i++) {
        if (!run_step(d, a, w, &steps.at[i], &whole, &out->at[out->len++], err)) return false;
    }
    return true;
}
