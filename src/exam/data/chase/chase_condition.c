// chase_condition: what the conditions of a query ask of its rows.
#include "base/buf.h"
#include "exam/data/chase/chase.h"
#include "exam/data/literals/literals.h"
#include "exam/data/make.h"

static void unite(Chase *c, size_t x, size_t y)
{
    if (!c->apart) chase_unite(c, x, y);
}

static SqlOp opposite(SqlOp op)
{
    switch (op) {
    case OP_LT:
        return OP_GE;
    case OP_LE:
        return OP_GT;
    case OP_GT:
        return OP_LE;
    case OP_GE:
        return OP_LT;
    case OP_EQ:
        return OP_NE;
    case OP_NE:
        return OP_EQ;
    default:
        return op;
    }
}

static bool stands_in(const Chase *c, const Value *v)
{
    bool text = v->kind == VALUE_TEXT;
    Str said = text                       ? v->text
               : v->kind == VALUE_INTEGER ? str_fmt(c->arena, "%lld", (long long)v->integer)
                                          : (Str){0};
    return literals_stand_in(c->literals, said, text);
}

static void add_want(Chase *c, const SqlNode *operand, SqlOp op, const SqlNode *constant)
{
    SlotUse u = chase_slot(c, operand);
    Want w = {.slot = u.slot,
              .op = op,
              .from = u.from,
              .length = u.length,
              .part = u.part,
              .parted = u.parted,
              .measured = u.measured,
              .path = c->path};
    if (u.slot == CHASE_NOWHERE) return;
    if (constant && !chase_constant(c->arena, constant, &w.value)) return;
    if (constant && stands_in(c, &w.value)) return;
    *vec_push(c->arena, &c->wants) = w;
}

static void add_pair(Chase *c, SlotUse x, SqlOp op, SlotUse y)
{
    if (x.slot == CHASE_NOWHERE || y.slot == CHASE_NOWHERE) return;
    bool parted = x.parted && y.parted && (x.shifted || y.shifted);
    const ColumnSpec *a = chase_column(c, x.slot), *b = chase_column(c, y.slot);
    bool alike =
        !(chase_is_clock(a) && chase_is_number(b)) && !(chase_is_number(a) && chase_is_clock(b));
    if (op == OP_EQ && !x.shifted && !y.shifted && alike) {
        unite(c, x.slot, y.slot);
        return;
    }
    if (x.slot == y.slot) return;
    Pair p = {.slot = x.slot, .other = y.slot, .op = op, .shift = y.shift, .path = c->path};
    if (x.shifted && !y.shifted) {
        p.shift = x.shift;
        p.shift.by = -x.shift.by;
    }
    p.year = x.parted && x.part == CALENDAR_YEAR && !y.parted;
    p.other_year = y.parted && y.part == CALENDAR_YEAR && !x.parted;
    if (parted && !p.shift.timed) {
        p.shift.timed = true;
        p.shift.unit = x.part;
    }
    *vec_push(c->arena, &c->pairs) = p;
}

// How many rows a group is to have, where it is asked for.
static void note_count(Chase *c, const SqlNode *n, const Value *v)
{
    const int64_t most = 12;
    bool counts = n->kind == NODE_CALL && str_eq_nocase(n->text, S("count"));
    if (counts && v->kind == VALUE_INTEGER && v->integer > 0 && v->integer <= most)
        c->crowd = (size_t)v->integer;
}

// What the rows that are counted have in common: they are those of one thing.
static void read_common(Chase *c, const SqlNode *where)
{
    if (!where) return;
    for (uint32_t i = 0; where->kind == NODE_AND && i < sql_tail_count(where); i++)
        read_common(c, sql_tail(where, i));
    if (where->kind != NODE_BINARY || where->op != OP_EQ) return;
    SlotUse x = chase_slot(c, where->child[LEFT_SIDE]), y = chase_slot(c, where->child[RIGHT_SIDE]);
    if (x.slot != CHASE_NOWHERE && y.slot != CHASE_NOWHERE) *vec_push(c->arena, &c->keys) = x.slot;
}

