// parse_window: OVER, frames, and ORDER BY wherever it stands.
#include "sql/parse.h"

static void parse_way(Parser *p, SqlNode *n) // ASC, DESC, NULLS FIRST
{
    if (accept(p, WORD_ASC)) n->flags |= FLAG_ASC;
    if (accept(p, WORD_DESC)) n->flags |= FLAG_DESC;
    if (!accept(p, WORD_NULLS)) return;
    bool first = is(p, WORD_FIRST);
    if (!first && !is(p, WORD_LAST)) parse_expected(p, "FIRST or LAST after NULLS");
    skip(p);
    n->flags |= first ? FLAG_NULLS_FIRST : FLAG_NULLS_LAST;
}

static SqlNode *parse_order_item(Parser *p)
{
    SqlNode *n = node_new(p, NODE_ORDER_ITEM);
    size_t at = p->pos;
    n->child[ONLY] = parse_expr(p);
    if (n->child[ONLY]->kind == NODE_STAR)
        parse_fail(p, at, "A * is no key of an order: name the columns.");
    parse_way(p, n);
    return node_done(p, n);
}

SqlNode *parse_order_by(Parser *p)
{
    SqlNode *n = node_new(p, NODE_ORDER_BY);
    skip(p);
    expect(p, WORD_BY, "after ORDER");
    size_t mark = tail_open(p);
    bool all = is(p, WORD_ALL);
    if (all) {
        parse_use(p, FEATURE_ORDER_BY_ALL);
        skip(p);
        n->flags = FLAG_ALL;
        parse_way(p, n);
    }
    if (!all) {
        do {
            tail_add(p, parse_order_item(p));
        } while (accept(p, ','));
    }
    return tail_close(p, n, mark);
}

static SqlNode *parse_bound(Parser *p)
{
    SqlNode *n = node_new(p, NODE_BOUND);
    if (accept_two(p, WORD_CURRENT, WORD_ROW)) {
        n->op = OP_CURRENT_ROW;
        return node_done(p, n);
    }
    bool unbounded = accept(p, WORD_UNBOUNDED);
    if (!unbounded) n->child[ONLY] = parse_level(p, POWER_COMPARE + 1);
    if (accept(p, WORD_PRECEDING)) {
        n->op = unbounded ? OP_UNBOUNDED_PRECEDING : OP_PRECEDING;
    } else if (accept(p, WORD_FOLLOWING)) {
        n->op = unbounded ? OP_UNBOUNDED_FOLLOWING : OP_FOLLOWING;
    } else {
        parse_expected(p, "PRECEDING or FOLLOWING");
    }
    return node_done(p, n);
}

static void parse_exclude(Parser *p, SqlNode *frame)
{
    if (!is(p, WORD_EXCLUDE)) return;
    parse_use(p, FEATURE_FRAME_EXCLUDE);
    skip(p);
    if (accept_two(p, WORD_CURRENT, WORD_ROW)) {
        frame->text = S("CURRENT ROW");
    } else if (accept(p, WORD_GROUP)) {
        frame->text = S("GROUP");
    } else if (accept(p, WORD_TIES)) {
        frame->text = S("TIES");
    } else if (accept_two(p, WORD_NO, WORD_OTHERS)) {
        frame->text = S("NO OTHERS");
    } else {
        parse_expected(p, "CURRENT ROW, GROUP, TIES or NO OTHERS after EXCLUDE");
    }
}

static SqlNode *parse_frame(Parser *p)
{
    SqlNode *n = node_new(p, NODE_FRAME);
    n->op = is(p, WORD_ROWS) ? OP_ROWS : is(p, WORD_RANGE) ? OP_RANGE : OP_GROUPS;
    if (n->op == OP_GROUPS) parse_use(p, FEATURE_GROUPS_FRAME);
    skip(p);
    if (accept(p, WORD_BETWEEN)) {
        n->child[FRAME_START] = parse_bound(p);
        expect(p, WORD_AND, "between the bounds of the frame");
        n->child[FRAME_END] = parse_bound(p);
    } else {
        n->child[FRAME_START] = parse_bound(p);
        if (is(p, WORD_AND))
            parse_fail(p, p->pos, "A frame with two bounds needs BETWEEN before the first.");
    }
    parse_exclude(p, n);
    return node_done(p, n);
}

// Behind the '(': [name] [PARTITION BY …] [ORDER BY …] [frame] )
SqlNode *parse_window_body(Parser *p)
{
    SqlNode *n = node_new(p, NODE_WINDOW);
    bool frame = is(p, WORD_ROWS) || is(p, WORD_RANGE) || is(p, WORD_GROUPS);
    if (is_name(p, 0) && !is(p, WORD_PARTITION) && !frame)
        n->text = parse_name(p, "a window")->text;
    if (accept(p, WORD_PARTITION)) {
        expect(p, WORD_BY, "after PARTITION");
        n->child[WINDOW_PARTITION] = parse_list(p, NODE_LIST);
    }
    if (is(p, WORD_ORDER)) n->child[WINDOW_ORDER] = parse_order_by(p);
    if (is(p, WORD_PARTITION))
        parse_fail(p, p->pos, "PARTITION BY comes before ORDER BY in a window.");
    frame = is(p, WORD_ROWS) || is(p, WORD_RANGE) || is(p, WORD_GROUPS);
    if (frame) n->child[WINDOW_FRAME] = parse_frame(p);
    parse_close(p);
    return node_done(p, n);
}

SqlNode *parse_over(Parser *p)
{
    SqlNode *over = node_new(p, NODE_WINDOW);
    skip(p);
    if (is(p, '(')) {
        parse_open(p, "(");
        SqlNode *n = parse_window_body(p);
        n->at = over->at, n->line = over->line, n->column = over->column;
        return n;
    }
    if (is(p, WORD_PARTITION) || is(p, WORD_ORDER)) {
        parse_fail(p, p->pos, "A window stands in parentheses: OVER (" STR_FMT " BY …).",
                   STR_ARG(sql_word_text(sym_at(p, 0))));
    }
    parse_use(p, FEATURE_NAMED_WINDOW);
    over->flags = FLAG_NAMED;
    over->text = parse_name(p, "( or the name of a window after OVER")->text;
    return node_done(p, over);
}
