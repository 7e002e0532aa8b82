// exam: is this query right? The verdict comes from databases that tell queries apart, never from
// one data set.
#ifndef EXAM_EXAM_H
#define EXAM_EXAM_H
#include "query/query.h"
#include "sql/sql.h"
#include "warehouse/warehouse.h"

typedef struct {
    Str from, to; // `from` occurs exactly once in the reference
} ExamEdit;

typedef struct {
    Str table;
    StrList columns; // columns that are not named are filled in
    Value *cells;    // rows * columns.len
    size_t rows;
} WitnessTable;

typedef struct {
    Str why;
    Str sql; // "" when it is made by edits
    ExamEdit *edits;
    size_t edit_count;
    WitnessTable *witness;
    size_t witness_count;
    Place at;
} ExamWrong;

typedef struct {
    const WarehouseSpec *warehouse;
    StrList tables; // those the answer reads; empty = all
    Dialect dialect;
    Str answer; // the reference
    CompareRule rule;
    StrList must_have; // conditions on the reference's visible result
    StrList also_right;
    ExamWrong *wrong;
    size_t wrong_count;
    Place answer_at;
} ExamSpec;

typedef enum {
    VERDICT_RIGHT,
    VERDICT_WRONG,
    VERDICT_ERROR,
    VERDICT_LIMIT,
    VERDICT_LAST = VERDICT_LIMIT
} VerdictKind;
enum { VERDICT_COUNT_ = VERDICT_LAST + 1 };
const char *verdict_name(VerdictKind k);

typedef struct {
    Str rule; // "sql/no-tiebreaker"
    int line, column;
    Str message;
} ReviewNote;

typedef struct {
    Str name;
    Table table;
} NamedTable;

typedef struct {
    NamedTable *tables; // the whole database; tables without rows are left out
    size_t table_count;
    size_t rows; // of all tables
    Table expected, actual;
    Comparison diff;
    Str setup, expected_sql, actual_sql; // a runnable SQLite script
} Counterexample;

// What the candidate gets: a value, also when the answer is wrong, breaks, or runs too long.
typedef struct {
    VerdictKind kind;
    Str why; // one sentence
    Dialect dialect;
    size_t tried, agreed; // databases
    bool has_counterexample;
    Counterexample counterexample;
    Error error; // of VERDICT_ERROR and VERDICT_LIMIT, with line and column in the candidate's own
                 // text
    ReviewNote *review;
    size_t review_count;
    double elapsed_ms;
} Verdict;

// Grades one answer. `visible` is a bounded sample of the visible data. False only when greenroom
// itself fails, which includes a reference that does not run: then *err says so and blames the
// pack.
MUST_USE bool exam_check(QueryWorker *q, Arena *a, const ExamSpec *spec, Str answer,
                         Dialect dialect, uint64_t seed, Verdict *out, Error *err);
// The text of a wrong answer: its sql, or the reference with its edits. False when an edit does not
// occur exactly once.
MUST_USE bool exam_wrong_sql(Arena *a, const ExamSpec *spec, const ExamWrong *wrong, Str *out,
                             Error *err);
// A judge that evaluates check, when and never conditions in this worker.
DataJudge exam_judge(QueryWorker *q);

void verdict_wire(Buf *b, const Verdict *v);
bool verdict_read(Arena *a, Wire *w, Verdict *out);
// The members of cli.md's verdict object, into an open object.
void verdict_json(Json *j, const Verdict *v);
#endif
