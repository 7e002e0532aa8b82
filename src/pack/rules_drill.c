// rules_drill: what must hold between the fields of items, wrong answers and drills.
#include "base/check.h"
#include "pack/shape.h"

// ---- items

static Axis axis_of_beat(Str beat)
{
    if (str_eq(beat, S("clarify"))) return AXIS_CLARIFICATION;
    if (str_eq(beat, S("stress"))) return AXIS_FAILURE;
    return AXIS_CORRECTNESS;
}

void pack_item_done(Reader *r, const YamlNode *n, void *target)
{
    RubricItem *item = target;
    const YamlEntry *points = yaml_entry(n, S("points"));
    CHECK(item);
    if (!yaml_get(n, S("axis"))) item->axis = axis_of_beat(item->beat);
    if (points && yaml_get(n, S("worth"))) {
        diag_error(r->diags, points->at, "points and worth are one thing: say it once");
    }
    if (yaml_get(n, S("unless")) && !item->match.present) {
        diag_error(r->diags, n->at, "unless: it needs a `match` that it can take back");
    }
}

// ---- wrong answers

static bool read_witness_columns(Reader *r, const TableSpec *t, const YamlNode *n,
                                 const ColumnSpec **out, StrList *names)
{
    bool ok = true;
    names->at = arena_array(r->arena, Str, n->count);
    names->len = n->count;
    for (size_t i = 0; i < n->count; i++) {
        out[i] = pack_find_column(r, t, n->items[i]->at, n->items[i]->text);
        if (!out[i])
            ok = false;
        else
            names->at[i] = out[i]->name;
    }
    return ok;
}

static bool read_witness(Reader *r, const WarehouseSpec *w, const YamlEntry *e, WitnessTable *out)
{
    const YamlNode *columns = yaml_get(e->value, S("columns"));
    const YamlNode *rows = yaml_get(e->value, S("rows"));
    const TableSpec *t = pack_find_table(r, w, e->at, e->key);
    if (!t || !columns || !rows || columns->kind != YAML_LIST) return false;
    const ColumnSpec **list = arena_array(r->arena, const ColumnSpec *, columns->count);
    out->table = t->name;
    if (!read_witness_columns(r, t, columns, list, &out->columns)) return false;
    return pack_read_rows(r, list, columns->count, rows, &out->cells, &out->rows);
}

// The drill's warehouse is known before its wrong answers are read.
void pack_wrong_done(Reader *r, const YamlNode *n, void *target)
{
    ExamWrong *wrong = target;
    const YamlNode *witness = yaml_get(n, S("witness"));
    CHECK(wrong);
    const WarehouseSpec *w = r->drill ? r->drill->exam.warehouse : NULL;
    if (!witness || witness->kind != YAML_MAP || !w) return;
    wrong->witness = arena_array(r->arena, WitnessTable, witness->count);
    wrong->witness_count = witness->count;
    for (size_t i = 0; i < witness->count; i++) {
        (void)read_witness(r, w, &witness->entries[i], &wrong->witness[i]);
    }
}

static size_t count_text(Str text, Str part)
{
    size_t n = 0, at;
    while (part.len && str_find(text, part, &at)) {
        n++;
        text = str_slice(text, at + 1, text.len);
    }
    return n;
}

// Each edit's text stands in the answer exactly once.
static void check_edits(Reader *r, const YamlNode *wrong, Str answer)
{
    const YamlNode *edits = yaml_get(wrong, S("edit"));
    for (size_t i = 0; edits && edits->kind == YAML_LIST && i < edits->count; i++) {
        const YamlNode *pair = edits->items[i];
        if (pair->kind != YAML_LIST || pair->count != 2 || !pair->items[0]->text.len) continue;
        size_t n = count_text(answer, pair->items[0]->text);
        if (n == 1) continue;
        Str times = n ? str_fmt(r->arena, "%zu times", n) : S("nowhere");
        diag_error(r->diags, pair->items[0]->at,
                   "edit: `" STR_FMT
                   "` must stand in the answer exactly once, but it stands there " STR_FMT,
                   STR_ARG(pair->items[0]->text), STR_ARG(times));
    }
}

static void check_all_edits(Reader *r, const YamlNode *drill, Str answer)
{
    const YamlNode *wrong = yaml_get(drill, S("wrong"));
    for (size_t i = 0; wrong && wrong->kind == YAML_LIST && i < wrong->count; i++) {
        if (pack_is_hopeless(r)) return;
        check_edits(r, wrong->items[i], answer);
    }
}

// Edits of a world's wrong answers are edits of that world's answer.
static void check_world_edits(Reader *r, const YamlNode *drill)
{
    const YamlNode *worlds = yaml_get(drill, S("worlds"));
    for (size_t i = 0; worlds && worlds->kind == YAML_LIST && i < worlds->count; i++) {
        const YamlNode *answer = yaml_get(worlds->items[i], S("answer"));
        if (!answer) answer = yaml_get(drill, S("answer"));
        if (answer) check_all_edits(r, worlds->items[i], answer->text);
    }
}

