// shape_value: values that are numbers, dates, choices and spans of them.
#include "base/check.h"
#include "base/world.h"
#include "pack/shape.h"
#include <string.h>

static bool in_range(Reader *r, const Field *f, const YamlNode *n, double v)
{
    if (f->least == 0 && f->most == 0) return true;
    if (v >= f->least && v <= f->most) return true;
    Str wanted = str_fmt(r->arena, "a number from %g to %g", f->least, f->most);
    return yaml_expected(n, wanted.ptr, r->diags);
}

bool shape_count(Reader *r, const Field *f, const YamlNode *n, void *slot)
{
    int64_t v;
    if (!yaml_integer(n, r->diags, &v) || !in_range(r, f, n, (double)v)) return false;
    shape_put(slot, &v, sizeof v);
    return true;
}

bool shape_int(Reader *r, const Field *f, const YamlNode *n, void *slot)
{
    int64_t v;
    if (!yaml_integer(n, r->diags, &v) || !in_range(r, f, n, (double)v)) return false;
    int small = (int)v;
    CHECK(f->most <= 1e9 && small == v);
    shape_put(slot, &small, sizeof small);
    return true;
}

bool shape_real(Reader *r, const Field *f, const YamlNode *n, void *slot)
{
    double v;
    if (!yaml_real(n, r->diags, &v) || !in_range(r, f, n, v)) return false;
    shape_put(slot, &v, sizeof v);
    return true;
}

bool shape_bool(Reader *r, const Field *f, const YamlNode *n, void *slot)
{
    bool v;
    (void)f;
    if (!yaml_boolean(n, r->diags, &v)) return false;
    shape_put(slot, &v, sizeof v);
    return true;
}

bool shape_date(Reader *r, const Field *f, const YamlNode *n, void *slot)
{
    int64_t v;
    (void)f;
    if (!yaml_date(n, r->diags, &v)) return false;
    shape_put(slot, &v, sizeof v);
    return true;
}

bool shape_time(Reader *r, const Field *f, const YamlNode *n, void *slot)
{
    Str text;
    int64_t v;
    (void)f;
    if (!shape_string(r, n, YAML_WORD, &text)) return false;
    if (!time_parse(text, &v)) return yaml_expected(n, "a time like 2025-06-30 09:00:00", r->diags);
    shape_put(slot, &v, sizeof v);
    return true;
}

static bool no_choice(Reader *r, const Field *f, const YamlNode *n)
{
    StrList names = pack_choice_names(r->arena, f->choices);
    Str near = str_nearest(n->text, names);
    Str all = str_join(r->arena, names, S(", "));
    if (near.len) {
        diag_error(r->diags, n->at,
                   "there is no %s `" STR_FMT "`; did you mean `" STR_FMT
                   "`? It is one of " STR_FMT,
                   f->choices->what, STR_ARG(n->text), STR_ARG(near), STR_ARG(all));
    } else {
        diag_error(r->diags, n->at, "there is no %s `" STR_FMT "`; it is one of " STR_FMT,
                   f->choices->what, STR_ARG(n->text), STR_ARG(all));
    }
    return false;
}

bool shape_choice(Reader *r, const Field *f, const YamlNode *n, void *slot)
{
    Str text;
    int v;
    if (!shape_string(r, n, YAML_WORD, &text)) return false;
    if (!pack_choice(f->choices, text, &v)) return no_choice(r, f, n);
    shape_put(slot, &v, sizeof v);
    return true;
}

bool shape_choices(Reader *r, const Field *f, const YamlNode *n, void *slot)
{
    (void)slot;
    if (n->kind == YAML_SCALAR) return shape_choice(r, f, n, NULL);
    if (!yaml_list(n, f->name, r->diags)) return false;
    bool ok = true;
    for (size_t i = 0; i < n->count; i++) ok &= shape_choice(r, f, n->items[i], NULL);
    return ok;
}

bool shape_numbers(Reader *r, const Field *f, const YamlNode *n, void *slot)
{
    (void)slot;
    if (!yaml_map(n, f->name, r->diags)) return false;
    bool ok = true;
    double v;
    for (size_t i = 0; i < n->count; i++) ok &= yaml_real(n->entries[i].value, r->diags, &v);
    return ok;
}

// Two scalars in a list: [low, high].
bool shape_span(Reader *r, const Field *f, const YamlNode *n, void *slot)
{
    StrList both = {0};
    if (!shape_strings(r, f, n, YAML_WORD, &both)) return false;
    if (both.len != 2) return yaml_expected(n, "two values: [low, high]", r->diags);
    shape_put(slot, both.at, 2 * sizeof *both.at);
    return true;
}

bool shape_number_span(Reader *r, const Field *f, const YamlNode *n, void *slot)
{
    double *v;
    size_t len;
    (void)f;
    (void)slot;
    if (!yaml_reals(r->arena, n, r->diags, &v, &len)) return false;
    if (len == 2 && v[0] <= v[1]) return true;
    return yaml_expected(n, "two numbers, the smaller first: [least, most]", r->diags);
}
