// mutate: nearly right queries: the reference with one thing changed, as an edit of its own text.
//
// What separates the reference from every mutant separates it from most wrong answers that people
// write: so mutants say which databases are telling, and what a wrong answer behaves like. An edit
// keeps the author's dialect and needs no emitter. Classes are rows of three tables, by what they
// look at; a mutant that does not run is left out by whoever runs it.
#include "exam/mutate/mutate.h"
#include "exam/mutate/mutants.h"

enum { MUTANTS_MOST = 240, WORDS_MOST = 90 };

// --- The tree and its tokens ---

size_t token_end(const Token *t)
{
    return t->at + t->text.len;
}

Str mutator_source(const Mutator *m, const SqlNode *n)
{
    return str_slice(m->script.sql, n->at, n->end);
}

// White space of any kind to one blank.
static Str squeezed(Arena *a, Str s)
{
    Buf b = buf_new(a);
    s = str_trim(s);
    for (size_t i = 0; i < s.len; i++) {
        bool blank = s.ptr[i] == ' ' || s.ptr[i] == '\n' || s.ptr[i] == '\t' || s.ptr[i] == '\r';
        if (!blank) {
            buf_char(&b, s.ptr[i]);
        } else if (b.len && b.ptr[b.len - 1] != ' ') {
            buf_char(&b, ' ');
        }
    }
    return buf_str(&b);
}

static Str shortened(Arena *a, Str s)
{
    if (s.len <= WORDS_MOST) return s;
    size_t end = WORDS_MOST - 1;
    while (end && ((unsigned char)s.ptr[end] & 0xc0) == 0x80) end--; // not inside a character
    return str_fmt(a, STR_FMT "…", STR_ARG(str_slice(s, 0, end)));
}

Str mutator_words(const Mutator *m, const SqlNode *n)
{
    return shortened(m->arena, squeezed(m->arena, mutator_source(m, n)));
}

const SqlNode *mutator_parent(const Mutator *m, const SqlNode *n)
{
    return m->parent[n->id];
}

bool mutator_is_role(const Mutator *m, const SqlNode *n, SqlKind parent, uint32_t role)
{
    const SqlNode *p = mutator_parent(m, n);
    return p && p->kind == parent && role < p->count && p->child[role] == n;
}

const Token *mutator_first(const Mutator *m, size_t from)
{
    size_t low = 0, high = m->token_count - 1;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (m->tokens[mid].at < from) {
            low = mid + 1;
        } else {
            high = mid;
        }
    }
    return &m->tokens[low];
}

const Token *mutator_last(const Mutator *m, size_t to)
{
    const Token *t = mutator_first(m, to);
    return t > m->tokens ? t - 1 : t;
}

const Token *mutator_token(const Mutator *m, size_t from, size_t to, const char *text)
{
    for (const Token *t = mutator_first(m, from); t->kind != TOKEN_END && token_end(t) <= to; t++) {
        if (str_eq_nocase(t->text, str_from(text))) return t;
    }
    return NULL;
}

static void read_tokens(Mutator *m)
{
    VEC(Token) list = {0};
    Lexer x = sql_lexer(m->script.sql, m->script.dialect);
    Token t;
    do {
        t = sql_next(&x);
        if (t.kind != TOKEN_COMMENT) *vec_push(m->arena, &list) = t;
    } while (t.kind != TOKEN_END);
    m->tokens = list.at;
    m->token_count = list.len;
}

static void note_parents(Mutator *m, const SqlNode *n)
{
    for (uint32_t i = 0; i < n->count; i++) {
        if (!n->child[i]) continue;
        m->parent[n->child[i]->id] = n;
        note_parents(m, n->child[i]);
    }
}

bool mutator_is_aggregate(const SqlNode *n)
{
    static const char *const names[] = {"count", "sum",          "avg",        "min",    "max",
                                        "total", "group_concat", "string_agg", "listagg"};
    if (n->kind != NODE_CALL || n->child[CALL_OVER]) return false;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (!str_eq_nocase(n->text, str_from(names[i]))) continue;
        return i < 3 || i > 4 || sql_tail_count(n) == 1; // MIN(a, b) is SQLite's LEAST
    }
    return false;
}

