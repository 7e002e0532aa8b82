// fn_sketch: HyperLogLog sketches: one kind of them, whoever's functions make it (query/sketch.h).
#include "sql/fn_group.h"

static const SqlFn fns[] = {
    {"hll_empty", "", FN_SCALAR, "text!", "gr_hll_empty()", NULL},
    {"hll_estimate", "sketch", FN_SCALAR, "integer", "gr_hll_estimate({sketch}, {at})", NULL},
    {"hll_init", "x", FN_AGGREGATE, "text", "gr_hll({x})", NULL},
    {"hll_join", "a b", FN_SCALAR, "text", "gr_hll_join({a}, {b}, {at})", NULL},
    {"hll_merge", "sketch", FN_AGGREGATE, "text", "gr_hll_merge({sketch}, {at})", NULL},
    {"hll_merge_count", "sketch", FN_AGGREGATE, "integer!", "gr_hll_merge_count({sketch}, {at})",
     NULL},
};

// How fine a sketch is to be is heard and not needed: all have 4096 registers.
static SqlNode *read_first_only(Translator *t, SqlNode *n, const char *meaning)
{
    if (!sql_tail_count(n)) return NULL;
    SqlNode *x = sql_tail(n, 0);
    node_set_tail(t, n, &x, 1);
    return read_as(t, n, meaning);
}
static SqlNode *read_init(Translator *t, SqlNode *n)
{
    return read_first_only(t, n, "hll_init");
}
static SqlNode *read_merge(Translator *t, SqlNode *n)
{
    return read_first_only(t, n, "hll_merge");
}
static SqlNode *read_join(Translator *t, SqlNode *n)
{
    uint32_t count = sql_tail_count(n);
    if (count < 2 || count > 3) return NULL;
    return make_call2(t, n, "hll_join", sql_tail(n, 0), sql_tail(n, 1));
}

static const SqlSpelling spellings[] = {
    {"hll_empty", TRINO, "EMPTY_APPROX_SET", NULL, NULL, NULL},
    {"hll_estimate", SNOW, "HLL_ESTIMATE", NULL, NULL, NULL},
    {"hll_estimate", SPARK, "HLL_SKETCH_ESTIMATE", NULL, NULL, NULL},
    {"hll_estimate", TRINO, "", NULL, "CARDINALITY({sketch})", NULL},
    {"hll_estimate", BIG, "HLL_COUNT.EXTRACT", NULL, NULL, NULL},
    {"hll_estimate", PG, "HLL_CARDINALITY", NULL, NULL, NULL},
    {"hll_init", SNOW, "HLL_ACCUMULATE", NULL, NULL, NULL},
    {"hll_init", SPARK, "HLL_SKETCH_AGG", NULL, NULL, read_init},
    {"hll_init", SPARK, "", NULL, "HLL_SKETCH_AGG({x})", NULL},
    {"hll_init", TRINO, "APPROX_SET", NULL, NULL, NULL},
    {"hll_init", BIG, "HLL_COUNT.INIT", NULL, NULL, read_init},
    {"hll_init", BIG, "", NULL, "HLL_COUNT.INIT({x})", NULL},
    {"hll_init", PG, "HLL_ADD_AGG", NULL, NULL, NULL},
    {"hll_join", SPARK, "HLL_UNION", NULL, NULL, read_join},
    {"hll_join", SPARK, "", NULL, "HLL_UNION({a}, {b})", NULL},
    {"hll_join", PG, "HLL_UNION", NULL, NULL, NULL},
    {"hll_merge", SNOW, "HLL_COMBINE", NULL, NULL, NULL},
    {"hll_merge", SPARK, "HLL_UNION_AGG", NULL, NULL, read_merge},
    {"hll_merge", SPARK, "", NULL, "HLL_UNION_AGG({sketch})", NULL},
    {"hll_merge", TRINO, "MERGE", NULL, NULL, NULL},
    {"hll_merge", BIG, "HLL_COUNT.MERGE_PARTIAL", NULL, NULL, NULL},
    {"hll_merge", PG, "HLL_UNION_AGG", NULL, NULL, NULL},
    {"hll_merge_count", BIG, "HLL_COUNT.MERGE", NULL, NULL, NULL},
    {"hll_merge_count", SNOW, "", NULL, "HLL_ESTIMATE(HLL_COMBINE({sketch}))", NULL},
    {"hll_merge_count", TRINO, "", NULL, "CARDINALITY(MERGE({sketch}))", NULL},
};

const FnFamily fn_sketch = {fns, sizeof fns / sizeof *fns, spellings,
                            sizeof spellings / sizeof *spellings};
