// write_form: a call by a template: DATE_TRUNC('{unit}', {x}), with [ … ] where an argument may be
// missing.
#include "sql/write/write_call.h"

typedef struct {
    Out *o;
    const SqlNode *call;
    const SqlFn *fn;
    Str form;
    Str args; // of the spelling; of the runtime's templates none
    size_t at;
} Form;

static const SqlNode *implied(const Form *f, const SqlNode *n, Str param)
{
    Str rest = f->args;
    FnToken tok;
    while (fn_token(&rest, &tok)) {
        if (!str_eq(tok.name, param)) continue;
        return arg_is_format(&tok) ? arg_in_notation(f->o, n, tok.notation)
                                   : arg_unwrapped(f->o, f->call, n, tok.notation);
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

// a - b, a + b: behind an operator it wants parentheses.
bool out_is_sum(const Out *o, const SqlNode *n)
{
    const SqlFn *fn = n->kind == NODE_CALL && n->fn ? fn_at(n->fn) : NULL;
    const SqlSpelling *s =
        fn && o->dialect != DIALECT_SQLITE ? spelling_for(n, fn, o->dialect) : NULL;
    Str form = str_from(s && s->form ? s->form : "");
    int depth = 0;
    for (size_t i = 0; i + 2 < form.len; i++) {
        char c = form.ptr[i];
        depth += (c == '(') - (c == ')');
        bool sign = form.ptr[i + 1] == '-' || form.ptr[i + 1] == '+';
        if (!depth && c == ' ' && sign && form.ptr[i + 2] == ' ') return true;
    }
    return false;
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
    return param >= 0 && arg_is_there(f->call, (uint32_t)param);
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
    for (uint32_t i = (uint32_t)param; param >= 0 && arg_is_there(f->call, i); i++) {
        const SqlNode *n = sql_tail(f->call, i);
        if (i > (uint32_t)param) out_text(f->o, ", ");
        Str word = arg_time_word(f->o, n, name);
        bool lower = quoted && f->o->dialect != DIALECT_SQLITE && arg_is_word(name);
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

void out_form(Out *o, const SqlNode *call, const SqlFn *fn, Str form, Str args)
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
