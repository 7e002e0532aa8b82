// private: what the files of exam share: the databases of a drill, running on them, taking rows
// away.
#ifndef EXAM_PRIVATE_H
#define EXAM_PRIVATE_H
#include "base/rng.h"
#include "exam/exam.h"

typedef struct Examinee Examinee;

// ---- other worlds (worlds.c)
// Whether a wrong answer is right in another world: then the verdict says so.
MUST_USE bool worlds_ask(ExamBank *bank, Arena *a, const ExamSpec *spec, const ExamAnswer *answer,
                         Verdict *v, Error *err);

// ---- what a reviewer says (review.c)
ReviewNote *review_answer(Arena *a, const WarehouseSpec *w, Str sql, Dialect d, size_t *count);

// ---- which tables matter (narrow.c)
// The warehouse cut down to the tables that the reference, the answer or a witness names, and those
// that share a never rule with one of them. References to a table that is left out become free
// columns; processes are left out. *key tells two such sets of tables apart.
WarehouseSpec narrow_tables(Arena *a, const ExamSpec *spec, const ExamAnswer *answer, Str *key);
// Gives the columns that the query holds against each other one family (meets.c). The columns
// of `w` are changed: they must be the caller's own.
void meets_find(Arena *a, const WarehouseSpec *w, Str sql, Dialect d);

// ---- what a query names (focus.c)
bool focus_takes_all(Str sql); // columns without naming them: SELECT *, t.*, NATURAL JOIN
bool focus_names(Str sql, Str name);

// ---- literals of a query (literals.c)
typedef enum {
    LITERAL_VALUE,
    LITERAL_LIKE, // a pattern
    LITERAL_REGEXP,
    LITERAL_USE_LAST = LITERAL_REGEXP
} LiteralUse;
typedef enum {
    CALENDAR_YEAR,
    CALENDAR_QUARTER,
    CALENDAR_MONTH,
    CALENDAR_WEEK,
    CALENDAR_DAY,
    CALENDAR_HOUR,
    CALENDAR_MINUTE,
    CALENDAR_LAST = CALENDAR_MINUTE
} CalendarUnit;
enum { CALENDAR_COUNT_ = CALENDAR_LAST + 1 };
typedef struct {
    Str text;    // of a string what it stands for; of a number with its sign
    bool string; // else a number
    LiteralUse use;
    bool equal;   // its column is compared with it by = or IN
    bool negated; // NOT LIKE, NOT IN
    bool own;     // only the answer has it: there the two queries may part
    Str column;   // the name it stands beside in its comparison; "" = it stands alone
} Literal;
// What only the answer does: there the two queries may part.
typedef struct {
    bool glues, ages, folds;
    unsigned units;
} Fresh;
typedef struct {
    Literal *at;
    size_t len;
    bool clock;      // the query reads today or now
    bool lengths;    // it asks how long a text is
    bool folds;      // it changes the case of texts
    bool trims;      // it takes blanks away from the ends of texts
    bool averages;   // it takes means, or rounds
    bool gathers;    // it gathers many rows in one value: SUM, AVG, MEDIAN
    bool wide;       // a number in it needs more than 32 bits
    bool empty;      // it names the empty text
    bool below;      // it asks whether something is below zero, or how far from it
    bool ages;       // it counts in years: 365 days, AGE, YEAR
    unsigned units;  // a bit for each CalendarUnit that it counts or cuts time in
    size_t decimals; // one more than the most that a ROUND of it keeps; 0 = nothing is rounded
    StrList names;   // all its names, quotes off; some twice
    StrList glued;   // those that it glues together: CONCAT(x, y), x || y, STRING_AGG(x, '')
    Fresh fresh;
    StrList joined;            // pairs: x = y
    const struct Forms *forms; // texts that the rules allow; NULL = nobody has asked
    const Data *seen; // rows of the visible data, which the rules allow; NULL = there are none
} Literals;
Literals literals_find(Arena *a, Str sql, Dialect dialect);
Str literals_bare(Str name); // without the quotes of "x", `x` and [x]
Literals literals_both(Arena *a, const Literals *x, Literals y);
// Reads a span of time, as in '-30 minutes' or '7 days', in seconds, without its sign.
bool literals_span(Str text, int64_t *seconds);
// One of the units that the query counts in; a day where it counts in none.
CalendarUnit calendar_unit(const Literals *l, Rng *rng);
// So many units of time later.
int64_t calendar_later(int64_t seconds, CalendarUnit unit, int64_t n);
bool literals_joined(const Literals *l, Str x, Str y); // whether it compares the two by =
bool literals_name(const Literals *l, Str name);       // whether the query says this name