// (SELECT COUNT(*) …) >= 2: so many rows for one of those outside.
static void read_counted(Chase *c, const SqlNode *n, SqlOp op, const Value *v)
{
    if (n->kind != NODE_SUBQUERY || c->apart) return;
    bool more = op == OP_GE || op == OP_GT || (op == OP_EQ && v->integer);
    if (!more && !chase_one_in(c, 2)) return;
    chase_read_query(c, n->child[ONLY]);
    const SqlNode *select = tree_select_of(n->child[ONLY]);
    const SqlNode *items = select ? select->child[SELECT_ITEMS] : NULL;
    if (!items || sql_tail_count(items) != 1) return;
    const SqlNode *item = sql_tail(items, 0)->child[ITEM_VALUE];
    note_count(c, item, v);
    if (item->kind == NODE_CALL) read_common(c, select->child[SELECT_WHERE]);
}

// ABS(x - y) is far where one is that far above the other, and near where neither is.
static void add_distance(Chase *c, SlotUse x, SqlOp op, SlotUse y, SlotUse x_moved)
{
    bool near = op == OP_LT || op == OP_LE;
    bool either = !near && chase_open_choice(c, 2);
    add_pair(c, x, op, y);
    if (either) c->path.branch[c->path.len - 1] = 1;
    if (near || either) add_pair(c, (SlotUse){.slot = y.slot}, op, x_moved);
    if (either) c->path.len--;
}

// x - y against a number or a span: x against y, moved by that.
static bool read_difference(Chase *c, const SqlNode *n, SqlOp op, ChaseShift by)
{
    SlotUse x, y;
    bool abs = n->kind == NODE_CALL && str_eq_nocase(n->text, S("abs")) && sql_tail_count(n) == 1;
    if (!chase_difference(c, abs ? sql_tail(n, 0) : n, &x, &y)) return false;
    if (y.shift.timed && !by.timed) { // the unit in which it is counted
        by.timed = true;
        by.unit = y.shift.unit;
    }
    y.shifted = true;
    y.shift = by;
    if (!abs) {
        add_pair(c, x, op, y);
        return true;
    }
    SlotUse moved = y;
    moved.slot = x.slot;
    add_distance(c, x, op, y, moved);
    return true;
}

static void add_like(Chase *c, const SqlNode *operand, Str text)
{
    if (c->literals->folds && chase_one_in(c, 2)) text = str_upper(c->arena, text);
    Buf b = buf_new(c->arena);
    buf_char(&b, '%');
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == '%' || text.ptr[i] == '_' || text.ptr[i] == '\\') buf_char(&b, '\\');
        buf_char(&b, text.ptr[i]);
    }
    buf_char(&b, '%');
    SlotUse u = chase_slot(c, operand);
    if (u.slot == CHASE_NOWHERE) return;
    *vec_push(c->arena, &c->wants) =
        (Want){.slot = u.slot, .op = OP_LIKE, .value = VALUE_STR(buf_str(&b)), .path = c->path};
}

// POSITION('x' IN a) > 0: the text stands somewhere in there.
static bool read_position(Chase *c, const SqlNode *n, SqlOp op, const Value *v)
{
    static const Str names[] = {STR_LIT("position"), STR_LIT("strpos"), STR_LIT("instr"),
                                STR_LIT("locate"), STR_LIT("charindex")};
    bool finds = v->kind == VALUE_INTEGER && (op == OP_GT || op == OP_GE || op == OP_NE);
    bool named = false;
    for (size_t i = 0; n->kind == NODE_CALL && i < sizeof names / sizeof *names; i++)
        named |= str_eq_nocase(n->text, names[i]);
    if (!finds || !named || sql_tail_count(n) < 2) return false;
    for (uint32_t i = 0; i < 2; i++) {
        const SqlNode *text = sql_tail(n, i), *within = sql_tail(n, 1 - i);
        if (text->kind != NODE_STRING || within->kind == NODE_STRING) continue;
        add_like(c, within, text->text);
        return true;
    }
    return false;
}

