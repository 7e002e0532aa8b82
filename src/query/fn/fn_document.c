// fn_document: the order of whole JSON values as home compares documents: by their kinds first.
#include "query/fn_json.h"
#include <string.h>

// The kinds from the lowest to the highest.
static const char postgres_kinds[] = "n\"0ft[{", mysql_kinds[] = "n0\"{[ft";

static int compare(JsonItem a, JsonItem b, const char *kinds, int depth);

static size_t count_of(JsonItem of)
{
    JsonWalk w = json_walk(of);
    size_t count = 0;
    while (json_next(&w)) count++;
    return count;
}

static int sign(size_t a, size_t b)
{
    return (a > b) - (a < b);
}

static int members_compare(JsonItem a, JsonItem b, const char *kinds, int depth)
{
    int longer = sign(count_of(a), count_of(b));
    bool first = a.kind == '{' || kinds == postgres_kinds; // the longer one is the larger one
    if (longer && first) return longer;
    JsonWalk x = json_walk(a), y = json_walk(b);
    while (json_next(&x) && json_next(&y)) {
        int c = str_cmp(x.key, y.key);
        if (!c) c = compare(x.item, y.item, kinds, depth + 1);
        if (c) return c;
    }
    return longer;
}

static int compare(JsonItem a, JsonItem b, const char *kinds, int depth)
{
    if (a.kind == b.kind && (a.kind == '[' || a.kind == '{') && depth <= JSON_DEPTH_MAX)
        return json_compare(a, b) ? members_compare(a, b, kinds, depth) : 0;
    if (a.kind == b.kind) return json_compare(a, b);
    return strchr(kinds, a.kind) > strchr(kinds, b.kind) ? 1 : -1;
}

// A jsonb that is nothing but [] sorts below all else.
static bool is_lowest(JsonItem x, const char *kinds)
{
    return kinds == postgres_kinds && x.kind == '[' && !count_of(x);
}

int collate_document(void *mysql, int a_len, const void *a, int b_len, const void *b)
{
    Str x = {a, (size_t)a_len}, y = {b, (size_t)b_len};
    const char *kinds = mysql ? mysql_kinds : postgres_kinds;
    JsonItem p, q;
    if (!json_item(x, &p) || !json_item(y, &q)) return str_cmp(x, y);
    bool low = is_lowest(p, kinds), other = is_lowest(q, kinds);
    if (low || other) return (int)other - (int)low;
    return compare(p, q, kinds, 0);
}
