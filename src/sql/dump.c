// dump: a tree as an s-expression, so that tests compare trees as text.
//
// `(kind op +flag "text" :role child … tail)`; a column is t.x, a number and a string are
// themselves, a name in quotes is "x".
#include "base/buf.h"
#include "sql/tree.h"

static const char *const flag_names[] = {
    "not",     "distinct",   "all",     "quoted",       "recursive",   "natural",
    "lateral", "outer",      "desc",    "asc",          "nulls-first", "nulls-last",
    "ignore",  "respect",    "named",   "words",        "bare",        "ties",
    "percent", "ordinality", "by-name", "overwrite",    "replace",     "if",
    "nothing", "delete",     "temp",    "materialized", "from-first",  "comma",
};

static void dump(Buf *b, const SqlNode *n);

static void dump_name(Buf *b, const SqlNode *n)
{
    const char *quote = n->flags & FLAG_QUOTED ? "\"" : "";
    buf_fmt(b, "%s" STR_FMT "%s", quote, STR_ARG(n->text), quote);
}

static void dump_path(Buf *b, const SqlNode *n)
{
    for (uint32_t i = 0; i < n->count; i++) {
        if (i) buf_char(b, '.');
        dump_name(b, n->child[i]);
    }
}

static void dump_list(Buf *b, const SqlNode *n)
{
    const SqlKindRow *row = sql_kind(sql_kind_of(n));
    buf_fmt(b, "(%s", row->name);
    if (n->op) buf_fmt(b, " %s", sql_op_word((SqlOp)n->op));
    for (size_t i = 0; i < sizeof flag_names / sizeof *flag_names; i++) {
        if (n->flags >> i & 1) buf_fmt(b, " +%s", flag_names[i]);
    }
    if (n->text.len) buf_fmt(b, " \"" STR_FMT "\"", STR_ARG(n->text));
    uint32_t roles = sql_roles(sql_kind_of(n));
    for (uint32_t i = 0; i < n->count; i++) {
        if (!n->child[i]) continue;
        buf_char(b, ' ');
        if (i < roles && !row->plain) buf_fmt(b, ":%s ", row->roles[i]);
        dump(b, n->child[i]);
    }
    buf_char(b, ')');
}

static void dump(Buf *b, const SqlNode *n)
{
    switch (n->kind) {
    case NODE_NAME:
        dump_name(b, n);
        return;
    case NODE_COLUMN:
        dump_path(b, n);
        return;
    case NODE_NUMBER:
    case NODE_BOOLEAN:
        buf_add(b, n->text);
        return;
    case NODE_NULL:
        buf_add(b, S("NULL"));
        return;
    case NODE_STRING:
        buf_fmt(b, "'" STR_FMT "'", STR_ARG(n->text));
        return;
    default:
        dump_list(b, n);
    }
}

Str sql_dump(Arena *a, const SqlNode *n)
{
    Buf b = buf_new(a);
    dump(&b, n);
    return buf_str(&b);
}
