// read: walking YAML by the table of fields, and the rules that go over several fields.
#ifndef PACK_READ_H
#define PACK_READ_H
#include "pack/field.h"
#include "yaml/yaml.h"

// What stands around the map that is being read.
struct Reader {
    Arena *arena;
    Diags *diags;
    bool lint;         // advice as well
    size_t first_diag; // of diags->list that is about these files
    size_t errors_max; // of diags->errors: then nothing more is read, the file is hopeless
    const Library *library;
    const Pack *pack;
    const YamlNode *drill_node; // the drill's own map, for names that refer to its other parts
    Drill *drill;               // with its beats, sets and warehouse, while one is read
    MatchSpec *match;           // while one is read
    StrList *broken;            // names of warehouses that were left out for their faults
};

// {within: 3, of: [...]}
typedef struct {
    int within;
    MatchTerms of;
} NearForm;

// The file has too many faults to go on.
bool pack_is_hopeless(const Reader *r);
// Reads a map by its rows into `target` (NULL: only checks it). Faults are reported; false when
// there was one anywhere below.
bool pack_read_object(Reader *r, const Object *o, const YamlNode *n, void *target);
// Reads one value by its row into `slot` (NULL: only checks it).
bool pack_read_field(Reader *r, const Field *f, const YamlNode *n, void *slot);
// One value in the shape of a table's column: data and witness rows. NULL for nothing.
bool pack_read_cell(Reader *r, const ColumnSpec *c, const YamlNode *n, Value *out);
// Rows of a list of columns, row after row.
bool pack_read_rows(Reader *r, const ColumnSpec *const *columns, size_t width, const YamlNode *n,
                    Value **cells, size_t *rows);
// Is text a value for a column of this type (numbers, dates, `today` and `now`)?
bool pack_fits_type(Str text, LogicalType type);
bool pack_is_slug(Str s);
// A column of a table; when there is none, an error that names the nearest, and NULL.
const ColumnSpec *pack_find_column(Reader *r, const TableSpec *t, Place at, Str name);
const TableSpec *pack_find_table(Reader *r, const WarehouseSpec *w, Place at, Str name);

// One row of `shapes`: how a value of this shape is read.
bool pack_read_terms(Reader *r, const YamlNode *n, MatchTerms *out);
bool pack_read_near(Reader *r, const YamlNode *n, MatchTerms *out);
bool pack_read_match(Reader *r, const YamlNode *n, MatchSpec *out);
bool pack_read_sets(Reader *r, const YamlNode *n, WordSets *out);
WordSets pack_join_sets(Arena *a, WordSets base, WordSets own); // own words behind the base's
// A `$name` must be one of the sets; says so when it is not.
bool pack_check_word(Reader *r, const WordSets *sets, Place at, Str word);
// Every `$name` in the sets of a map must be among `sets`, and no set may include itself.
bool pack_check_sets(Reader *r, const YamlNode *n, const WordSets *sets);
// The beats of a drill of this kind: written ones, else those of its kind. Sets the clock too.
bool pack_read_beats(Reader *r, const YamlNode *drill, Drill *out);

// A drill and all below it. False when it has a fault.
bool pack_read_drill(Reader *r, const YamlDoc *doc, const YamlNode *n, Drill *out);

// Rules over several fields (the `done` of their objects).
void pack_column_done(Reader *r, const YamlNode *n, void *target);
void pack_table_done(Reader *r, const YamlNode *n, void *target);
void pack_warehouse_done(Reader *r, const YamlNode *n, void *target);
void pack_num_done(Reader *r, const YamlNode *n, void *target);
void pack_match_done(Reader *r, const YamlNode *n, void *target);
void pack_item_done(Reader *r, const YamlNode *n, void *target);
void pack_wrong_done(Reader *r, const YamlNode *n, void *target);
void pack_sql_done(Reader *r, const YamlNode *n, void *target);
// worlds.c: each world's exam out of the drill's own; what would make worlds pointless is a fault.
void pack_settle_worlds(Reader *r, const YamlNode *n, Drill *d);
void pack_kernel_done(Reader *r, const YamlNode *n, void *target);
void pack_round_done(Reader *r, const YamlNode *n, void *target);
void pack_loop_done(Reader *r, const YamlNode *n, void *target);
void pack_plan_done(Reader *r, const YamlNode *n, void *target);
#endif
