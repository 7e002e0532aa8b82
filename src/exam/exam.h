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

typedef struct ExamSpec ExamSpec;
struct ExamSpec {
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
    StrList load;    // a load: these tables, as they are at the end, are compared; empty = a query
    StrList batches; // table.column: its rows come in two batches, those of the lowest value first
    // The same question under other hidden facts: an answer that is right there is told so.
    const ExamSpec *others;
    size_t other_count;
    StrList assumes; // what one takes for true who answers this one
};

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

// A database on which the two results differ. It was run once more, exactly as it stands here,
// before it was given out.
typedef struct {
    NamedTable *tables; // the whole database; tables without rows are left out
    size_t table_count;
    size_t rows; // of all tables
    Table expected, actual;
    Comparison diff;
    bool unstable; // the answer hangs on the order of the rows: `again` is what it gives when the
                   // same rows stand in another order
    Table again;
    Str setup, expected_sql, actual_sql; // a runnable SQLite script
    // What the script reads that another connection may give otherwise (the clock). Empty = it runs
    // in any SQLite alike.
    StrList functions;
} Counterexample;

// A part of the answer that runs alone, on the rows of the counterexample.
typedef struct {
    Str name; // of a CTE or derived table, or the first words of a subquery; "" = the whole
    int line;
    bool whole; // the last one
    Table table;
    Str fault; // why it has no rows to show; "" = it has
} ExamStep;

// What the candidate gets: a value, also when the answer is wrong, breaks, or runs too long.
typedef struct {
    VerdictKind kind;
    Str why;         // one sentence
    Str diagnosis;   // what it behaves like, in one sentence; "" = the databases do not say
    StrList assumed; // of a wrong answer that is right under other facts: those that it assumed
    Dialect dialect;
    // Databases: both queries ran on `tried`, and agreed on `agreed`; `dropped` are those on which
    // the reference itself hangs on the order of the rows, which decide nothing.
    size_t tried, agreed, dropped;
    // Without an actual result where the answer stops on it, and not on the visible data.
    bool has_counterexample;
    Counterexample counterexample;
    ExamStep *steps; // on the counterexample; none of a load
    size_t step_count;
    Str astray;  // which of them goes astray, in one sentence; "" = nothing can be said
    Error error; // of VERDICT_ERROR and VERDICT_LIMIT, with line and column in the candidate's own
                 // text
    ReviewNote *review;
    size_t review_count;
    double elapsed_ms;
} Verdict;

// A worker and what was made for it: the databases of a drill, with the reference's results, are
// reused by the next answer. Warehouse specs and drill specs must outlive it.
typedef struct ExamBank ExamBank;
ExamBank *exam_bank_open(QueryWorker *q); // the worker stays the caller's
void exam_bank_close(ExamBank *b);        // NULL is fine

typedef struct {
    Str sql; // exactly as it was written: places count in it
    Dialect dialect;
    uint64_t seed; // the same answer and seed give the same verdict and counterexample
} ExamAnswer;

// Grades one answer on a bounded sample of the visible data and on tiny databases. elapsed_ms is
// the processor time that SQLite spent in the workers; a caller with a clock sets its own. False
// only when greenroom itself fails, which includes a reference that does not run: then *err says so
// and blames the pack.
MUST_USE bool exam_check(ExamBank *bank, Arena *a, const ExamSpec *spec, const ExamAnswer *answer,
                         Verdict *out, Error *err);
// Works ahead for answers to come (warm.c), a step of some milliseconds a call, the visible data at
// the end in one of a few hundred; *more = false when nothing is left. No verdict depends on it.
MUST_USE bool exam_warm(ExamBank *bank, const ExamSpec *spec, uint64_t seed, bool *more,
                        Error *err);
// The tables of a warehouse as a query sees them.
SqlSchema exam_schema(Arena *a, const WarehouseSpec *w);
// A query as the worker runs it. SQLite's own dialect is left to SQLite: the text as it is.
MUST_USE bool exam_compile(Arena *a, const WarehouseSpec *w, Str sql, const SqlHome *home,
                           SqlProgram *out, Error *err);
// What a load leaves after one run of it: the first of its tables.
MUST_USE bool exam_load_once(QueryWorker *q, Arena *a, const ExamSpec *spec,
                             const SqlProgram *program, const QueryLimits *limits, QueryResult *out,
                             Error *err);
// Line and column of a run's error in `sql`, from which the program was made.
void exam_place(const SqlProgram *p, Str sql, QueryResult *r);
// Gives the columns of a result the names that home would.
void exam_names(const SqlProgram *p, QueryResult *r);
// Gives the columns of a result their logical types: those that the program tells, else the
// schema's where a column comes straight from a table, else what all its values are.
void exam_types(Arena *a, const WarehouseSpec *w, const SqlProgram *p, QueryResult *r);
// ---- for authors: a drill proves itself
typedef struct {      // a mutant of the reference
    Str class, words; // "join"; what it behaves like, going on from "as if"
    Str was, now;     // the change
    int line, column; // in the reference
    Str proof, why;   // that it means the same: "key-distinct", and a sentence; "" = there is none
    bool by_ties;     // it differs only where the reference itself hangs on the order of the rows
} ExamMutant;
typedef struct {
    Verdict reference;
    Verdict *also_right, *wrong; // as many as the spec has
    size_t mutants, refuted;     // those that run and are not proved to mean the same
    ExamMutant *survivors;       // that no database told from the reference
    size_t survivor_count;
    ExamMutant *same; // by proof
    size_t same_count;
    bool empty;    // the reference returns nothing on the visible data
    bool constant; // it returns the same on every database: a constant query would pass
} ExamAudit;
MUST_USE bool exam_audit(ExamBank *bank, Arena *a, const ExamSpec *spec, uint64_t seed,
                         ExamAudit *out, Error *err);

