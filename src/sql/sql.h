// sql: SQL as text. Dialects, tokens with places, statements, the syntax tree. No database handle,
// no rows.
#ifndef SQL_SQL_H
#define SQL_SQL_H
#include "base/error.h"
#include "base/table.h"
#include "base/vec.h"
#include "sql/tree.h"

typedef enum {
    DIALECT_SQLITE,
    DIALECT_SNOWFLAKE,
    DIALECT_BIGQUERY,
    DIALECT_SPARK,
    DIALECT_POSTGRES,
    DIALECT_TRINO,
    DIALECT_MYSQL,
    DIALECT_DUCKDB,
    DIALECT_FLINK,
    DIALECT_LAST = DIALECT_FLINK,
} Dialect;
enum { DIALECT_COUNT_ = DIALECT_LAST + 1 };
const char *dialect_name(Dialect d);            // "snowflake" …, as packs and --dialect spell it
bool dialect_from_name(Str name, Dialect *out); // no case

// What the same text means elsewhere: a row a dialect, at the version and mode of contracts.md.
typedef enum {
    ZERO_FAILS, // x / 0 is an error
    ZERO_NULL,
    ZERO_INFINITE, // for REALs; integers fail or give NULL as `zero_whole` says
    ZERO_LAST = ZERO_INFINITE
} SqlZero;
typedef enum {
    NULLS_LOW,  // first in ascending order, last in descending
    NULLS_HIGH, // the other way round
    NULLS_LAST, // whichever the direction
    NULLS_LAST_ = NULLS_LAST
} SqlNulls;
typedef struct {
    const char *name;     // "snowflake" …, as packs and --dialect spell it
    const char *title;    // "Snowflake" …
    bool keys_held;       // keys and CHECKs are enforced; NOT NULL is everywhere
    bool whole_division;  // 7 / 2 = 3
    SqlZero zero;         // of REALs
    SqlZero zero_whole;   // of integers
    SqlNulls nulls;       // where ORDER BY puts them when nothing is said
    bool like_folds_case; // LIKE 'a%' finds 'Abc'
    bool text_folds_case; // 'a' = 'A'
    bool pipes_are_or;    // a || b is a OR b
    bool caret_is_xor;    // a ^ b; elsewhere it is a power
} SqlRules;
const SqlRules *sql_rules(Dialect d);

typedef enum {
    TOKEN_KEYWORD, // a reserved or contextual word of the union of the dialects, in any case
    TOKEN_NAME,    // identifier, plain or quoted
    TOKEN_NUMBER,
    TOKEN_STRING,   // '…', $$…$$ and the dialects' other literals
    TOKEN_OPERATOR, // one operator or one of , ; . ( ) [ ] { }
    TOKEN_COMMENT,  // -- … or /* … */ (# … in mysql and bigquery)
    TOKEN_ERROR,    // an unterminated literal or a byte that starts nothing
    TOKEN_END,
    TOKEN_LAST = TOKEN_END,
} TokenKind;
enum { TOKEN_COUNT_ = TOKEN_LAST + 1 };

typedef struct {
    TokenKind kind;
    Str text;         // borrows from the source, quotes included
    size_t at;        // byte offset
    int line, column; // 1-based; columns count code points
} Token;

// The next token at byte `at` (< or = sql.len): never fails on any bytes, linear over the whole
// text.
typedef struct {
    Str sql;
    Dialect dialect;
    size_t at;
    int line, column;
} Lexer;
Lexer sql_lexer(Str sql, Dialect d);
Token sql_next(Lexer *x); // comments are tokens; white space is not
bool sql_is_keyword(Str word);
bool sql_is_reserved(Dialect d, Str word); // no name there without quotes
StrList sql_keywords(void);                // all of them, sorted, in capitals: for completion

// Line and column (code points, 1-based) of a byte offset.
void sql_place(Str sql, size_t at, int *line, int *column);
size_t sql_offset(Str sql, int line, int column); // the byte there; its length when there is none
// The statements of a script: split at ';' outside literals, comments and parentheses; empty ones
// left out.
StrList sql_statements(Arena *a, Str sql, Dialect d);

