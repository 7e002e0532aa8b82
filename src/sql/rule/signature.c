// signature: the types that functions take, one row a signature, as the manuals list them; those of
// Postgres and DuckDB stand in signature_engine.c.
#include "sql/signature.h"
#include "sql/name_book.h"

static const Signature rows[] = {
    // ---- numbers
    {TRINO | BIG | SPARK | SNOW, "abs ceil floor sign", "number _?"},
    {TRINO | BIG | SPARK | SNOW, "cbrt exp ln sqrt", "number"},
    {TRINO | BIG | SPARK | SNOW, "stddev_pop stddev_samp var_pop var_samp", "number"},
    {TRINO | BIG | SPARK | SNOW, "round", "number _?"},
    {TRINO | BIG, "truncate", "number _?"},
    {TRINO | BIG | SPARK | SNOW, "corr log power", "number number?"},
    {TRINO, "median", "number"},
    {TRINO, "APPROX_PERCENTILE", "number _ _? _?"},
    {BIG, "PERCENTILE_CONT", "number number"},
    {TRINO | BIG | SPARK | SNOW, "MOD", "number number"},
    {BIG, "SAFE_DIVIDE SAFE_ADD SAFE_SUBTRACT SAFE_MULTIPLY IEEE_DIVIDE DIV", "number number"},
    {SNOW, "DIV0 DIV0NULL", "number number"},
    {SNOW, "ZEROIFNULL", "number"},
    {TRINO, "BITWISE_AND BITWISE_OR BITWISE_XOR", "number number"},
    {TRINO, "DEGREES RADIANS SIN COS TAN LOG2 LOG10", "number"},
    {BIG, "SIN COS TAN LOG10 SAFE_NEGATE", "number"},
    // ---- conditions
    {TRINO | BIG | SPARK, "bool_and bool_or", "boolean"},
    {TRINO | BIG | SPARK, "count_if", "boolean"},
    {TRINO | BIG | SPARK, "IF", "boolean _ _?"},
    {SNOW, "IFF", "boolean _ _"},
    // ---- texts
    {TRINO | BIG, "upper lower char_length trim ltrim rtrim substring left right", "text _?..."},
    {TRINO | BIG, "initcap lpad rpad split_part replace repeat", "text _?..."},
    {TRINO, "reverse", "text|array"},
    {BIG, "reverse", "text"},
    {TRINO | BIG, "array_split", "text _?..."},
    {TRINO | BIG, "contains", "text _?..."},
    {TRINO | BIG, "ends_with", "text _?..."},
    {TRINO | BIG, "starts_with regexp_count", "text _?..."},
    {TRINO | BIG, "regexp_extract regexp_extract_all", "text _?..."},
    {TRINO | BIG, "regexp_like regexp_replace", "text _?..."},
    {TRINO | BIG, "string_agg", "text _?..."},
    {TRINO, "REGEXP_LIKE SPLIT STRPOS STARTS_WITH", "_ text _?"},
    {BIG, "REGEXP_CONTAINS SPLIT STRPOS STARTS_WITH ENDS_WITH", "_ text"},
    {TRINO, "STRPOS LEVENSHTEIN_DISTANCE HAMMING_DISTANCE", "text text _?"},
    {BIG, "STRPOS INSTR", "text|bytes text|bytes number? number?"},
    {TRINO | BIG, "REPLACE", "_ text|bytes text|bytes?"},
    {TRINO | BIG, "SUBSTR SUBSTRING", "_ number number?"},
    {TRINO | BIG, "LPAD RPAD", "_ number text|bytes?"},
    {BIG, "LEFT RIGHT REPEAT", "_ number"},
    {TRINO, "SPLIT_PART", "_ text number"},
    {TRINO | BIG, "CHR", "number"},
    {BIG, "ASCII UNICODE SOUNDEX INITCAP", "text _?"},
    {TRINO, "CODEPOINT TO_UTF8 FROM_ISO8601_DATE FROM_ISO8601_TIMESTAMP JSON_PARSE", "text"},
    {TRINO, "URL_EXTRACT_HOST URL_EXTRACT_PATH URL_EXTRACT_QUERY URL_DECODE URL_ENCODE", "text"},
    {TRINO, "MD5 SHA1 SHA256 SHA512 TO_HEX TO_BASE64 XXHASH64", "bytes"},
    {BIG, "TO_HEX TO_BASE64", "bytes"},
    {BIG, "MD5 SHA1 SHA256 SHA512 FARM_FINGERPRINT", "text|bytes"},
    {TRINO, "FROM_HEX FROM_BASE64", "text|bytes"},
    {BIG, "FROM_HEX FROM_BASE64", "text"},
    {SPARK, "UPPER LOWER TRIM LTRIM RTRIM INITCAP", "text"},
    {SPARK, "LENGTH CHAR_LENGTH", "text|bytes"},
    {SPARK, "SPLIT", "text text number?"},
    {SPARK, "REPLACE", "text text text?"},
    {SPARK, "REGEXP_REPLACE", "text text text number?"},
    // ---- times
    {TRINO | BIG | SNOW, "EXTRACT", "_ moment|time"},
    {SPARK, "EXTRACT", "_ moment"},
    {SNOW, "DATE_PART", "_ moment|time"},
    {SPARK, "DATE_PART", "text moment"},
    {TRINO, "DATE_DIFF", "text moment|time moment|time"},
    {TRINO, "DATE_ADD", "text number moment|time"},
    {TRINO, "DATE_TRUNC", "text moment|time"},
    {TRINO, "YEAR QUARTER MONTH WEEK WEEK_OF_YEAR DAY DAY_OF_MONTH DAY_OF_WEEK DOW", "moment"},
    {TRINO, "DAY_OF_YEAR DOY YEAR_OF_WEEK YOW LAST_DAY_OF_MONTH TO_UNIXTIME", "moment"},
    {TRINO, "HOUR MINUTE SECOND MILLISECOND", "moment|time"},
    {TRINO, "DATE_FORMAT FORMAT_DATETIME", "moment text"},
    {TRINO, "DATE_PARSE PARSE_DATETIME", "text text"},
    {TRINO, "DATE", "text|moment"},
    {TRINO, "FROM_UNIXTIME", "number _?..."},
    {TRINO, "AT_TIMEZONE WITH_TIMEZONE", "moment text"},
    {BIG, "DATE_ADD DATE_SUB DATETIME_ADD DATETIME_SUB", "moment _"},
    {BIG, "TIMESTAMP_ADD TIMESTAMP_SUB LAST_DAY", "moment _?"},
    {BIG, "DATE_DIFF DATETIME_DIFF TIMESTAMP_DIFF", "moment moment _?"},
    {BIG, "DATE_TRUNC DATETIME_TRUNC TIMESTAMP_TRUNC", "moment _ _?"},
    {BIG, "UNIX_DATE UNIX_SECONDS UNIX_MILLIS UNIX_MICROS", "moment"},
    {BIG, "DATE_FROM_UNIX_DATE TIMESTAMP_SECONDS TIMESTAMP_MILLIS TIMESTAMP_MICROS", "number"},
    {BIG, "FORMAT_DATE FORMAT_DATETIME FORMAT_TIMESTAMP", "text moment _?"},
    {BIG, "PARSE_DATE PARSE_DATETIME PARSE_TIMESTAMP", "text text text?"},
    {BIG, "TIMESTAMP", "text|moment text?"},
    {SPARK, "YEAR QUARTER MONTH DAY DAYOFMONTH DAYOFWEEK DAYOFYEAR WEEKOFYEAR", "moment"},
    {SPARK, "WEEKDAY LAST_DAY HOUR MINUTE SECOND", "moment"},
    {SPARK, "DATEDIFF", "moment moment"},
    {SPARK, "DATE_ADD DATE_SUB", "moment whole"},
    {SPARK, "ADD_MONTHS", "moment number"},
    {SPARK, "MONTHS_BETWEEN", "moment moment _?"},
    {SPARK, "NEXT_DAY TRUNC DATE_FORMAT", "moment text"},
    {SPARK, "DATE_TRUNC", "text moment"},
    {SPARK, "FROM_UNIXTIME", "number text?"},
    {SNOW, "YEAR MONTH DAY DAYOFMONTH DAYOFWEEK DAYOFYEAR QUARTER WEEK WEEKOFYEAR", "moment"},
    {SNOW, "WEEKISO DAYOFWEEKISO YEAROFWEEK DAYNAME MONTHNAME", "moment"},
    {SNOW, "HOUR MINUTE SECOND", "moment|time"},
    {SNOW, "LAST_DAY", "moment _?"},
    {SNOW, "DATE_TRUNC", "text moment|time"},
    {SNOW, "DATEDIFF TIMESTAMPDIFF TIMEDIFF", "_ moment|time moment|time"},
    {SNOW, "DATEADD TIMESTAMPADD TIMEADD", "_ number moment|time"},
    {SNOW, "ADD_MONTHS", "moment number"},
    {SNOW, "MONTHS_BETWEEN", "moment moment"},
    {SNOW, "NEXT_DAY PREVIOUS_DAY", "moment text"},
    {SNOW, "TO_DATE DATE", "text|moment! _?"},
    // ---- arrays, maps, JSON
    {TRINO, "CARDINALITY ELEMENT_AT", "array|map _?"},
    {TRINO, "ARRAY_SORT ARRAY_DISTINCT ARRAY_MAX ARRAY_MIN ARRAY_POSITION", "array _?"},
    {TRINO, "ARRAY_JOIN", "array text text?"},
    {TRINO, "SEQUENCE", "number number number?; moment moment _?"},
    {TRINO, "MAP_KEYS MAP_VALUES", "map"},
    {TRINO, "JSON_EXTRACT JSON_EXTRACT_SCALAR", "text|json text"},
    {TRINO, "JSON_ARRAY_LENGTH", "text|json"},
    {BIG, "JSON_VALUE JSON_QUERY JSON_EXTRACT JSON_EXTRACT_SCALAR", "text|json text?"},
    {BIG, "JSON_EXTRACT_ARRAY JSON_QUERY_ARRAY JSON_VALUE_ARRAY", "text|json text?"},
    {BIG, "JSON_EXTRACT_STRING_ARRAY", "text|json text?"},
    {BIG, "PARSE_JSON", "text _?"},
    {BIG, "ARRAY_LENGTH ARRAY_REVERSE UNNEST", "array"},
    {BIG, "ARRAY_TO_STRING", "array text text?"},
    {BIG, "GENERATE_ARRAY", "number number number?"},
    {BIG, "GENERATE_DATE_ARRAY GENERATE_TIMESTAMP_ARRAY", "moment moment _?"},
    {SPARK, "SIZE EXPLODE EXPLODE_OUTER", "array|map"},
    {SPARK, "ARRAY_CONTAINS", "array _"},
    {SPARK, "SORT_ARRAY ARRAY_DISTINCT ARRAY_MAX ARRAY_MIN", "array _?"},
    {SPARK, "ARRAY_JOIN", "array text text?"},
    {SPARK, "MAP_KEYS MAP_VALUES", "map"},
    // ---- rows beside this one
    {TRINO | BIG | SNOW | SPARK, "LAG LEAD", "_ number? _?"},
    {TRINO | BIG, "NTH_VALUE", "_ number"},
    {TRINO | BIG, "NTILE", "number"},
};

