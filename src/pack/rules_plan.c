// rules_plan: what must hold between the fields of loops and plans.
#include "pack/shape.h"

static double number(const YamlNode *n, Str key)
{
    const YamlNode *v = yaml_get(n, key);
    double d = 0;
    return v && v->kind == YAML_SCALAR && str_to_f64(v->text, &d) ? d : 0;
}

// Advice: a round's clock holds what its slots ask for.
void pack_round_done(Reader *r, const YamlNode *n, void *target)
{
    const YamlNode *slots = yaml_get(n, S("slots")), *minutes = yaml_get(n, S("minutes"));
    double sum = 0;
    (void)target;
    if (!r->lint || !minutes || !slots || slots->kind != YAML_LIST) return;
    for (size_t i = 0; i < slots->count; i++) sum += number(slots->items[i], S("minutes"));
    if (sum <= number(n, S("minutes"))) return;
    diag_warn(r->diags, minutes->at, "the slots of this round sum up to %g minutes", sum);
}

void pack_loop_done(Reader *r, const YamlNode *n, void *target)
{
    const YamlNode *rounds = yaml_get(n, S("rounds"));
    (void)target;
    if (rounds && rounds->kind == YAML_LIST && !rounds->count) {
        shape_is_empty(r, rounds);
    }
}

static void check_day(Reader *r, const YamlNode *plan, const YamlNode *day)
{
    const YamlNode *blocks = yaml_get(day, S("do")), *no = yaml_get(day, S("day"));
    double sum = 0;
    if (no && number(day, S("day")) > number(plan, S("days"))) {
        diag_error(r->diags, no->at, "day: the plan ends after day %g", number(plan, S("days")));
    }
    if (!r->lint || !blocks || blocks->kind != YAML_LIST) return;
    for (size_t i = 0; i < blocks->count; i++) sum += number(blocks->items[i], S("minutes"));
    if (sum <= number(plan, S("per_day"))) return;
    diag_warn(r->diags, day->at, "the blocks of this day sum up to %g minutes", sum);
}

void pack_plan_done(Reader *r, const YamlNode *n, void *target)
{
    const YamlNode *days = yaml_get(n, S("blocks"));
    (void)target;
    for (size_t i = 0; days && days->kind == YAML_LIST && i < days->count; i++) {
        check_day(r, n, days->items[i]);
    }
}
