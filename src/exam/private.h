// private: the small things that the files of exam share.
#ifndef EXAM_PRIVATE_H
#define EXAM_PRIVATE_H
#include "exam/exam.h"
#include "exam/run.h"

// ---- other worlds (worlds.c)
// Whether a wrong answer is right in another world: then the verdict says so.
MUST_USE bool worlds_ask(ExamBank *bank, Arena *a, const ExamSpec *spec, const ExamAnswer *answer,
                         Verdict *v, Error *err);

// ---- what a reviewer says (review.c)
ReviewNote *review_answer(Arena *a, const WarehouseSpec *w, Str sql, Dialect d, size_t *count);

// ---- what a query names (focus.c)
bool focus_takes_all(Str sql); // columns without naming them: SELECT *, t.*, NATURAL JOIN
bool focus_names(Str sql, Str name);

// ---- what the tables of a load hold their rows to (load_keys.c)
enum { LOAD_HOLD_STATEMENTS = 5 };
// Adds statements that make the table anew with what engine `d` enforces.
void load_hold(Arena *a, const TableSpec *t, Dialect d, StrList *out, size_t room);
// Whether SQLite's error is a row that breaks such a rule, and what is said of it.
bool load_violation(Arena *a, Dialect d, Str text, Str *sentence);

// ---- loads (load.c)
// The tables that a load leaves, after each way of running it: one result, told apart by its first
// column.
MUST_USE bool load_run(Examinee *x, Arena *a, const SqlProgram *program, const QueryLimits *limits,
                       QueryResult *out, Error *err);
// Whether all ways leave the same; else after which they do not.
bool load_agrees(const Table *t, Str *after);

// ---- parts of a verdict as bytes (wire.c)
void wire_error(Buf *b, const Error *e);
Error wire_get_error(Wire *w);
void wire_counterexample(Buf *b, const Counterexample *c);
Counterexample wire_get_counterexample(Arena *a, Wire *w);
#endif
