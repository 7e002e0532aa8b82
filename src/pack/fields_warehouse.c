// fields_warehouse: what a warehouse, its tables, columns and rules may hold.
#include "pack/field.h"
#include "pack/read.h"

static const Field column_fields[] = {
    {"type", SHAPE_CHOICE, .required = true, .choices = &PACK_TYPES, AT(ColumnSpec, type),
     .doc = "Its logical type."},
    {"primary_key", SHAPE_BOOL, AT(ColumnSpec, primary_key), .fallback = "false",
     .doc = "Unique and never NULL."},
    {"not_null", SHAPE_BOOL, AT(ColumnSpec, not_null), .fallback = "false",
     .doc = "Columns may hold NULL unless they say this or primary_key."},
    {"unique", SHAPE_BOOL, AT(ColumnSpec, unique), .fallback = "false",
     .doc = "No value twice; NULLs do not count."},
    {"references", SHAPE_REFERENCE, AT(ColumnSpec, ref_table),
     .doc = "table.column whose values it takes."},
    {"orphan_parents", SHAPE_COUNT, AT(ColumnSpec, orphan_parents), .fallback = "0", .most = 1e9,
     .doc = "At least so many rows of the referenced table have no row here."},
    {"values", SHAPE_VALUES, LIST_AT(ColumnSpec, values, value_count),
     .doc = "The values it takes, as a list or with weights: {free: 0.8, plus: 0.2}."},
    {"min", SHAPE_WORD, AT(ColumnSpec, min), .doc = "Smallest value: a number, or a date."},
    {"max", SHAPE_WORD, AT(ColumnSpec, max), .doc = "Largest value: a number, or a date."},
    {"between", SHAPE_SPAN, AT(ColumnSpec, min),
     .doc = "Both at once: [2025-05-01, today]; `today` and `now` are the warehouse's."},
    {"after", SHAPE_WORD, AT(ColumnSpec, after),
     .doc = "A date or timestamp of the same row that comes before this one."},
    {"seconds", SHAPE_NUMBER_SPAN, .doc = "With after: how much later, [least, most]."},
    {"minutes", SHAPE_NUMBER_SPAN, .doc = "With after: how much later, [least, most]."},
    {"hours", SHAPE_NUMBER_SPAN, .doc = "With after: how much later, [least, most]."},
    {"days", SHAPE_NUMBER_SPAN, .doc = "With after: how much later, [least, most]."},
    {"when", SHAPE_CODE, AT(ColumnSpec, when),
     .doc = "SQL condition over the row; where it does not hold the value is NULL."},
    {"null_share", SHAPE_REAL, AT(ColumnSpec, null_share), .most = 1,
     .doc = "Share of NULLs in a column that may hold them, 0 to 1."},
    {"about", SHAPE_TEXT, AT(ColumnSpec, about), .doc = "One line for the schema pane."},
};
static const Object column_object = {"column",
                                     "A column of a table.",
                                     FIELDS(column_fields),
                                     .size = sizeof(ColumnSpec),
                                     PLACE_AT(ColumnSpec, at),
                                     .name_at = offsetof(ColumnSpec, name),
                                     .done = pack_column_done};

static const Field foreign_key_fields[] = {
    {"columns", SHAPE_WORDS, .required = true, AT(ForeignKey, columns),
     .doc = "Columns of this table."},
    {"references", SHAPE_WORD, .required = true, AT(ForeignKey, ref_table),
     .doc = "The table they point to."},
    {"to", SHAPE_WORDS, .required = true, AT(ForeignKey, ref_columns),
     .doc = "Its columns, in the same order."},
};
static const Object foreign_key_object = {
    "foreign-key", "A foreign key of several columns; single ones stand on their column.",
    FIELDS(foreign_key_fields), .size = sizeof(ForeignKey)};

static const Field table_fields[] = {
    {"columns", SHAPE_NAMED, .required = true, .object = &column_object,
     LIST_AT(TableSpec, columns, width), .doc = "Its columns by name, in order."},
    {"rows", SHAPE_COUNT, AT(TableSpec, rows), .fallback = "0", .most = 1e9,
     .doc = "How many rows the visible data has; 0 picks by name and references."},
    {"about", SHAPE_TEXT, AT(TableSpec, about), .doc = "One line for the schema pane."},
    {"unique", SHAPE_WORD_LISTS, LIST_AT(TableSpec, unique, unique_count),
     .doc = "Keys of several columns: [[id, customer_id]]."},
    {"foreign_keys", SHAPE_OBJECTS, .object = &foreign_key_object,
     LIST_AT(TableSpec, foreign_keys, foreign_key_count),
     .doc = "Foreign keys of several columns."},
    {"check", SHAPE_CODES, AT(TableSpec, check),
     .doc = "Row conditions in SQLite's SQL; unknown (NULL) passes."},
    {"data", SHAPE_ROWS, .doc = "Exact rows instead of made ones: [[1, a], [2, b]]."},
    {"from", SHAPE_WORD, .doc = "`process NAME`: filled by that process of greenroom's own."},
};
static const Object table_object = {"table",
                                    "A table of a warehouse.",
                                    FIELDS(table_fields),
                                    .size = sizeof(TableSpec),
                                    PLACE_AT(TableSpec, at),
                                    .name_at = offsetof(TableSpec, name),
                                    .done = pack_table_done};

static const Field never_fields[] = {
    {"why", SHAPE_TEXT, .required = true, AT(NeverRule, why),
     .doc = "What it means, in a sentence."},
    {"sql", SHAPE_CODE, .required = true, AT(NeverRule, sql),
     .doc = "A query that must return no row."},
};
static const Object never_object = {"never-rule", "A rule over rows and tables.",
                                    FIELDS(never_fields), .size = sizeof(NeverRule),
                                    PLACE_AT(NeverRule, at)};

static const Field warehouse_fields[] = {
    {"warehouse", SHAPE_SLUG, .required = true, AT(WarehouseSpec, name),
     .doc = "Its name, as drills give it."},
    {"title", SHAPE_TEXT, AT(WarehouseSpec, title), .doc = "What the schema pane calls it."},
    {"about", SHAPE_TEXT, AT(WarehouseSpec, about), .doc = "One or two sentences about it."},
    {"today", SHAPE_DATE, AT(WarehouseSpec, today), .fallback = "2025-06-30",
     .doc = "CURRENT_DATE."},
    {"now", SHAPE_TIME, AT(WarehouseSpec, now_ms), .doc = "CURRENT_TIMESTAMP; noon of today."},
    {"tables", SHAPE_NAMED, .required = true, .object = &table_object,
     LIST_AT(WarehouseSpec, tables, table_count), .doc = "Its tables by name."},
    {"never", SHAPE_OBJECTS, .object = &never_object, LIST_AT(WarehouseSpec, never, never_count),
     .doc = "Rules over rows and tables: each query must return nothing."},
};
const Object PACK_WAREHOUSE_OBJECT = {"warehouse",
                                      "A data set: tables, and the rules that hold in them.",
                                      FIELDS(warehouse_fields),
                                      .size = sizeof(WarehouseSpec),
                                      PLACE_AT(WarehouseSpec, at),
                                      .done = pack_warehouse_done};
