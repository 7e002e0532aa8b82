// write_call: a neutral call in the target's spelling: by template, or by name and arguments.
#include "sql/format.h"
#include "sql/home.h"
#include "sql/neutral_time.h"
#include <string.h>

static bool is_there(const SqlNode *call, uint32_t i)
{
    return i < sql_tail_count(call) && sql_tail(call, i)->kind != NODE_DEFAULT;
}

// --- Templates ---

typedef struct {
    Out *o;
    const SqlNode *call;
    const SqlFn *fn;
    Str form;
    Str args; // of the spelling; of the runtime's templates none
    size_t at;
} Form;

// x:timestamp does by itself what a conversion around x would do; so do hours added to a date.
static const SqlNode *unwrapped(const Out *o, const SqlNode *call, const SqlNode *n, Str notation)
{
    if (o->dialect == DIALECT_BIGQUERY) return n; // converts little without being asked
    if (!node_is_call(n, "to_timestamp") || !node_is(node_arg(n, "value"), TYPE_DATE)) return n;
    bool adds = node_is_call(call, "date_add") || node_is_call(call, "date_sub");
    bool clock = adds && fn_is_clock(node_arg(call, "unit")->text);
    bool converts = str_eq(notation, S("timestamp")) || (clock && str_eq(notation, S("moment")));
    return converts ? node_arg(n, "value") : n;
}

static bool is_format(const FnToken *tok)
{
    return tok->notation.len && !fn_is_conversion(tok->notation);
}

static const SqlNode *in_notation(Out *o, const SqlNode *n, Str notation)
{
    Str text;
    return fn_format_write(o->t, n, n->text, notation, &text) ? make_string(o->t, n, text) : n;
}

static const SqlNode *implied(const Form *f, const SqlNode *n, Str param)
{
    Str rest = f->args;
    FnToken tok;
    while (fn_token(&rest, &tok)) {
        if (!str_eq(tok.name, param)) continue;
        return is_format(&tok) ? in_notation(f->o, n, tok.notation)
                               : unwrapped(f->o, f->call, n, tok.notation);
    }
    return n;
}

// The text of a constant inside quotes: a unit, a word.
static void out_bare(Out *o, Str text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == '\'') buf_char(&o->b, '\'');
        buf_char(&o->b, text.ptr[i]);
    }
}

// Between the words of a CASE anything may stand.
static bool behind_word(Str form, size_t open)
{
    static const char *const words[] = {"WHEN ", "THEN ", "ELSE "};
    Str before = str_slice(form, 0, open);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (str_ends(before, str_from(words[i]))) return true;
    }
    return false;
}

// A whole argument of a call, or what stands in parentheses, needs none of its own.
static bool stands_alone(Str form, size_t open, size_t end)
{
    Str after_it = str_slice(form, end, form.len);
    bool whole = str_starts(after_it, S(" THEN")) || str_starts(after_it, S(" ELSE")) ||
                 str_starts(after_it, S(" END")) || str_starts(after_it, S("["));
    if (behind_word(form, open) && whole) return true;
    char before = open ? form.ptr[open - 1] : ' ';
    if (before == ' ' && open > 1 && form.ptr[open - 2] == ',') before = ',';
    char after = end < form.len ? form.ptr[end] : ' ';
    Str head = str_slice(form, 0, open), tail = str_slice(form, end, form.len);
    bool opens = before == '(' || before == ',' || str_ends(head, S(" FROM "));
    bool closes = after == ')' || after == ',' || after == '[' || str_starts(tail, S(" AS ")) ||
                  str_starts(tail, S(" TO "));
    return opens && closes;
}

static const SqlSpelling *spelling_for(const SqlNode *call, const SqlFn *fn, Dialect d);

// A name and its parentheses, with nothing before or behind.
static bool is_closed_form(Str form)
{
    int depth = 0;
    for (size_t i = 0; i < form.len; i++) {
        char c = form.ptr[i];
        if (c == '(') depth++;
        if (c == ')') depth--;
        if (c == ' ' && !depth) return false;
        if (c == ')' && !depth) return i + 1 == form.len;
    }
    return true; // one word
}

