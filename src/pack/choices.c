// choices: the names that fields choose from, as the modules that own them spell them.
#include "base/table.h"
#include "pack/field.h"

static const char *kind_at(int i)
{
    return kind_name((DrillKind)i);
}
static const char *level_at(int i)
{
    return level_name((Level)i);
}
static const char *axis_at(int i)
{
    return axis_name((Axis)i);
}
static const char *dialect_at(int i)
{
    return dialect_name((Dialect)i);
}
static const char *type_at(int i)
{
    return type_name((LogicalType)i);
}
static const char *column_rule_at(int i)
{
    static const char *const names[] = {
        [COLUMNS_BY_NAME_OR_POSITION] = "by_name_or_position",
        [COLUMNS_BY_NAME] = "by_name",
        [COLUMNS_BY_POSITION] = "by_position",
    };
    return names[i];
}

const Choices PACK_KINDS = {"kind", kind_at, KIND_COUNT_, 0};
const Choices PACK_LEVELS = {"level", level_at, LEVEL_COUNT_, 0};
const Choices PACK_AXES = {"axis", axis_at, AXIS_COUNT_, 0};
const Choices PACK_DIALECTS = {"dialect", dialect_at, DIALECT_COUNT_, 0};
const Choices PACK_TYPES = {"type", type_at, TYPE_COLUMN_COUNT_, TYPE_INTEGER};
const Choices PACK_COLUMN_RULES = {"rule for columns", column_rule_at, COLUMNS_COUNT_, 0};

bool pack_choice(const Choices *c, Str name, int *out)
{
    for (int i = c->first; i < c->count; i++) {
        if (!str_eq(str_from(c->name(i)), name)) continue;
        *out = i;
        return true;
    }
    return false;
}

StrList pack_choice_names(Arena *a, const Choices *c)
{
    StrList names = {arena_array(a, Str, (size_t)c->count), (size_t)(c->count - c->first)};
    for (size_t i = 0; i < names.len; i++) names.at[i] = str_from(c->name(c->first + (int)i));
    return names;
}
