// grade: (drill, answer) to a verdict: picks the engine, nothing else. Runs in a helper or in a
// command, never beside a screen.
#ifndef GRADE_GRADE_H
#define GRADE_GRADE_H
#include "drill/drill.h"
#include "exam/exam.h"

typedef struct GradeDesk GradeDesk; // a warm SQL worker and the images it was given
MUST_USE bool grade_open(const World *w, GradeDesk **out, Error *err);
void grade_close(GradeDesk *d);

// Makes sure that the drill's visible data is in the cache; *rows gets the number of rows.
MUST_USE bool grade_prepare(GradeDesk *d, const Drill *drill, int64_t *rows, Error *err);
// Works ahead for the grading of answers to the drill, a step of some milliseconds; *more = false
// when there is nothing left. An error is no reason to say anything: grading meets it again.
MUST_USE bool grade_warm(GradeDesk *d, const Drill *drill, uint64_t seed, size_t world, bool *more,
                         Error *err);
// Runs the answer on the visible data. What it did wrong is in out->error, with line and column.
MUST_USE bool grade_run(GradeDesk *d, Arena *a, const Drill *drill, Str answer, Dialect dialect,
                        QueryResult *out, Error *err);
// Its parts, each run alone on the visible data: CTEs, uncorrelated subqueries, the whole.
typedef struct {
    Str name; // of a CTE or derived table, or the first words of a subquery; "" = the whole
    int line; // in the answer
    bool whole;
    int64_t rows; // all there are, not only those of the result; -1 = it did not run
    QueryResult result;
} GradeStep;
typedef struct {
    GradeStep *at;
    size_t len;
    Error error; // the answer does not parse: then there are none
} GradeSteps;
MUST_USE bool grade_steps(GradeDesk *d, Arena *a, const Drill *drill, Str answer, Dialect dialect,
                          GradeSteps *out, Error *err);
// Grades it. Kinds without an engine are refused with a sentence.
typedef struct {
    Str text;
    Dialect dialect;
    uint64_t seed;
    size_t world; // which of the drill's worlds holds
} GradeAnswer;
MUST_USE bool grade_answer(GradeDesk *d, Arena *a, const Drill *drill, const GradeAnswer *answer,
                           Verdict *out, Error *err);
// Another counterexample of a wrong answer, for another reason than those in `seen`.
MUST_USE bool grade_another(GradeDesk *d, Arena *a, const Drill *drill, const GradeAnswer *answer,
                            unsigned seen, ExamAnother *out, Error *err);
// The other way round: a plausible query, and the rows that break it. The turns go round the
// drill's worlds: what is right is what is right in the world of this turn.
size_t grade_break_world(const Drill *drill, BreakTurn turn);
typedef struct {
    BreakTurn turn; // which query
    Str text;       // rows or "holds"; "" = only the query is wanted
} GradeBreak;
MUST_USE bool grade_break(GradeDesk *d, Arena *a, const Drill *drill, const GradeBreak *what,
                          BreakCase *shown, BreakVerdict *out, Error *err);
// What `pack test` asks of an SQL drill.
MUST_USE bool grade_audit(GradeDesk *d, Arena *a, const Drill *drill, uint64_t seed, ExamAudit *out,
                          Error *err);
#endif
