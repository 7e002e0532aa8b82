// fn_date: dates, times and intervals.
#include "sql/format.h"

Str fn_unit(Translator *t, const SqlNode *n)
{
    (void)t;
    if (n->kind == NODE_COLUMN && sql_tail_count(n) == 1) return sql_last(n)->text;
    return n->kind == NODE_STRING || n->kind == NODE_NAME ? n->text : (Str){0};
}

bool fn_format_read(Translator *t, const SqlNode *n, Str notation, Str *strf)
{
    (void)notation;
    *strf = n->text;
    if (n->kind == NODE_STRING) return true;
    translate_unsupported(t, n, "A format is a string here.");
    return false;
}

bool fn_format_write(Translator *t, const SqlNode *n, Str strf, Str notation, Str *out)
{
    (void)t, (void)n, (void)notation;
    *out = strf;
    return true;
}

void out_interval(Out *o, const SqlNode *amount, const SqlNode *unit)
{
    out_text(o, "INTERVAL ");
    out_node(o, amount);
    buf_char(&o->b, ' ');
    out_str(o, unit->text);
}

static const SqlFn fns[] = {
    {"current_date", "", FN_SCALAR, "date!", "CURRENT_DATE", NULL},
    {"interval", "amount unit", FN_SCALAR, "interval", "gr_interval({amount}, '{unit}')", NULL},
};

static const SqlSpelling spellings[] = {
    {"current_date", EVERY, "CURRENT_DATE", NULL, "CURRENT_DATE", NULL},
    {"interval", EVERY, "", NULL, "INTERVAL {amount} {unit}", NULL},
};

const FnFamily fn_date = {fns, sizeof fns / sizeof *fns, spellings,
                          sizeof spellings / sizeof *spellings};
