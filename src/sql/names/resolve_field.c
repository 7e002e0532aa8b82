// resolve_field: base.name where base is a value: a field of a struct, or nothing that it can have.
#include "sql/rule.h"
#include "sql/scope.h"

// Values without parts. A text that a query made may be JSON, which has fields in some dialects.
static bool has_no_fields(const Resolver *r, SqlType base, bool stored)
{
    switch (base.type) {
    case TYPE_INTEGER:
    case TYPE_REAL:
    case TYPE_DATE:
    case TYPE_TIMESTAMP:
    case TYPE_BOOLEAN:
    case TYPE_TIME:
    case TYPE_INTERVAL:
        return true;
    case TYPE_TEXT:
        return stored || (r->dialect != DIALECT_BIGQUERY && r->dialect != DIALECT_DUCKDB);
    case TYPE_UNKNOWN:
    case TYPE_ARRAY:
    case TYPE_STRUCT:
        break;
    }
    return false;
}

// The alias of a table that has the column, for who wrote another's.
static Str owner_of(const Resolver *r, const Scope *s, const SqlNode *name)
{
    for (; s; s = s->parent) {
        for (size_t i = 0; i < s->relations.len; i++) {
            const Relation *rel = &s->relations.at[i];
            if (rel->name.len && name_column(r->dialect, &rel->columns, name, NULL))
                return rel->name;
        }
    }
    return (Str){0};
}

static void fail_field(Resolver *r, const Scope *s, const SqlNode *n, Str base, SqlType t,
                       const SqlNode *name)
{
    Str owner = owner_of(r, s, name);
    Str near = owner.len ? str_fmt(r->arena, ": did you mean " STR_FMT "." STR_FMT "?",
                                   STR_ARG(owner), STR_ARG(name->text))
                         : S(".");
    resolve_fail(r, n, STR_FMT " is %s %s and has no field " STR_FMT STR_FMT, STR_ARG(base),
                 t.type == TYPE_INTEGER || t.type == TYPE_INTERVAL ? "an" : "a",
                 rule_type_word(r->dialect, t.type), STR_ARG(name->text), STR_ARG(near));
}

static bool is_stored(const Resolver *r, const SqlNode *n)
{
    const SqlNode *source = r->meaning->bindings[n->id].source;
    return source && source->kind == NODE_TABLE;
}

SqlType type_of_fields(Resolver *r, const Scope *s, const SqlNode *n, uint32_t from)
{
    SqlType base = r->meaning->types[n->id];
    bool stored = is_stored(r, n);
    for (uint32_t i = from; i < sql_tail_count(n) && !r->failed; i++) {
        const SqlNode *name = sql_tail(n, i);
        bool known = base.type == TYPE_STRUCT && base.fields;
        const SqlColumn *c = known ? name_column(r->dialect, base.fields, name, NULL) : NULL;
        bool lacks = known && !c && !base.fields->open;
        if (lacks || has_no_fields(r, base, stored))
            fail_field(r, s, n, sql_tail(n, i - 1)->text, base, name);
        base = c ? type_of_column(c, !base.not_null) : (SqlType){0};
    }
    return base;
}

void check_member(Resolver *r, const Scope *s, const SqlNode *n)
{
    const SqlNode *of = n->child[ONLY];
    SqlNode name = *n; // its text is a name
    name.flags = 0;
    SqlType base = r->meaning->types[of->id];
    bool json = n->flags & FLAG_WORDS; // text:field, of Snowflake
    bool lacks = !json && base.type == TYPE_STRUCT && base.fields && !base.fields->open &&
                 !name_column(r->dialect, base.fields, &name, NULL);
    bool none = has_no_fields(r, base, is_stored(r, of)) && !(json && base.type == TYPE_TEXT);
    if (!lacks && !none) return;
    fail_field(r, s, n, sql_source(r->script->sql, of), base, &name);
}