// Grammar that not every dialect has. The parser reads the union and notes each use with its place;
// sql_home judges.
typedef enum {
    FEATURE_QUALIFY,
    FEATURE_DISTINCT_ON,
    FEATURE_TOP,
    FEATURE_FETCH,
    FEATURE_TIES,
    FEATURE_LIMIT_COMMA,
    FEATURE_GROUP_BY_ALL,
    FEATURE_ORDER_BY_ALL,
    FEATURE_GROUPING_SETS,
    FEATURE_WITH_ROLLUP,
    FEATURE_STAR_EXCEPT,
    FEATURE_STAR_EXCLUDE,
    FEATURE_STAR_REPLACE,
    FEATURE_STAR_RENAME,
    FEATURE_SELECT_AS,
    FEATURE_FROM_FIRST,
    FEATURE_TRAILING_COMMA,
    FEATURE_STRING_ALIAS,
    FEATURE_COLONS_CAST,
    FEATURE_TRY_CAST,
    FEATURE_SAFE_CAST,
    FEATURE_FILTER,
    FEATURE_FILTER_BARE,
    FEATURE_WITHIN_GROUP,
    FEATURE_NULL_TREATMENT,
    FEATURE_GROUPS_FRAME,
    FEATURE_FRAME_EXCLUDE,
    FEATURE_NAMED_WINDOW,
    FEATURE_NULL_SAFE_ARROW,
    FEATURE_IS_DISTINCT,
    FEATURE_ILIKE,
    FEATURE_MATCH_OPERATOR,
    FEATURE_LIKE_ANY,
    FEATURE_DIV,
    FEATURE_INTERVAL,
    FEATURE_TYPED_LITERAL,
    FEATURE_ARRAY_LITERAL,
    FEATURE_SUBSCRIPT,
    FEATURE_STRUCT,
    FEATURE_MAP,
    FEATURE_PATH,
    FEATURE_LAMBDA,
    FEATURE_AT_TIME_ZONE,
    FEATURE_NATURAL,
    FEATURE_FULL_JOIN,
    FEATURE_LATERAL,
    FEATURE_SEMI_JOIN,
    FEATURE_ASOF_JOIN,
    FEATURE_JOIN_WITHOUT_ON,
    FEATURE_LATERAL_VIEW,
    FEATURE_UNNEST,
    FEATURE_TABLE_FUNCTION,
    FEATURE_PIVOT,
    FEATURE_SAMPLE,
    FEATURE_AS_OF,
    FEATURE_BARE_VALUES,
    FEATURE_VALUES_SCALARS,
    FEATURE_MINUS,
    FEATURE_SETOP_ALL,
    FEATURE_BY_NAME,
    FEATURE_MERGE,
    FEATURE_ON_CONFLICT,
    FEATURE_ON_DUPLICATE,
    FEATURE_OVERWRITE,
    FEATURE_INSERT_BY_NAME,
    FEATURE_REPLACE_WHERE,
    FEATURE_WRITE_LIMIT,
    FEATURE_UPDATE_FROM,
    FEATURE_DELETE_USING,
    FEATURE_RETURNING,
    FEATURE_WATERMARK,
    FEATURE_PARTITION_BY,
    FEATURE_CLUSTER_BY,
    FEATURE_OR_REPLACE,
    FEATURE_BACKTICKS,
    FEATURE_CAST_TYPE,
    FEATURE_TABLE_COLUMNS,
    FEATURE_OVERLAPS,
    FEATURE_ITEM_COLUMNS,
    FEATURE_PIVOT_STATEMENT,
    FEATURE_RESERVED_NAME,
    FEATURE_AGGREGATE_ORDER,
    FEATURE_UNION_BARE,
    FEATURE_EQUAL_TWICE,
    FEATURE_LIMIT_FIRST,
    FEATURE_AND_SIGN,
    FEATURE_LAST = FEATURE_AND_SIGN,
} SqlFeature;
enum { FEATURE_COUNT_ = FEATURE_LAST + 1 };
const char *sql_feature_name(SqlFeature f);   // "QUALIFY"
bool sql_feature_in(SqlFeature f, Dialect d); // does this dialect have it?

