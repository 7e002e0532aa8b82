// run: one answer under examination, and running it and its like on databases.
#ifndef EXAM_RUN_H
#define EXAM_RUN_H
#include "exam/exam.h"

extern const QueryLimits EXAM_TINY, EXAM_SAMPLE, EXAM_VISIBLE;
// For nearly right queries, where the reference needed so many steps.
QueryLimits run_near(int64_t steps);

// ---- ties (tie.c)
// The same text with ties broken by chance. False when nothing in it hangs on ties, or when it does
// not compile so.
bool tie_program(Arena *a, const ExamSpec *spec, Str sql, const SqlHome *home, SqlProgram *out);
typedef struct {
    bool any;
    SqlProgram way[2]; // and so that of two tied rows the other one comes first
} Ties;
Ties ties_find(Arena *a, const ExamSpec *spec, Str sql, const SqlHome *home);
// Of an answer that is wrong, for the name of what is wrong with it: also with what it gathers in
// no order (ARRAY_AGG, STRING_AGG) in one of its own, and with another of any values. Nobody is
// called wrong for that alone.
Ties ties_of_wrong(Arena *a, const ExamSpec *spec, Str sql, const SqlHome *home);

// ---- the two queries
typedef struct Examinee Examinee;

struct Examinee {
    QueryWorker *q;
    const ExamSpec *spec;
    const SqlProgram *reference, *answer; // as they run
    const SqlProgram *lucky; // the answer as it stands, where `answer` is it with ties by chance
    const Ties *ties;        // of the reference; NULL = it is not asked for them
    const Ties *answer_ties; // NULL = it is not asked for them
    bool firm; // a difference must stand however the rows lie and whichever tied row comes first
    const WarehouseSpec *w;  // the narrowed one
    const size_t *column_of; // the one assignment of columns that is tested; NULL = each its own
    double spent_ms;         // of processor time, in the worker's engine
    bool fails; // a difference is where the reference runs and the answer stops with an error
    // Databases that are not wanted: run_differs takes them for ones on which nothing differs.
    bool (*veto)(const void *ctx, const Data *data);
    const void *veto_ctx;
};

// ---- running them
typedef struct {
    Str image;
    const SqlProgram *program;
    const QueryLimits *limits;
} Run;
MUST_USE bool run_on(Examinee *x, Arena *a, Run run, QueryResult *out, Error *err);
// Several on one database: the worker need not wait between them.
typedef struct {
    Str image;
    const SqlProgram *const *programs;
    size_t count;
    const QueryLimits *limits;
    const uint64_t *draws; // of random numbers, one for each; NULL = the same one for all
} RunMany;
MUST_USE bool run_many(Examinee *x, Arena *a, RunMany run, QueryResult *out, Error *err);
// One on several databases.
typedef struct {
    const SqlProgram *program;
    const Str *images;
    size_t count;
    const QueryLimits *limits;
} RunEach;
MUST_USE bool run_each(Examinee *x, Arena *a, RunEach run, QueryResult *out, Error *err);
Comparison run_compare(const Examinee *x, Arena *a, const Table *expected, const Table *actual);

// ---- the same rows in other orders, and what the runs say (ways.c)
// Whether the reference gives the same in all of them.
MUST_USE bool run_is_stable(Examinee *x, const Data *data, const Table *expected, bool *stable,
                            Error *err);
// What the answer gives in the first of them in which it gives what is expected; of no width where
// it does so in none.
MUST_USE bool run_luck(Examinee *x, Arena *a, const Data *data, const Table *expected, Table *lucky,
                       Error *err);
// Whether the answer is wrong in all of them, and in those that were not tried.
MUST_USE bool run_stands(Examinee *x, const Data *data, const Table *expected, bool *stands,
                         Error *err);
// Whether it is no matter that the answer stopped on this database: a table has no row, and the
// reference has nothing to say.
bool run_forgives(const Data *data, const Table *expected, const Error *stopped);
// Whether both queries run on `data`, differ, and the reference is stable.
MUST_USE bool run_differs(Examinee *x, const Data *data, bool *differs, Error *err);
// The same of several in one go, each with a budget for a few rows, and without asking whether the
// difference stands in any order. Not of a load.
typedef struct {
    bool differs;
    bool endless; // one of the two went over the budget
} TryOut;
MUST_USE bool run_differs_each(Examinee *x, const Data *data, size_t count, TryOut *out,
                               Error *err);
#endif
