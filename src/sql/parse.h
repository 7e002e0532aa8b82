// parse: what the files of the parser share. Recursive descent over an array of tokens.
//
// The first fault ends the parse without a jump: it is written down and the position moves to the
// end, where nothing is accepted any more, so every loop stops and every function returns some
// node. A function therefore never checks for failure. Lookahead is bounded, so the whole is
// linear.
#ifndef SQL_PARSE_H
#define SQL_PARSE_H
#include "sql/words.h"

bool fn_is_time_word(Str word); // unit.c: a unit or a part of a time, of any dialect

typedef struct {
    uint32_t at, end, line, column;
    uint16_t kind, sym; // TokenKind, symbol (words.h)
} Tok;

typedef VEC(SqlNode *) NodeStack;

typedef struct {
    Arena *arena;   // of the tree
    Arena *scratch; // of the tokens and stacks
    Str sql;
    Dialect dialect;
    const Tok *tok;
    size_t count, pos; // tok[count - 1] is the end
    NodeStack stack;   // children of lists that are still open
    VEC(SqlUse) uses;
    VEC(SqlComment) comments;
    VEC(uint32_t) opened; // tokens: parentheses that are still open
    uint32_t nodes;
    int depth;
    int clause;   // word of the clause being read, for "WHERE comes before GROUP BY"
    size_t alias; // token after the last alias that had no AS
    bool failed;
    Error *err;
} Parser;

// Powers of the infix operators, loosest first.
enum {
    POWER_OR = 1,
    POWER_XOR,
    POWER_AND,
    POWER_NOT,
    POWER_COMPARE,
    POWER_BITS,
    POWER_CONCAT,
    POWER_ADD,
    POWER_MULTIPLY,
    POWER_POWER,
    POWER_JSON,
    POWER_UNARY,
};

// parse.c: tokens
const Tok *tok_at(const Parser *p, size_t ahead); // 0 = current; the end repeats
int sym_at(const Parser *p, size_t ahead);
Str tok_text(const Parser *p, const Tok *t);
bool is(const Parser *p, int sym);
bool is_two(const Parser *p, int first, int second);
bool accept(Parser *p, int sym);
bool accept_two(Parser *p, int first, int second);
void skip(Parser *p);
void expect(Parser *p, int sym, const char *after);
void parse_open(Parser *p, const char *what); // takes '('
void parse_close(Parser *p);                  // takes ')', or says which '(' stays open
bool parse_enter(Parser *p);                  // one level deeper; false = failed. Pairs with leave
void parse_leave(Parser *p);
void parse_use(Parser *p, SqlFeature f); // notes that the current token starts a use
void parse_use_at(Parser *p, SqlFeature f, const SqlNode *n);

// parse.c: nodes
SqlNode *node_new(Parser *p, SqlKind kind);                        // starts at the current token
SqlNode *node_from(Parser *p, SqlKind kind, const SqlNode *first); // starts where `first` starts
SqlNode *node_done(Parser *p, SqlNode *n);                         // ends at the last token taken
void node_reach(SqlNode *n, const SqlNode *child); // as far as the child, wherever that stands
SqlNode *node_around(SqlNode *n);                  // as far as all of its children, no further
size_t tail_open(const Parser *p);
void tail_add(Parser *p, SqlNode *n);
SqlNode *tail_close(Parser *p, SqlNode *n, size_t mark); // and node_done

