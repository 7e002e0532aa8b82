// paper: all databases of one drill, how each is made, and what the reference gives on them.
#ifndef EXAM_PAPER_H
#define EXAM_PAPER_H
#include "exam/data/make.h"

// ---- how a database is made
typedef enum { CASE_NEW, CASE_READY, CASE_VOID, CASE_LAST = CASE_VOID } CaseState;

typedef enum {
    RECIPE_TINY,      // rows of the generator
    RECIPE_WITNESS,   // the author's rows
    RECIPE_VARIATION, // an earlier case, or a slice of the sample, with a few changes
    RECIPE_UNION,     // several earlier cases in one
    RECIPE_EDGE,      // an earlier case, with a cell on one side of where the result turns
    RECIPE_GROWN,     // … or with more of the same
    RECIPE_CHASED,    // rows that a query asks for
    RECIPE_BESIDE,    // a small earlier case, one step away from it
    RECIPE_TURN,      // … on one side of where the answer's result turns, by turns
    RECIPE_CLIMBED,   // `base` itself, which was looked for
    RECIPE_LAST = RECIPE_CLIMBED,
} RecipeKind;
enum { RECIPE_COUNT_ = RECIPE_LAST + 1 };

// One step away from a small database (beside.c).
typedef enum {
    BESIDE_AGAIN,      // all rows with moments in them once more, later
    BESIDE_TWICE,      // a row
    BESIDE_TWICE_LIKE, // … with other measures
    BESIDE_OF_ROWS = BESIDE_TWICE_LIKE,
    BESIDE_NULL,  // a cell
    BESIDE_BOUND, // … holds what the query holds against it, a little less or more, another year
    BESIDE_NULLS, // all that are equal in a column
    BESIDE_OTHER, // a cell holds something else
    BESIDE_TWICE_NULL,
    BESIDE_TWICE_OTHER,
    BESIDE_PARTS, // a row in two, that come to as much
    BESIDE_GAP,   // what is later in a column is later still
    BESIDE_APART, // a thing that is two
    BESIDE_LAST = BESIDE_APART
} BesideKind;
enum { BESIDE_COUNT_ = BESIDE_LAST + 1, BESIDE_BASES = 6 };
typedef struct {
    const Data *base;
    BesideKind kind;
    size_t table, row, column;
    Str bound; // of BESIDE_BOUND; "" = another year
    int by;    // … so many steps beside it
} BesideStep;
typedef struct {
    BesideStep *at;
    size_t len;
    bool asked;
} BesideSteps;

typedef struct {
    RecipeKind kind;
    size_t rows; // at most so many a table; of a union: parts; of what is chased: copies; of what
                 // is beside: which step
    uint64_t seed;
    const Literals
        *literals; // RECIPE_TINY draws values from them; NULL = as the warehouse has them
    const ExamWrong *witness;
    const SameTree *tree;   // of RECIPE_CHASED: the query
    const BesideStep *step; // of RECIPE_BESIDE; NULL = the paper's
    const Data *base; // of a variation; NULL = one that is drawn. Of the far side of an edge: it
} Recipe;

typedef struct {
    Recipe recipe;
    CaseState state;      // CASE_VOID: cannot be made, or the reference fails on it
    uint8_t misses;       // of an edge: so many in a row were not found, this one the last
    bool weighed, stable; // whether the reference hangs on the order of its rows, once asked
    Data data;
    Str image;
    Table expected;
    int64_t steps; // that the reference took for it
} Case;
enum { BESIDE_CASES = 60 };
enum { STORY_COPIES = 4 }; // of what is chased: then the copies are the rows of one story
// From those, but the first `from`, at cells of columns that `names` says and `but` does not.
typedef struct {
    size_t from;
    const Literals *names, *but; // but: may be NULL
    const Literals *bounds;      // with `but` only those that the answer alone has
    size_t most;                 // steps
} BesideAsk;

// ---- texts of a form (forms.c)
typedef struct {
    size_t table, column;
    StrList texts; // those that lie beside each other are alike, or stand in the query
} Form;
typedef struct Forms {
    Form *at;
    size_t len;
    bool asked;
} Forms;
// NULL where no rule speaks of the column, or nothing that was tried passes.
const StrList *forms_of(const Forms *forms, size_t table, size_t column);

// ---- what a query computes and holds against a column (computed.c)
typedef struct {
    size_t table, column;
    bool own;           // it is computed of the same row
    SqlProgram program; // gives the values
} ComputedMeeting;
typedef struct {
    ComputedMeeting *at;
    size_t len;
} Computed;
Computed computed_find(Arena *a, const ExamSpec *spec, const SameTree *tree);

// ---- texts that a query casts (casts.c)
enum { CAST_COLUMNS_MOST = 6 };
typedef struct {
    struct {
        size_t table, column;
    } at[CAST_COLUMNS_MOST];
    size_t len;
    bool asked;
} CastColumns;

