// fn_stream: Flink's windows: TUMBLE, HOP, SESSION and CUMULATE, of a group and as functions in
// FROM.
//
// A window that tumbles is arithmetic: the multiple of its size since 1970 before a time. The
// others make or join rows: lower_flink.c.
#include "sql/neutral_time.h"

static const SqlFn fns[] = {
    {"descriptor", "column...", FN_TABLE, "", NULL, NULL},
    {"processing_time", "", FN_SCALAR, "timestamp!", "CURRENT_TIMESTAMP", NULL},
    {"window_tumble", "data time size offset?", FN_TABLE, "", NULL, NULL},
    {"window_hop", "data time slide size offset?", FN_TABLE, "", NULL, NULL},
    {"window_cumulate", "data time step size offset?", FN_TABLE, "", NULL, NULL},
    {"window_session", "data time gap", FN_TABLE, "", NULL, NULL},
    {"window_struct", "time size slide? offset?", FN_SCALAR, "", NULL, NULL}, // Spark's, of a group
    // of a group: its key, and the bounds of its window, which are aggregates to whoever asks what
    // may stand beside a group
    {"group_tumble", "time size", FN_AGGREGATE, "timestamp", NULL, NULL},
    {"group_hop", "time slide size", FN_SCALAR, "timestamp", "", NULL},
    {"group_hop_start", "time slide size", FN_AGGREGATE, "timestamp", "", NULL},
    {"group_hop_end", "time slide size", FN_AGGREGATE, "timestamp", "", NULL},
    {"group_hop_rowtime", "time slide size", FN_AGGREGATE, "timestamp", "", NULL},
    {"group_session", "time gap", FN_SCALAR, "timestamp", "", NULL},
    {"group_session_start", "time gap", FN_AGGREGATE, "timestamp", "", NULL},
    {"group_session_end", "time gap", FN_AGGREGATE, "timestamp", "", NULL},
    {"group_session_rowtime", "time gap", FN_AGGREGATE, "timestamp", "", NULL},
};

// --- Reading: TUMBLE(ts, size) is a group's, TUMBLE(TABLE t, DESCRIPTOR(ts), size) makes rows ---

static bool makes_rows(const SqlNode *call)
{
    const SqlNode *first = sql_tail_count(call) ? sql_tail(call, 0) : NULL;
    return first && (first->kind == NODE_TABLE_ARG || first->kind == NODE_ARG);
}

static SqlNode *group_call(Translator *t, SqlNode *call, const char *meaning, uint32_t args)
{
    if (sql_tail_count(call) != args) return NULL;
    return make_call(t, call, meaning, call->child + sql_roles(NODE_CALL), args);
}

static SqlNode *read_tumble(Translator *t, SqlNode *call)
{
    if (makes_rows(call)) return fn_by_names(t, call, "window_tumble", "DATA TIMECOL SIZE OFFSET");
    return sql_tail_count(call) == 2 ? window_start(t, call, sql_tail(call, 0), sql_tail(call, 1))
                                     : NULL;
}
static SqlNode *read_tumble_end(Translator *t, SqlNode *call)
{
    SqlNode *start = read_tumble(t, call);
    return start ? window_end(t, start, sql_tail(call, 1)) : NULL;
}
static SqlNode *read_tumble_rowtime(Translator *t, SqlNode *call)
{
    SqlNode *end = read_tumble_end(t, call);
    return end ? window_last(t, end) : NULL;
}

static SqlNode *read_hop(Translator *t, SqlNode *call)
{
    if (makes_rows(call))
        return fn_by_names(t, call, "window_hop", "DATA TIMECOL SLIDE SIZE OFFSET");
    return group_call(t, call, "group_hop", 3);
}
static SqlNode *read_cumulate(Translator *t, SqlNode *call)
{
    return fn_by_names(t, call, "window_cumulate", "DATA TIMECOL STEP SIZE OFFSET");
}
static SqlNode *read_session(Translator *t, SqlNode *call)
{
    if (makes_rows(call)) return fn_by_names(t, call, "window_session", "DATA TIMECOL GAP");
    return group_call(t, call, "group_session", 2);
}

// Spark's WINDOW(ts, '1 hour') is a struct of its start and end.
static SqlNode *read_window(Translator *t, SqlNode *call)
{
    uint32_t count = sql_tail_count(call);
    const SqlNode *text = count > 1 ? sql_tail(call, 1) : NULL;
    if (!text || text->kind != NODE_STRING) return NULL;
    bool tumbles = count == 2 || (count == 3 && sql_tail(call, 2)->kind == NODE_STRING &&
                                  str_eq(sql_tail(call, 2)->text, text->text));
    if (!tumbles)
        return translate_unsupported(t, call,
                                     "Windows that slide are not supported here: join the rows "
                                     "with EXPLODE(SEQUENCE(…)) of their starts.");
    SqlNode *size = time_interval_text(t, text, text->text);
    SqlNode *time = time_as(t, sql_tail(call, 0), TYPE_TIMESTAMP);
    SqlNode *start = window_start(t, call, time, size);
    SqlNode *pairs[] = {make_string(t, call, S("start")), start, make_string(t, call, S("end")),
                        window_end(t, start, size)};
    SqlNode *made = make_call(t, call, "object", pairs, 4);
    made->type = TYPE_STRUCT;
    return made;
}

// The time at which a row is processed: in a query that ends, now.
static SqlNode *read_proctime(Translator *t, SqlNode *call)
{
    if (sql_tail_count(call)) return NULL;
    const char *meaning = t->to == DIALECT_FLINK ? "processing_time" : "current_timestamp";
    SqlNode *n = make_call(t, call, meaning, NULL, 0);
    n->type = TYPE_TIMESTAMP;
    return n;
}

static const SqlSpelling spellings[] = {
    {"window_struct", SPARK, "WINDOW", NULL, NULL, read_window},
    {"descriptor", FLINK, "DESCRIPTOR", NULL, NULL, NULL},
    {"processing_time", FLINK, "PROCTIME", NULL, NULL, read_proctime},
    {"processing_time", FLINK, "", NULL, "PROCTIME()", NULL},
    {"window_tumble", FLINK, "TUMBLE", NULL, NULL, read_tumble},
    {"group_tumble", FLINK, "TUMBLE_START", NULL, NULL, read_tumble},
    {"group_tumble", FLINK, "TUMBLE_END", NULL, NULL, read_tumble_end},
    {"group_tumble", FLINK, "TUMBLE_ROWTIME", NULL, NULL, read_tumble_rowtime},
    {"window_hop", FLINK, "HOP", NULL, NULL, read_hop},
    {"group_hop_start", FLINK, "HOP_START", NULL, NULL, NULL},
    {"group_hop_end", FLINK, "HOP_END", NULL, NULL, NULL},
    {"group_hop_rowtime", FLINK, "HOP_ROWTIME", NULL, NULL, NULL},
    {"window_cumulate", FLINK, "CUMULATE", NULL, NULL, read_cumulate},
    {"window_session", FLINK, "SESSION", NULL, NULL, read_session},
    {"group_session_start", FLINK, "SESSION_START", NULL, NULL, NULL},
    {"group_session_end", FLINK, "SESSION_END", NULL, NULL, NULL},
    {"group_session_rowtime", FLINK, "SESSION_ROWTIME", NULL, NULL, NULL},
};

const FnFamily fn_stream = {fns, sizeof fns / sizeof *fns, spellings,
                            sizeof spellings / sizeof *spellings};
