// fuzz_yaml: any bytes become a tree whose nodes lie in the file, or a fault with a place.
#include "base/check.h"
#include "yaml/yaml.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void read_scalar(Arena *a, const YamlNode *n, Diags *d)
{
    Str text;
    int64_t whole;
    double real;
    bool truth;
    for (YamlText as = 0; as <= YAML_TEXT_LAST; as++) {
        if (yaml_text(n, as, d, &text)) CHECK(text.len == 0 || text.ptr);
    }
    (void)!yaml_integer(n, d, &whole);
    (void)!yaml_real(n, d, &real);
    (void)!yaml_boolean(n, d, &truth);
    (void)!yaml_date(n, d, &whole);
    CHECK(yaml_found(a, n).len > 0);
}

static void read_node(Arena *a, const YamlDoc *doc, const YamlNode *n, Diags *d, int depth)
{
    StrList texts;
    CHECK(depth <= YAML_DEPTH_MAX + 1);
    CHECK(n->at.line >= 1 && n->at.column >= 1);
    CHECK(n->start <= n->end && n->end <= doc->text.len);
    CHECK(yaml_source(doc, n).len == n->end - n->start);
    if (n->kind == YAML_SCALAR) read_scalar(a, n, d);
    (void)!yaml_texts(a, n, YAML_SENTENCE, d, &texts);
    for (size_t i = 0; n->kind == YAML_LIST && i < n->count; i++) {
        CHECK(n->items[i]->end <= n->end || n->bad);
        read_node(a, doc, n->items[i], d, depth + 1);
    }
    for (size_t i = 0; n->kind == YAML_MAP && i < n->count; i++) {
        CHECK(yaml_get(n, n->entries[i].key) == n->entries[i].value);
        read_node(a, doc, n->entries[i].value, d, depth + 1);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Arena a = {0};
    Diags d = {.arena = &a};
    YamlDoc doc;
    Str text = {(const char *)data, size};
    bool ok = yaml_parse(&a, S("fuzz.yaml"), text, &d, &doc);
    CHECK(ok == (doc.root != NULL));
    CHECK(ok || d.errors > 0);
    if (ok) read_node(&a, &doc, doc.root, &d, 0);
    diag_sort(&d);
    for (size_t i = 0; i < d.list.len; i++) CHECK(d.list.at[i].place.line >= 1);
    arena_free(&a);
    return 0;
}
