// rule_cast: a cast to a type that no engine has, or that home makes of no such value.
//
// A foreign name is read: spelling is forgiven. What is not known as a type at all is the cast's
// own to name (neutral_cast.c); here is what only begins like one, INTEEGER, and would pass for it.
#include "sql/create.h"
#include "sql/rule.h"
#include "sql/scope.h"

// Names that no column has, or that an engine has beside those of its columns.
static bool is_of_casts(Str name)
{
    static const char *const names[] = {
        "SIGNED",       "SIGNED INTEGER", "SIGNED INT",     "UNSIGNED",     "UNSIGNED INTEGER",
        "UNSIGNED INT", "INT1",           "INT128",         "UHUGEINT",     "UINT8",
        "UINT16",       "UINT32",         "UINT64",         "TIMESTAMP_S",  "TIMESTAMP_MS",
        "TIMESTAMP_NS", "TIMESTAMP_US",   "TIMESTAMPNTZ",   "TIMESTAMPLTZ", "TIME WITH TIME ZONE",
        "TIMETZ",       "NATIONAL CHAR",  "TIMESTAMPTZ_NS", "TIMESTAMP_TZ", "DATETIME64",
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (str_eq(name, str_from(names[i]))) return true;
    }
    return false;
}

static void check(RuleRun *r, const SqlNode *n, const SqlNode *parent)
{
    (void)parent;
    const SqlNode *type = n->child[CAST_TYPE];
    while (type && str_eq(type->text, S("ARRAY")) && sql_tail_count(type)) type = sql_tail(type, 0);
    if (!type || type->kind != NODE_TYPE) return;
    SqlNode element = *type;
    while (str_ends(element.text, S("[]")))
        element.text = str_slice(element.text, 0, element.text.len - 2);
    bool like_one = type_of_name(element.text) != TYPE_UNKNOWN;
    if (!like_one || type_kind(r->dialect, &element) != KIND_OTHER || is_of_casts(element.text))
        return;
    Str near = type_nearest(r->arena, element.text);
    rule_refuse(r, type, HOME_NONE, element.text, "There is no type " STR_FMT "%s" STR_FMT "%s",
                STR_ARG(element.text), near.len ? ": did you mean " : "", STR_ARG(near),
                near.len ? "?" : ".");
}

const SqlRule rule_cast = {
    "a cast to a type that does not exist", EVERY & ~LITE, {NODE_CAST}, check};

// ---- CAST(TRUE AS DATE)

static void check_between(RuleRun *r, const SqlNode *n, const SqlNode *parent)
{
    (void)parent;
    const SqlNode *of = n->child[CAST_VALUE];
    LogicalType into = rule_type(r, n), from = rule_type(r, of);
    const char *type = rule_type_word(DIALECT_TRINO, into);
    Str word = str_fmt(r->arena, "::%s", type);
    bool tries = n->op == OP_TRY_CAST || n->op == OP_SAFE_CAST;
    if (tries || rule_operator_takes(r, word, &of, 1)) return;
    Str own = str_lower(r->arena, n->child[CAST_TYPE]->text);
    bool digits = from == TYPE_INTEGER && rule_class_of(into) == IS_MOMENT;
    const char *advice = into == TYPE_BOOLEAN                     ? "compare it with something"
                         : digits && r->dialect == DIALECT_DUCKDB ? "MAKE_DATE and TO_TIMESTAMP do"
                         : digits ? "TO_DATE(CAST(… AS TEXT), 'YYYYMMDD') reads digits"
                                  : "take the part that is meant";
    const char *value = rule_type_word(r->dialect, from);
    rule_refuse(r, n, HOME_CAST, str_fmt(r->arena, "%s to " STR_FMT, value, STR_ARG(own)),
                "%s casts no %s to " STR_FMT ": %s.", home_title(r->dialect), value, STR_ARG(own),
                advice);
}

const SqlRule rule_cast_between = {
    "a cast between types that have none", PG | DUCK, {NODE_CAST}, check_between};
