// neutral_braces: Postgres's arrays in a text, '{1,2}'::int[] and = ANY ('{a,b}'), as arrays.
#include "base/buf.h"
#include "sql/neutral_time.h"

typedef struct {
    Translator *t;
    const SqlNode *place;
    LogicalType element;
    Str text;
    size_t at;
    int depth;
} Braces;

static void blanks(Braces *b)
{
    while (b->at < b->text.len && b->text.ptr[b->at] == ' ') b->at++;
}

static bool take(Braces *b, char c)
{
    blanks(b);
    bool it = b->at < b->text.len && b->text.ptr[b->at] == c;
    b->at += it;
    return it;
}

// An element as a value of its type; NULL: it is none.
static SqlNode *value_of(Braces *b, Str s, bool quoted)
{
    Translator *t = b->t;
    double number;
    if (!quoted && str_eq_nocase(s, S("NULL"))) return make_null(t, b->place);
    SqlNode *text = typed(make_string(t, b->place, s), TYPE_TEXT);
    switch (b->element) {
    case TYPE_INTEGER:
    case TYPE_REAL: {
        bool minus = str_starts(s, S("-"));
        SqlNode *n = make_number(t, b->place, 0);
        if (!str_to_f64(s, &number)) return NULL;
        n->text = minus || str_starts(s, S("+")) ? str_slice(s, 1, s.len) : s;
        typed(n, b->element);
        return minus ? typed(make_unary(t, OP_MINUS, n), b->element) : n;
    }
    case TYPE_BOOLEAN: {
        SqlNode *n = make_node(t, NODE_BOOLEAN, b->place, 0);
        bool yes = s.len && (s.ptr[0] | 0x20) == 't';
        n->text = yes ? S("TRUE") : S("FALSE");
        return yes || (s.len && (s.ptr[0] | 0x20) == 'f') ? typed(n, TYPE_BOOLEAN) : NULL;
    }
    case TYPE_DATE:
    case TYPE_TIMESTAMP:
        return time_as(t, text, (int)b->element);
    default:
        return text;
    }
}

static SqlNode *element(Braces *b);

static SqlNode *array(Braces *b)
{
    enum { DEPTH_MAX = 6 };
    if (!take(b, '{') || ++b->depth > DEPTH_MAX) return NULL;
    SqlNode *all = make_node(b->t, NODE_ARRAY, b->place, 0);
    bool more = !take(b, '}');
    while (more) {
        SqlNode *one = element(b);
        if (!one) return NULL;
        node_add_tail(b->t, all, one);
        more = take(b, ',');
        if (!more && !take(b, '}')) return NULL;
    }
    b->depth--;
    return typed(all, TYPE_ARRAY);
}

static SqlNode *element(Braces *b)
{
    Buf out = buf_new(b->t->arena);
    blanks(b);
    if (b->at < b->text.len && b->text.ptr[b->at] == '{') return array(b);
    bool quoted = take(b, '"'), open = quoted;
    for (; b->at < b->text.len; b->at++) {
        char c = b->text.ptr[b->at];
        if (open ? c == '"' : c == ',' || c == '}') break;
        if (c == '\\' && b->at + 1 < b->text.len) c = b->text.ptr[++b->at];
        buf_char(&out, c);
    }
    if (quoted && !take(b, '"')) return NULL;
    Str s = quoted ? buf_str(&out) : str_trim(buf_str(&out));
    return quoted || s.len ? value_of(b, s, quoted) : NULL;
}

SqlNode *array_in_braces(Translator *t, const SqlNode *text, LogicalType of)
{
    if (t->from != DIALECT_POSTGRES || text->kind != NODE_STRING) return NULL;
    Braces b = {.t = t, .place = text, .element = of, .text = str_trim(text->text)};
    SqlNode *made = array(&b);
    blanks(&b);
    if (made && b.at == b.text.len) return made;
    return translate_refused(t, text,
                             "'" STR_FMT "' is no array literal: Postgres writes '{1,2}'. "
                             "(Postgres: malformed array literal)",
                             STR_ARG(text->text));
}
