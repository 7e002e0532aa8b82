// fn_url: the parts of an address and the parameters of its query.
#include "sql/translate.h"

// PARSE_URL(url, 'QUERY', key): of no other part.
static SqlNode *read_parse_url(Translator *t, SqlNode *call)
{
    const SqlNode *part = sql_tail(call, 1);
    bool query = part->kind == NODE_STRING && str_eq(part->text, S("QUERY"));
    if (!query) {
        return translate_unsupported(t, part, "PARSE_URL with a key reads the part 'QUERY' alone.");
    }
    SqlNode *args[] = {sql_tail(call, 0), sql_tail(call, 2), make_number(t, call, 0)};
    SqlNode *made = make_call(t, call, "url_parameter", args, 3);
    made->type = TYPE_TEXT;
    return made;
}

// style: what stays as it is beside letters and digits, and what a blank becomes.
static const SqlFn fns[] = {
    {"url_decode", "text style", FN_SCALAR, "text", "gr_url_decode({text}, '{style}')", NULL},
    {"url_encode", "text style", FN_SCALAR, "text", "gr_url_encode({text}, '{style}')", NULL},
    {"url_parameter", "url key decoded", FN_SCALAR, "text",
     "gr_url_parameter({url}, {key}, {decoded})", NULL},
    {"url_part", "url piece", FN_SCALAR, "text", "gr_url_part({url}, {piece})", NULL},
    {"url_word", "url word", FN_SCALAR, "text", "gr_url_part({url}, '{word}', '')", NULL},
};

static const SqlSpelling spellings[] = {
    {"url_decode", SPARK | TRINO, "URL_DECODE", "text style=FORM", NULL, NULL},
    {"url_decode", DUCK, "URL_DECODE", "text style=PLAIN", NULL, NULL},
    {"url_encode", SPARK | TRINO, "URL_ENCODE", "text style=FORM", NULL, NULL},
    {"url_encode", DUCK, "URL_ENCODE", "text style=PLAIN", NULL, NULL},
    {"url_parameter", SPARK, "PARSE_URL", "_ _ _", NULL, read_parse_url},
    {"url_parameter", SPARK, "", "url key decoded=0", "PARSE_URL({url}, 'QUERY', {key})", NULL},
    {"url_parameter", TRINO, "URL_EXTRACT_PARAMETER", "url key decoded=1", NULL, NULL},
    {"url_part", SPARK, "PARSE_URL", NULL, NULL, NULL},
    {"url_word", TRINO, "URL_EXTRACT_FRAGMENT", "url word=REF", NULL, NULL},
    {"url_word", BIG, "HOST", "url word=HOST", NULL, NULL},
    {"url_word", TRINO, "URL_EXTRACT_HOST", "url word=HOST", NULL, NULL},
    {"url_word", TRINO, "URL_EXTRACT_PATH", "url word=PATH", NULL, NULL},
    {"url_word", TRINO, "URL_EXTRACT_PROTOCOL", "url word=PROTOCOL", NULL, NULL},
    {"url_word", TRINO, "URL_EXTRACT_QUERY", "url word=QUERY", NULL, NULL},
    {"url_word", SPARK, "", "url word", "PARSE_URL({url}, '{word}')", NULL},
};

const FnFamily fn_url = {fns, sizeof fns / sizeof *fns, spellings,
                         sizeof spellings / sizeof *spellings};
