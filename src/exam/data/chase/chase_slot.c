// chase_slot: which column of which row an expression reads, and how far it is moved.
#include "exam/data/chase/chase.h"
#include "exam/data/literals/literals.h"

static const SqlNode *body_of(const Chase *c, const SqlNode *query)
{
    while (query && (query->kind == NODE_QUERY || query->kind == NODE_SETOP)) {
        bool right = query->kind == NODE_SETOP && c->branch[query->id] == 2;
        query = query->child[query->kind == NODE_QUERY ? (uint32_t)QUERY_BODY
                             : right                   ? (uint32_t)RIGHT_SIDE
                                                       : (uint32_t)LEFT_SIDE];
    }
    return query && query->kind == NODE_SELECT ? query : NULL;
}

static SlotUse slot_at(Chase *c, const SqlNode *source, uint32_t column, int depth);
static SlotUse slot_behind(Chase *c, const SqlNode *select, uint32_t column, int depth);
static const SlotUse nowhere = {.slot = CHASE_NOWHERE};

uint64_t chase_within(uint64_t context, const SqlNode *source)
{
    const uint64_t factor = 1000003;
    return context * factor + source->id + 1;
}

static SlotUse use_of(Chase *c, const SqlNode *n, int depth);

// The place of a column behind SELECT * FROM one source.
static SlotUse slot_behind_star(Chase *c, const SqlNode *select, uint32_t column, int depth)
{
    const SqlNode *from = select->child[SELECT_FROM];
    if (!from || sql_tail_count(from) != 1) return nowhere;
    const SqlNode *only = sql_tail(from, 0);
    bool plain = only->kind == NODE_TABLE || only->kind == NODE_DERIVED;
    return plain ? slot_at(c, only, column, depth + 1) : nowhere;
}

static SlotUse slot_at(Chase *c, const SqlNode *source, uint32_t column, int depth)
{
    if (depth > CHASE_DEPTH) return nowhere;
    for (size_t i = 0; i < c->stands.len; i++) {
        const Stand *s = &c->stands.at[i];
        if (s->source != source || s->context != c->context) continue;
        bool there = column < c->w->tables[s->table].width;
        return there ? (SlotUse){.slot = s->first + column} : nowhere;
    }
    const SqlNode *select = body_of(c, tree_query_of(c->tree, source));
    if (!select) return nowhere;
    uint64_t context = c->context;
    c->context = chase_within(context, source);
    SlotUse u = slot_behind(c, select, column, depth);
    c->context = context;
    return u;
}

// What stands at that place of a query's items.
static SlotUse slot_behind(Chase *c, const SqlNode *select, uint32_t column, int depth)
{
    const SqlNode *items = select->child[SELECT_ITEMS];
    if (!tree_has_star(select)) {
        const SqlNode *item = column < sql_tail_count(items) ? sql_tail(items, column) : NULL;
        return item ? use_of(c, item->child[ITEM_VALUE], depth + 1) : nowhere;
    }
    bool alone = sql_tail_count(items) == 1 || column < 1; // nothing stands before the star
    return alone ? slot_behind_star(c, select, column, depth) : nowhere;
}

static bool part_named(Str name, CalendarUnit *unit)
{
    if (str_eq_nocase(name, S("year")))
        *unit = CALENDAR_YEAR;
    else if (str_eq_nocase(name, S("month")))
        *unit = CALENDAR_MONTH;
    else if (str_eq_nocase(name, S("day")) || str_eq_nocase(name, S("dayofmonth")))
        *unit = CALENDAR_DAY;
    else
        return false;
    return true;
}

// The one slot among several expressions.
static SlotUse use_in_all(Chase *c, const SqlNode *n, int depth)
{
    SlotUse found = {.slot = CHASE_NOWHERE};
    for (uint32_t i = 0; i < n->count; i++) {
        if (!n->child[i] || n->child[i]->kind == NODE_NAME || n->child[i]->kind == NODE_TYPE)
            continue;
        SlotUse one = use_of(c, n->child[i], depth + 1);
        if (one.slot == CHASE_NOWHERE) continue;
        if (found.slot != CHASE_NOWHERE && found.slot != one.slot)
            return (SlotUse){.slot = CHASE_NOWHERE};
        found = one;
    }
    return found;
}

static bool is_named(const SqlNode *n, const Str *names, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (str_eq_nocase(n->text, names[i])) return true;
    }
    return false;
}