typedef struct {
    SqlFeature feature;
    uint32_t at, line, column;
} SqlUse;
typedef struct {
    uint32_t at, end, line, column;
} SqlComment;

typedef struct {
    Str sql; // borrowed: texts in the tree point into it
    Dialect dialect;
    SqlNode *root; // NODE_SCRIPT
    uint32_t nodes;
    const SqlUse *uses; // in the order they were read
    size_t use_count;
    const SqlComment *comments; // in the order of the text
    size_t comment_count;
} SqlScript;

enum { SQL_BYTES_MAX = 16 * 1024 * 1024 };

// Statements to one tree. Any bytes give a tree or one error: what was expected, where, and what
// was probably meant. ERROR_UNSUPPORTED names a construct that is understood and not supported.
// Linear in the text; no deeper than SQL_DEPTH_MAX.
MUST_USE bool sql_parse(Arena *a, Str sql, Dialect d, SqlScript *out, Error *err);
// Holds the tree to its table: required roles, places inside their parents', heights. Aborts.
void sql_check(const SqlScript *s);
// The first use of grammar that the script's own dialect lacks, as an ERROR_HOME_REFUSED.
MUST_USE bool sql_home(const SqlScript *s, Error *err);
// Whether it says anything in a way that only other dialects have: grammar, or a function. Not
// where it calls what SQLite alone has as well: then there is no one reading of it all.
bool sql_borrows(const SqlScript *s);
MUST_USE bool sql_use_judged(const SqlScript *s, const SqlUse *u, Error *err);
// The script in one style: a clause a line, keywords in capitals, comments kept. The result parses
// to the same tree (sql_same) in the same dialect.
Str sql_format(Arena *a, const SqlScript *s);

// Tables as a query sees them: made by callers from their own specs.
typedef struct SqlColumns SqlColumns;
// What a TYPE_STRUCT (or a TYPE_ARRAY that is a document) is at home, where that is known: engines
// differ in which of them they compare.
typedef enum {
    DOCUMENT_NONE,
    DOCUMENT_JSON,
    DOCUMENT_JSONB,
    DOCUMENT_VARIANT,
    DOCUMENT_MAP,
    DOCUMENT_TEXT, // a TYPE_TEXT that was read out of JSON: MySQL compares it with its case
    DOCUMENT_LAST = DOCUMENT_TEXT,
} SqlDocument;
typedef struct {
    Str name;
    LogicalType type;
    bool not_null;
    bool exact;   // the name was written in quotes: its case counts where the dialect lets it
    bool untyped; // nothing but the word NULL: takes any type
    // Of a TYPE_ARRAY. Of a TYPE_INTERVAL that is microseconds at run time, surely, TYPE_INTEGER;
    // TYPE_DATE where it is Spark's INTERVAL DAY. Of Postgres' TYPE_INTEGER: TYPE_INTEGER where it
    // is a bigint, TYPE_REAL where it is a numeric, whose halves are not cut off.
    LogicalType element;
    const SqlColumns *fields; // of a TYPE_STRUCT, or of an array's structs; NULL = not known
    SqlDocument document;
} SqlColumn;
struct SqlColumns {
    const SqlColumn *at;
    size_t len;
    bool open; // may have further columns that are not known (a table function, a PIVOT)
};
typedef struct {
    Str name;
    SqlColumns columns;
    StrList key;            // names of the columns of the primary key; empty = none is known
    const StrList *uniques; // what else is unique, each by its columns
    size_t unique_count;
} SqlTable;
typedef struct {
    const SqlTable *at;
    size_t len;
} SqlSchema;

typedef struct {
    LogicalType type;
    bool not_null;            // true = known never to be NULL
    bool untyped;             // as in SqlColumn
    LogicalType element;      // as in SqlColumn
    const SqlColumns *fields; // as in SqlColumn
    SqlDocument document;
} SqlType;

