// fn_read: a call as a dialect spells it to the neutral call: who is which parameter, and the type.
#include "sql/fn_group.h"
#include "sql/home.h"
#include "sql/neutral_time.h"
#include <string.h>

// --- Which argument is which parameter ---

bool fn_bind(const FnFound *f, const SqlNode *call, FnBound *out)
{
    *out = (FnBound){0};
    const char *args = f->spelling->args;
    Str rest = str_from(args && args[0] != '_' ? args : f->fn->params);
    FnToken tok;
    uint32_t at = 0, count = sql_tail_count(call);
    while (fn_token(&rest, &tok)) {
        int param = fn_param(f->fn, tok.name);
        bool interval = str_eq(tok.name, S("interval")) && param < 0;
        if (interval) param = fn_param(f->fn, S("amount"));
        if (param < 0 || param >= FN_PARAMS_MAX) return false;
        FnArg *a = &out->at[param];
        a->token = tok;
        if (tok.constant.len) continue;
        if (at >= count) continue; // an optional one
        a->node = sql_tail(call, at);
        a->interval = interval;
        if (tok.rest) {
            a->rest = count - at;
            a->first = at;
            at = count;
        } else {
            at++;
        }
    }
    return at == count;
}

// What x:timestamp makes of its argument; TYPE_UNKNOWN: it stays what it is.
static LogicalType taken_as(Str notation)
{
    static const LogicalType types[] = {TYPE_DATE, TYPE_TIMESTAMP, TYPE_TIME, TYPE_INTERVAL};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        if (str_eq(notation, str_from(type_name(types[i])))) return types[i];
    }
    return TYPE_UNKNOWN;
}

bool fn_is_conversion(Str notation)
{
    return str_eq(notation, S("moment")) || taken_as(notation) != TYPE_UNKNOWN;
}

static LogicalType bound_type(const FnArg *a, LogicalType (*of)(void *, const SqlNode *), void *ctx)
{
    LogicalType as = taken_as(a->token.notation);
    if (as) return as;
    LogicalType type = a->node ? of(ctx, a->node) : TYPE_UNKNOWN;
    bool read = str_eq(a->token.notation, S("moment")) && type == TYPE_TEXT;
    return read ? TYPE_UNKNOWN : type; // a date or a timestamp, as the text says
}

// The unit of a call that adds to a time; "" where it is not to be seen.
static Str unit_of(const FnFound *f, const FnBound *b)
{
    int unit = fn_param(f->fn, S("unit")), amount = fn_param(f->fn, S("amount"));
    if (unit >= 0 && b->at[unit].token.constant.len) return b->at[unit].token.constant;
    const SqlNode *n = unit >= 0 ? b->at[unit].node : NULL;
    if (n) return n->kind == NODE_COLUMN ? sql_last(n)->text : n->text;
    n = amount >= 0 && b->at[amount].interval ? b->at[amount].node : NULL;
    if (n && n->kind == NODE_INTERVAL) {
        const SqlNode *part = sql_tail(n, sql_tail_count(n) - 1);
        return part->child[PART_TO] ? part->child[PART_TO]->text : part->text;
    }
    return n && node_is_call(n, "interval") ? node_arg(n, "unit")->text : (Str){0};
}

// A date to which hours are added is a timestamp.
static LogicalType later(const FnFound *f, const FnBound *b, LogicalType time)
{
    return time == TYPE_DATE && fn_is_clock(unit_of(f, b)) ? TYPE_TIMESTAMP : time;
}

static LogicalType wider(LogicalType a, LogicalType b)
{
    if (a == TYPE_UNKNOWN || a == b) return b;
    if (b == TYPE_UNKNOWN) return a;
    bool numbers = (a == TYPE_INTEGER || a == TYPE_REAL) && (b == TYPE_INTEGER || b == TYPE_REAL);
    if (numbers) return TYPE_REAL;
    bool moments =
        (a == TYPE_DATE || a == TYPE_TIMESTAMP) && (b == TYPE_DATE || b == TYPE_TIMESTAMP);
    return moments ? TYPE_TIMESTAMP : a == TYPE_TEXT ? b : a; // a text literal takes the other's
}

