// tiffin: a small warehouse in C literals: cities, restaurants, deliveries, with every kind of
// rule.
#ifndef SUPPORT_TIFFIN_H
#define SUPPORT_TIFFIN_H
#include "warehouse/warehouse.h"

#define T(lit) STR_LIT(lit)
#define LEN(a) (sizeof(a) / sizeof *(a))
enum { TODAY = 20269 };                                  // 2025-06-30
#define NOW_MS ((int64_t)TODAY * 86400000 + 9 * 3600000) // 09:00 on it

static const ValueChoice country_values[] = {{T("DE"), 1}, {T("SE"), 1}, {T("NO"), 1}};
static const ValueChoice status_values[] = {
    {T("delivered"), 0.88}, {T("cancelled"), 0.08}, {T("on_the_way"), 0.04}};
static ColumnSpec city_columns[] = {
    {.name = T("id"), .type = TYPE_INTEGER, .primary_key = true},
    {.name = T("name"), .type = TYPE_TEXT, .not_null = true, .unique = true},
    {.name = T("country"),
     .type = TYPE_TEXT,
     .values = country_values,
     .value_count = 3,
     .null_share = -1},
};
static ColumnSpec restaurant_columns[] = {
    {.name = T("id"), .type = TYPE_INTEGER, .primary_key = true},
    {.name = T("city_id"),
     .type = TYPE_INTEGER,
     .not_null = true,
     .ref_table = T("city"),
     .ref_column = T("id"),
     .orphan_parents = 1},
    {.name = T("name"), .type = TYPE_TEXT, .not_null = true},
};
static ColumnSpec delivery_columns[] = {
    {.name = T("id"), .type = TYPE_INTEGER, .primary_key = true},
    {.name = T("restaurant_id"),
     .type = TYPE_INTEGER,
     .not_null = true,
     .ref_table = T("restaurant"),
     .ref_column = T("id")},
    {.name = T("status"),
     .type = TYPE_TEXT,
     .not_null = true,
     .values = status_values,
     .value_count = 3},
    {.name = T("ordered_at"),
     .type = TYPE_TIMESTAMP,
     .not_null = true,
     .min = T("2025-05-01"),
     .max = T("today")},
    {.name = T("promised_at"),
     .type = TYPE_TIMESTAMP,
     .not_null = true,
     .after = T("ordered_at"),
     .after_min_s = 25 * 60,
     .after_max_s = 50 * 60},
    {.name = T("delivered_at"),
     .type = TYPE_TIMESTAMP,
     .after = T("ordered_at"),
     .after_min_s = 12 * 60,
     .after_max_s = 75 * 60,
     .when = T("status = 'delivered'"),
     .null_share = -1},
};
static Str delivery_checks[] = {T("promised_at > ordered_at"), T("delivered_at > ordered_at"),
                                T("(status = 'delivered') = (delivered_at IS NOT NULL)")};
static TableSpec tiffin_tables[] = {
    {.name = T("delivery"),
     .rows = 3000,
     .columns = delivery_columns,
     .width = LEN(delivery_columns),
     .check = {delivery_checks, LEN(delivery_checks)}},
    {.name = T("city"), .rows = 6, .columns = city_columns, .width = LEN(city_columns)},
    {.name = T("restaurant"),
     .rows = 40,
     .columns = restaurant_columns,
     .width = LEN(restaurant_columns)},
};
static NeverRule tiffin_never[] = {
    {.why = T("Nothing is delivered in the future."),
     .sql = T("SELECT 1 FROM delivery WHERE delivered_at > '2025-06-30 09:00:00'; ")}};
static const WarehouseSpec tiffin = {.name = T("tiffin"),
                                     .today = TODAY,
                                     .now_ms = NOW_MS,
                                     .tables = tiffin_tables,
                                     .table_count = 3,
                                     .never = tiffin_never,
                                     .never_count = 1};
#endif
