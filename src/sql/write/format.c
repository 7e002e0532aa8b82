// format: a script laid out in one style: a clause a line, keywords in capitals, comments kept.
#include "sql/format.h"
#include "sql/words.h"

static Emit *const layout[NODE_COUNT_] = {
    [NODE_QUERY] = emit_query,
    [NODE_WITH] = emit_with,
    [NODE_CTE] = emit_cte,
    [NODE_SETOP] = emit_setop,
    [NODE_SELECT] = emit_select,
    [NODE_ITEM] = emit_item,
    [NODE_VALUES] = emit_values,
    [NODE_LIMIT] = emit_limit,
    [NODE_GROUP_BY] = emit_group_by,
    [NODE_GROUPING] = emit_grouping,
    [NODE_FROM] = emit_from,
    [NODE_TABLE] = emit_table,
    [NODE_ALIAS] = emit_alias,
    [NODE_DERIVED] = emit_derived,
    [NODE_TABLE_CALL] = emit_table_call,
    [NODE_JOIN] = emit_join,
    [NODE_LATERAL_VIEW] = emit_lateral_view,
    [NODE_PIVOT] = emit_pivot,
    [NODE_UNPIVOT] = emit_unpivot,
    [NODE_SAMPLE] = emit_sample,
    [NODE_AS_OF] = emit_as_of,
    [NODE_INSERT] = emit_insert,
    [NODE_CONFLICT] = emit_conflict,
    [NODE_UPDATE] = emit_update,
    [NODE_DELETE] = emit_delete,
    [NODE_MERGE] = emit_merge,
    [NODE_MERGE_WHEN] = emit_merge_when,
    [NODE_ASSIGN] = emit_assign,
    [NODE_CREATE_TABLE] = emit_create_table,
    [NODE_CREATE_VIEW] = emit_create_view,
    [NODE_COLUMN_DEF] = emit_column_def,
    [NODE_CONSTRAINT] = emit_constraint,
    [NODE_CLAUSE] = emit_clause_of_table,
    [NODE_WORDS] = emit_words,
    [NODE_TRANSFORM] = emit_transform,
    [NODE_WATERMARK] = emit_watermark,
    [NODE_PROPERTY] = emit_property,
    [NODE_DROP] = emit_drop,
    [NODE_TRUNCATE] = emit_truncate,
    [NODE_TRANSACTION] = emit_transaction,
};

void out_text(Out *o, const char *text)
{
    buf_add(&o->b, str_from(text));
}
void out_str(Out *o, Str s)
{
    buf_add(&o->b, s);
}

// A script that is only laid out keeps what its author wrote.
static bool is_taken(const Out *o, Str name)
{
    return (o->t || o->dialect == DIALECT_SQLITE) && sql_is_reserved(o->dialect, name);
}

// A $ stands in names of some dialects: where one was read bare, it is left so.
static bool is_plain(const Out *o, Str name)
{
    bool plain = name.len > 0 && !(name.ptr[0] >= '0' && name.ptr[0] <= '9');
    for (size_t i = 0; plain && i < name.len; i++) {
        unsigned char c = (unsigned char)name.ptr[i];
        plain = c == '_' || c >= 0x80 || (c == '$' && i && !o->t) || (c >= '0' && c <= '9') ||
                ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
    }
    return plain && !(sql_word_flags(sql_word_of(name)) & WORD_RESERVED);
}

void out_name(Out *o, Str name, bool quoted)
{
    if (!quoted && !is_taken(o, name) && is_plain(o, name)) {
        out_str(o, name);
        return;
    }
    Dialect d = o->dialect;
    bool tick =
        d == DIALECT_BIGQUERY || d == DIALECT_SPARK || d == DIALECT_MYSQL || d == DIALECT_FLINK;
    buf_quoted(&o->b, name, tick ? '`' : '"');
}

Str name_spelled(Translator *t, Str name)
{
    Out o = {.b = buf_new(t->arena), .dialect = t->to, .t = t};
    out_name(&o, name, false);
    return buf_str(&o.b);
}

static void out_newline(Out *o)
{
    while (o->b.len && o->b.ptr[o->b.len - 1] == ' ') o->b.len--;
    buf_char(&o->b, '\n');
    o->line_start = o->b.len;
    buf_repeat(&o->b, ' ', (size_t)o->indent);
}

// As a line comment or a block, whatever the dialect's own sign was.
static void out_comment(Out *o, const SqlComment *c)
{
    Str text = str_slice(o->script->sql, c->at, c->end);
    bool block = str_starts(text, S("/*"));
    size_t sign = block || text.ptr[0] == '#' ? 1 : 2;
    if (block) {
        out_str(o, text);
    } else {
        Str words = str_trim(str_slice(text, sign, text.len));
        out_text(o, words.len ? "-- " : "--");
        out_str(o, words);
    }
}

static bool line_is_empty(const Out *o)
{
    for (size_t i = o->line_start; i < o->b.len; i++) {
        if (o->b.ptr[i] != ' ') return false;
    }
    return true;
}

static uint32_t comments_end(const Out *o, uint32_t at)
{
    return o->before && at > o->before ? o->before : at;
}