bool mutator_has_aggregate(const SqlNode *n)
{
    if (n->kind == NODE_SUBQUERY || n->kind == NODE_EXISTS) return false;
    if (mutator_is_aggregate(n)) return true;
    for (uint32_t i = 0; i < n->count; i++) {
        if (n->child[i] && mutator_has_aggregate(n->child[i])) return true;
    }
    return false;
}

// --- From edits to a mutant ---

static Str edited(const Mutator *m, const MutantEdit *edits, size_t count)
{
    Buf b = buf_new(m->arena);
    size_t from = 0;
    for (size_t i = 0; i < count; i++) {
        buf_add(&b, str_slice(m->script.sql, from, edits[i].at));
        buf_add(&b, edits[i].with);
        from = edits[i].end;
    }
    buf_add(&b, str_slice(m->script.sql, from, m->script.sql.len));
    return buf_str(&b);
}

static Str filled(Arena *a, Str words, const Mutant *one)
{
    Buf b = buf_new(a);
    while (words.len) {
        bool was = str_starts(words, S("{was}")), now = str_starts(words, S("{now}"));
        if (was || now) buf_add(&b, shortened(a, was ? one->was : one->now));
        if (!was && !now) buf_char(&b, words.ptr[0]);
        words = str_slice(words, was || now ? 5 : 1, words.len);
    }
    return buf_str(&b);
}

static bool is_known(const Mutator *m, Str sql)
{
    for (size_t i = 0; i < m->list.len; i++) {
        if (str_eq(m->list.at[i].sql, sql)) return true;
    }
    return false;
}

void mutant_edits(Mutator *m, const MutantEdit *edits, size_t count, Str words)
{
    if (m->list.len == MUTANTS_MOST) return;
    Mutant one = {.class = str_from(m->row->name), .sql = edited(m, edits, count)};
    if (is_known(m, one.sql) || str_eq(one.sql, m->script.sql)) return;
    size_t at = edits[0].at, end = edits[count - 1].end;
    Buf now = buf_new(m->arena);
    for (size_t i = 0, from = at; i < count; i++) {
        buf_add(&now, str_slice(m->script.sql, from, edits[i].at));
        buf_add(&now, edits[i].with);
        from = edits[i].end;
    }
    one.was = squeezed(m->arena, str_slice(m->script.sql, at, end));
    one.now = squeezed(m->arena, buf_str(&now));
    one.at = at;
    one.end = end;
    one.node = m->node->id;
    sql_place(m->script.sql, at, &one.line, &one.column);
    one.words = filled(m->arena, words.len ? words : str_from(m->row->words), &one);
    *vec_push(m->arena, &m->list) = one;
}

void mutant_edit(Mutator *m, MutantEdit edit, Str words)
{
    mutant_edits(m, &edit, 1, words);
}

// --- All of them ---

static void walk(Mutator *m, const SqlNode *n)
{
    m->node = n;
    m->row->find(m, n);
    for (uint32_t i = 0; i < n->count; i++) {
        if (n->child[i]) walk(m, n->child[i]);
    }
}

static void look(Mutator *m, const Mutation *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        m->row = &rows[i];
        walk(m, m->script.root);
    }
}

Mutants mutants_find(Arena *a, Str sql, Dialect d, bool ordered)
{
    Error err;
    Mutator m = {.arena = a, .ordered = ordered};
    if (!sql_parse(a, sql, d, &m.script, &err)) return (Mutants){0};
    if (sql_tail_count(m.script.root) != 1) return (Mutants){0};
    m.parent = arena_array(a, const SqlNode *, m.script.nodes);
    read_tokens(&m);
    note_parents(&m, m.script.root);
    look(&m, MUTATIONS_QUERY, MUTATIONS_QUERY_LEN);
    look(&m, MUTATIONS_VALUE, MUTATIONS_VALUE_LEN);
    look(&m, MUTATIONS_ORDER, MUTATIONS_ORDER_LEN);
    return (Mutants){m.list.at, m.list.len};
}
