// fn_window: functions that look at other rows of their window.
#include "sql/fn_group.h"

static const SqlFn fns[] = {
    {"conditional_change_event", "x", FN_WINDOW, "integer!", NULL, NULL},
    {"conditional_true_event", "condition", FN_WINDOW, "integer!", NULL, NULL},
    {"cume_dist", "", FN_WINDOW, "real!", NULL, NULL},
    {"dense_rank", "", FN_WINDOW, "integer!", NULL, NULL},
    {"first_value", "x", FN_WINDOW, "=x", NULL, NULL},
    {"lag", "x offset? default?", FN_WINDOW, "=x", NULL, NULL},
    {"last_value", "x", FN_WINDOW, "=x", NULL, NULL},
    {"lead", "x offset? default?", FN_WINDOW, "=x", NULL, NULL},
    {"nth_value", "x n", FN_WINDOW, "=x", NULL, NULL},
    {"ntile", "n", FN_WINDOW, "integer", NULL, NULL},
    {"percent_rank", "", FN_WINDOW, "real!", NULL, NULL},
    {"rank", "", FN_WINDOW, "integer!", NULL, NULL},
    {"ratio_to_report", "x", FN_WINDOW, "real", NULL, NULL},
    {"row_number", "", FN_WINDOW, "integer!", NULL, NULL},
    // What the runtime calls (lower_window.c).
    {"gr_changes", "x", FN_WINDOW, "integer!", NULL, NULL},
    {"gr_micros", "time", FN_SCALAR, "integer", "gr_micros({time})", NULL},
    {"gr_since", "op x time months", FN_WINDOW, "=x", NULL, NULL},
};

static const SqlSpelling spellings[] = {
    {"conditional_change_event", SNOW, "CONDITIONAL_CHANGE_EVENT", NULL, NULL, NULL},
    {"conditional_true_event", SNOW, "CONDITIONAL_TRUE_EVENT", NULL, NULL, NULL},
    {"cume_dist", EVERY, "CUME_DIST", NULL, NULL, NULL},
    {"dense_rank", EVERY, "DENSE_RANK", NULL, NULL, NULL},
    {"first_value", EVERY & ~SPARK, "FIRST_VALUE", NULL, NULL, NULL},
    {"first_value", SPARK, "", NULL, "FIRST_VALUE({x})", NULL}, // read: it groups as well
    {"lag", EVERY, "LAG", NULL, NULL, NULL},
    {"last_value", EVERY & ~SPARK, "LAST_VALUE", NULL, NULL, NULL},
    {"last_value", SPARK, "", NULL, "LAST_VALUE({x})", NULL},
    {"lead", EVERY, "LEAD", NULL, NULL, NULL},
    {"nth_value", EVERY, "NTH_VALUE", NULL, NULL, NULL},
    {"ntile", EVERY, "NTILE", NULL, NULL, NULL},
    {"percent_rank", EVERY, "PERCENT_RANK", NULL, NULL, NULL},
    {"rank", EVERY, "RANK", NULL, NULL, NULL},
    {"ratio_to_report", SNOW, "RATIO_TO_REPORT", NULL, NULL, NULL},
    {"row_number", EVERY, "ROW_NUMBER", NULL, NULL, NULL},
};

const FnFamily fn_window = {fns, sizeof fns / sizeof *fns, spellings,
                            sizeof spellings / sizeof *spellings};
