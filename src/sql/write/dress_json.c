// dress_json: structs, arrays and JSON as another dialect takes them apart: by a subscript, a
// field, a step or a path; and scalars that are written otherwise there.
#include "base/buf.h"
#include "sql/fn_group.h"
#include "sql/home.h"
#include "sql/lower.h"
#include "sql/lower_documents.h"
#include "sql/neutral_pair.h"

enum { TYPED = BIG | SPARK | TRINO | DUCK | FLINK }; // structs there have fields, each of a type

static unsigned target(const Translator *t)
{
    return 1u << t->to;
}

// --- What is JSON in the target, and what has a type ---

static const char *trino_type(const SqlNode *value)
{
    static const char *const types[] = {
        [TYPE_INTEGER] = "BIGINT", [TYPE_REAL] = "DOUBLE", [TYPE_BOOLEAN] = "BOOLEAN",
        [TYPE_TEXT] = "VARCHAR",   [TYPE_DATE] = "DATE",   [TYPE_TIMESTAMP] = "TIMESTAMP",
    };
    LogicalType type = node_type(value);
    return type < sizeof types / sizeof *types ? types[type] : NULL;
}

// Trino names the fields of a ROW by a cast, which says their types.
static bool row_type_known(const SqlNode *object)
{
    for (uint32_t i = 1; i < sql_tail_count(object); i += 2) {
        if (!trino_type(sql_tail(object, i))) return false;
    }
    return true;
}

// STRUCT(…) there, and no JSON.
static bool is_struct_there(const Translator *t, const SqlNode *object)
{
    bool typed = TYPED & 1u << t->from;
    for (uint32_t i = 0; typed && i < sql_tail_count(object); i += 2) {
        Str key = sql_tail(object, i)->kind == NODE_STRING ? sql_tail(object, i)->text : (Str){0};
        bool plain = key.len && !(key.ptr[0] >= '0' && key.ptr[0] <= '9');
        for (size_t k = 0; k < key.len && plain; k++) {
            char c = key.ptr[k];
            plain = c == '_' || (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
        }
        typed = plain;
    }
    bool named = target(t) & TRINO && row_type_known(object);
    return target(t) & SPARK || (typed && (named || target(t) & (BIG | DUCK)));
}

static bool is_list_call(const SqlNode *n)
{
    static const char *const lists[] = {"coalesce",       "lambda_map",   "array_agg",
                                        "array_slice",    "array_sort",   "array_reverse",
                                        "array_distinct", "lambda_filter"};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        if (node_is_call(n, lists[i])) return true;
    }
    return false;
}

static bool is_json_there(const Translator *t, const SqlNode *n);

// What stands in a list of the target's own.
static bool elements_are_json(const Translator *t, const SqlNode *n)
{
    if (is_list_call(n)) {
        const SqlNode *of = sql_tail(n, 0);
        if (!node_is_call(n, "array_agg")) return elements_are_json(t, of);
        uint32_t parts = node_is_call(of, "object") ? sql_tail_count(of) : 0;
        bool keyed = parts && str_eq(sql_tail(of, parts - 2)->text, S("value")); // dress_list.c
        return is_json_there(t, keyed ? sql_tail(of, parts - 1) : of);
    }
    if (n->kind == NODE_CASE) return sql_tail_count(n) && elements_are_json(t, sql_tail(n, 0));
    const SqlNode *of = n->kind == NODE_CALL && sql_tail_count(n) == 1 ? sql_tail(n, 0) : NULL;
    if (of && of->kind == NODE_SUBQUERY) { // ARRAY(SELECT AS STRUCT …)
        const SqlNode *query = of->child[ONLY];
        while (query->kind == NODE_QUERY) query = query->child[QUERY_BODY];
        const SqlNode *items = query->kind == NODE_SELECT ? query->child[SELECT_ITEMS] : NULL;
        const SqlNode *item = sql_tail_count(items) == 1 ? sql_tail(items, 0) : NULL;
        return item && item->kind == NODE_ITEM && is_json_there(t, item->child[ITEM_VALUE]);
    }
    if (n->kind == NODE_WHEN) return elements_are_json(t, n->child[WHEN_RESULT]);
    if (n->kind == NODE_ARRAY) return n->count && is_json_there(t, n->child[0]);
    return is_json_there(t, n);
}