static int small_constant(Arena *a, const SqlNode *n)
{
    Value v;
    bool small =
        chase_constant(a, n, &v) && v.kind == VALUE_INTEGER && v.integer > -100 && v.integer < 100;
    return small ? (int)v.integer : 0;
}

// Which part of a text is taken: from which character on, and how many.
static void part_of_text(Arena *a, const SqlNode *n, SlotUse *u)
{
    static const Str parts[] = {STR_LIT("substr"), STR_LIT("substring"), STR_LIT("mid")};
    uint32_t count = sql_tail_count(n);
    int second = count > 1 ? small_constant(a, sql_tail(n, 1)) : 0;
    if (str_eq_nocase(n->text, S("left"))) {
        u->from = 1;
        u->length = second;
    } else if (str_eq_nocase(n->text, S("right"))) {
        u->from = second > 0 ? -second : -1;
        u->length = second;
    } else if (is_named(n, parts, sizeof parts / sizeof *parts) && second) {
        u->from = second;
        u->length = count > 2 ? small_constant(a, sql_tail(n, 2)) : 0;
    }
    if (u->length < 0) u->length = 0;
}

// What a format cuts a moment down to is the head of its text: '%Y-%m'.
static void head_of_format(const SqlNode *n, SlotUse *u)
{
    static const struct {
        Str format;
        int length;
    } rows[] = {{STR_LIT("%Y-%m"), 7},       {STR_LIT("YYYY-MM"), 7},
                {STR_LIT("yyyy-MM"), 7},     {STR_LIT("%Y-%m-%d"), 10},
                {STR_LIT("YYYY-MM-DD"), 10}, {STR_LIT("yyyy-MM-dd"), 10}};
    for (uint32_t i = 0; i < sql_tail_count(n); i++) {
        const SqlNode *arg = sql_tail(n, i);
        for (size_t k = 0; arg->kind == NODE_STRING && k < sizeof rows / sizeof *rows; k++) {
            if (!str_eq(arg->text, rows[k].format)) continue;
            u->from = 1;
            u->length = rows[k].length;
        }
    }
}

// strftime('%Y', d) and its like.
static bool part_of_format(const SqlNode *n, CalendarUnit *unit)
{
    static const struct {
        Str format;
        CalendarUnit unit;
    } rows[] = {{STR_LIT("%Y"), CALENDAR_YEAR},   {STR_LIT("YYYY"), CALENDAR_YEAR},
                {STR_LIT("yyyy"), CALENDAR_YEAR}, {STR_LIT("%m"), CALENDAR_MONTH},
                {STR_LIT("MM"), CALENDAR_MONTH},  {STR_LIT("%d"), CALENDAR_DAY}};
    for (uint32_t i = 0; i < sql_tail_count(n); i++) {
        const SqlNode *arg = sql_tail(n, i);
        for (size_t k = 0; arg->kind == NODE_STRING && k < sizeof rows / sizeof *rows; k++) {
            if (!str_eq(arg->text, rows[k].format)) continue;
            *unit = rows[k].unit;
            return true;
        }
    }
    return false;
}

static void shift_by(Chase *c, SlotUse *u, const SqlNode *by, bool back)
{
    Value v;
    int64_t count;
    double number = 0;
    ChaseShift shift = {0};
    if (by->kind == NODE_INTERVAL) {
        if (!chase_span(c->arena, by, &shift.unit, &count)) return;
        shift.timed = true;
        number = (double)count;
    } else if (!chase_constant(c->arena, by, &v) || v.kind == VALUE_TEXT) {
        return;
    } else {
        number = v.kind == VALUE_REAL ? v.real : (double)v.integer;
    }
    shift.by = back ? -number : number;
    u->shift = shift;
    u->shifted = true;
}

static SlotUse use_of_binary(Chase *c, const SqlNode *n, int depth)
{
    if (n->op == OP_MODULO || n->op == OP_DIV) return nowhere;
    SlotUse u = use_in_all(c, n, depth);
    bool moves = n->op == OP_ADD || n->op == OP_SUBTRACT;
    if (u.slot != CHASE_NOWHERE && moves)
        shift_by(c, &u, n->child[RIGHT_SIDE], n->op == OP_SUBTRACT);
    return u;
}