// ---- months, days and numbers that are written as texts (shaped.c)
// Whether all that the reference compares with the column are digits of one shape: *out is one of
// them.
bool shaped_like(const Literals *l, Str column, Str *out);
Str shaped_over(Arena *a, Str shape, Str text); // the text's head on the shape's digits
Str shaped_beside(Arena *a, Str shape, Rng *rng);

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

// Bounds the years, months and days out of which the query makes dates (dated.c). The columns of
// `w` are the caller's own, too.
void dated_find(Arena *a, const WarehouseSpec *w, const SameTree *tree);

// ---- a query without its conditions (relax.c)
// Texts from one without conditions to the query itself, each asks for a little more than the one
// before; only itself when it has none, none when it does not parse.
StrList relaxed_steps(Arena *a, Str sql, Dialect d);
// What should give rows on some database, or nothing is examined there: the query, where it adds up
// something at all, and with each outer join that meets something.
StrList relaxed_goals(Arena *a, Str sql, Dialect d);

// ---- values that tell apart (direct.c)
// The same warehouse with short value lists made from literals: a literal with its neighbours, or
// times that lie as far apart as a query's spans. Each seed draws other ones. Columns that refer to
// others or have a list already keep theirs; a key gets values for `rows` rows.
WarehouseSpec direct_values(Arena *a, const WarehouseSpec *w, const Literals *l, size_t rows,
                            uint64_t seed);

// ---- what a column allows (bounds.c)
// A name of things rather than a measure: profile_id, id.
bool bounds_is_thing(const ColumnSpec *c);
// A column whose values differ in each row: a key of its own.
bool bounds_is_key(const TableSpec *t, const ColumnSpec *c);
// That, or a part of what makes a row of this table unique: (machine, process, event).
bool bounds_is_thing_of(const TableSpec *t, size_t column);
// That, a key, or a number that names something: such a one is not below zero.
bool bounds_is_name_of(const TableSpec *t, size_t column);
bool bounds_number(const ColumnSpec *c, double v); // within least and most
bool bounds_time(const WarehouseSpec *w, const ColumnSpec *c, int64_t seconds);
bool bounds_moment(Str text, int64_t *seconds); // a date, a time, a year or a month, since 1970
bool bounds_value(const WarehouseSpec *w, const ColumnSpec *c, const Value *v);
// The value as a column of this type holds it: 5 and '5', a date and a moment.
Value value_fitted(Arena *a, const ColumnSpec *c, Value v);

// ---- keys between tables (links.c)
typedef struct {
    size_t child, parent;       // tables
    uint32_t *child_key;        // of each row a number: equal keys have equal numbers;
    uint32_t *parent_key, keys; // 0 = NULL, which needs no parent; numbers are below `keys`
} Link;
typedef struct {
    Link *at;
    size_t len;
} Links;
Links links_find(Arena *a, const WarehouseSpec *w, const Data *data);
// keep[table][row]: takes away rows whose parent is gone, until every kept row has its parents.
void links_close(const Links *l, const Data *data, bool *const *keep);
// The kept rows; texts are borrowed.
Data links_subset(Arena *a, const Data *data, bool *const *keep);
// Where the keys of a column are made: at the end of its references.
const ColumnSpec *links_root(const WarehouseSpec *w, const ColumnSpec *c);
// NOT NULL, keys, unique columns and references: whether all hold.
bool links_hold(const WarehouseSpec *w, const Data *data);

// ---- the same rows in another order (order.c)
typedef enum { ORDER_REVERSED, ORDER_SHUFFLED, ORDER_LAST = ORDER_SHUFFLED } RowOrder;
enum { ORDER_COUNT_ = ORDER_LAST + 1 };
Data order_rows(Arena *a, const Data *data, RowOrder order);
// The first `by` rows of each table behind the others.
Data order_turned(Arena *a, const Data *data, size_t by);
Data data_copy(Arena *a, const Data *data);
// Of texts that differ in nothing but case, the first stands for all; whether there were any.
bool data_one_case(Data *data);
size_t data_rows(const Data *data);   // of all tables
size_t data_widest(const Data *data); // rows of its largest table