static bool is_json_type(const SqlNode *type)
{
    return str_starts(type->text, S("JSON")) || str_eq(type->text, S("VARIANT"));
}

static bool is_json_there(const Translator *t, const SqlNode *n)
{
    if (node_is_call(n, "object") || node_is_call(n, "object_sparse"))
        return !is_struct_there(t, n);
    if (node_is_call(n, "json_parse") || node_is_call(n, "json_get") ||
        node_is_call(n, "json_step") || node_is_call(n, "json_list"))
        return true;
    if (is_list_call(n) || node_is(n, TYPE_ARRAY)) return target(t) & MY;
    if (n->kind == NODE_SUBSCRIPT) return elements_are_json(t, n->child[SUBSCRIPT_BASE]);
    if (n->kind == NODE_CALL && !n->fn && sql_tail_count(n)) // ELEMENT_AT(list, 1)
        return elements_are_json(t, sql_tail(n, 0));
    if (n->kind == NODE_CAST && is_json_type(n->child[CAST_TYPE])) return true;
    if (n->kind == NODE_CAST && str_eq(n->child[CAST_TYPE]->text, S("ROW"))) return false;
    bool picks = node_is_call(n, "max_by") || node_is_call(n, "min_by") ||
                 node_is_call(n, "any_value") || node_is_call(n, "max") || node_is_call(n, "min");
    if (picks) return is_json_there(t, sql_tail(n, 0));
    return !(TYPED & 1u << t->from) || !(TYPED & target(t));
}

// CAST(ROW(1, 'x') AS ROW(a BIGINT, b VARCHAR))
static SqlNode *named_row(Translator *t, const SqlNode *n)
{
    uint32_t count = sql_tail_count(n) / 2;
    SqlNode *row = make_node(t, NODE_ROW, n, count), *type = make_node(t, NODE_TYPE, n, count);
    row->flags = FLAG_WORDS;
    type->text = S("ROW");
    for (uint32_t i = 0; i < count; i++) {
        SqlNode *field = make_node(t, NODE_FIELD, n, 0), *of = make_node(t, NODE_TYPE, n, 0);
        row->child[i] = sql_tail(n, 2 * i + 1);
        of->text = str_from(trino_type(row->child[i]));
        field->text = sql_tail(n, 2 * i)->text;
        field->child[ONLY] = of;
        type->child[sql_roles(NODE_TYPE) + i] = field;
    }
    SqlNode *made = make_node(t, NODE_CAST, n, 0);
    made->op = OP_CAST;
    made->type = TYPE_STRUCT;
    made->child[CAST_VALUE] = row;
    made->child[CAST_TYPE] = type;
    return made;
}

// STRUCT(1 AS a), {'a': 1}
static SqlNode *dress_object(Translator *t, SqlNode *n)
{
    if (!(target(t) & (BIG | DUCK | TRINO)) || !is_struct_there(t, n)) return n;
    if (target(t) & TRINO) return named_row(t, n);
    uint32_t count = sql_tail_count(n) / 2;
    SqlNode *made = make_node(t, NODE_STRUCT, n, count);
    made->type = TYPE_STRUCT;
    for (uint32_t i = 0; i < count; i++) {
        SqlNode *field = make_node(t, NODE_FIELD, n, 0);
        field->text = sql_tail(n, 2 * i)->text;
        field->child[ONLY] = sql_tail(n, 2 * i + 1);
        made->child[sql_roles(NODE_STRUCT) + i] = field;
    }
    return made;
}

// --- Steps and paths ---

static bool has_word(const SqlNode *call, const char *words)
{
    const SqlNode *how = node_arg(call, "how");
    return how && how->text.len == 1 && str_find(str_from(words), how->text, NULL);
}