LogicalType fn_result(const FnFound *f, const SqlNode *call, const FnBound *b,
                      LogicalType (*of)(void *, const SqlNode *), void *ctx)
{
    Str rule = str_from(f->fn->type);
    while (rule.len && strchr("!?", rule.ptr[rule.len - 1])) rule.len--;
    if (!rule.len) return TYPE_UNKNOWN;
    if (!strchr("=~+#%", rule.ptr[0])) {
        for (int i = 0; i < TYPE_COUNT_; i++) {
            if (str_eq(rule, str_from(type_name((LogicalType)i)))) return (LogicalType)i;
        }
        return TYPE_UNKNOWN;
    }
    int param = fn_param(f->fn, str_slice(rule, 1, rule.len));
    if (param < 0) return TYPE_UNKNOWN;
    const FnArg *a = &b->at[param];
    LogicalType t = bound_type(a, of, ctx);
    if (rule.ptr[0] == '=') return t;
    if (rule.ptr[0] == '+') return later(f, b, t);
    if (rule.ptr[0] == '%') return t == TYPE_INTERVAL ? t : TYPE_REAL;
    if (rule.ptr[0] == '#')
        return t == TYPE_BOOLEAN ? TYPE_INTEGER : t == TYPE_TEXT ? TYPE_REAL : t;
    for (uint32_t i = 1; i < a->rest; i++) t = wider(t, of(ctx, sql_tail(call, a->first + i)));
    for (int i = param + 1; i < FN_PARAMS_MAX && !a->rest; i++) { // "~a": a and what follows it
        const FnArg *next = &b->at[i];
        t = wider(t, bound_type(next, of, ctx));
        for (uint32_t k = 1; k < next->rest; k++)
            t = wider(t, of(ctx, sql_tail(call, next->first + k)));
    }
    return t;
}

static LogicalType own_type(void *ctx, const SqlNode *n)
{
    (void)ctx;
    return node_type(n);
}

// --- To the neutral call ---

// INTERVAL '2' DAY in an argument: one amount and its unit.
static bool take_interval(SqlNode *n, SqlNode **amount, SqlNode **unit)
{
    if (!node_is_call(n, "interval")) return false;
    *amount = node_arg(n, "amount");
    *unit = node_arg(n, "unit");
    return true;
}

static SqlNode *refuse_unit(Translator *t, const SqlNode *call, const SqlNode *unit)
{
    Str instead = fn_instead(t->from, call->text);
    if (!instead.len)
        return translate_refused(t, unit, "This is no unit of time: DAY, MONTH and so on are.");
    return translate_refused(t, unit, "This is no unit of time: %s writes " STR_FMT ".",
                             home_title(t->from), STR_ARG(instead));
}

static SqlNode *argument(Translator *t, const SqlNode *call, const SqlFn *fn, int param,
                         const FnArg *a)
{
    Str name = {0};
    Str rest = str_from(fn->params);
    FnToken tok;
    for (int i = 0; i <= param; i++) {
        if (fn_token(&rest, &tok)) name = tok.name;
    }
    bool text = str_eq(name, S("format"));
    if (a->token.constant.len && text) return make_string(t, call, a->token.constant);
    if (a->token.constant.len) return make_word(t, call, a->token.constant);
    if (!a->node) return NULL;
    if (str_eq(name, S("unit"))) {
        Str unit = fn_unit(t, a->node);
        if (unit.len) return make_word(t, a->node, unit);
        return refuse_unit(t, call, a->node);
    }
    if (str_eq(name, S("part"))) {
        Str part = fn_part(t, a->node);
        if (part.len) return make_word(t, a->node, part);
        return translate_refused(t, a->node, "This is no part of a time: YEAR, DOW and so on are.");
    }
    if (fn_is_conversion(a->token.notation)) {
        LogicalType as = taken_as(a->token.notation);
        return time_as(t, (SqlNode *)a->node, as ? (int)as : (int)TIME_EITHER);
    }
    if (a->token.notation.len) {
        Str strf;
        if (!fn_format_read(t, a->node, a->token.notation, &strf)) return make_null(t, a->node);
        return make_string(t, a->node, strf);
    }
    return (SqlNode *)a->node;
}

// The values of which one is taken, from the parameter on that the type names: "~then".
static void unify(Translator *t, const SqlFn *fn, SqlNode *n, SqlNode **tail, uint32_t count)
{
    int from = fn_param(fn, str_slice(str_from(fn->type), 1, strcspn(fn->type, "!?")));
    if (from < 0 || (uint32_t)from >= count) return;
    time_unify(t, tail + from, count - (uint32_t)from);
    bool text = false;
    for (uint32_t i = (uint32_t)from; i < count; i++) text = text || node_is(tail[i], TYPE_TEXT);
    bool joins = t->from == DIALECT_MYSQL || t->from == DIALECT_SPARK;
    if (joins && text) n->type = TYPE_TEXT;
}