// The text of a wrong answer: its sql, or the reference with its edits. False when an edit does not
// occur exactly once.
MUST_USE bool exam_wrong_sql(Arena *a, const ExamSpec *spec, const ExamWrong *wrong, Str *out,
                             Error *err);
// A judge that evaluates check, when and never conditions in this worker. A condition that does not
// run is an Error that blames the warehouse.
DataJudge exam_judge(QueryWorker *q);

// Table `table` of a counterexample with only the columns that one of its queries names: what a
// person needs to see. All of them where a query takes columns without naming them. Borrows the
// cells' texts.
Table exam_focus(Arena *a, const Counterexample *x, size_t table);

void verdict_wire(Buf *b, const Verdict *v);
// Treats the bytes as hostile: false when they are no verdict, else all indices and kinds are in
// range.
MUST_USE bool verdict_read(Arena *a, Wire *w, Verdict *out);
// The members of cli.md's verdict object, into an open object.
void verdict_json(Json *j, const Verdict *v);

// ---- another counterexample (another.c): one that shows the difference for another reason

typedef enum {
    TURN_NOTHING, // no rows at all
    TURN_NULL,    // a NULL: with a value there, both queries give the same
    TURN_TIE,     // equal values, in the same sense
    TURN_EDGE,    // a value that lies exactly on a limit of a query
    TURN_LONELY,  // a row without a partner in another table
    TURN_PLAIN,   // none of these
    TURN_LAST = TURN_PLAIN,
} Turn;
enum { TURN_COUNT_ = TURN_LAST + 1 };
const char *turn_name(Turn t);  // "null" …
const char *turn_words(Turn t); // "it turns on a NULL" …

typedef struct {
    bool found;
    Turn turn;                     // of the counterexample, when one was found
    unsigned seen;                 // a bit for each turn: what was seen with this one
    Counterexample counterexample; // made as a verdict's is
} ExamAnother;
// `seen`: of the last one; 0 = only the verdict's own was shown. Of an answer that is not wrong, or
// wrong without a database, none is found. Deterministic as exam_check is.
MUST_USE bool exam_another(ExamBank *bank, Arena *a, const ExamSpec *spec, const ExamAnswer *answer,
                           unsigned seen, ExamAnother *out, Error *err);
void another_wire(Buf *b, const ExamAnother *v);
MUST_USE bool another_read(Arena *a, Wire *w, ExamAnother *out); // hostile bytes
void counterexample_json(Json *j, const Counterexample *c);      // its object
// Setup and both queries as one text: what the sqlite3 shell runs, and an attempt keeps.
Str exam_script(Arena *a, const Counterexample *c);

// ---- the other way round (break.c): a plausible query is shown, and the candidate types the few
// rows that break it, or says that it holds

// What is on the table. Everything but `sql` is for after the answer.
typedef struct {
    Str sql;     // in the drill's dialect
    bool holds;  // it is right: no rows break it
    bool again;  // all mistakes were shown: the series begins anew with this one
    Str why;     // what is wrong with it, as its author says; may be empty
    Str class;   // the kind of the mistake: of mutants, "world", or one an author wrote, "wrong 2"
    Verdict own; // the exam's: of a query that does not hold, with the smallest database
} BreakCase;

typedef struct {
    uint64_t seed; // a series of queries …
    size_t turn;   // … and which of it, from 0
} BreakTurn;
// One in four holds. No two of a series make the same mistake, and as long as there is one left
// each is of another kind. The same drill, seed and turn give the same case everywhere. What comes
// out lives until the bank draws of another series or is closed.
MUST_USE bool exam_break_draw(ExamBank *bank, const ExamSpec *spec, BreakTurn which, BreakCase *out,
                              Error *err);

typedef enum {
    BREAK_BROKEN,     // the two results differ
    BREAK_HELD,       // "it holds", and it does
    BREAK_SAME,       // it can be broken, but not by these rows
    BREAK_UNDECIDED,  // what is right hangs on the order of these rows
    BREAK_IMPOSSIBLE, // rows against a query that holds
    BREAK_MISSED,     // "it holds", and it does not
    BREAK_INVALID,    // the rows cannot be read, or cannot be in this warehouse: `fault`
    BREAK_FAILED,     // one of the queries does not run on them: `fault`
    BREAK_LAST = BREAK_FAILED,
} BreakKind;
enum { BREAK_COUNT_ = BREAK_LAST + 1 };
const char *break_name(BreakKind k); // "broken" …

typedef struct {
    BreakKind kind;
    Str why; // one or two sentences
    Error fault;
    bool has_run;
    Counterexample run; // the rows with what was filled in, and both results; they may be the same
    size_t least;       // rows of the exam's own smallest database; of a case that does not hold
} BreakVerdict;
// What a candidate fills in: a line for each table that the query reads, with the columns that it
// names, and an empty one below for rows. Made from this query alone, so it tells nothing about the
// reference.
Str exam_break_form(Arena *a, const WarehouseSpec *w, Str sql);
bool break_is_end(BreakKind k); // the game is over: broken, held, missed
// True also when the rows are no good: that is a verdict.
MUST_USE bool exam_break_judge(ExamBank *bank, Arena *a, const ExamSpec *spec, const BreakCase *c,
                               Str text, uint64_t seed, BreakVerdict *out, Error *err);
void break_wire(Buf *b, const BreakCase *c, const BreakVerdict *v); // v: NULL = not judged
// Hostile bytes, as verdict_read's.
MUST_USE bool break_read(Arena *a, Wire *w, BreakCase *c, BreakVerdict *v, bool *judged);
#endif