// .key, ."odd key", [0]; false where the step is no constant.
static bool add_step(Buf *path, const SqlNode *step)
{
    int64_t at;
    if (step->kind == NODE_NUMBER && str_to_i64(step->text, &at)) {
        buf_fmt(path, "[" STR_FMT "]", STR_ARG(step->text));
        return true;
    }
    if (step->kind != NODE_STRING) return false;
    bool plain = step->text.len > 0;
    for (size_t i = 0; i < step->text.len && plain; i++) {
        char c = step->text.ptr[i];
        plain = c == '_' || (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
    }
    buf_fmt(path, plain ? "." STR_FMT : ".\"" STR_FMT "\"", STR_ARG(step->text));
    return true;
}

// The next of $.a."b c"[0]; false where it is none of these.
static bool take_step(Str *path, Str *step, bool *index)
{
    char first = path->ptr[0];
    *index = first == '[';
    if (first != '.' && first != '[') return false;
    Str rest = str_slice(*path, 1, path->len);
    bool quoted = rest.len && rest.ptr[0] == '"';
    if (quoted) rest = str_slice(rest, 1, rest.len);
    size_t end = 0;
    for (; end < rest.len; end++) {
        char c = rest.ptr[end];
        if (quoted ? c == '"' : *index ? c == ']' : c == '.' || c == '[') break;
        if (!quoted && (c == '*' || c == '?' || c == '@' || c == ' ')) return false;
    }
    *step = str_slice(rest, 0, end);
    *path = str_slice(rest, end + (quoted || *index), rest.len);
    return step->len > 0;
}

// Postgres: the steps of a path one by one.
static SqlNode *dress_get(Translator *t, SqlNode *n)
{
    SqlNode *at = node_arg(n, "json"), *path = node_arg(n, "path");
    bool root = path && path->kind == NODE_STRING && str_starts(path->text, S("$"));
    if (!(target(t) & PG) || t->from == t->to || !root) return n;
    Str rest = str_slice(path->text, 1, path->text.len), step;
    bool text = has_word(n, "XT");
    if (!node_is(at, TYPE_STRUCT) && !node_is(at, TYPE_ARRAY))
        at = make_call2(t, n, "json_parse", at, make_word(t, n, S("F")));
    while (rest.len) {
        bool index;
        if (!take_step(&rest, &step, &index)) return n;
        int64_t place = 0;
        if (index && !str_to_i64(step, &place)) return n;
        SqlNode *key = index ? make_number(t, n, place) : make_string(t, n, step);
        Str how = text && !rest.len ? S("X") : S("J");
        at = make_call3(t, n, "json_step", at, key, make_word(t, n, how));
        at->type = text && !rest.len ? TYPE_TEXT : TYPE_STRUCT;
    }
    return at;
}

// What a function with a path takes: the text itself where it is parsed by that.
static SqlNode *path_root(const Translator *t, SqlNode *json)
{
    bool text = target(t) & (SPARK | MY);
    if (text && node_is_call(json, "json_parse")) return node_arg(json, "text");
    return json;
}

// A step behind others as one path: JSON_VALUE(j, '$.a.b').
static SqlNode *dress_step(Translator *t, SqlNode *n)
{
    SqlNode *json = node_arg(n, "json"), *root = json, *before = NULL;
    if (t->from == t->to || !(target(t) & (BIG | SPARK | TRINO | MY))) return n;
    if (node_is_call(json, "json_get") && has_word(json, "JV")) {
        root = node_arg(json, "json");
        before = node_arg(json, "path");
    }
    bool longer = before && before->kind == NODE_STRING && str_starts(before->text, S("$"));
    if (!longer) root = path_root(t, json);
    Buf path = buf_new(t->arena);
    buf_add(&path, longer ? before->text : S("$"));
    if (!add_step(&path, node_arg(n, "step"))) {
        return translate_unsupported(t, n,
                                     "A step into JSON that is no constant is not translated.");
    }
    SqlNode *made =
        make_call3(t, n, "json_get", root, make_string(t, n, buf_str(&path)), node_arg(n, "how"));
    made->type = n->type;
    return made;
}

static SqlNode *step_into(Translator *t, SqlNode *n, SqlNode *base, SqlNode *index)
{
    bool own = TYPED & 1u << t->from || (t->from == DIALECT_POSTGRES && node_is(base, TYPE_ARRAY));
    bool typed = own && node_type(n) != TYPE_STRUCT && node_type(n) != TYPE_ARRAY;
    SqlNode *how = make_word(t, n, typed ? S("X") : S("V"));
    SqlNode *made = make_call3(t, n, "json_step", base, index, how);
    made->type = typed ? TYPE_TEXT : TYPE_STRUCT;
    made = dress_step(t, made);
    static const char *const casts[] = {
        [TYPE_INTEGER] = "BIGINT", [TYPE_REAL] = "DOUBLE",         [TYPE_BOOLEAN] = "BOOLEAN",
        [TYPE_DATE] = "DATE",      [TYPE_TIMESTAMP] = "TIMESTAMP",
    };
    LogicalType type = node_type(n);
    const char *as = typed && type < sizeof casts / sizeof *casts ? casts[type] : NULL;
    return as ? lower_cast(t, make_cast(t, made, as)) : made;
}

// The text of a JSON value that home would show without its quotes.
static SqlNode *variant_text(Translator *t, SqlNode *n)
{
    bool steps = node_is_call(n, "json_step") || node_is_call(n, "json_get");
    if (!steps || !has_word(n, "V") || t->from == t->to) return NULL;
    SqlNode *made = node_clone(t, n);
    made->child[sql_roles(NODE_CALL) + 2] = make_word(t, n, S("X"));
    made->type = TYPE_TEXT;
    return made;
}

SqlNode *variant_cast(Translator *t, SqlNode *cast)
{
    SqlNode *text = variant_text(t, cast->child[CAST_VALUE]);
    if (text) cast->child[CAST_VALUE] = text;
    bool all = text && node_is(cast, TYPE_TEXT) && !sql_tail_count(cast->child[CAST_TYPE]);
    return all ? text : NULL;
}

// j:status = 'paid'
SqlNode *lower_variant(Translator *t, SqlNode *n)
{
    SqlNode **side[] = {&n->child[LEFT_SIDE], &n->child[RIGHT_SIDE]};
    for (int i = 0; i < 2 && t->to != DIALECT_SQLITE; i++) {
        SqlNode *text = variant_text(t, *side[i]);
        LogicalType other = node_type(*side[!i]);
        bool number = other == TYPE_INTEGER || other == TYPE_REAL;
        if (!text || !(number || other == TYPE_TEXT)) continue;
        *side[i] = number ? lower_cast(t, make_cast(t, text, "DOUBLE")) : text;
    }
    return n;
}

// --- Elements: a subscript that counts as the target does ---

static SqlNode *raw_call(Translator *t, SqlNode *n, const char *name)
{
    SqlNode *call = make_node(t, NODE_CALL, n, 1);
    call->text = str_from(name);
    call->child[sql_roles(NODE_CALL)] = n;
    return call;
}

static SqlNode *moved(Translator *t, SqlNode *index, int by)
{
    int64_t value;
    if (by == 0) return index;
    bool constant = index->kind == NODE_NUMBER && str_to_i64(index->text, &value);
    if (constant) return make_number(t, index, value + by);
    const SqlNode *right = index->kind == NODE_BINARY ? index->child[RIGHT_SIDE] : NULL;
    bool folds = right && index->op == OP_SUBTRACT && by == 1 && right->kind == NODE_NUMBER &&
                 str_eq(right->text, S("1"));
    if (folds) return index->child[LEFT_SIDE]; // (n - 1) + 1
    return make_binary(t, by < 0 ? OP_SUBTRACT : OP_ADD, index, make_number(t, index, 1));
}

// The k of a constant index -k, where home counts from the end; 0 where it does not.
static int64_t from_the_end(const SqlNode *index, Str how)
{
    int64_t k = 0;
    bool minus = index->kind == NODE_UNARY && index->op == OP_MINUS;
    const SqlNode *of = minus ? index->child[ONLY] : index;
    bool ends = str_find(how, S("E"), NULL) && of->kind == NODE_NUMBER && str_to_i64(of->text, &k);
    if (minus) k = -k;
    return ends && k < 0 ? -k : 0;
}

static SqlNode *subscripted(Translator *t, SqlNode *base, SqlNode *index)
{
    SqlNode *made = make_node(t, NODE_SUBSCRIPT, base, 0);
    made->child[SUBSCRIPT_BASE] = base;
    made->child[SUBSCRIPT_INDEX] = index;
    return made;
}

// x[-1] where the target counts from the start only.
static SqlNode *element_back(Translator *t, const SqlNode *n, SqlNode *base, int64_t k)
{
    SqlNode *made;
    if (target(t) & (TRINO | SPARK)) {
        made = raw_call(t, base, "ELEMENT_AT");
        node_add_tail(t, made, make_number(t, n, -k));
    } else if (target(t) & BIG) {
        SqlNode *at = raw_call(t, make_number(t, n, k), "SAFE_ORDINAL");
        made = subscripted(t, raw_call(t, base, "ARRAY_REVERSE"), at);
    } else if (target(t) & (PG | SNOW)) {
        SqlNode *size =
            raw_call(t, node_clone(t, base), target(t) & PG ? "CARDINALITY" : "ARRAY_SIZE");
        int64_t back = target(t) & PG ? k - 1 : k;
        SqlNode *at = back ? make_binary(t, OP_SUBTRACT, size, make_number(t, n, back)) : size;
        made = subscripted(t, base, at);
        if (target(t) & PG && base->kind != NODE_COLUMN) base->parens = 1;
    } else {
        made = subscripted(t, base, make_number(t, n, -k));
    }
    made->type = n->type;
    return made;
}

static SqlNode *dress_element(Translator *t, SqlNode *n)
{
    SqlNode *base = node_arg(n, "base"), *index = node_arg(n, "index");
    Str how = node_arg(n, "how")->text;
    bool key = index->kind == NODE_STRING;
    bool json = t->from != t->to && is_json_there(t, base);
    if (json && !(target(t) & SNOW)) {
        int first = how.ptr[0] - '0';
        return step_into(t, n, base, key ? index : moved(t, index, -first));
    }
    bool row = base->kind == NODE_CAST && node_is(base, TYPE_STRUCT);
    bool made_here = (node_is_call(base, "object") && target(t) & SPARK) || row;
    if (key && (made_here || target(t) & (BIG | PG))) {
        SqlNode *member = make_node(t, NODE_MEMBER, n, 0);
        member->child[ONLY] = base;
        member->text = index->text;
        if (target(t) & PG) base->parens = 1;
        return member;
    }
    if (target(t) & MY) return translate_unsupported(t, n, "MySQL has no subscripts.");
    bool map = node_is_call(base, "object_of") || document_of(t, base) == DOCUMENT_MAP;
    if (key && map && t->from != t->to && target(t) & TRINO) {
        SqlNode *call = raw_call(t, base, "ELEMENT_AT");
        node_add_tail(t, call, index);
        return call;
    }
    int64_t back = t->from == t->to ? 0 : from_the_end(index, how);
    if (back) return element_back(t, n, base, back);
    int from = how.ptr[0] - '0', to = (target(t) & (PG | TRINO | DUCK | FLINK)) != 0;
    SqlNode *made = make_node(t, NODE_SUBSCRIPT, n, 0);
    made->child[SUBSCRIPT_BASE] = base;
    made->child[SUBSCRIPT_INDEX] = key ? index : moved(t, index, to - from);
    bool fails = str_find(how, S("F"), NULL);
    if (target(t) & TRINO && !fails && !key) { // a subscript would fail where there is none
        SqlNode *call = raw_call(t, base, "ELEMENT_AT");
        node_add_tail(t, call, moved(t, index, to - from));
        return call;
    }
    if (target(t) & BIG)
        made->child[SUBSCRIPT_INDEX] =
            raw_call(t, made->child[SUBSCRIPT_INDEX], fails ? "OFFSET" : "SAFE_OFFSET");
    if (base->kind == NODE_CALL || base->kind == NODE_ARRAY) base->parens = (target(t) & PG) != 0;
    return made;
}

// Snowflake shows a NULL among the parts as nothing, and nothing else.
static bool shows_null(const Translator *t, const SqlNode *n)
{
    const SqlNode *none = node_is_call(n, "array_text") ? node_arg(n, "null") : NULL;
    bool empty = none && none->kind == NODE_STRING && !none->text.len;
    return none && !empty && target(t) & SNOW;
}

// Snowflake's paths begin with a name, JSON's with $.
static void snow_path(Translator *t, SqlNode *n)
{
    SqlNode *path = node_is_call(n, "json_get") ? node_arg(n, "path") : NULL;
    bool root = path && path->kind == NODE_STRING && str_starts(path->text, S("$"));
    if (root && target(t) & SPARK && t->from != t->to)
        n->child[sql_roles(NODE_CALL)] = path_root(t, node_arg(n, "json"));
    if (!root || !(target(t) & SNOW) || t->from == t->to) return;
    SqlNode **json = &n->child[sql_roles(NODE_CALL)];
    bool text = node_is(*json, TYPE_TEXT) && str_eq(node_arg(n, "how")->text, S("J"));
    if (text) *json = raw_call(t, *json, "PARSE_JSON");
    size_t from = str_starts(path->text, S("$.")) ? 2 : 1;
    path->text = str_slice(path->text, from, path->text.len);
}

// JSON_VALUE_ARRAY of BigQuery, elsewhere than in FROM.
static SqlNode *dress_list_of(Translator *t, SqlNode *n)
{
    char how;
    SqlNode *json = documents_of(t, n, &how);
    return json && !(target(t) & (SNOW | MY)) ? documents_array(t, json, how) : n;
}

// The type of a member is that of the JSON, not of the text that was taken out of it.
static void type_of_json(Translator *t, SqlNode *n)
{
    SqlNode *of = sql_tail(n, 0);
    bool path = node_is_call(of, "json_step") || node_is_call(of, "json_get");
    if (t->from == t->to || !path || !has_word(of, "XT")) return;
    of->child[sql_roles(NODE_CALL) + 2] = make_word(t, of, S("J"));
    of->type = TYPE_STRUCT;
}

// JSON itself as a text, of Snowflake.
static bool is_whole_text(const Translator *t, const SqlNode *n)
{
    const SqlNode *path = node_is_call(n, "json_get") ? node_arg(n, "path") : NULL;
    bool whole = path && path->kind == NODE_STRING && str_eq(path->text, S("$"));
    return whole && has_word(n, "XT") && target(t) & SNOW && t->from != t->to;
}

SqlNode *dress_scalar(Translator *t, SqlNode *n)
{
    if (is_whole_text(t, n)) return make_cast(t, node_arg(n, "json"), "VARCHAR");
    snow_path(t, n);
    if (shows_null(t, n))
        return translate_unsupported(t, n,
                                     "Snowflake has no word for the NULLs in a joined array.");
    if (node_is_call(n, "array_length")) return documents_counted(t, n);
    if (node_is_call(n, "json_type")) type_of_json(t, n);
    if (node_is_call(n, "json_keys_array")) return documents_named(t, n);
    if (node_is_call(n, "json_array_of")) return dress_list_of(t, n);
    if (node_is_call(n, "element")) return dress_element(t, n);
    if (node_is_call(n, "object")) return dress_object(t, n);
    if (node_is_call(n, "json_step")) return dress_step(t, n);
    if (node_is_call(n, "json_get")) return dress_get(t, n);
    bool dates = node_is_call(n, "series") && node_is(sql_tail(n, 0), TYPE_DATE);
    if (dates && t->from != t->to && target(t) & (PG | DUCK))
        return translate_unsupported(t, n, "%s has no array of dates that count: put it into FROM.",
                                     home_title(t->to));
    return n;
}