static SqlNode *bind_call(Translator *t, SqlNode *n, const FnFound *f, const FnBound *b)
{
    SqlNode *args[FN_PARAMS_MAX] = {0};
    uint32_t last = 0, rest = 0, first = 0;
    int amount = fn_param(f->fn, S("amount")), unit = fn_param(f->fn, S("unit"));
    for (int i = 0; i < FN_PARAMS_MAX; i++) {
        const FnArg *a = &b->at[i];
        if (a->rest) {
            rest = a->rest;
            first = a->first;
            last = (uint32_t)i;
            continue;
        }
        if (a->interval) {
            if (!take_interval((SqlNode *)a->node, &args[amount], &args[unit])) {
                return translate_unsupported(t, a->node,
                                             "An INTERVAL of one amount and unit is expected "
                                             "here.");
            }
            last = last > (uint32_t)unit + 1 ? last : (uint32_t)unit + 1;
        } else if (i != unit || !args[i]) {
            args[i] = argument(t, n, f->fn, i, a);
        }
        if (args[i] && last < (uint32_t)i + 1) last = (uint32_t)i + 1;
    }
    SqlNode **tail = arena_array(t->arena, SqlNode *, last + rest);
    for (uint32_t i = 0; i < last; i++)
        tail[i] = args[i] ? args[i] : make_node(t, NODE_DEFAULT, n, 0);
    for (uint32_t i = 0; i < rest; i++) tail[last + i] = sql_tail(n, first + i);
    n->type = (uint8_t)fn_result(f, n, b, own_type, NULL);
    if (f->fn->type[0] == '~') unify(t, f->fn, n, tail, last + rest);
    bool like = f->fn->type[0] == '=', adds = f->fn->type[0] == '+';
    int timed = adds ? fn_param(f->fn, S("time")) : -1;
    if (timed >= 0 && later(f, b, node_type(tail[timed])) != node_type(tail[timed]))
        tail[timed] = time_as(t, tail[timed], TYPE_TIMESTAMP); // a date plus hours
    if (like || adds) { // a parameter that came as a constant or an interval has no node
        int p = fn_param(f->fn, str_slice(str_from(f->fn->type), 1, strcspn(f->fn->type, "!?")));
        if (p >= 0 && (uint32_t)p < last) n->type = tail[p]->type;
        if (adds && p >= 0) n->type = (uint8_t)later(f, b, node_type(tail[p]));
    }
    node_set_tail(t, n, tail, last + rest);
    n->text = str_from(f->fn->name);
    n->child[CALL_SCHEMA] = NULL;
    n->fn = fn_index(f->fn);
    n->flags &= ~(uint32_t)(FLAG_WORDS | FLAG_BARE);
    return n;
}

static SqlNode *refuse_call(Translator *t, const SqlNode *n, const FnFound *f)
{
    const char *sentence = fn_unsupported(n->text);
    if (sentence) return translate_unsupported(t, n, "%s", sentence);
    Str near = str_nearest(n->text, fn_names(t->arena, t->from));
    const char *home = home_title(t->from);
    Str instead = fn_instead(t->from, n->text);
    if (f->known && instead.len) {
        return translate_unsupported(
            t, n, STR_FMT " does not take %u argument%s here: %s writes " STR_FMT ".",
            STR_ARG(n->text), sql_tail_count(n), sql_tail_count(n) == 1 ? "" : "s", home,
            STR_ARG(instead));
    }
    if (t->from == DIALECT_SQLITE && fn_is_lite_only(n->text)) {
        return translate_unsupported(t, n, STR_FMT " is not translated from SQLite here.",
                                     STR_ARG(n->text));
    }
    if (f->ambiguous) {
        return translate_unsupported(t, n,
                                     STR_FMT " is not a function of %s, and other dialects do not "
                                             "mean the same by it%s" STR_FMT ".",
                                     STR_ARG(n->text), home,
                                     instead.len ? str_fmt(t->arena, ": %s writes ", home).ptr : "",
                                     STR_ARG(instead));
    }
    if (f->known) {
        return translate_unsupported(t, n, STR_FMT " does not take %u argument%s here.",
                                     STR_ARG(n->text), sql_tail_count(n),
                                     sql_tail_count(n) == 1 ? "" : "s");
    }
    if (instead.len) {
        return translate_unsupported(t, n, "%s has no function " STR_FMT ": it writes " STR_FMT ".",
                                     home, STR_ARG(n->text), STR_ARG(instead));
    }
    return translate_unsupported(t, n, "The function " STR_FMT " is not known here%s" STR_FMT "%s",
                                 STR_ARG(n->text), near.len ? ": did you mean " : "", STR_ARG(near),
                                 near.len ? "?" : ".");
}

