// check: what the files of check share: an answer under examination, and the steps to its verdict.
#ifndef EXAM_CHECK_H
#define EXAM_CHECK_H
#include "base/vec.h"
#include "exam/mutate/mutants.h"
#include "exam/paper.h"
#include "exam/run.h"

typedef VEC(ReviewNote) Notes;

typedef struct {
    Examinee x;
    Arena *a;      // of the verdict
    Arena scratch; // of the candidate's own cases
    const ExamAnswer *answer;
    Paper *paper;
    SqlProgram program; // the answer as it runs
    Dialect ambient;    // whose collation and order of NULLs it is read with
    Verdict *v;
    Notes notes;
    bool decided;
    const Data *found; // the results differ on it
    Data *failed;      // a tiny one, on which the answer stopped with an error
    Error over;        // the budget that the sample or the visible data went over
    const char *over_on;
    Error stopped; // it stops where tables are empty, and nobody minds
    size_t slow;   // databases that were too much for it
} Check;

// ---- one database after the other (weigh.c)
bool check_is_open(const Check *c); // nothing has decided yet
void check_refuse(Check *c, const Error *why);
void check_fail(Check *c, QueryResult *r); // the answer stopped; the place in its own text
void check_note(Check *c, Str rule, Str message);
bool check_blame(const ExamSpec *spec, const Error *why, Error *err); // the reference; false
// A difference counts where the reference gives the same in any order of the rows.
MUST_USE bool check_weigh(Check *c, Case *k, const Table *actual, Error *err);
// Until one decides.
MUST_USE bool check_cases(Check *c, Paper *s, Case *cases, size_t count, Error *err);

// ---- whose column is whose (columns.c)
// `actual`: the answer's result on the sample, or NULL.
MUST_USE bool check_columns(Check *c, const Table *actual, Error *err);

// ---- the databases in turn (rounds.c)
// A difference on the sample is found without asking whether the reference is stable there …
MUST_USE bool check_sample(Check *c, Error *err);
// … which is asked when it is needed; *large = NULL where it is not.
MUST_USE bool check_sample_stands(Check *c, const Data **large, Error *err);
MUST_USE bool check_paper(Check *c, Error *err);
MUST_USE bool check_kept(Check *c, Error *err);
MUST_USE bool check_own(Check *c, Error *err);
MUST_USE bool check_visible(Check *c, Error *err);

// ---- what an answer owes to chance (luck.c)
MUST_USE bool check_orders(Check *c, Error *err);
MUST_USE bool check_ties(Check *c, Error *err);

// ---- the answer by its own dialect's collation and order of NULLs (ambient.c)
// An answer in another dialect than the question's: what is wrong by the question's rules and right
// by its own gets that verdict, and what only one of the two makes right gets a note.
MUST_USE bool check_ambient(Check *c, Error *err);
// Examines an answer from its first run to its verdict.
MUST_USE bool check_examine(Check *c, Error *err);

// ---- the smallest database on which it is wrong (fewest.c)
MUST_USE bool check_fewest(Check *c, Data *small, Error *err);

// ---- which step goes astray (astray.c), and the change that would make it right (repair.c)
// Fills v->steps and v->astray. `shown` is the counterexample's.
MUST_USE bool check_astray(Check *c, const Data *shown, Error *err);
typedef struct {
    const SqlSteps *steps; // of the answer
    Str image;             // of the counterexample
    const Table *expected; // on it
} RepairAsk;
typedef struct {
    const Mutant *change; // of the answer; NULL = none is known
    size_t met;           // databases on which that agrees with the reference
} Repaired;
MUST_USE bool check_repair(Check *c, Arena *a, const RepairAsk *ask, Repaired *out, Error *err);
size_t repair_step(const SqlSteps *steps, const Mutant *m); // the innermost that it stands in

// ---- verdicts about rows (refute.c, accept.c)
MUST_USE bool check_refute(Check *c, Error *err);
MUST_USE bool check_show_failure(Check *c, Error *err);
MUST_USE bool check_accept(Check *c, Error *err);
#endif