// ---- databases of a drill (plan.c, witness.c)
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
// Whether a rule of the warehouse speaks of the column.
bool forms_rule(const WarehouseSpec *w, const TableSpec *t, const ColumnSpec *c);
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

// ---- texts that are read as numbers and dates (casts.c)
enum { CAST_COLUMNS_MOST = 6 };
typedef struct {
    struct {
        size_t table, column;
    } at[CAST_COLUMNS_MOST];
    size_t len;
    bool asked;
} CastColumns;

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
enum { BESIDE_CASES = 60 };
// The drill's cases, smallest first.
void plan_paper(Paper *s);
// The k-th of the databases that are tried when those of the plan leave rivals alive.
Recipe plan_search(const Paper *s, const Literals *l, size_t k);
// More of them, from the literals of an answer too; in the arena.
Case *plan_for_answer(Arena *a, const Paper *s, const ExamAnswer *answer, size_t *count);

// What a database is made with.
typedef struct {
    Arena *arena; // of what comes out
    const WarehouseSpec *w;
    const Literals *literals; // of the reference
    const DataJudge *judge;
    uint64_t seed;
} Making;

// The witness of `wrong` as a whole database: what it leaves open is filled in. *made is false when
// no filling keeps the constraints.
MUST_USE bool witness_data(const Making *m, const ExamWrong *wrong, Data *out, bool *made,
                           Error *err);

// Whether all keys, checks and never rules hold.
MUST_USE bool witness_holds(const WarehouseSpec *w, const Data *data, const DataJudge *judge,
                            bool *holds, Error *err);

// ---- new databases out of old ones (slice.c, vary.c, grow.c, unite.c)
// All rows of `data` about one thing, with their parents; false when it has no things.
bool slice_data(Arena *a, const WarehouseSpec *w, const Data *data, uint64_t seed, Data *out);
bool value_stands(const Table *t, size_t column, const Value *v); // in the column
// A value like this one that the column does not hold yet.
Value value_fresh(Arena *a, const ColumnSpec *c, const Table *t, size_t column, Value v);
// One to three changes; *made is false when those that were tried broke a rule.
MUST_USE bool vary_data(const Making *m, const Data *base, Data *out, bool *made, Error *err);
// All rows that belong to one thing once more, as another one's; false when that breaks a rule.
MUST_USE bool grow_data(const Making *m, const Data *base, Data *out, bool *made, Error *err);
// All parts in one, their keys kept apart; *made is false when that breaks a rule.
MUST_USE bool vary_unite(const Making *m, const Data *const *parts, size_t count, Data *out,
                         bool *made, Error *err);

// ---- one step away (beside.c, beside_step.c)
// Finds some small databases among these cases on which the reference has something to say, and
// keeps what of them it needs for that.
MUST_USE bool beside_bases(Examinee *x, Paper *s, size_t from, size_t to, Error *err);
// From those, but the first `from`, at cells of columns that `names` says and `but` does not.
typedef struct {
    size_t from;
    const Literals *names, *but; // but: may be NULL
    const Literals *bounds;      // with `but` only those that the answer alone has
    size_t most;                 // steps
} BesideAsk;
// Some of each kind, one after the other.
BesideSteps beside_steps(Arena *a, const Paper *s, const BesideAsk *ask);
MUST_USE bool beside_data(const Making *m, const BesideStep *s, Data *out, bool *made, Error *err);

// ---- the rows that a query asks for (chase.c)
// `copies` times one of each that it joins, which share some of their things; what is not asked for
// is as in `base`. *made is false when that breaks a rule or nothing is asked for.
MUST_USE bool chase_data(const Making *m, const SameTree *tree, const Data *base, size_t copies,
                         Data *out, bool *made, Error *err);

// ---- many rows of one group (crowd.c)
// How many a fraction of the query asks for; 0 = it says none, or one that few rows show.
size_t crowd_rows(const Literals *l, uint64_t seed);
// Makes so many of the rows of each table that has them. Whether the rules hold is not asked.
void crowd(const WarehouseSpec *w, const Literals *l, size_t rows, Data *data);

// ---- databases where the reference's result turns (edge.c)
// `base` with one cell moved to the last place before the reference shows something else, and to
// the first one behind. Whether the rules hold is not asked.
MUST_USE bool edge_data(Examinee *x, const SqlProgram *reference, const Making *m, const Data *base,
                        Data sides[2], bool *made, Error *err);

