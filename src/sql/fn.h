// fn: the functions of all dialects: what each means, and how each dialect spells it.
//
// A meaning has one row, whoever spells it: parameters in one order, a class, the rule of its type,
// and how the runtime (SQLite with greenroom's own functions) writes it. A spelling is a row too: a
// dialect's name and its order of the arguments, in names of the meaning's parameters. Reading a
// call goes from the spelling to the meaning, writing it goes back; so a function of a dialect is
// added with one row, and is understood and translated from then on. A family of functions is a
// file with its two tables; fn.c lists the families.
#ifndef SQL_FN_H
#define SQL_FN_H
#include "sql/dialects.h"

typedef struct Translator Translator; // translate.h

typedef enum { FN_SCALAR, FN_AGGREGATE, FN_WINDOW, FN_TABLE, FN_LAST = FN_TABLE } SqlFnClass;
enum { FN_COUNT_ = FN_LAST + 1, FN_PARAMS_MAX = 8 };

typedef struct {
    const char *name;   // "date_add": the text of a neutral call
    const char *params; // "unit amount time": their order there; `x?` may be missing, `x...` is any
                        // number of them
    SqlFnClass class;
    // Of the result: "integer", "real", "text", "date", "timestamp", "boolean", "interval",
    // "array"; "=time" that of a parameter; "+time" that of one to which the unit is added;
    // "#x" that of its sum, "%x" of its mean; "~values" the widest of them; "" unknown. A `!`
    // behind: never NULL; a `?` behind: NULL only when all of the "~" parameters may be.
    const char *type;
    // How the runtime writes it: a template. {x} an argument, {x...} a list with commas, [, {x}]
    // only when x is there, '{x}' the bare text of a constant, {at} the place of the call in the
    // source (the hidden argument of functions that can fail while they run). Aggregates and window
    // functions: one call, DISTINCT, ORDER BY, FILTER and OVER are put around its arguments.
    // NULL: name(arguments). "": a pass takes it where it may stand; elsewhere it is refused.
    const char *lite;
    // Instead of the template: the tree that means the same at run time. May return `call` itself,
    // changed; then it is written by the template.
    SqlNode *(*lower)(Translator *t, SqlNode *call);
} SqlFn;

typedef struct {
    const char *means; // the name of the meaning
    unsigned in;       // dialects
    const char *name;  // in capitals; "" = only written, by `form`
    // The arguments as this dialect has them, parted by spaces, in names of parameters:
    //   time  x?  x...    as in SqlFn.params
    //   'unit'            a word of time, written as a string ('day'); read either way
    //   unit              the same, written bare where the meaning's parameter is called unit
    //   interval          INTERVAL '1' DAY: stands for amount and unit
    //   format:java       a format string in a notation: java strf pg mysql snow; neutral is strf
    //   time:timestamp    converted without asking: date timestamp time interval; moment: a text is
    //                     read as a date or a timestamp
    //   unit=MONTH        a constant that this spelling stands for, not written
    //   _  _?  _?...      with `read`: how many there are; what they are `read` knows
    // NULL: the meaning's own params.
    const char *args;
    const char *form; // how it is written where it is no call: "{time} + INTERVAL {amount} {unit}"
    // Instead of `args`: makes the neutral call from one as it was read. NULL = it does not fit.
    SqlNode *(*read)(Translator *t, SqlNode *call);
} SqlSpelling;

typedef struct {
    const SqlFn *fns;
    size_t fn_count;
    const SqlSpelling *spellings;
    size_t spelling_count;
} FnFamily;
// clang-format off
extern const FnFamily
    fn_aggregate,
    fn_array,
    fn_encode,
    fn_cast,
    fn_choice,
    fn_date,
    fn_date_lite,
    fn_date_part, fn_date_other,
    fn_format,
    fn_json, fn_json_find,
    fn_list,
    fn_map,
    fn_math,
    fn_number,
    fn_print,
    fn_regexp,
    fn_select,
    fn_sketch,
    fn_stream,
    fn_table,
    fn_text,
    fn_url,
    fn_window;
// clang-format on

// ---- finding (fn.c)
const SqlFn *fn_at(uint16_t fn); // 1 …; NULL for 0
const SqlFn *fn_named(const char *meaning);
uint16_t fn_index(const SqlFn *fn);
const SqlSpelling *fn_spelling_of(const SqlFn *fn, size_t i); // the i-th; NULL behind the last

typedef struct {
    const SqlFn *fn;
    const SqlSpelling *spelling; // NULL = unknown to every dialect, or with that many arguments
    bool foreign;                // only other dialects spell it so
    bool ambiguous;              // … and not all of them mean the same by it
    bool known;                  // the dialect has the name, with another number of arguments
} FnFound;
// A call as it was read, by its name and the number of its arguments.
FnFound fn_find(Dialect d, const SqlNode *call);
bool fn_is_safe(Dialect d, const SqlNode *call); // BigQuery: SAFE.f(…)
// The next one of the dialect's own, where `read` of one before did not take the call.
FnFound fn_find_next(Dialect d, const SqlNode *call, const SqlSpelling *after);
// The meaning of a call in a tree as it was parsed: NULL when it is not known. For types and rules.
const SqlFn *sql_fn_of(const SqlNode *call, Dialect d);
const char *fn_unsupported(Str name); // a sentence for what is known and not run; NULL = none
bool fn_is_lite_only(Str name);       // SQLite runs it, and no spelling here is SQLite's
Str fn_instead(Dialect d, Str name);  // how d writes what the name means elsewhere; "" = not said
// Names of the functions that dialect d has: for "did you mean".
StrList fn_names(Arena *a, Dialect d);

// ---- the little language of args and params
typedef struct {
    Str name;      // of the parameter
    Str constant;  // unit=MONTH: "MONTH"
    Str notation;  // format:java: "java"
    bool optional; // x?
    bool rest;     // x...
    bool quoted;   // 'unit'
} FnToken;
bool fn_is_conversion(Str notation);     // of x:timestamp
bool fn_token(Str *args, FnToken *out);  // takes the next one off
int fn_param(const SqlFn *fn, Str name); // its index among the params; -1
int fn_param_at(uint16_t fn, Str name);  // … of a meaning by its number

// ---- which argument of a call is which parameter (fn_read.c)
typedef struct {
    FnToken token;
    const SqlNode *node;  // NULL = left out, or a constant of the spelling
    bool interval;        // stands for amount and unit
    uint32_t first, rest; // of x...: so many arguments from that one on; node is the first of them
} FnArg;
typedef struct {
    FnArg at[FN_PARAMS_MAX]; // by parameter
} FnBound;
bool fn_bind(const FnFound *f, const SqlNode *call, FnBound *out);
// The type of the result; `of` tells those of the arguments.
LogicalType fn_result(const FnFound *f, const SqlNode *call, const FnBound *b,
                      LogicalType (*of)(void *, const SqlNode *), void *ctx);
// A neutral call from arguments by name (x => 1) in any order, the others by place; `names` are the
// dialect's, in the order of the meaning's params. NULL: they do not fit (fn_table.c).
SqlNode *fn_by_names(Translator *t, SqlNode *call, const char *meaning, const char *names);
#endif