// BigQuery's SAFE.f(…): NULL where f would fail.
static SqlNode *safe_call(Translator *t, SqlNode *n)
{
    n->child[CALL_SCHEMA] = NULL;
    SqlNode *made = neutral_call(t, n);
    if (t->failed) return made;
    made = forgive(t, made);
    if (made->kind == NODE_CALL && made->fn && may_fail(made)) {
        return translate_unsupported(t, n, "SAFE. is not supported before " STR_FMT " here.",
                                     STR_ARG(n->text));
    }
    return made;
}

// f(*) stands for rows, which only COUNT takes; a function of a window has one.
static bool stands_well(Translator *t, const SqlNode *n, const FnFound *f)
{
    bool star = sql_tail_count(n) && sql_tail(n, 0)->kind == NODE_STAR;
    bool of_table = star && sql_tail(n, 0)->child[STAR_OF];
    bool counts = str_eq(str_from(f->fn->name), S("count"));
    if (star && (!counts || of_table)) {
        translate_unsupported(t, n, STR_FMT " takes no %s here: name the columns%s.",
                              STR_ARG(n->text), of_table ? "table.*" : "*",
                              counts ? ", or count rows with *" : "");
    }
    bool largest =
        f->spelling && (str_eq_nocase(n->text, S("MAX")) || str_eq_nocase(n->text, S("MIN")));
    bool several = largest && sql_tail_count(n) == 2;
    if (several && t->from != DIALECT_SQLITE) {
        translate_unsupported(t, n,
                              STR_FMT " of the first values is not supported here: number the "
                                      "rows in their order, and keep the first of them.",
                              STR_ARG(n->text));
    }
    bool window = f->fn->class == FN_WINDOW && !n->child[CALL_OVER] && !n->child[CALL_WITHIN];
    if (window && f->foreign) {
        translate_unsupported(t, n, STR_FMT " looks at a window: OVER (…) is missing.",
                              STR_ARG(n->text));
    }
    return !t->failed;
}

// With a unit the start comes first, without one the end: who leaves the unit out may mean either.
static bool is_difference(const SqlNode *n)
{
    return str_eq_nocase(n->text, S("DATEDIFF")) || str_eq_nocase(n->text, S("DATE_DIFF"));
}

static SqlNode *refuse_difference(Translator *t, const SqlNode *n)
{
    return translate_refused(t, n,
                             STR_FMT " takes a unit as well in %s: " STR_FMT
                                     ". (Where it takes none, the end comes first.)",
                             STR_ARG(n->text), home_title(t->from),
                             STR_ARG(fn_instead(t->from, n->text)));
}

// How the dialect itself writes what a call of another's habit means; "" = not said.
static Str written_at_home(const Translator *t, const SqlNode *n, const FnFound *f)
{
    Str instead = fn_instead(t->from, n->text);
    if (instead.len || !f->fn) return instead;
    for (size_t i = 0;; i++) {
        const SqlSpelling *s = fn_spelling_of(f->fn, i);
        if (!s) return (Str){0};
        if (s->in >> t->from & 1 && s->name[0]) return str_fmt(t->arena, "%s(…)", s->name);
    }
}

SqlNode *neutral_call(Translator *t, SqlNode *n)
{
    if (n->fn) return n; // made by a pass
    if (fn_is_safe(t->from, n)) return safe_call(t, n);
    FnFound f = fn_find(t->from, n);
    if (t->strict && (f.foreign || f.ambiguous)) {
        Str instead = written_at_home(t, n, &f);
        error_at(t->err, ERROR_HOME_REFUSED, S(""), (int)n->line, (int)n->column,
                 "%s has no function " STR_FMT "%s" STR_FMT ".", home_title(t->from),
                 STR_ARG(n->text), instead.len ? ": it writes " : "", STR_ARG(instead));
        t->failed = true;
        return n;
    }
    bool foreign_only = f.foreign && fn_unsupported(n->text); // it means another thing at home
    if (!f.fn || f.ambiguous || foreign_only) return refuse_call(t, n, &f);
    if (f.foreign && f.known && is_difference(n)) return refuse_difference(t, n);
    if (!stands_well(t, n, &f)) return n;
    if (f.foreign) {
        translate_note(t, n, "%s has no function " STR_FMT "; it was read as another dialect's.",
                       home_title(t->from), STR_ARG(n->text));
    }
    while (f.spelling && f.spelling->read) {
        SqlNode *made = f.spelling->read(t, n);
        if (made) return made;
        f = fn_find_next(t->from, n, f.spelling);
    }
    if (!f.spelling) return refuse_call(t, n, &f);
    FnBound b;
    if (!fn_bind(&f, n, &b)) return refuse_call(t, n, &f);
    return neutral_group(t, bind_call(t, n, &f, &b));
}
