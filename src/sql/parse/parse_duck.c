// parse_duck: what stands for a call: DuckDB's [x * 2 FOR x IN list IF x > 1] and name.upper(),
// Postgres's j #>> '{a,b}'.
#include "sql/parse.h"

static SqlNode *name_again(Parser *p, const SqlNode *name)
{
    SqlNode *n = node_from(p, NODE_NAME, name);
    n->text = name->text;
    n->flags = name->flags;
    n->end = name->end;
    return n;
}

// name -> body
static SqlNode *make_lambda(Parser *p, const SqlNode *name, SqlNode *body)
{
    SqlNode *list = node_from(p, NODE_LIST, name), *n = node_from(p, NODE_LAMBDA, name);
    size_t mark = tail_open(p);
    tail_add(p, name_again(p, name));
    list = tail_close(p, list, mark);
    list->end = n->end = name->end;
    n->child[LAMBDA_PARAMS] = list;
    n->child[LAMBDA_BODY] = body;
    node_reach(n, list);
    node_reach(n, body);
    return n;
}

static SqlNode *make_call(Parser *p, const char *text, SqlNode *list, SqlNode *lambda)
{
    SqlNode *n = node_from(p, NODE_CALL, list);
    n->text = str_from(text);
    size_t mark = tail_open(p);
    tail_add(p, list);
    tail_add(p, lambda);
    n = tail_close(p, n, mark);
    n->end = list->end;
    node_reach(n, list);
    node_reach(n, lambda);
    return n;
}

// At FOR, behind the value of an array's only element.
SqlNode *parse_comprehension(Parser *p, SqlNode *value)
{
    parse_use(p, FEATURE_LAMBDA);
    skip(p);
    SqlNode *name = parse_name(p, "a name after FOR");
    expect(p, WORD_IN, "behind the name of FOR");
    SqlNode *list = parse_expr(p);
    if (accept(p, WORD_IF)) {
        SqlNode *condition = parse_expr(p);
        list = make_call(p, "list_filter", list, make_lambda(p, name, condition));
    }
    return make_call(p, "list_transform", list, make_lambda(p, name, value));
}

// What has a grammar of its own between the parentheses is no method.
static void check_method(Parser *p, const SqlNode *call, size_t tok)
{
    static const char *const own[] = {"CAST",    "TRY_CAST", "SAFE_CAST", "EXTRACT", "POSITION",
                                      "OVERLAY", "CONVERT",  "STRUCT",    "EXISTS"};
    for (size_t i = 0; i < sizeof own / sizeof *own && !(call->flags & FLAG_QUOTED); i++) {
        if (!str_eq_nocase(call->text, str_from(own[i]))) continue;
        parse_fail(p, tok, "%s is not written behind a dot.", own[i]);
        return;
    }
}

// name.upper(): what stands before the last dot is the first argument.
void parse_method(Parser *p, SqlNode *call, SqlNode *path)
{
    path->kind = NODE_COLUMN;
    node_reach(path, path->child[0]);
    tail_add(p, path);
    call->child[CALL_SCHEMA] = NULL;
    check_method(p, call, p->pos - 1);
}

// f(x).g(y): at the dot behind a value.
SqlNode *parse_chained(Parser *p, SqlNode *base)
{
    SqlNode *n = node_from(p, NODE_CALL, base);
    skip(p);
    size_t at = p->pos;
    const SqlNode *name = parse_name(p, "a function behind the dot");
    n->text = name->text;
    n->flags |= name->flags & FLAG_QUOTED;
    check_method(p, n, at);
    parse_open(p, "(");
    size_t mark = tail_open(p);
    tail_add(p, base);
    while (!is(p, ')') && !p->failed) {
        tail_add(p, parse_expr(p));
        if (!accept(p, ',')) break;
    }
    parse_close(p);
    return tail_close(p, n, mark);
}

// At #> or #>>: JSON_EXTRACT_PATH[_TEXT](j, 'a', 'b').
SqlNode *parse_json_path(Parser *p, SqlNode *base)
{
    SqlNode *n = node_from(p, NODE_CALL, base);
    n->op = is(p, SYM_PATH) ? OP_JSON : OP_JSON_TEXT; // how it was written
    n->text = n->op == OP_JSON ? S("json_extract_path") : S("json_extract_path_text");
    skip(p);
    SqlNode *path = parse_level(p, POWER_JSON + 1);
    Str steps = path->kind == NODE_STRING ? path->text : (Str){0};
    bool listed = str_starts(steps, S("{")) && str_ends(steps, S("}")) && steps.len > 1;
    if (!listed || str_find(steps, S("\""), NULL))
        parse_lacks(p, "The path behind #> is written out here, such as '{a,b}'.");
    size_t mark = tail_open(p);
    tail_add(p, base);
    Str rest = str_slice(steps, 1, steps.len - 1), step;
    while (listed && rest.len) {
        Str behind;
        bool more = str_cut(rest, ',', &step, &behind);
        if (!more) step = rest;
        rest = more ? behind : (Str){0};
        SqlNode *name = node_from(p, NODE_STRING, path);
        name->text = str_trim(step);
        name->end = path->end;
        tail_add(p, name);
    }
    return tail_close(p, n, mark);
}
