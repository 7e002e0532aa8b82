// parse_type: types as they stand behind :: and AS and in column definitions, and the casts.
#include "base/buf.h"
#include "sql/parse.h"

static void add_upper(Buf *b, Str word)
{
    if (b->len) buf_char(b, ' ');
    for (size_t i = 0; i < word.len; i++) {
        char c = word.ptr[i];
        buf_char(b, c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c);
    }
}

static void take(Parser *p, Buf *b)
{
    add_upper(b, tok_text(p, tok_at(p, 0)));
    skip(p);
}

// > or the first half of >>: then true, and the type ends inside the token.
static bool close_angle(Parser *p)
{
    if (is(p, SYM_SHIFT_RIGHT)) {
        Tok *t = (Tok *)&p->tok[p->pos];
        t->sym = '>';
        t->at++;
        t->column++;
        return true;
    }
    expect(p, '>', "at the end of the type");
    return false;
}

// Behind a field's type: NOT NULL, COMMENT 'x', OPTIONS (…) say nothing of its rows.
static void parse_field_words(Parser *p, SqlNode *field)
{
    if (accept_two(p, WORD_NOT, WORD_NULL)) field->flags |= FLAG_NOT;
    if (is(p, WORD_COMMENT)) parse_unsupported(p, "A comment inside a type");
    if (is_two(p, WORD_OPTIONS, '(')) parse_unsupported(p, "OPTIONS inside a type");
}

// STRUCT<a INT, b STRING>, ROW(a INT), ARRAY<INT>, MAP<STRING, INT>: a name before a type is a
// field.
static SqlNode *parse_element(Parser *p)
{
    bool colon = sym_at(p, 1) == ':';
    const Tok *next = tok_at(p, 1);
    bool named = is_name(p, 0) && (colon || next->kind == TOKEN_NAME ||
                                   (next->kind == TOKEN_KEYWORD && is_name(p, 1)));
    if (sym_at(p, 0) == WORD_DOUBLE || sym_at(p, 0) == WORD_TIMESTAMP) named = false;
    if (tok_at(p, 0)->kind == TOKEN_STRING) return parse_string(p, "a value");
    if (tok_at(p, 0)->kind == TOKEN_NUMBER) {
        SqlNode *number = parse_primary(p);
        if (is_word(p, 0, "CHAR") || is_word(p, 0, "BYTE")) skip(p); // Oracle's habit
        return number;
    }
    if (!named) return parse_type(p);
    SqlNode *field = node_new(p, NODE_FIELD);
    field->text = parse_name(p, "the name of a field")->text;
    accept(p, ':');
    field->child[ONLY] = parse_type(p);
    parse_field_words(p, field);
    return node_done(p, field);
}

static bool parse_elements(Parser *p, bool angle)
{
    skip(p);
    if (!angle || !is(p, '>')) { // struct<> is a type, VARCHAR() is none
        do {
            tail_add(p, parse_element(p));
        } while (accept(p, ','));
    }
    if (angle) return close_angle(p);
    expect(p, ')', "at the end of the type");
    return false;
}

// Postgres and Spark: INTERVAL HOUR TO MINUTE
static void parse_interval_words(Parser *p, Buf *b)
{
    static const char *const units[] = {"YEAR", "MONTH", "DAY", "HOUR", "MINUTE", "SECOND"};
    if (!str_starts(buf_str(b), S("INTERVAL"))) return;
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        if (!is_word(p, 0, units[i])) continue;
        take(p, b);
        if (!is(p, WORD_TO)) return;
        take(p, b);
        take(p, b);
        return;
    }
}

// WITH TIME ZONE, WITH LOCAL TIME ZONE, WITHOUT TIME ZONE
static void parse_zone_words(Parser *p, Buf *b)
{
    if (!is(p, WORD_WITH) && !is(p, WORD_WITHOUT)) return;
    size_t time = str_eq_nocase(tok_text(p, tok_at(p, 1)), S("LOCAL")) ? 2 : 1;
    if (sym_at(p, time) != WORD_TIME || sym_at(p, time + 1) != WORD_ZONE) return;
    for (size_t i = 0; i < time + 2; i++) take(p, b);
}