// Asks the rules once which texts they allow.
MUST_USE bool forms_find(QueryWorker *q, Paper *s, Error *err);

QueryWorker *bank_worker(ExamBank *b);
// What is kept of the game the other way round (break_draw.c).
typedef struct BreakSeries BreakSeries;
BreakSeries **bank_series(ExamBank *b);
void break_series_close(BreakSeries *s); // NULL is fine
// The same question without its cases: for cases that are not kept. Its arena is the caller's.
Paper paper_beside(const Paper *s);
Paper *bank_paper(ExamBank *b, const ExamSpec *spec, const ExamAnswer *answer);

// Once: text columns that the reference reads as numbers or dates get texts that it can read.
MUST_USE bool casts_ask(Examinee *x, Paper *s, Error *err);
void casts_put(const Paper *s, Data *data); // in place of the texts that are there

// Gives columns values that the reference computes elsewhere, where the rules allow it.
MUST_USE bool computed_put(Examinee *x, Paper *s, uint64_t seed, Data *data, Error *err);

// ---- databases on which the reference has something to say (climb.c)
// Where the plan has made hardly any, it looks for them and puts them behind the plan's.
MUST_USE bool climb(Examinee *x, Paper *s, Error *err);

// ---- one answer under examination (run.c)
extern const QueryLimits EXAM_TINY, EXAM_SAMPLE, EXAM_VISIBLE;
// For nearly right queries, where the reference needed so many steps.
QueryLimits run_near(int64_t steps);

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
// ---- the same rows in other orders, with ties broken either way (ways.c)
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

// ---- a drill's databases (case.c, case_data.c, case_visible.c)
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

// ---- what a result is like (print.c)
// As the reference's; other columns than asked for; it did not run.
enum { PRINT_SAME = 1, PRINT_COLUMNS = 2, PRINT_FAILED = 3 };
// Equal results have equal prints, whatever the order of their rows and the names of their columns;
// never 0.
uint64_t print_of(const Examinee *x, const Table *expected, const QueryResult *actual);
// Of one row, its columns in this order.
uint64_t print_row(const Table *t, size_t row, const size_t *column_of, size_t width);

// ---- queries known to be wrong (rival.c), what an answer behaves like (diagnose.c)
void rivals_read(Paper *s);
// Runs them on all cases until each is killed, and looks further for those that live; databases
// that kill one more are kept behind the plan's.
MUST_USE bool rivals_search(Examinee *x, Paper *s, Error *err);
// A step of it: one database. After the last one the paper is `searched`.
MUST_USE bool rivals_step(Examinee *x, Paper *s, Error *err);
// One sentence, in the paper's arena, or "" where the databases do not support one. `shown` is the
// counterexample's.
MUST_USE bool diagnose(Examinee *x, Paper *s, const ExamAnswer *answer, const Data *shown,
                       Str *sentence, Error *err);

// ---- which step goes astray (astray.c)
// Fills v->steps and v->astray. `shown` is the counterexample's.
MUST_USE bool astray(Examinee *x, Arena *a, Paper *paper, const ExamAnswer *answer,
                     const Data *shown, Verdict *v, Error *err);

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

// ---- the smallest database (shrink.c), shown with its proof (proof.c)
// `data` differs. Takes rows away while the difference stays and the constraints hold.
MUST_USE bool shrink_rows(Examinee *x, Arena *a, const Data *data, Data *out, Error *err);
// `least` is small; goes on from others of the drill's databases where it could be smaller.
MUST_USE bool shrink_elsewhere(Examinee *x, Paper *s, Arena *a, Data *least, Error *err);
// Where none can go alone, one goes and another changes with it.
MUST_USE bool shrink_moves(Examinee *x, Arena *a, Data *least, Error *err);
// One beside `data`, with one cell changed, on which they differ; *found is false when none does.
MUST_USE bool shrink_beside(Examinee *x, Arena *a, Data *data, bool *found, Error *err);
// Then makes what is left plainer: numbers of things from 1, and values a person would write.
MUST_USE bool simplify_values(Examinee *x, Arena *a, const Data *data, Data *out, Error *err);
// *shown is false when the difference is not there any more.
MUST_USE bool proof_make(Examinee *x, Arena *a, const Data *data, Counterexample *out, bool *shown,
                         Error *err);
#endif