// ---- the paper (plan.c)
// All databases of one drill, one set of tables and one seed, made when they are needed.
typedef struct {
    Arena arena;
    const ExamSpec *spec;
    Str reference, key; // a copy of its text; which tables
    bool plain;         // the reference alone says which
    Dialect dialect;    // of the reference
    SqlProgram program; // as it runs
    Ties ties;          // of the reference
    Error unfit;        // why there is no program
    uint64_t seed;
    WarehouseSpec w;   // the narrowed one
    Literals literals; // of the reference
    SameTree *tree;    // of the reference; NULL where it is not understood
    Computed computed; // by the reference
    CastColumns casts; // whose values are of the reference's choice
    Forms forms;
    Data bases[BESIDE_BASES]; // small ones on which the reference has something to say
    size_t base_count;
    BesideSteps beside; // planned ones
    Case sample;        // of the visible data
    Case visible;       // all of it, up to a number of rows
    Case *cases;
    size_t count, void_count;
    size_t planned; // of `count`; behind them stand those that the search for rivals has kept
    Rival *rivals;  // NULL = not read yet
    size_t rival_count;
    size_t fought, tries; // of the search for rivals: planned cases met, databases tried
    size_t climbed;       // cases behind the planned ones that were climbed to
    bool has_climbed, searched;
    int64_t steps_most; // that the reference may take on one of them; 0 = not known yet
    Error fault;        // why the last void case is void
} Paper;

// Room behind the planned ones.
enum { KEPT_CASES = 32, CLIMBED_CASES = 16, ABOVE_CASES = 24 };
enum { FOUND_CASES = KEPT_CASES + CLIMBED_CASES + ABOVE_CASES };
// The drill's cases, smallest first.
void plan_paper(Paper *s);
// The k-th of the databases that are tried when those of the plan leave rivals alive.
Recipe plan_search(const Paper *s, const Literals *l, size_t k);
// More of them, from the literals of an answer too; in the arena.
Case *plan_for_answer(Arena *a, const Paper *s, const ExamAnswer *answer, size_t *count);

// ---- what is found out once (forms.c, computed.c)
// Whether a rule of the warehouse speaks of the column.
bool forms_rule(const WarehouseSpec *w, const TableSpec *t, const ColumnSpec *c);

// Asks the rules once which texts they allow.
MUST_USE bool forms_find(QueryWorker *q, Paper *s, Error *err);

// Once: text columns that the reference reads as numbers or dates get texts that it can read.
MUST_USE bool casts_ask(Examinee *x, Paper *s, Error *err);
void casts_put(const Paper *s, Data *data); // in place of the texts that are there

// Gives columns values that the reference computes elsewhere, where the rules allow it.
MUST_USE bool computed_put(Examinee *x, Paper *s, uint64_t seed, Data *data, Error *err);

// ---- which tables matter (narrow.c), and how their columns belong together (meets.c, dated.c)
// The warehouse cut down to the tables that the reference, the answer or a witness names, and those
// that share a never rule with one of them. References to a table that is left out become free
// columns; processes are left out. *key tells two such sets of tables apart.
WarehouseSpec narrow_tables(Arena *a, const ExamSpec *spec, const ExamAnswer *answer, Str *key);
// Gives the columns that the query holds against each other one family (meets.c). The columns
// of `w` are changed: they must be the caller's own.
void meets_find(Arena *a, const WarehouseSpec *w, Str sql, Dialect d);

// Bounds the years, months and days out of which the query makes dates (dated.c). The columns of
// `w` are the caller's own, too.
void dated_find(Arena *a, const WarehouseSpec *w, const SameTree *tree);

// ---- its databases (case.c, case_data.c, case_visible.c)
// Its rows, as its recipe says; *made is false where there are none to be had.
MUST_USE bool case_data(Examinee *x, Paper *s, Case *c, bool *made, Error *err);
// What the reference gives on them.
MUST_USE bool case_run(Examinee *x, Paper *s, Case *c, const QueryLimits *limits, Error *err);
// It cannot be made, or the reference fails on it: it is left out. False for greenroom's own
// faults.
MUST_USE bool case_give_up(Paper *s, Case *c, const Error *why, Error *err);
// Makes what is not there yet. False only when greenroom itself fails.
MUST_USE bool case_make(Examinee *x, Paper *s, Case *c, Error *err);
// Several that stand side by side, in few trips to the worker.
MUST_USE bool cases_make(Examinee *x, Paper *s, Case *cases, size_t count, Error *err);
MUST_USE bool case_sample(Examinee *x, Paper *s, Error *err);
MUST_USE bool case_visible(Examinee *x, Paper *s, Error *err); // some thousand rows of it
// All of it, as a new case.
MUST_USE bool case_whole(Examinee *x, Paper *s, Case *c, Error *err);

// Whether the reference is stable on this case: asked once.
MUST_USE bool case_is_stable(Examinee *x, Case *c, bool *stable, Error *err);

// ---- one step away from a small database (beside.c)
// Finds some small databases among these cases on which the reference has something to say, and
// keeps what of them it needs for that.
MUST_USE bool beside_bases(Examinee *x, Paper *s, size_t from, size_t to, Error *err);
// Some of each kind, one after the other.
BesideSteps beside_steps(Arena *a, const Paper *s, const BesideAsk *ask);
MUST_USE bool beside_data(const Making *m, const BesideStep *s, Data *out, bool *made, Error *err);

// ---- databases on which the reference has something to say (climb.c)
// Where the plan has made hardly any, it looks for them and puts them behind the plan's.
MUST_USE bool climb(Examinee *x, Paper *s, Error *err);
#endif
