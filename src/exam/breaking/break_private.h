// break_private: what the files of break share.
#ifndef EXAM_BREAK_PRIVATE_H
#define EXAM_BREAK_PRIVATE_H
#include "exam/exam.h"

// ---- rows as they are typed (break_rows.c)
//
//     employees: employee_id department_id salary
//     1, 10, 500
//     2, 10, NULL
//     departments
//     10, 'Data'
//
// A table alone means all its columns, in order; a line of nothing but column names below it names
// them, as in CSV. Values: numbers, 'text' or bare text, dates, true, false, NULL or nothing.
typedef struct {
    WitnessTable *at;
    int **lines; // of each table, where each row stands
    int *heads;  // where each table is named
    size_t len;
} BreakRows;
// `w`: what may be named. What cannot be read is an ERROR_INPUT with line and column.
MUST_USE bool break_rows_read(Arena *a, const WarehouseSpec *w, Str text, BreakRows *out,
                              Error *err);
bool break_says_holds(Str text);

typedef struct {
    const BreakRows *rows;
    const DataJudge *judge;
    uint64_t seed;
} BreakFill;
// The typed rows as a whole database. Where they cannot be one, *fits is false and *fault says why,
// with the line.
MUST_USE bool break_fit(Arena *a, const WarehouseSpec *w, const BreakFill *how, Data *out,
                        bool *fits, Error *fault, Error *err);
#endif