static void read_constant(Chase *c, const SqlNode *n, SqlOp op, const SqlNode *constant,
                          const Value *v)
{
    if (read_position(c, n, op, v)) return;
    note_count(c, n, v);
    read_counted(c, n, op, v);
    bool number = v->kind == VALUE_INTEGER || v->kind == VALUE_REAL;
    ChaseShift by = {.by = v->kind == VALUE_REAL ? v->real : (double)v->integer};
    if (number && read_difference(c, n, op, by)) return;
    add_want(c, n, op, constant);
}

// x - y > INTERVAL '1' DAY
static bool read_span(Chase *c, const SqlNode *n, SqlOp op, const SqlNode *span)
{
    int64_t count;
    ChaseShift by = {.timed = true};
    if (span->kind != NODE_INTERVAL || !chase_span(c->arena, span, &by.unit, &count)) return false;
    by.by = (double)count;
    return read_difference(c, n, op, by);
}

// What stands in a subquery for a value is there as well, mostly.
static void read_inner(Chase *c, const SqlNode *n)
{
    if (c->apart) return;
    if (n->kind == NODE_SUBQUERY && !chase_one_in(c, 6)) chase_read_query(c, n->child[ONLY]);
    for (uint32_t i = 0; n->kind == NODE_BINARY && i < n->count; i++) read_inner(c, n->child[i]);
}

static void read_comparison(Chase *c, const SqlNode *n, bool negated)
{
    const SqlNode *left = n->child[LEFT_SIDE], *right = n->child[RIGHT_SIDE];
    SqlOp op = negated ? opposite(n->op) : (SqlOp)n->op;
    Value any;
    if (op == OP_SAME) op = OP_EQ;
    if (op < OP_EQ || op > OP_GE) return;
    if (chase_constant(c->arena, right, &any)) {
        read_constant(c, left, op, right, &any);
        return;
    }
    if (chase_constant(c->arena, left, &any)) {
        read_constant(c, right, sql_op_turned(op), left, &any);
        return;
    }
    if (read_span(c, left, op, right) || read_span(c, right, sql_op_turned(op), left)) return;
    read_inner(c, left);
    read_inner(c, right);
    add_pair(c, chase_slot(c, left), op, chase_slot(c, right));
}

static void read_listed(Chase *c, const SqlNode *operand, const SqlNode *one, bool not )
{
    Value any;
    if (chase_constant(c->arena, one, &any)) {
        add_want(c, operand, not ? OP_NE : OP_EQ, one);
    } else if (chase_constant(c->arena, operand, &any)) { // 'GER' IN (team1, team2)
        add_want(c, one, not ? OP_NE : OP_EQ, operand);
    } else if (!not ) {
        unite(c, chase_slot(c, operand).slot, chase_slot(c, one).slot);
    }
}

// One of the list, or none of them.
static void read_list(Chase *c, const SqlNode *operand, const SqlNode *set, bool not )
{
    uint32_t count = sql_tail_count(set);
    bool apart = c->apart;
    if (!count) return;
    uint32_t drawn = (uint32_t)rng_below(&c->rng, count);
    if (not || !chase_open_choice(c, count)) {
        read_listed(c, operand, sql_tail(set, drawn), not );
        return;
    }
    for (uint32_t i = 0; i < count; i++) {
        c->path.branch[c->path.len - 1] = (uint16_t)i;
        c->apart = apart || i != drawn;
        read_listed(c, operand, sql_tail(set, i), false);
    }
    c->apart = apart;
    c->path.len--;
}