static bool is_closed(const Out *o, const SqlNode *n)
{
    if (n->kind != NODE_CALL || n->child[CALL_OVER] || n->child[CALL_FILTER]) return false;
    const SqlFn *fn = n->fn ? fn_at(n->fn) : NULL;
    if (!fn) return true;
    if (o->dialect == DIALECT_SQLITE) return !fn->lite || is_closed_form(str_from(fn->lite));
    const SqlSpelling *s = spelling_for(n, fn, o->dialect);
    return s && (!s->form || is_closed_form(str_from(s->form)));
}

static void out_argument(Form *f, const SqlNode *n, size_t open, size_t end)
{
    bool literal = n->kind == NODE_NUMBER || n->kind == NODE_STRING || n->kind == NODE_COLUMN ||
                   n->kind == NODE_NULL || n->kind == NODE_NAME || n->kind == NODE_SUBQUERY ||
                   n->kind == NODE_TYPED || n->kind == NODE_CAST || is_closed(f->o, n);
    bool alone = literal || n->parens || stands_alone(f->form, open, end);
    if (!alone) buf_char(&f->o->b, '(');
    out_node(f->o, n);
    if (!alone) buf_char(&f->o->b, ')');
}

// The name in {…} at `open`; where it ends, and whether it is a list.
static Str hole(Str form, size_t open, size_t *end, bool *rest)
{
    size_t close = open;
    while (close < form.len && form.ptr[close] != '}') close++;
    *end = close + 1;
    Str name = str_slice(form, open + 1, close);
    *rest = str_ends(name, S("..."));
    return *rest ? str_slice(name, 0, name.len - 3) : name;
}

static bool filled(const Form *f, Str name)
{
    if (str_eq(name, S("at"))) return true;
    int param = fn_param(f->fn, name);
    return param >= 0 && is_there(f->call, (uint32_t)param);
}

static bool is_word(Str param)
{
    return str_eq(param, S("unit")) || str_eq(param, S("part"));
}

// A word of time as the target has it; refused where it has none.
static Str time_word(Out *o, const SqlNode *n, Str param)
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

static void out_interval_of(Out *o, const SqlNode *call, const SqlFn *fn)
{
    out_interval(o, sql_tail(call, (uint32_t)fn_param(fn, S("amount"))),
                 sql_tail(call, (uint32_t)fn_param(fn, S("unit"))));
}

static void fill(Form *f, size_t open, bool quoted)
{
    size_t end;
    bool rest;
    Str name = hole(f->form, open, &end, &rest);
    f->at = end;
    if (str_eq(name, S("at"))) {
        buf_fmt(&f->o->b, "%u", f->call->at);
        return;
    }
    int param = fn_param(f->fn, name);
    if (param < 0 && str_eq(name, S("interval"))) {
        out_interval_of(f->o, f->call, f->fn);
        return;
    }
    for (uint32_t i = (uint32_t)param; param >= 0 && is_there(f->call, i); i++) {
        const SqlNode *n = sql_tail(f->call, i);
        if (i > (uint32_t)param) out_text(f->o, ", ");
        Str word = time_word(f->o, n, name);
        bool lower = quoted && f->o->dialect != DIALECT_SQLITE && is_word(name);
        if (lower) word = str_lower(f->o->t->arena, word);
        if (quoted) {
            out_bare(f->o, word);
        } else if (n->kind == NODE_NAME) {
            out_str(f->o, word);
        } else {
            out_argument(f, implied(f, n, name), open, end);
        }
        if (!rest) break;
    }
}