static void need_answer(Reader *r, const YamlNode *n, const char *what)
{
    if (yaml_get(n, S("answer")) || yaml_get(n, S("worlds"))) return;
    diag_error(r->diags, n->at,
               "%s: `answer` is missing: the reference that others are held against", what);
}

void pack_sql_done(Reader *r, const YamlNode *n, void *target)
{
    Drill *d = target;
    CHECK(d);
    const YamlNode *answer = yaml_get(n, S("answer"));
    const WarehouseSpec *w = d->exam.warehouse;
    const YamlNode *tables = yaml_get(n, S("tables"));
    need_answer(r, n, "a sql drill");
    if (answer) check_all_edits(r, n, d->exam.answer);
    if (answer) d->exam.answer_at = answer->at;
    check_world_edits(r, n);
    pack_settle_worlds(r, n, d);
    for (size_t i = 0; w && i < d->exam.tables.len && i < tables->count; i++) {
        (void)pack_find_table(r, w, tables->items[i]->at, d->exam.tables.at[i]);
    }
}

void pack_kernel_done(Reader *r, const YamlNode *n, void *target)
{
    const YamlNode *kernel = yaml_get(n, S("kernel")), *answer = yaml_get(n, S("answer"));
    (void)target;
    if (!kernel || str_eq(kernel->text, S("python"))) need_answer(r, n, "a kernel drill");
    if (answer) check_all_edits(r, n, answer->text);
}

// ---- a drill

static bool read_kind(Reader *r, const YamlNode *n, DrillKind *out)
{
    const Field *f = pack_field(PACK_DRILL_OBJECTS[KIND_EXPLAIN], S("kind"));
    const YamlNode *kind = yaml_get(n, S("kind"));
    if (kind) return pack_read_field(r, f, kind, out);
    StrList names = pack_choice_names(r->arena, &PACK_KINDS);
    diag_error(r->diags, n->at, "a drill: `kind` is missing: one of " STR_FMT,
               STR_ARG(str_join(r->arena, names, S(", "))));
    return false;
}

static bool read_own_sets(Reader *r, const YamlNode *n, Drill *out)
{
    const YamlNode *sets = yaml_get(n, S("sets"));
    WordSets own = {0};
    bool ok = true;
    if (sets) ok = pack_read_sets(r, sets, &own);
    out->sets = pack_join_sets(r->arena, r->pack->sets, own);
    if (sets && ok) ok = pack_check_sets(r, sets, &out->sets);
    return ok;
}

static StrList warehouse_names(Reader *r)
{
    size_t n = r->pack->warehouse_count + r->library->warehouse_count;
    StrList names = {arena_array(r->arena, Str, n), 0};
    for (size_t i = 0; i < r->pack->warehouse_count; i++) {
        names.at[names.len++] = r->pack->warehouses[i]->name;
    }
    for (size_t i = 0; i < r->library->warehouse_count; i++) {
        names.at[names.len++] = r->library->warehouses[i]->name;
    }
    return names;
}

static bool read_warehouse_name(Reader *r, const YamlNode *n, Drill *out)
{
    Str name;
    if (!shape_string(r, n, YAML_WORD, &name)) return false;
    out->exam.warehouse = library_warehouse_of(r->library, r->pack, name);
    if (out->exam.warehouse) return true;
    if (shape_is_in(*r->broken, name)) {
        diag_error(r->diags, n->at, "the warehouse `" STR_FMT "` has faults of its own",
                   STR_ARG(name));
        return false;
    }
    Str near = str_nearest(name, warehouse_names(r));
    diag_error(
        r->diags, n->at,
        "there is no warehouse `" STR_FMT "` in this pack or among the shipped ones%s" STR_FMT "%s",
        STR_ARG(name), near.len ? "; did you mean `" : "", STR_ARG(near), near.len ? "`?" : "");
    return false;
}

bool pack_read_drill(Reader *r, const YamlDoc *doc, const YamlNode *n, Drill *out)
{
    if (n->bad || !yaml_map(n, "a drill", r->diags)) return false;
    if (!read_kind(r, n, &out->kind)) return false;
    const YamlNode *warehouse = yaml_get(n, S("warehouse"));
    out->pack = r->pack;
    out->source = yaml_source(doc, n);
    out->hash = str_hash(out->source);
    r->drill_node = n;
    r->drill = out;
    bool ok = pack_read_beats(r, n, out);
    ok &= read_own_sets(r, n, out);
    if (warehouse && out->kind == KIND_SQL) ok &= read_warehouse_name(r, warehouse, out);
    ok &= pack_read_object(r, PACK_DRILL_OBJECTS[out->kind], n, out);
    out->id = str_fmt(r->arena, STR_FMT "/" STR_FMT, STR_ARG(r->pack->name), STR_ARG(out->slug));
    if (out->fact_count > DIALOG_FACTS_MAX) {
        diag_error(r->diags, out->facts[DIALOG_FACTS_MAX].at, "more than %d facts are too many",
                   DIALOG_FACTS_MAX);
        ok = false;
    }
    r->drill_node = NULL;
    r->drill = NULL;
    return ok;
}