// The words behind the first: DOUBLE PRECISION, CHARACTER VARYING, TIMESTAMP WITH TIME ZONE.
static void parse_more_words(Parser *p, Buf *b)
{
    if (is(p, WORD_PRECISION) || is(p, WORD_VARYING)) take(p, b);
    bool sign = str_eq(buf_str(b), S("SIGNED")) || str_eq(buf_str(b), S("UNSIGNED"));
    if (sign && is_word(p, 0, "INTEGER")) take(p, b);
    if (!sign && is_word(p, 0, "UNSIGNED")) take(p, b); // MySQL: INT UNSIGNED ZEROFILL
    if (is_word(p, 0, "ZEROFILL")) take(p, b);
    parse_interval_words(p, b);
    parse_zone_words(p, b);
}

// Postgres: int[], int[3] (which holds any number), int ARRAY
static void parse_brackets(Parser *p, Buf *name)
{
    if (is(p, WORD_ARRAY) && p->dialect == DIALECT_POSTGRES) {
        skip(p);
        if (!is(p, '[')) buf_add(name, S("[]"));
    }
    while (is_two(p, '[', ']') ||
           (is(p, '[') && sym_at(p, 2) == ']' && tok_at(p, 1)->kind == TOKEN_NUMBER)) {
        bool sized = !is_two(p, '[', ']');
        skip(p);
        skip(p);
        if (sized) skip(p);
        buf_add(name, S("[]"));
    }
}

// x::INT < 5 compares: only these hold other types.
static bool is_angle(const Parser *p, Str name)
{
    static const char *const holders[] = {"ARRAY", "STRUCT", "MAP",   "ROW",
                                          "RANGE", "TABLE",  "TUPLE", "MULTISET"};
    for (size_t i = 0; is(p, '<') && i < sizeof holders / sizeof *holders; i++) {
        if (str_eq(name, str_from(holders[i]))) return true;
    }
    return false;
}

SqlNode *parse_type(Parser *p)
{
    SqlNode *n = node_new(p, NODE_TYPE);
    if (!parse_enter(p)) {
        parse_leave(p);
        return n;
    }
    size_t mark = tail_open(p);
    Buf name = buf_new(p->arena);
    bool word = is_name(p, 0);
    if (word) {
        take(p, &name);
    } else {
        parse_expected(p, "a type");
    }
    parse_more_words(p, &name);
    bool angle = is_angle(p, buf_str(&name));
    bool half = (angle || is(p, '(')) && parse_elements(p, angle);
    parse_more_words(p, &name); // TIMESTAMP(3) WITH TIME ZONE
    parse_brackets(p, &name);
    n->text = buf_str(&name);
    parse_leave(p);
    tail_close(p, n, mark);
    if (half && !p->failed) n->end = tok_at(p, 0)->at;
    return n;
}

// MySQL's CAST knows few types: INT and VARCHAR are none of them.
static void note_type(Parser *p, const SqlNode *type)
{
    static const char *const known[] = {"SIGNED", "UNSIGNED", "CHAR", "NCHAR",   "DEC",
                                        "DATE",   "TIME",     "YEAR", "BINARY",  "JSON",
                                        "DOUBLE", "FLOAT",    "REAL", "DATETIME"};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (str_starts(type->text, str_from(known[i])) && !str_starts(type->text, S("TIMESTAMP")))
            return;
    }
    parse_use_at(p, FEATURE_CAST_TYPE, type);
}

// CAST(value AS type [FORMAT 'x']), and TRY_CAST, SAFE_CAST alike.
SqlNode *parse_cast(Parser *p, SqlOp op)
{
    SqlNode *n = node_new(p, NODE_CAST);
    n->op = (uint8_t)op;
    if (op == OP_TRY_CAST) parse_use(p, FEATURE_TRY_CAST);
    if (op == OP_SAFE_CAST) parse_use(p, FEATURE_SAFE_CAST);
    skip(p);
    parse_open(p, "( after CAST");
    n->child[CAST_VALUE] = parse_expr(p);
    if (is(p, ',')) parse_fail(p, p->pos, "CAST is written CAST(value AS type), without a comma.");
    expect(p, WORD_AS, "and a type inside CAST");
    n->child[CAST_TYPE] = parse_type(p);
    if (p->dialect == DIALECT_MYSQL) note_type(p, n->child[CAST_TYPE]);
    if (accept(p, WORD_FORMAT)) n->child[CAST_FORMAT] = parse_string(p, "a format");
    parse_close(p);
    return node_done(p, n);
}