static void read_in(Chase *c, const SqlNode *n, bool negated)
{
    const SqlNode *set = n->child[OPERAND_SECOND];
    bool not = !(n->flags & FLAG_NOT) == negated;
    if (!set) return;
    if (set->kind == NODE_QUERY || set->kind == NODE_SUBQUERY) {
        const SqlNode *query = set->kind == NODE_SUBQUERY ? set->child[ONLY] : set;
        if (not &&chase_one_in(c, 2)) return;
        chase_read_query(c, query);
        const SqlNode *select = tree_select_of(query);
        const SqlNode *items = select ? select->child[SELECT_ITEMS] : NULL;
        if (!items || sql_tail_count(items) != 1 || (not &&chase_one_in(c, 2))) return;
        unite(c, chase_slot(c, n->child[OPERAND]).slot,
              chase_slot(c, sql_tail(items, 0)->child[ITEM_VALUE]).slot);
        return;
    }
    read_list(c, n->child[OPERAND], set, not );
}

static void read_bound(Chase *c, const SqlNode *operand, SqlOp op, const SqlNode *bound)
{
    Value any;
    bool again = op == OP_LE && operand->kind == NODE_SUBQUERY; // its rows are there already
    if (chase_constant(c->arena, bound, &any)) {
        if (again)
            add_want(c, operand, op, bound);
        else
            read_constant(c, operand, op, bound, &any);
        return;
    }
    if (read_span(c, operand, op, bound)) return;
    add_pair(c, chase_slot(c, operand), op, chase_slot(c, bound));
}

// A subquery whose rows are asked for; of one that must give none, at times.
static void read_exists(Chase *c, const SqlNode *n, bool negated)
{
    bool not = !(n->flags & FLAG_NOT) == negated;
    if (!c->apart && (!not || chase_one_in(c, 2))) chase_read_query(c, n->child[ONLY]);
}

// Of which one is enough: the rows of one of them are there, the values of any.
static void read_alternatives(Chase *c, const SqlNode *n, bool negated)
{
    uint32_t all = sql_tail_count(n), drawn = (uint32_t)rng_below(&c->rng, all);
    bool apart = c->apart;
    if (!chase_open_choice(c, all)) {
        chase_read_condition(c, sql_tail(n, drawn), negated);
        return;
    }
    for (uint32_t i = 0; i < all; i++) {
        c->path.branch[c->path.len - 1] = (uint16_t)i;
        c->apart = apart || i != drawn;
        chase_read_condition(c, sql_tail(n, i), negated);
    }
    c->apart = apart;
    c->path.len--;
}

void chase_read_condition(Chase *c, const SqlNode *n, bool negated)
{
    bool not = !(n->flags & FLAG_NOT) == negated;
    uint32_t all = sql_tail_count(n);
    switch (n->kind) {
    case NODE_AND:
    case NODE_OR: // of which one is enough
        if ((n->kind == NODE_OR) != negated) {
            read_alternatives(c, n, negated);
            return;
        }
        for (uint32_t i = 0; i < all; i++) chase_read_condition(c, sql_tail(n, i), negated);
        return;
    case NODE_UNARY:
        if (n->op == OP_NOT) chase_read_condition(c, n->child[ONLY], !negated);
        return;
    case NODE_BINARY:
        read_comparison(c, n, negated);
        return;
    case NODE_IN:
        read_in(c, n, negated);
        return;
    case NODE_BETWEEN:
        if (not ) return;
        read_bound(c, n->child[OPERAND], OP_GE, n->child[OPERAND_SECOND]);
        read_bound(c, n->child[OPERAND], OP_LE, n->child[OPERAND_THIRD]);
        return;
    case NODE_LIKE:
        if (!not &&(n->op == OP_LIKE || n->op == OP_ILIKE))
            add_want(c, n->child[OPERAND], OP_LIKE, n->child[OPERAND_SECOND]);
        return;
    case NODE_IS:
        if (n->op == OP_IS_NULL) add_want(c, n->child[OPERAND], not ? OP_NONE : OP_IS_NULL, NULL);
        return;
    case NODE_EXISTS:
        read_exists(c, n, negated);
        return;
    default:
        return;
    }
}
