// fn_group: what the families of functions over groups, windows and arrays share.
#ifndef SQL_FN_GROUP_H
#define SQL_FN_GROUP_H
#include "sql/translate.h"

// ---- reading: SqlSpelling.read
Neutral read_array_agg, read_collect_set, read_group_concat, read_listagg, read_percentile;
Neutral read_mode_within, read_any_having, read_approx_count, read_bit_or_nothing, read_count,
    read_first, read_total;
Neutral value_by_struct;
Neutral sorted_in_list; // ARRAY_SORT(ARRAY_AGG(x)): ordered where it is made
Neutral read_array, read_array_compact, read_array_contains_snow, read_array_length_pg,
    read_array_position_snow, read_array_sort, read_array_text, read_cardinality, read_contains,
    read_element, read_text_slice, read_from_json, read_json_path_pg, read_json_path_snow,
    read_json_same, read_json_unquote, read_json_paths, read_json_string, read_len, read_length,
    read_list_reduce, read_object, read_size, read_split, read_string_to_array, read_concat_arrays,
    read_list_aggregate;
// The call as one of the meaning `fn`, whose parameters are the arguments as they stand.
SqlNode *read_as(Translator *t, SqlNode *call, const char *fn);
// ORDER BY stands in one place, a separator is an argument: at the end of neutral_call.
SqlNode *neutral_group(Translator *t, SqlNode *call);

// What is meant by the operators and calls that texts have as well, when an array stands there.
SqlNode *neutral_array_binary(Translator *t, SqlNode *n); // NULL: it is not about arrays
Neutral neutral_array_call, neutral_column, neutral_in_array, neutral_json_arrow;

SqlNode *neutral_json_binary(Translator *t, SqlNode *n); // … about jsonb

// ---- at run time: SqlFn.lower
Neutral lower_any_value, lower_approx_count, lower_approx_percentile, lower_array_agg, lower_avg,
    lower_bool_agg, lower_bool_xor, lower_by, lower_count, lower_extreme, lower_first, lower_median,
    lower_mode, lower_object_agg, lower_percentile, lower_product, lower_quantiles,
    lower_string_agg, lower_sum;
// Intervals (lower_span.c).
Neutral lower_interval, lower_code, lower_micros, lower_scaled, lower_width;
bool span_aggregate(const Translator *t, SqlNode *n, const char *meaning);
Neutral lower_offset, lower_array, lower_array_add, lower_array_contains, lower_array_length,
    lower_array_position, lower_array_query, lower_array_remove, lower_array_repeat,
    lower_array_sort_by, lower_json_write, lower_transform_values, lower_zip_with, lower_lambda_any,
    lower_lambda_filter, lower_lambda_map, lower_lambda_reduce, lower_object;
Neutral lower_array_put, read_array_lower;
Neutral lower_map_filter, lower_map_zip, lower_transform_keys;
// Queries over the elements of an array, and lambdas in them (lower_array.c).
typedef struct {
    Str name; // of a parameter
    SqlNode *value;
} LambdaGiven;
SqlNode *each_table(Translator *t, SqlNode *call, Str alias); // a call in FROM
SqlNode *each_list(Translator *t, SqlNode *x);                // all x, [] when there is none
// (SELECT value FROM source [WHERE …])
SqlNode *each_scalar(Translator *t, SqlNode *value, SqlNode *source, SqlNode *where);
// The argument f: NULL, and it is said, when it is no lambda of so many parameters.
SqlNode *lambda_of(Translator *t, SqlNode *call, uint32_t least, uint32_t most);
// The body with its parameters replaced.
SqlNode *lambda_put(Translator *t, SqlNode *n, const LambdaGiven *given, uint32_t count);
// Windows, from the top and before all else (lower_window.c).
SqlNode *lower_windows(Translator *t, SqlNode *root);
// The last word on a call of a group: what stays around it must be what the target reads.
SqlNode *lower_group(Translator *t, SqlNode *call);
// … for another dialect (dress_group.c): where its ORDER BY, separator and FILTER stand.
SqlNode *dress_group(Translator *t, SqlNode *call);
SqlNode *dress_list(Translator *t, SqlNode *call);   // ARRAY_AGG (dress_list.c)
SqlNode *dress_scalar(Translator *t, SqlNode *call); // elements, steps into JSON (dress_json.c)
// A CAST of what a step into JSON found: by its text; NULL when the cast stays.
SqlNode *variant_cast(Translator *t, SqlNode *cast);
Neutral lower_variant;

// How JSON has a value of this type: 'B' a boolean, 'J' JSON text, 0 by its own kind.
LogicalType element_type(const SqlNode *array);
char json_kind(const SqlNode *n);
SqlNode *make_words(Translator *t, const SqlNode *place, const char *fmt, ...)
    __attribute__((format(printf, 3, 4))); // a string
#endif
