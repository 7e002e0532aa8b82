// sql: SQL as text. Dialects, tokens with places, statements. No database handle, no rows.
#ifndef SQL_SQL_H
#define SQL_SQL_H
#include "base/error.h"
#include "base/vec.h"

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
StrList sql_keywords(void); // all of them, sorted, in capitals: for completion

// Line and column (code points, 1-based) of a byte offset.
void sql_place(Str sql, size_t at, int *line, int *column);
// The statements of a script: split at ';' outside literals, comments and parentheses; empty ones
// left out.
StrList sql_statements(Arena *a, Str sql, Dialect d);
#endif