// Comments that stand before byte `at`: one on the line of what was written last stays at its end.
static void flush_comments(Out *o, uint32_t at)
{
    const SqlScript *s = o->script;
    at = comments_end(o, at);
    for (; o->comment < s->comment_count && s->comments[o->comment].at < at; o->comment++) {
        const SqlComment *c = &s->comments[o->comment];
        if (!line_is_empty(o)) {
            Str between = str_slice(s->sql, o->done, c->at);
            bool same_line = c->at >= o->done && !str_find(between, S("\n"), NULL);
            if (same_line) {
                out_text(o, "  ");
            } else {
                out_newline(o);
            }
        }
        out_comment(o, c);
        o->done = c->end;
        out_newline(o);
    }
}

void out_break(Out *o, uint32_t at)
{
    if (o->flat) {
        buf_char(&o->b, ' ');
        return;
    }
    flush_comments(o, at);
    if (!line_is_empty(o)) out_newline(o);
}

void out_node(Out *o, const SqlNode *n)
{
    if (!n) return;
    Emit *emit = layout[n->kind] ? layout[n->kind] : format_expr[n->kind];
    bool own = n->kind == NODE_QUERY || n->kind == NODE_SUBQUERY; // they write their own
    if (o->t) *vec_push(o->t->arena, &o->spots) = (SqlSpot){(uint32_t)o->b.len, n->at};
    if (n->parens && !own) buf_char(&o->b, '(');
    emit(o, n);
    if (n->parens && !own) buf_char(&o->b, ')');
    // A SELECT ends with its last clause, which may have been moved out of it; what was made stands
    // nowhere.
    bool here = n->kind != NODE_SELECT && n->id < o->script->nodes;
    if (!o->flat && here && n->end == comments_end(o, n->end) && n->end > o->done) o->done = n->end;
}

// Of an operator: how tightly it holds, as all dialects agree on it.
static int power_of(const SqlNode *n)
{
    switch ((SqlKind)n->kind) {
    case NODE_OR:
        return 1;
    case NODE_AND:
        return 2;
    case NODE_BINARY:
        if (n->op >= OP_EQ && n->op <= OP_GE) return 4;
        if (n->op == OP_ADD || n->op == OP_SUBTRACT) return 5;
        return n->op == OP_MULTIPLY ? 6 : 3;
    case NODE_UNARY:
        return n->op == OP_NOT ? 3 : 6;
    case NODE_IS:
    case NODE_BETWEEN:
    case NODE_IN:
    case NODE_LIKE:
    case NODE_QUANTIFIED:
    case NODE_LAMBDA:
    case NODE_AT_ZONE:
    case NODE_COLLATE:
        return 3;
    case NODE_INTERVAL:
        return 6;
    case NODE_CALL:
        return 3; // a form may be anything
    default:
        return 9;
    }
}

static bool is_chain(const SqlNode *n)
{
    return n->kind == NODE_AND || n->kind == NODE_OR;
}

// Sums in comparisons, products in sums, comparisons in AND and OR need none, whoever reads them.
static bool needs_parens(const SqlNode *parent, const SqlNode *n)
{
    int inner = power_of(n), outer = power_of(parent);
    if (n->parens || inner == 9) return false;
    if (n->kind == NODE_CALL) return false; // write_call.c sees to it
    if (is_chain(parent)) return is_chain(n) || n->kind == NODE_LAMBDA;
    bool left = parent->count && parent->child[0] == n;
    bool sums = parent->kind == NODE_BINARY && n->kind == NODE_BINARY && left && outer == inner &&
                outer >= 5;
    bool joins = parent->kind == NODE_BINARY && n->kind == NODE_BINARY && left &&
                 parent->op == OP_CONCAT && n->op == OP_CONCAT;
    if (sums || joins) return false;
    return !(parent->kind == NODE_BINARY && outer >= 4 && inner > outer);
}

// Of an arithmetic operator, where a sum would fall apart: not before a + or a -.
static bool behind_operator(const SqlNode *parent, const SqlNode *n)
{
    if (parent->kind == NODE_UNARY) return parent->op == OP_MINUS;
    if (parent->kind != NODE_BINARY || parent->op < OP_ADD || parent->op > OP_POWER) return false;
    bool first = parent->count && parent->child[LEFT_SIDE] == n;
    return !first || (parent->op != OP_ADD && parent->op != OP_SUBTRACT);
}

void out_operand(Out *o, const SqlNode *parent, const SqlNode *n)
{
    bool sum = n && o->t && !n->parens && behind_operator(parent, n) && out_is_sum(o, n);
    bool parens = n && o->t && (sum || needs_parens(parent, n));
    if (parens) buf_char(&o->b, '(');
    out_node(o, n);
    if (parens) buf_char(&o->b, ')');
}

void out_list(Out *o, const SqlNode *list)
{
    for (uint32_t i = 0; i < sql_tail_count(list); i++) {
        if (i) out_text(o, ", ");
        out_node(o, sql_tail(list, i));
    }
}

void out_opt(Out *o, const char *before, const SqlNode *n)
{
    if (!n) return;
    out_text(o, before);
    out_node(o, n);
}

