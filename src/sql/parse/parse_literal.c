// parse_literal: numbers, strings and typed literals, arrays, structs and maps.
#include "base/buf.h"
#include "sql/parse.h"

bool starts_typed(const Parser *p)
{
    if (tok_at(p, 1)->kind != TOKEN_STRING) return false;
    switch (sym_at(p, 0)) {
    case WORD_DATE:
    case WORD_TIME:
    case WORD_DATETIME:
    case WORD_TIMESTAMP:
    case WORD_TIMESTAMPTZ:
    case WORD_TIMESTAMP_NTZ:
    case WORD_TIMESTAMP_LTZ:
    case WORD_TIMESTAMP_TZ:
    case WORD_NUMERIC:
    case WORD_BIGNUMERIC:
    case WORD_DECIMAL:
    case WORD_JSON:
    case WORD_UUID:
        return true;
    default:
        return false;
    }
}

SqlNode *parse_typed(Parser *p)
{
    parse_use(p, FEATURE_TYPED_LITERAL);
    SqlNode *n = node_new(p, NODE_TYPED);
    n->text = sql_word_text(sym_at(p, 0));
    skip(p);
    n->child[ONLY] = parse_string(p, "a string");
    return node_done(p, n);
}

// E'…', r'…', b'…', N'…': the letter stands right before the quote.
bool starts_prefixed_string(const Parser *p)
{
    const Tok *t = tok_at(p, 0), *next = tok_at(p, 1);
    if (t->kind != TOKEN_NAME || next->kind != TOKEN_STRING || t->end != next->at) return false;
    char c = (char)(p->sql.ptr[t->at] | 0x20);
    return t->end - t->at <= 2 && (c == 'e' || c == 'r' || c == 'b' || c == 'n');
}

// MySQL's b'101' is a number.
static bool bits_value(Str bits, int64_t *out)
{
    *out = 0;
    for (size_t i = 1; i + 1 < bits.len; i++) {
        if (bits.ptr[i] != '0' && bits.ptr[i] != '1') return false;
        *out = *out * 2 + (bits.ptr[i] - '0');
    }
    return bits.len > 2 && bits.len < 64;
}

SqlNode *parse_prefixed_string(Parser *p)
{
    SqlNode *n = node_new(p, NODE_STRING);
    Str letter = tok_text(p, tok_at(p, 0));
    skip(p);
    const Tok *t = tok_at(p, 0);
    bool raw = (letter.ptr[0] | 0x20) == 'r';
    Str all = tok_text(p, t);
    int64_t bits;
    if (p->dialect == DIALECT_MYSQL && (letter.ptr[0] | 0x20) == 'b' && bits_value(all, &bits)) {
        n->kind = NODE_NUMBER;
        n->text = str_fmt(p->arena, "%lld", (long long)bits);
        skip(p);
        return node_done(p, n);
    }
    size_t quotes = p->dialect == DIALECT_BIGQUERY && all.len >= 6 && all.ptr[1] == all.ptr[0] &&
                            all.ptr[2] == all.ptr[0]
                        ? 3
                        : 1;
    bool escapes = (letter.ptr[0] | 0x20) == 'e';
    n->text = raw && all.len >= 2 ? str_slice(all, quotes, all.len - quotes)
              : escapes           ? parse_unquote(p, str_slice(all, 1, all.len - 1), '\'', true)
                                  : string_value(p, t);
    skip(p);
    return node_done(p, n);
}

SqlNode *parse_array(Parser *p)
{
    parse_use(p, FEATURE_ARRAY_LITERAL);
    SqlNode *n = node_new(p, NODE_ARRAY);
    if (sym_at(p, 1) == '<') {
        parse_type(p); // ARRAY<INT64>[…]: the elements say it themselves
    } else {
        accept(p, WORD_ARRAY);
    }
    expect(p, '[', NULL);
    size_t mark = tail_open(p);
    if (!is(p, ']')) {
        do {
            SqlNode *value = parse_expr(p);
            if (is(p, WORD_FOR) && p->dialect == DIALECT_DUCKDB) {
                SqlNode *made = parse_comprehension(p, value);
                expect(p, ']', "at the end of the list");
                return made;
            }
            tail_add(p, value);
        } while (accept(p, ','));
    }
    expect(p, ']', "at the end of the array");
    return tail_close(p, n, mark);
}

