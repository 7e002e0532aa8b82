// write_call: a neutral call in the target's spelling: which one fits, by name and arguments.
#include "sql/write/write_call.h"
#include "sql/home.h"
#include "sql/neutral_time.h"

// A function of dates is none for timestamps. What no type is known of, may be either.
static bool suits(const SqlNode *n, Str notation)
{
    LogicalType type = node_type(n);
    bool known = type != TYPE_UNKNOWN && type != TYPE_TEXT;
    if (!known || !fn_is_conversion(notation)) return true;
    if (str_eq(notation, S("moment"))) return node_is_moment(n) || type == TYPE_TIME;
    return str_eq(notation, str_from(type_name(type)));
}

static bool has_word(Dialect d, const SqlNode *n, Str param)
{
    Str word;
    if (n->kind != NODE_NAME || !arg_is_word(param)) return true;
    return str_eq(param, S("unit")) ? fn_unit_written(d, n->text, &word)
                                    : fn_part_written(d, n->text, &word);
}

// A date has no hours: what is cut to them, or counted in them, is a timestamp.
static bool counts_clock(const SqlNode *call, const SqlFn *fn)
{
    int unit = fn_param(fn, S("unit"));
    if (unit < 0 || !arg_is_there(call, (uint32_t)unit)) return false;
    const SqlNode *n = sql_tail(call, (uint32_t)unit);
    return n->kind == NODE_NAME && fn_is_clock(n->text);
}

// Its constants are what the call has, and every argument that is there has its place in it.
static bool fits(const SqlNode *call, const SqlFn *fn, const SqlSpelling *s, Dialect d)
{
    Str rest = str_from(s->args ? s->args : fn->params);
    FnToken tok;
    uint32_t placed = 0, there = 0;
    for (uint32_t i = 0; i < sql_tail_count(call); i++) there += arg_is_there(call, i);
    while (fn_token(&rest, &tok)) {
        bool interval = str_eq(tok.name, S("interval")) && fn_param(fn, tok.name) < 0;
        int param = fn_param(fn, interval ? S("amount") : tok.name);
        if (param < 0) return false;
        if (tok.constant.len) {
            if (!arg_is_there(call, (uint32_t)param)) return false;
            if (!str_eq(sql_tail(call, (uint32_t)param)->text, tok.constant)) return false;
            placed++;
        } else if (tok.rest) {
            for (uint32_t i = (uint32_t)param; i < sql_tail_count(call); i++) placed++;
        } else if (arg_is_there(call, (uint32_t)param)) {
            const SqlNode *n = sql_tail(call, (uint32_t)param);
            bool day = str_eq(tok.notation, S("date")) && !node_is(n, TYPE_DATE);
            if (day && counts_clock(call, fn)) return false;
            if (!suits(n, tok.notation) || !has_word(d, n, tok.name)) return false;
            placed += interval ? 2 : 1;
        } else if (!tok.optional) {
            return false;
        }
    }
    return placed == there;
}

const SqlSpelling *spelling_for(const SqlNode *call, const SqlFn *fn, Dialect d)
{
    for (size_t i = 0;; i++) {
        const SqlSpelling *s = fn_spelling_of(fn, i);
        if (!s) return NULL;
        if (s->in >> d & 1 && (s->form || !s->read || s->args) && fits(call, fn, s, d)) return s;
    }
}

// A function of dates takes the day of a timestamp by itself; an operator does not.
static const SqlNode *taken(const Out *o, const SqlNode *call, const SqlNode *n, Str notation)
{
    bool day = node_is_call(n, "to_date") && str_eq(notation, S("date"));
    bool converts = o->dialect != DIALECT_BIGQUERY && day;
    if (converts && node_is(node_arg(n, "value"), TYPE_TIMESTAMP)) return node_arg(n, "value");
    return arg_unwrapped(o, call, n, notation);
}

static void out_spelled_argument(Out *o, const SqlNode *call, const SqlFn *fn, const FnToken *tok)
{
    bool interval = str_eq(tok->name, S("interval")) && fn_param(fn, tok->name) < 0;
    int param = fn_param(fn, interval ? S("amount") : tok->name);
    const SqlNode *n = sql_tail(call, (uint32_t)param);
    if (interval) {
        out_interval_of(o, call, fn);
    } else if (tok->quoted) {
        buf_char(&o->b, '\'');
        out_str(o, str_lower(o->t->arena, arg_time_word(o, n, tok->name)));
        buf_char(&o->b, '\'');
    } else if (n->kind == NODE_NAME) {
        out_str(o, arg_time_word(o, n, tok->name));
    } else if (fn_is_conversion(tok->notation)) {
        out_node(o, taken(o, call, n, tok->notation));
    } else if (arg_is_format(tok)) {
        out_node(o, arg_in_notation(o, n, tok->notation));
    } else {
        out_node(o, n);
    }
}