static bool holds_comment(const Out *o, const SqlNode *n)
{
    const SqlScript *s = o->script;
    return o->comment < s->comment_count && s->comments[o->comment].at < comments_end(o, n->end);
}

// Written flat, does it fit behind what the line holds already? Comments inside want lines.
bool out_fits(Out *o, const SqlNode *n)
{
    if (o->flat) return true;
    if (holds_comment(o, n)) return false;
    ArenaMark m = arena_mark(o->scratch);
    Out probe = {.b = buf_new(o->scratch),
                 .scratch = o->scratch,
                 .script = o->script,
                 .dialect = o->dialect,
                 .t = o->t,
                 .flat = true};
    out_node(&probe, n);
    size_t width = o->b.len - o->line_start + probe.b.len;
    arena_rewind(o->scratch, m);
    return width <= FORMAT_WIDTH;
}

void out_block(Out *o, const SqlNode *query)
{
    buf_char(&o->b, '(');
    if (out_fits(o, query)) {
        bool flat = o->flat;
        o->flat = true;
        out_node(o, query);
        o->flat = flat;
    } else {
        o->indent += FORMAT_INDENT;
        out_break(o, query->at);
        out_node(o, query);
        o->indent -= FORMAT_INDENT;
        out_break(o, query->end);
    }
    buf_char(&o->b, ')');
}

void out_lines(Out *o, const SqlNode *list)
{
    bool one = sql_tail_count(list) == 1 || out_fits(o, list);
    if (o->flat || one) {
        buf_char(&o->b, ' ');
        out_list(o, list);
        return;
    }
    o->indent += FORMAT_INDENT;
    for (uint32_t i = 0; i < sql_tail_count(list); i++) {
        if (i) buf_char(&o->b, ',');
        out_break(o, sql_tail(list, i)->at);
        out_node(o, sql_tail(list, i));
    }
    o->indent -= FORMAT_INDENT;
}

void out_condition(Out *o, const char *word, const SqlNode *n)
{
    if (!n) return;
    out_break(o, n->at);
    out_text(o, word);
    bool chain = n->kind == NODE_AND && !n->parens && !out_fits(o, n);
    buf_char(&o->b, ' ');
    if (!chain) {
        out_node(o, n);
        return;
    }
    o->indent += 2;
    for (uint32_t i = 0; i < n->count; i++) {
        if (i) {
            out_break(o, n->child[i]->at);
            out_text(o, "AND ");
        }
        out_operand(o, n, n->child[i]);
    }
    o->indent -= 2;
}

static void out_statement(Out *o, const SqlNode *n, uint32_t i)
{
    size_t from = o->b.len;
    out_node(o, n);
    if (!o->t) return;
    *vec_push(o->t->arena, &o->parts) = (SqlPart){.text = {NULL, from}, .statement = i};
    *vec_push(o->t->arena, &o->ends) = o->b.len;
}

// What the target has no words for stands above its statement, so that nobody misses it unawares.
static void out_left(Out *o, const SqlNode *n)
{
    for (; o->t && o->noted < o->t->left.len; o->noted++) {
        const SqlNote *note = &o->t->left.at[o->noted];
        if (note->at > n->end) return;
        buf_fmt(&o->b, "-- " STR_FMT, STR_ARG(note->text));
        out_newline(o);
    }
}

static void out_script(Out *o, const SqlNode *root)
{
    for (uint32_t i = 0; i < root->count; i++) {
        if (!o->flat) flush_comments(o, root->child[i]->at);
        if (!o->flat) out_left(o, root->child[i]);
        out_statement(o, root->child[i], i);
        if (i + 1 < root->count) {
            buf_char(&o->b, ';');
            out_break(o, root->child[i + 1]->at);
        }
    }
    if (!o->flat) flush_comments(o, UINT32_MAX);
    while (o->b.len && (o->b.ptr[o->b.len - 1] == ' ' || o->b.ptr[o->b.len - 1] == '\n'))
        o->b.len--;
    if (!o->flat) buf_char(&o->b, '\n');
}

Str sql_format(Arena *a, const SqlScript *s)
{
    Arena scratch = {0};
    Out o = {.b = buf_new(a), .scratch = &scratch, .script = s, .dialect = s->dialect};
    out_script(&o, s->root);
    arena_free(&scratch);
    return buf_str(&o.b);
}

bool write_tree(Translator *t, const SqlNode *root, bool laid_out, Written *out)
{
    Arena scratch = {0};
    Out o = {.b = buf_new(t->arena),
             .scratch = &scratch,
             .script = t->script,
             .dialect = t->to,
             .t = t,
             .flat = !laid_out};
    if (!t->failed) out_script(&o, root);
    arena_free(&scratch);
    Str text = buf_str(&o.b);
    for (size_t i = 0; i < o.parts.len; i++)
        o.parts.at[i].text = str_slice(text, o.parts.at[i].text.len, o.ends.at[i]);
    *out = (Written){text, o.spots.at, o.spots.len, o.parts.at, o.parts.len};
    return !t->failed;
}