static struct {
    bool made;
    NameBook names;
    const Signature *row[NAME_BOOK_MAX + 1]; // of each name
} book;

static void add_row(const Signature *row)
{
    Str names = str_from(row->names), name;
    while (names.len) {
        str_cut(names, ' ', &name, &names);
        book.row[name_book_add(&book.names, name)] = row;
    }
}

static void make_book(void)
{
    if (book.made) return;
    book.made = true;
    const Signatures all[] = {{rows, sizeof rows / sizeof *rows}, signatures_engine};
    for (size_t t = 0; t < sizeof all / sizeof *all; t++) {
        for (size_t i = 0; i < all[t].count; i++) add_row(&all[t].rows[i]);
    }
}

const char *signature_find(Dialect d, Str name, SignatureName which, uint16_t *after)
{
    make_book();
    uint16_t at = *after ? name_book_next(&book.names, *after) : name_book_find(&book.names, name);
    for (; at; at = name_book_next(&book.names, at)) {
        char first = book.names.names[at].ptr[0];
        bool meaning = first >= 'a' && first <= 'z';
        const Signature *row = book.row[at];
        if (!(row->in >> d & 1) || meaning != (which == SIGNATURE_MEANT)) continue;
        *after = at;
        return row->takes;
    }
    return NULL;
}
