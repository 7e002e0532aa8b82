// mutants: nearly right queries, which of them mean the same, and queries that ask for less.
#ifndef EXAM_MUTANTS_H
#define EXAM_MUTANTS_H
#include "exam/exam.h"

// ---- nearly right queries (mutate.c and its tables mutate_*.c)
typedef struct {
    Str class;      // "join", "comparison" …
    Str words;      // what it behaves like, going on from "as if"
    Str was, now;   // the change, as the author reads it
    Str sql;        // the whole mutant
    size_t at, end; // of the change, in the reference
    uint32_t node;  // at which it was made, of the reference as it is parsed
    int line, column;
} Mutant;
typedef struct {
    Mutant *at;
    size_t len;
} Mutants;
// All mutants of one query, in the order of the tables and of the text; none when it does not
// parse. ordered: the order of the result counts.
Mutants mutants_find(Arena *a, Str sql, Dialect d, bool ordered);

// ---- mutants that mean the same (same/)
typedef struct SameTree SameTree;
// NULL when the text or its names cannot be understood. The warehouse must outlive it.
SameTree *same_tree(Arena *a, const WarehouseSpec *w, Str sql, Dialect d);
typedef struct {
    Str proof; // its name, "key-distinct"; "" = nothing is proved
    Str why;   // the two cannot differ
} MutantSame;
MutantSame mutant_same(const SameTree *t, const Mutant *m); // a mutant of that query

// ---- a query without its conditions (relax.c)
// Texts from one without conditions to the query itself, each asks for a little more than the one
// before; only itself when it has none, none when it does not parse.
StrList relaxed_steps(Arena *a, Str sql, Dialect d);
// What should give rows on some database, or nothing is examined there: the query, where it adds up
// something at all, and with each outer join that meets something.
StrList relaxed_goals(Arena *a, Str sql, Dialect d);

// ---- queries that are known to be wrong
// A query that is known to be wrong: an author's, or a mutant of the reference.
typedef struct {
    const ExamWrong *wrong; // or
    const Mutant *mutant;
    Str sql;
    SqlProgram program;
    MutantSame same;  // of a mutant that cannot differ: it is not run
    bool unfit;       // does not compile
    bool dead;        // that, or it stopped with an error in the search
    bool killed;      // differs from the reference on a database
    size_t killer;    // the first case on which it does
    uint64_t *prints; // of its results on the cases; 0 = not run on it
} Rival;
#endif