static SlotUse use_of_call(Chase *c, const SqlNode *n, int depth)
{
    static const Str counts[] = {STR_LIT("count")};
    static const Str lengths[] = {STR_LIT("length"), STR_LIT("char_length"), STR_LIT("len")};
    if (is_named(n, counts, sizeof counts / sizeof *counts))
        return (SlotUse){.slot = CHASE_NOWHERE};
    SlotUse u = use_in_all(c, n, depth);
    u.measured |= is_named(n, lengths, sizeof lengths / sizeof *lengths);
    part_of_text(c->arena, n, &u);
    head_of_format(n, &u);
    bool extract = str_eq_nocase(n->text, S("extract")) || str_eq_nocase(n->text, S("date_part"));
    const SqlNode *first = extract && sql_tail_count(n) ? sql_tail(n, 0) : NULL;
    Str unit = first && first->kind == NODE_COLUMN ? sql_last(first)->text
               : first                             ? first->text
                                                   : n->text;
    u.parted |= part_named(unit, &u.part) || part_of_format(n, &u.part);
    for (uint32_t i = 0; u.slot != CHASE_NOWHERE && i < sql_tail_count(n); i++) {
        bool back = str_ends(str_lower(c->arena, n->text), S("sub"));
        if (sql_tail(n, i)->kind == NODE_INTERVAL) shift_by(c, &u, sql_tail(n, i), back);
    }
    return u;
}

static SlotUse use_of(Chase *c, const SqlNode *n, int depth)
{
    SlotUse none = {.slot = CHASE_NOWHERE};
    KeyColumn at;
    if (!n || depth > CHASE_DEPTH) return none;
    switch (n->kind) {
    case NODE_COLUMN:
        n = tree_meant(c->tree, n);
        if (n->kind != NODE_COLUMN) return use_of(c, n, depth + 1);
        if (!tree_bound(c->tree, n, &at)) return none;
        return slot_at(c, at.source, at.column, depth + 1);
    case NODE_CALL:
        return use_of_call(c, n, depth);
    case NODE_SUBQUERY: {
        const SqlNode *select = body_of(c, n->child[ONLY]);
        const SqlNode *items = select ? select->child[SELECT_ITEMS] : NULL;
        bool one = items && sql_tail_count(items) == 1;
        return one ? use_of(c, sql_tail(items, 0)->child[ITEM_VALUE], depth + 1) : none;
    }
    case NODE_BINARY:
        return use_of_binary(c, n, depth);
    case NODE_CAST:
    case NODE_COLLATE:
    case NODE_AT_ZONE:
        return use_in_all(c, n, depth);
    default:
        return none;
    }
}

SlotUse chase_slot(Chase *c, const SqlNode *n)
{
    return use_of(c, n, 0);
}

bool chase_difference(Chase *c, const SqlNode *n, SlotUse *x, SlotUse *y)
{
    const SqlNode *args[2] = {0};
    bool far_first = true, timed = false;
    CalendarUnit unit = CALENDAR_DAY;
    if (n->kind == NODE_BINARY && n->op == OP_SUBTRACT) {
        args[0] = n->child[LEFT_SIDE];
        args[1] = n->child[RIGHT_SIDE];
    } else if (n->kind == NODE_CALL) {
        static const Str names[] = {STR_LIT("datediff"), STR_LIT("date_diff"),
                                    STR_LIT("timestampdiff")};
        uint32_t count = sql_tail_count(n);
        if (!is_named(n, names, sizeof names / sizeof *names) || count < 2) return false;
        size_t found = 0;
        for (uint32_t i = 0; i < count && found < 2; i++) {
            const SqlNode *arg = sql_tail(n, i);
            bool word = arg->kind == NODE_STRING || (arg->kind == NODE_COLUMN && arg->count == 1);
            Str name = !word                      ? arg->text
                       : arg->kind == NODE_COLUMN ? sql_last(arg)->text
                                                  : arg->text;
            timed |= chase_unit(c->arena, name, &unit);
            if (chase_slot(c, arg).slot != CHASE_NOWHERE) args[found++] = arg;
        }
        far_first = count == 2 || str_eq_nocase(n->text, S("date_diff"));
    }
    if (!args[0] || !args[1]) return false;
    *x = chase_slot(c, args[far_first ? 0 : 1]);
    *y = chase_slot(c, args[far_first ? 1 : 0]);
    if (timed) y->shift = (ChaseShift){.unit = unit, .timed = true};
    return x->slot != CHASE_NOWHERE && y->slot != CHASE_NOWHERE && x->slot != y->slot;
}