// parse_fail.c
void parse_fail(Parser *p, size_t tok, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
void parse_unsupported(Parser *p, const char *what); // "… is not supported here."
void parse_lacks(Parser *p, const char *sentence);   // the same, with what to do instead
void parse_unclosed(Parser *p);                      // a ')' is missing
void parse_expected(Parser *p, const char *what);    // the current token is not it: says why
void parse_end_of_statement(Parser *p);

// parse_named.c: false = nothing that is known by name stands here
bool parse_named(Parser *p);
// parse_name.c
bool is_name(const Parser *p, size_t ahead);
SqlNode *parse_name(Parser *p, const char *what);
SqlNode *parse_alias_name(Parser *p); // [AS] name, or NULL
SqlNode *parse_path(Parser *p, SqlKind kind, const char *what);
SqlNode *parse_names(Parser *p, const char *what); // (a, b) to a LIST
Str parse_unquote(Parser *p, Str raw, char close, bool backslash);
Str string_value(Parser *p, const Tok *t);
SqlNode *parse_string(Parser *p, const char *what);

// parse_expr.c
SqlNode *parse_expr(Parser *p);
SqlNode *parse_level(Parser *p, int power);
SqlNode *parse_list(Parser *p, SqlKind kind); // a, b, c to the tail of a node
SqlNode *parse_paren_list(Parser *p, SqlKind kind);
// parse_postfix.c
SqlNode *parse_primary(Parser *p); // an atom and the postfixes behind it
// parse_primary.c
SqlNode *parse_atom(Parser *p);
SqlNode *parse_paren(Parser *p);
bool is_variable(const Parser *p);                 // MySQL's @a
SqlNode *parse_variable(Parser *p, bool assigned); // in SET a plain = assigns
// parse_literal.c
Str number_text(Parser *p, Str text); // without the suffix that tells its type
SqlNode *parse_strings(Parser *p);    // 'a' and what goes on with it
bool starts_prefixed_string(const Parser *p);
SqlNode *parse_prefixed_string(Parser *p);
bool starts_typed(const Parser *p); // DATE '2025-01-01'
SqlNode *parse_typed(Parser *p);
SqlNode *parse_array(Parser *p);
SqlNode *parse_brace(Parser *p); // {'a': 1}
SqlNode *parse_map(Parser *p);
// parse_interval.c
SqlNode *parse_interval(Parser *p);
bool starts_interval(const Parser *p);
// parse_type.c
SqlNode *parse_type(Parser *p);
SqlNode *parse_cast(Parser *p, SqlOp op);
// parse_call.c
SqlNode *parse_call(Parser *p, SqlNode *path); // the path is a COLUMN, current token '('
SqlNode *parse_special_call(Parser *p);        // EXTRACT, TRIM …; NULL when it is none
SqlNode *parse_star(Parser *p, SqlNode *of);
// parse_window.c
SqlNode *parse_over(Parser *p);
SqlNode *parse_window_body(Parser *p); // behind '(' up to and with ')'
SqlNode *parse_order_by(Parser *p);    // the current token is ORDER
// parse_query.c
bool starts_query(const Parser *p, size_t ahead);
SqlNode *parse_query(Parser *p);
SqlNode *parse_query_rest(Parser *p, SqlNode *arm); // goes on behind a query in parentheses
bool continues_query(const Parser *p);
SqlNode *parse_values(Parser *p);
SqlNode *parse_with(Parser *p);
SqlNode *parse_query_with(Parser *p, SqlNode *with);
// parse_select.c
SqlNode *parse_select(Parser *p);
SqlNode *parse_from_first(Parser *p);  // DuckDB: FROM t [SELECT …]
SqlNode *parse_table_query(Parser *p); // TABLE t
SqlNode *parse_items(Parser *p);
void parse_refused_clause(Parser *p); // CONNECT BY and its kin, by their names
// parse_limit.c
SqlNode *parse_limit(Parser *p);
SqlNode *parse_top(Parser *p);
// parse_duck.c
SqlNode *parse_comprehension(Parser *p, SqlNode *value);
SqlNode *parse_chained(Parser *p, SqlNode *base);   // value.f(x)
SqlNode *parse_json_path(Parser *p, SqlNode *base); // j #>> '{a,b}'
void parse_method(Parser *p, SqlNode *call, SqlNode *path);
// parse_spread.c
void parse_spread(Parser *p, SqlNode *select); // items that are several columns
void parse_window_names(Parser *p, SqlNode *query);
// parse_from.c
SqlNode *parse_from(Parser *p);
SqlNode *parse_table_alias(Parser *p);
SqlNode *parse_table_ref(Parser *p);
SqlNode *parse_table_path(Parser *p);
// parse_json_table.c
bool starts_json_table(const Parser *p);
SqlNode *parse_json_table(Parser *p);
bool starts_record_columns(const Parser *p); // (a int, …) behind an alias
SqlNode *parse_record_columns(Parser *p, SqlNode *record, SqlNode *alias);
// parse_pivot.c
SqlNode *parse_table_suffix(Parser *p, SqlNode *left); // PIVOT, UNPIVOT, LATERAL VIEW
SqlNode *parse_table_primary(Parser *p);
SqlNode *parse_pivot_query(Parser *p);  // DuckDB: PIVOT t ON x USING …, UNPIVOT t ON …
SqlNode *parse_columns_call(Parser *p); // DuckDB: COLUMNS(…); NULL when none stands here
SqlNode *parse_sample(Parser *p);
// parse_write.c
SqlNode *parse_statement(Parser *p);
// parse_merge.c
SqlNode *parse_merge(Parser *p, SqlNode *with);
SqlNode *parse_assignments(Parser *p);
// parse_constraint.c
SqlNode *parse_columns(Parser *p); // of a CREATE TABLE: ( … )
// parse_clause.c
SqlNode *parse_table_clause(Parser *p); // of a table, behind its columns; NULL when none starts
SqlNode *parse_properties(Parser *p);   // ( a = b, … )
// parse_words.c
bool is_word(const Parser *p, size_t ahead, const char *word);
bool is_words(const Parser *p, const char *words);        // "NOT ENFORCED": by their texts
SqlNode *accept_words(Parser *p, const char *const *all); // one of them as WORDS, or NULL
SqlNode *parse_words(Parser *p, size_t count); // so many tokens; '(' takes all up to its )
bool skip_words(Parser *p, const char *words); // is_words, and takes them
Str upper_text(Parser *p, Str word);
// parse_create.c
SqlNode *parse_create(Parser *p);
SqlNode *parse_drop(Parser *p);
SqlNode *parse_truncate(Parser *p);

void sql_tree_check(const SqlNode *root, uint32_t nodes);
#endif