// [ … ] at `open`: whether all in it is there; its end is behind the ].
static bool wanted(const Form *f, size_t open, size_t *end)
{
    bool all = true;
    size_t i = open + 1;
    while (i < f->form.len && f->form.ptr[i] != ']') {
        if (f->form.ptr[i] == '{') {
            bool rest;
            size_t after;
            all = filled(f, hole(f->form, i, &after, &rest)) && all;
            i = after;
        } else {
            i++;
        }
    }
    *end = i + 1;
    return all;
}

static void out_form(Out *o, const SqlNode *call, const SqlFn *fn, Str form, Str args)
{
    Form f = {.o = o, .call = call, .fn = fn, .form = form, .args = args};
    bool group = fn->class == FN_AGGREGATE || fn->class == FN_WINDOW;
    bool quoted = false, head = group; // DISTINCT is still to come
    while (f.at < form.len) {
        char c = form.ptr[f.at];
        size_t end;
        if (c == '{') {
            fill(&f, f.at, quoted);
            continue;
        }
        if (c == '[' && !wanted(&f, f.at, &end)) {
            f.at = end;
            continue;
        }
        if (c == '[' || c == ']') {
            f.at++;
            continue;
        }
        if (c == '\\' && f.at + 1 < form.len) c = form.ptr[++f.at];
        if (c == '\'') quoted = !quoted;
        if (group && c == ')' && f.at + 1 == form.len) out_call_tail(o, call);
        buf_char(&o->b, c);
        if (head && c == '(') {
            out_call_head(o, call);
            head = false;
        }
        f.at++;
    }
    out_call_behind(o, call);
}

// --- Spellings of another dialect ---

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
    if (n->kind != NODE_NAME || !is_word(param)) return true;
    return str_eq(param, S("unit")) ? fn_unit_written(d, n->text, &word)
                                    : fn_part_written(d, n->text, &word);
}

// A date has no hours: what is cut to them, or counted in them, is a timestamp.
static bool counts_clock(const SqlNode *call, const SqlFn *fn)
{
    int unit = fn_param(fn, S("unit"));
    if (unit < 0 || !is_there(call, (uint32_t)unit)) return false;
    const SqlNode *n = sql_tail(call, (uint32_t)unit);
    return n->kind == NODE_NAME && fn_is_clock(n->text);
}

// Its constants are what the call has, and every argument that is there has its place in it.
static bool fits(const SqlNode *call, const SqlFn *fn, const SqlSpelling *s, Dialect d)
{
    Str rest = str_from(s->args ? s->args : fn->params);
    FnToken tok;
    uint32_t placed = 0, there = 0;
    for (uint32_t i = 0; i < sql_tail_count(call); i++) there += is_there(call, i);
    while (fn_token(&rest, &tok)) {
        bool interval = str_eq(tok.name, S("interval")) && fn_param(fn, tok.name) < 0;
        int param = fn_param(fn, interval ? S("amount") : tok.name);
        if (param < 0) return false;
        if (tok.constant.len) {
            if (!is_there(call, (uint32_t)param)) return false;
            if (!str_eq(sql_tail(call, (uint32_t)param)->text, tok.constant)) return false;
            placed++;
        } else if (tok.rest) {
            for (uint32_t i = (uint32_t)param; i < sql_tail_count(call); i++) placed++;
        } else if (is_there(call, (uint32_t)param)) {
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

static const SqlSpelling *spelling_for(const SqlNode *call, const SqlFn *fn, Dialect d)
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
    return unwrapped(o, call, n, notation);
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
        out_str(o, str_lower(o->t->arena, time_word(o, n, tok->name)));
        buf_char(&o->b, '\'');
    } else if (n->kind == NODE_NAME) {
        out_str(o, time_word(o, n, tok->name));
    } else if (fn_is_conversion(tok->notation)) {
        out_node(o, taken(o, call, n, tok->notation));
    } else if (is_format(tok)) {
        out_node(o, in_notation(o, n, tok->notation));
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
        if (!is_there(call, (uint32_t)param)) continue;
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
    if (str_eq(str_from(fn->type), S("interval"))) {
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