// What a COLUMN means. All zero: not known (it may belong to a table that is open).
#define SQL_COLUMN_OPEN UINT32_MAX
typedef struct {
    const SqlNode *query; // the SELECT, UPDATE, DELETE, MERGE or INSERT that brings the name; the
                          // reference is correlated when that is not the one it stands in
    const SqlNode *source; // in its FROM: TABLE, DERIVED, TABLE_CALL …; the JOIN of a merged column
    uint32_t column;       // of the source's columns; SQL_COLUMN_OPEN when it is none that is known
    const SqlNode *item;   // instead of a source: the ITEM whose alias it is
} SqlBinding;

// What a STAR stands for.
typedef struct {
    SqlColumn column;
    Str table;             // the name by which its table is reached; empty for a merged column
    const SqlNode *source; // as in SqlBinding
    uint32_t index;
    const SqlNode *value; // of REPLACE: the ITEM that stands in its place
} SqlStarColumn;
typedef struct {
    const SqlStarColumn *at;
    size_t len;
    bool open;
    bool fields; // those of a struct: each stands in the column of its source and index
} SqlStar;

typedef struct {
    SqlType *types;       // by node id: of each expression
    SqlColumns *outputs;  // by node id: of each QUERY, SELECT, SETOP and VALUES
    SqlBinding *bindings; // by node id: of each COLUMN
    // By node id: of each STAR in a list of items, and of an empty list (FROM t).
    const SqlStar **stars;
    // By node id: what each TABLE, DERIVED, TABLE_CALL … in FROM brings.
    SqlColumns *sources;
    const StrList **keys;    // by node id: the primary key of each TABLE, or NULL
    const SqlTable **tables; // by node id: the schema's table behind each TABLE, or NULL
    const SqlNode **queries; // by node id: the QUERY of the CTE behind each TABLE, or NULL
    // By node id: a COLUMN that is neither grouped nor aggregated and that home may take, as far as
    // the schema tells: any row of the group may give its value. Written by sql_rules_check.
    bool *bare;
} SqlMeaning;

// A column that USING or NATURAL makes one with another: where it comes from below the join.
typedef struct {
    const SqlNode *source; // a table, or the JOIN below that has merged it
    uint32_t column;       // of the source's columns
    const SqlColumn *at;
} SqlSide;
// The column `name` of what `from`, one side of a join, brings; false where it is not known.
bool sql_using_side(const SqlMeaning *m, const SqlNode *from, Str name, SqlSide *out);

// What was let pass though home would not have it, and what else is worth a word.
typedef struct {
    uint32_t at, line, column;
    Str text;
} SqlNote;
typedef VEC(SqlNote) SqlNotes;

// Names to columns and types bottom-up, through CTEs, subqueries, joins and correlated scopes, by
// the rules of the script's dialect. An unknown or ambiguous name is an ERROR_HOME_REFUSED with its
// place and the nearest name. What is not understood is TYPE_UNKNOWN and never an error. A table
// that the script itself creates is known from there on. Without a schema (NULL) every table is
// there, with any columns.
MUST_USE bool sql_resolve(Arena *a, const SqlScript *s, const SqlSchema *schema, SqlMeaning *out,
                          Error *err);

// ---- a senior's eye: traps in a query that runs
typedef struct {
    const char *rule; // "no-tiebreaker"
    uint32_t at;
    int line, column;
    Str why;             // one sentence, of this query
    const char *instead; // the counter-move
} SqlFinding;
typedef struct {
    SqlFinding *at;
    size_t len;
} SqlFindings;
// In the order of the text. Speaks only where the tree proves the trap; a rule that needs names or
// types that are not known is silent.
SqlFindings sql_lint(Arena *a, const SqlScript *s, const SqlMeaning *m);
StrList sql_lint_rules(Arena *a); // their names
// The comment that states the grain of the result ("-- grain: one row per profile and day"), or "".
Str sql_stated_grain(const SqlScript *s);

