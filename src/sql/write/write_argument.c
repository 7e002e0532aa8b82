// write_argument: an argument of a neutral call as the target takes it: words of time, formats,
// conversions.
#include "sql/home.h"
#include "sql/neutral_time.h"
#include "sql/write/write_call.h"

bool arg_is_there(const SqlNode *call, uint32_t i)
{
    return i < sql_tail_count(call) && sql_tail(call, i)->kind != NODE_DEFAULT;
}

// x:timestamp does by itself what a conversion around x would do; so do hours added to a date.
const SqlNode *arg_unwrapped(const Out *o, const SqlNode *call, const SqlNode *n, Str notation)
{
    if (o->dialect == DIALECT_BIGQUERY) return n; // converts little without being asked
    if (!node_is_call(n, "to_timestamp") || !node_is(node_arg(n, "value"), TYPE_DATE)) return n;
    bool adds = node_is_call(call, "date_add") || node_is_call(call, "date_sub");
    bool clock = adds && fn_is_clock(node_arg(call, "unit")->text);
    bool converts = str_eq(notation, S("timestamp")) || (clock && str_eq(notation, S("moment")));
    return converts ? node_arg(n, "value") : n;
}

bool arg_is_format(const FnToken *tok)
{
    return tok->notation.len && !fn_is_conversion(tok->notation);
}

const SqlNode *arg_in_notation(Out *o, const SqlNode *n, Str notation)
{
    Str text;
    return fn_format_write(o->t, n, n->text, notation, &text) ? make_string(o->t, n, text) : n;
}

bool arg_is_word(Str param)
{
    return str_eq(param, S("unit")) || str_eq(param, S("part"));
}

// A word of time as the target has it; refused where it has none.
Str arg_time_word(Out *o, const SqlNode *n, Str param)
{
    Str word = n->text;
    bool unit = str_eq(param, S("unit")), part = str_eq(param, S("part"));
    if (o->dialect == DIALECT_SQLITE || (!unit && !part) || n->kind != NODE_NAME) return word;
    bool ok = unit ? fn_unit_written(o->dialect, n->text, &word)
                   : fn_part_written(o->dialect, n->text, &word);
    if (!ok) {
        translate_unsupported(o->t, n, "%s has no %s that means " STR_FMT ".",
                              home_title(o->dialect), unit ? "unit of time" : "part of a time",
                              STR_ARG(n->text));
    }
    return word;
}

void out_interval_of(Out *o, const SqlNode *call, const SqlFn *fn)
{
    out_interval(o, sql_tail(call, (uint32_t)fn_param(fn, S("amount"))),
                 sql_tail(call, (uint32_t)fn_param(fn, S("unit"))));
}