static void out_spelled(Out *o, const SqlNode *call, const SqlFn *fn, const SqlSpelling *s)
{
    if (s->form) {
        out_form(o, call, fn, str_from(s->form), str_from(s->args ? s->args : ""));
        return;
    }
    out_text(o, s->name);
    buf_char(&o->b, '(');
    out_call_head(o, call);
    Str rest = str_from(s->args ? s->args : fn->params);
    FnToken tok;
    bool first = true;
    while (fn_token(&rest, &tok)) {
        if (tok.constant.len) continue;
        bool interval = str_eq(tok.name, S("interval")) && fn_param(fn, tok.name) < 0;
        int param = fn_param(fn, interval ? S("amount") : tok.name);
        if (!arg_is_there(call, (uint32_t)param)) continue;
        if (!first) out_text(o, ", ");
        first = false;
        out_spelled_argument(o, call, fn, &tok);
        for (uint32_t i = (uint32_t)param + 1; tok.rest && i < sql_tail_count(call); i++) {
            out_text(o, ", ");
            out_node(o, sql_tail(call, i));
        }
    }
    out_call_tail(o, call);
    buf_char(&o->b, ')');
    out_call_behind(o, call);
}

static void out_plain(Out *o, const SqlNode *call, const SqlFn *fn)
{
    out_text(o, fn->name);
    buf_char(&o->b, '(');
    out_call_head(o, call);
    out_list(o, call);
    out_call_tail(o, call);
    buf_char(&o->b, ')');
    out_call_behind(o, call);
}

// DATEDIFF by weeks, a part DOW: the word of time is half of what cannot be said.
static void out_refused(Out *o, const SqlNode *call, const SqlFn *fn)
{
    const SqlNode *unit = node_arg(call, "unit"), *word = unit ? unit : node_arg(call, "part");
    bool named = word && word->kind == NODE_NAME;
    Dialect d = o->dialect;
    bool none = d == DIALECT_MYSQL || d == DIALECT_SNOWFLAKE || d == DIALECT_FLINK;
    if (none && str_eq(str_from(fn->type), S("interval"))) {
        translate_unsupported(o->t, call,
                              "%s has no values that are intervals: count in a unit instead.",
                              home_title(o->dialect));
        return;
    }
    Str written = source_short(o->t, call);
    if (!str_find(written, S("("), NULL) && !str_find(written, S(" "), NULL)) { // made of a name
        translate_unsupported(o->t, call, "%s has nothing that does what %s does with " STR_FMT ".",
                              home_title(o->dialect), home_title(o->t->from), STR_ARG(written));
        return;
    }
    Str first = word ? word->text : (Str){0}, rest;
    if (!str_cut(first, '_', &first, &rest)) first = word ? word->text : (Str){0};
    bool says =
        named && !str_find(str_lower(o->t->arena, written), str_lower(o->t->arena, first), NULL);
    translate_unsupported(o->t, call, "%s has nothing that means " STR_FMT "%s" STR_FMT ".",
                          home_title(o->dialect), STR_ARG(written), says ? " by " : "",
                          STR_ARG(says ? word->text : S("")));
}

void out_neutral_call(Out *o, const SqlNode *call)
{
    const SqlFn *fn = fn_at(call->fn);
    if (o->dialect == DIALECT_SQLITE) {
        if (fn->lite && !fn->lite[0]) {
            translate_unsupported(o->t, call, STR_FMT " has no meaning at this place.",
                                  STR_ARG(source_short(o->t, call)));
        } else if (fn->lite) {
            out_form(o, call, fn, str_from(fn->lite), (Str){0});
        } else {
            out_plain(o, call, fn);
        }
        return;
    }
    const SqlSpelling *s = spelling_for(call, fn, o->dialect);
    if (s) {
        out_spelled(o, call, fn, s);
    } else {
        out_refused(o, call, fn);
    }
}