// ---- the parts of a query that can be run alone
typedef struct {
    size_t in_step, in_source, len;
} SqlPiece;
typedef struct {
    Str name; // of the CTE or derived table, or its first words: "(SELECT 2)"; "" = the whole
    Str sql;  // runs it alone, in the script's dialect
    uint32_t at, end; // bytes of the source: the CTE, the subquery
    int line, column; // of `at`
    bool whole;       // the last one
    SqlPiece *pieces; // of `sql`, in its order: what was cut from the source
    size_t piece_count;
} SqlStep;
typedef struct {
    SqlStep *at;
    size_t len;
} SqlSteps;
// Of the last statement: its CTEs, uncorrelated subqueries and arms of set operations, what is read
// before what reads it; then the query itself. Of a load what it reads, and nothing is the whole.
SqlSteps sql_steps(Arena *a, const SqlScript *s, const SqlSchema *schema);
// The place in the source of a place in the step's own text, both as sql_place counts; the step's
// beginning where that was not cut from the source.
void sql_step_place(const SqlStep *step, Str source, int *line, int *column);
// What the home engine refuses of a script whose names are known: the refusal that stands first in
// the text, as an ERROR_HOME_REFUSED. In doubt nothing is refused.
// What is no more than a spelling is put into `noted` instead, unless that is NULL.
MUST_USE bool sql_rules_check(Arena *a, const SqlScript *s, const SqlMeaning *m, SqlNotes *noted,
                              Error *err);
// The list of all that these rules refuse.
size_t sql_rule_count(void);
const char *sql_rule_name(size_t i);   // "a window function in WHERE …"
bool sql_rule_in(size_t i, Dialect d); // is it refused there?

// ---- from any dialect to what SQLite runs, and to other dialects
typedef struct {
    Dialect dialect; // of the text
    // Whose collation of text and order of NULLs count: the dialect's own, or the reference's
    // (contracts.md, fairness).
    Dialect ambient;
    bool strict; // refuse what home would not read; else spellings of other dialects are notes
} SqlHome;
IntervalStyle sql_interval_style(Dialect d);
bool sql_interval_kinds(Dialect d); // intervals are of months, or of days to seconds, never both
SqlHome sql_at_home(Dialect d);     // ambient as at home, not strict

typedef struct {
    uint32_t at, from; // byte of the text, byte of the source
} SqlSpot;

// A statement as SQLite runs it: those of one source statement are one, all or nothing.
typedef struct {
    Str text;
    uint32_t statement; // of the source, from 0
    // The temporary table, made for this translation alone, that it makes of what `rows` gives (the
    // end of text), or drops ("" = no rows). "" = it is another statement.
    Str scratch, rows;
} SqlPart;

typedef struct {
    SqlScript script;   // as it was written
    SqlMeaning meaning; // of it
    // What runs: one statement or several. In the dialect sqlite the source itself.
    Str text;
    const SqlSpot *spots; // ascending in `at`: where the text comes from; none = it is the source
    size_t spot_count;
    const SqlPart *parts; // the statements of the text
    size_t part_count;
    SqlColumns output;       // of the last statement, where it is a query
    IntervalStyle intervals; // how home writes them
    const SqlNote *notes;
    size_t note_count;
} SqlProgram;
IntervalStyle sql_interval_style_of(const SqlProgram *p, size_t column); // of the output

// The way of a query: parse, home, names, rules, translation to the runtime: SQLite with the
// functions of query. What home refuses is an ERROR_HOME_REFUSED; what is understood and cannot be
// run here is an ERROR_UNSUPPORTED that names it. Both have their place in `sql`.
MUST_USE bool sql_compile(Arena *a, Str sql, const SqlHome *home, const SqlSchema *schema,
                          SqlProgram *out, Error *err);
// The text and the statements of one that SQLite runs as it stands; the rest of *out stays.
void sql_as_written(Arena *a, Str sql, SqlProgram *out);
// The byte of the source from which byte `at` of the program's text comes.
size_t sql_origin(const SqlProgram *p, size_t at);
// The script in another dialect's spelling, laid out; to DIALECT_SQLITE with greenroom's functions.
// Without a schema (NULL) every table is there, with any columns, whose types are unknown.
MUST_USE bool sql_translate(Arena *a, Str sql, const SqlHome *home, Dialect to,
                            const SqlSchema *schema, Str *out, Error *err);
#endif