// {'a': 1, b: 2}
SqlNode *parse_brace(Parser *p)
{
    if (sym_at(p, 1) == '{' || sym_at(p, 1) == '%') {
        parse_expected(p, "an expression");
        return node_new(p, NODE_NULL);
    }
    parse_use(p, FEATURE_STRUCT);
    SqlNode *n = node_new(p, NODE_STRUCT);
    skip(p);
    size_t mark = tail_open(p);
    while (!is(p, '}') && !p->failed) {
        SqlNode *field = node_new(p, NODE_FIELD);
        bool text = tok_at(p, 0)->kind == TOKEN_STRING;
        SqlNode *key = text ? parse_string(p, "a key") : parse_name(p, "a key");
        field->text = key->text;
        expect(p, ':', "after the key");
        field->child[ONLY] = parse_expr(p);
        tail_add(p, node_done(p, field));
        if (!accept(p, ',')) break;
    }
    expect(p, '}', NULL);
    return tail_close(p, n, mark);
}

// MAP {k: v} and MAP[k, v]
SqlNode *parse_map(Parser *p)
{
    parse_use(p, FEATURE_MAP);
    SqlNode *n = node_new(p, NODE_MAP);
    skip(p);
    bool brace = is(p, '{');
    skip(p);
    size_t mark = tail_open(p);
    int close = brace ? '}' : ']';
    while (!is(p, close) && !p->failed) {
        tail_add(p, parse_expr(p));
        if (brace) {
            expect(p, ':', "after the key");
            tail_add(p, parse_expr(p));
        }
        if (!accept(p, ',')) break;
    }
    expect(p, close, "at the end of the map");
    return tail_close(p, n, mark);
}

// Is the next text the rest of this one? MySQL and Spark: whatever is between; the standard: a
// line.
static bool goes_on(const Parser *p, size_t end)
{
    const Tok *t = tok_at(p, 0);
    bool mysql = p->dialect == DIALECT_MYSQL, spark = p->dialect == DIALECT_SPARK;
    bool standard = p->dialect == DIALECT_POSTGRES || p->dialect == DIALECT_DUCKDB;
    if (t->kind != TOKEN_STRING) return false;
    return mysql || spark || (standard && str_find(str_slice(p->sql, end, t->at), S("\n"), NULL));
}

SqlNode *parse_strings(Parser *p)
{
    SqlNode *n = parse_string(p, "a string");
    if (n->flags & FLAG_WORDS || !goes_on(p, n->end)) return n;
    Buf b = buf_new(p->arena);
    buf_add(&b, n->text);
    while (goes_on(p, n->end)) {
        SqlNode *more = parse_string(p, "a string");
        buf_add(&b, more->text);
        n->end = more->end;
    }
    n->text = buf_str(&b);
    return n;
}

static Str ungrouped(Parser *p, Str text) // 1_000: 1000
{
    if (!str_find(text, S("_"), NULL)) return text;
    Buf b = buf_new(p->arena);
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] != '_') buf_char(&b, text.ptr[i]);
    }
    return buf_str(&b);
}

// Without the suffix that tells its type: 10L is 10, and 10D is 10.0.
Str number_text(Parser *p, Str text)
{
    text = ungrouped(p, text);
    bool hex = text.len > 1 && (text.ptr[1] | 0x20) == 'x';
    size_t end = text.len;
    while (!hex && end && text.ptr[end - 1] >= 'A') end--;
    Str number = str_slice(text, 0, end), suffix = str_slice(text, end, text.len);
    bool floats = str_eq_nocase(suffix, S("d")) || str_eq_nocase(suffix, S("f"));
    bool real =
        str_find(number, S("."), NULL) || str_find(str_lower(p->arena, number), S("e"), NULL);
    return floats && !real ? str_fmt(p->arena, STR_FMT ".0", STR_ARG(number)) : number;
}
