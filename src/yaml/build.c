// build: libyaml's events to the tree, under limits.
//
// Recursion is bounded by YAML_DEPTH_MAX, and libyaml's own quadratic scans by the same: the event
// that goes too deep is the last one that is asked for. Events are asked for one at a time and
// `next` frees the one before. After `stop` nothing more is read, and the tree is not handed out.
#include "base/check.h"
#include "base/file.h"
#include "base/map.h"
#include "base/utf8.h"
#include "yaml/private.h"
#include <string.h>
#include <yaml.h>

typedef struct {
    Arena *arena;
    Diags *diags;
    YamlLocator where;
    yaml_parser_t parser;
    yaml_event_t event; // the current one
    size_t events, errors_before;
    int depth;
    bool stop; // a limit or a fault of syntax was reported
} Reader;

static Place place(const Reader *r, yaml_mark_t m)
{
    return yaml_place_of(&r->where, m.index);
}

static bool stop(Reader *r, Place at, const char *sentence)
{
    diag_error(r->diags, at, "%s", sentence);
    r->stop = true;
    return false;
}

static bool stands_behind_quote(Str text, size_t byte)
{
    size_t at = byte;
    while (at && (text.ptr[at - 1] == ' ' || text.ptr[at - 1] == '\t')) at--;
    return at && byte < text.len && (text.ptr[at - 1] == '\'' || text.ptr[at - 1] == '"');
}

// Begins here what the problem mark shows only the inside or the end of?
static bool shows_beginning(const char *context)
{
    static const char *const whole[] = {"while scanning a simple key", "while scanning an a",
                                        "while scanning a tag", "while parsing a tag",
                                        "while scanning a directive"};
    for (size_t i = 0; context && i < sizeof whole / sizeof *whole; i++) {
        if (str_starts(str_from(context), str_from(whole[i]))) return true;
    }
    return false;
}

// The scanner and the parser know characters. For what is never finished the place to show is where
// it was opened; so it is for tags and anchors, and for a line that turns out to be no key.
static Place syntax_fault(const Reader *r, YamlFault *fault)
{
    const yaml_parser_t *p = &r->parser;
    size_t byte = yaml_byte_of(&r->where, p->problem_mark.index);
    bool opened = p->context && p->context_mark.index < p->problem_mark.index;
    Place context = place(r, p->context_mark);
    if (opened) fault->opened = context.line;
    fault->at = byte < r->where.text.len ? r->where.text.ptr[byte] : '\0';
    fault->before_quote = stands_behind_quote(r->where.text, byte);
    return opened && (!fault->at || shows_beginning(p->context)) ? context
                                                                 : place(r, p->problem_mark);
}

static bool report_fault(Reader *r)
{
    const yaml_parser_t *p = &r->parser;
    if (p->error == YAML_MEMORY_ERROR) die_out_of_memory();
    YamlFault fault = {.problem = p->problem};
    Place at = p->error == YAML_READER_ERROR // the reader knows bytes
                   ? yaml_place_of_byte(&r->where, r->where.base + p->problem_offset)
                   : syntax_fault(r, &fault);
    return stop(r, at, yaml_fault_words(r->arena, &fault).ptr);
}

static bool next(Reader *r)
{
    yaml_event_delete(&r->event);
    r->event = (yaml_event_t){0};
    if (r->stop) return false;
    if (!yaml_parser_parse(&r->parser, &r->event)) return report_fault(r);
    if (++r->events > YAML_EVENTS_MAX) {
        return stop(r, place(r, r->event.start_mark),
                    "the file holds more parts than are read here: split it");
    }
    if (r->diags->errors - r->errors_before > YAML_ERRORS_MAX) {
        return stop(r, place(r, r->event.start_mark), "too many faults: reading stops here");
    }
    return true;
}

// ---- one node -----------------------------------------------------------------------------------
static YamlNode *new_node(Reader *r, YamlKind kind, YamlStyle style, Str key)
{
    YamlNode *n = arena_new(r->arena, YamlNode);
    *n = (YamlNode){.kind = kind, .style = style, .key = key, .at = place(r, r->event.start_mark)};
    n->start = yaml_byte_of(&r->where, r->event.start_mark.index);
    n->end = yaml_byte_of(&r->where, r->event.end_mark.index);
    return n;
}

static bool space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static Str node_source(const Reader *r, const YamlNode *n)
{
    return str_slice(r->where.text, n->start, n->end);
}

static void refuse_anchor(Reader *r, YamlNode *n, const yaml_char_t *anchor)
{
    if (!anchor) return;
    n->bad = true;
    diag_error(r->diags, n->at,
               "anchors are not supported here (&" STR_FMT "): write the value where it is needed, "
               "or put the text in quotes",
               STR_ARG(yaml_excerpt(r->arena, str_from((const char *)anchor))));
}

typedef struct {
    const char *tag;
    YamlKind kind;
} KnownTag;
static const KnownTag known_tags[] = {{YAML_STR_TAG, YAML_SCALAR},
                                      {YAML_INT_TAG, YAML_SCALAR},
                                      {YAML_SEQ_TAG, YAML_LIST},
                                      {YAML_MAP_TAG, YAML_MAP}};

static void refuse_tag(Reader *r, YamlNode *n, const yaml_char_t *tag)
{
    if (!tag) return;
    const char *name = (const char *)tag;
    n->tagged_str = !strcmp(name, YAML_STR_TAG);
    n->tagged_int = !strcmp(name, YAML_INT_TAG);
    for (size_t i = 0; i < sizeof known_tags / sizeof *known_tags; i++) {
        if (!strcmp(name, known_tags[i].tag) && n->kind == known_tags[i].kind) return;
    }
    n->bad = true;
    Str written, after;
    str_cut(node_source(r, n), ' ', &written, &after);
    diag_error(r->diags, n->at,
               "tags are not supported here (" STR_FMT "): leave it out, or put the text in quotes",
               STR_ARG(yaml_excerpt(r->arena, str_trim(written))));
}

static YamlStyle scalar_style(yaml_scalar_style_t s)
{
    switch (s) {
    case YAML_SINGLE_QUOTED_SCALAR_STYLE:
        return YAML_STYLE_SINGLE;
    case YAML_DOUBLE_QUOTED_SCALAR_STYLE:
        return YAML_STYLE_DOUBLE;
    case YAML_LITERAL_SCALAR_STYLE:
    case YAML_FOLDED_SCALAR_STYLE:
        return YAML_STYLE_BLOCK;
    case YAML_ANY_SCALAR_STYLE:
    case YAML_PLAIN_SCALAR_STYLE:
        return YAML_STYLE_PLAIN;
    }
    return YAML_STYLE_PLAIN;
}

// A comment behind a plain scalar may be text that the author lost: " #7", "[a-z]+ # x".
static void note_comment(const Reader *r, YamlNode *n)
{
    Str text = r->where.text;
    size_t at = n->end;
    while (at < text.len && (text.ptr[at] == ' ' || text.ptr[at] == '\t')) at++;
    n->cut = at > n->end && at < text.len && text.ptr[at] == '#';
    bool tight = at + 1 < text.len && !space(text.ptr[at + 1]) && text.ptr[at + 1] != '#';
    n->cut_close = n->cut && at == n->end + 1 && tight;
}

static YamlNode *read_scalar(Reader *r, Str key)
{
    YamlNode *n = new_node(r, YAML_SCALAR, scalar_style(r->event.data.scalar.style), key);
    n->text = str_copy(
        r->arena, (Str){(const char *)r->event.data.scalar.value, r->event.data.scalar.length});
    refuse_anchor(r, n, r->event.data.scalar.anchor);
    refuse_tag(r, n, r->event.data.scalar.tag);
    if (n->text.len && memchr(n->text.ptr, '\0', n->text.len)) {
        n->bad = true;
        diag_error(r->diags, n->at, "this text holds the character NUL (\\0): remove it");
    }
    if (n->style == YAML_STYLE_PLAIN) note_comment(r, n);
    while (n->style == YAML_STYLE_BLOCK && n->end > n->start &&
           space(r->where.text.ptr[n->end - 1])) {
        n->end--;
    }
    return n;
}

static YamlNode *read_alias(Reader *r, Str key)
{
    YamlNode *n = new_node(r, YAML_SCALAR, YAML_STYLE_PLAIN, key);
    n->bad = true;
    diag_error(r->diags, n->at,
               "aliases are not supported here (" STR_FMT "): write the value out, or put the text "
               "in quotes",
               STR_ARG(yaml_excerpt(r->arena, node_source(r, n))));
    return n;
}

// ---- lists and maps -----------------------------------------------------------------------------
static YamlNode *read_node(Reader *r, Str key);

static bool deeper(Reader *r, const YamlNode *n)
{
    if (++r->depth <= YAML_DEPTH_MAX) return true;
    return stop(r, n->at,
                "lists and maps are nested more than 64 deep here: nothing needs that many");
}

// The end of what ends here: of the bracket in flow style, of the last child otherwise, since block
// collections have no end of their own: libyaml shows the next key, behind comments.
static void end_collection(Reader *r, YamlNode *n, size_t last_child)
{
    r->depth--;
    bool bracket = r->event.end_mark.index > r->event.start_mark.index;
    n->end = n->style == YAML_STYLE_FLOW && bracket
                 ? yaml_byte_of(&r->where, r->event.end_mark.index)
                 : last_child;
}

static YamlNode *read_list(Reader *r, Str key)
{
    bool flow = r->event.data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE;
    YamlNode *n = new_node(r, YAML_LIST, flow ? YAML_STYLE_FLOW : YAML_STYLE_BLOCK, key);
    refuse_anchor(r, n, r->event.data.sequence_start.anchor);
    refuse_tag(r, n, r->event.data.sequence_start.tag);
    VEC(YamlNode *) items = {0};
    size_t end = n->end;
    if (!deeper(r, n)) return n;
    while (next(r) && r->event.type != YAML_SEQUENCE_END_EVENT) {
        YamlNode *item = read_node(r, key);
        *vec_push(r->arena, &items) = item;
        end = item->end;
    }
    end_collection(r, n, end);
    n->items = items.at;
    n->count = items.len;
    return n;
}

typedef VEC(YamlEntry) Entries;

// {sql: SELECT a, b}: the comma ends the text, and `b` becomes a key without a value.
static bool split_by_comma(Reader *r, const YamlNode *map, const Entries *have, const YamlNode *key,
                           const YamlNode *value)
{
    if (map->style != YAML_STYLE_FLOW || key->style != YAML_STYLE_PLAIN || !have->len) return false;
    if (value->kind != YAML_SCALAR || value->end > value->start) return false;
    Str between = str_slice(r->where.text, key->end, value->start);
    if (str_find(between, S(":"), NULL)) return false;
    YamlNode *before = have->at[have->len - 1].value;
    if (before->kind != YAML_SCALAR || before->style != YAML_STYLE_PLAIN) return false;
    if (!before->bad) {
        diag_error(r->diags, key->at,
                   "the comma before `" STR_FMT "` ends the text `" STR_FMT
                   "`: put the whole text in quotes",
                   STR_ARG(yaml_excerpt(r->arena, key->text)),
                   STR_ARG(yaml_excerpt(r->arena, before->text)));
    }
    before->bad = true;
    return true;
}

static void add_entry(Reader *r, Map *seen, Entries *entries, const YamlNode *key, YamlNode *value)
{
    const Place *first = map_get(seen, key->text);
    if (first) {
        diag_error(r->diags, key->at,
                   "the key `" STR_FMT "` stands here a second time; the first is on line %d",
                   STR_ARG(yaml_excerpt(r->arena, key->text)), first->line);
        return;
    }
    map_put(seen, key->text, (void *)&key->at);
    *vec_push(r->arena, entries) = (YamlEntry){key->text, key->at, key->style, value};
}

// One key and its value, from the event that begins the key.
static void read_entry(Reader *r, YamlNode *map, Map *seen, Entries *entries, size_t *end)
{
    YamlNode *key = read_node(r, map->key);
    bool word = key->kind == YAML_SCALAR;
    if (!word && !r->stop) diag_error(r->diags, key->at, "a key must be a word or a text");
    if (!next(r)) return;
    YamlNode *value = read_node(r, word ? key->text : map->key);
    *end = value->end > key->end ? value->end : key->end;
    if (!word || key->bad || split_by_comma(r, map, entries, key, value)) return;
    add_entry(r, seen, entries, key, value);
}

static YamlNode *read_map(Reader *r, Str key)
{
    bool flow = r->event.data.mapping_start.style == YAML_FLOW_MAPPING_STYLE;
    YamlNode *n = new_node(r, YAML_MAP, flow ? YAML_STYLE_FLOW : YAML_STYLE_BLOCK, key);
    refuse_anchor(r, n, r->event.data.mapping_start.anchor);
    refuse_tag(r, n, r->event.data.mapping_start.tag);
    Map seen = {.arena = r->arena};
    Entries entries = {0};
    size_t end = n->end;
    if (!deeper(r, n)) return n;
    while (next(r) && r->event.type != YAML_MAPPING_END_EVENT) {
        read_entry(r, n, &seen, &entries, &end);
    }
    end_collection(r, n, end);
    n->entries = entries.at;
    n->count = entries.len;
    return n;
}

// The node that the current event begins; never NULL. After a stop its content means nothing.
static YamlNode *read_node(Reader *r, Str key)
{
    switch (r->event.type) {
    case YAML_SCALAR_EVENT:
        return read_scalar(r, key);
    case YAML_ALIAS_EVENT:
        return read_alias(r, key);
    case YAML_SEQUENCE_START_EVENT:
        return read_list(r, key);
    case YAML_MAPPING_START_EVENT:
        return read_map(r, key);
    default: // the parser's grammar gives nothing else where a node is due
        CHECK(r->stop);
        return new_node(r, YAML_SCALAR, YAML_STYLE_PLAIN, key);
    }
}

// ---- the file -----------------------------------------------------------------------------------
static YamlNode *read_document(Reader *r)
{
    if (!next(r)) return NULL; // stream start
    if (!next(r)) return NULL;
    if (r->event.type == YAML_STREAM_END_EVENT) {
        stop(r, (Place){r->where.path, 1, 1}, "there is nothing in this file");
        return NULL;
    }
    if (r->event.data.document_start.tag_directives.start !=
        r->event.data.document_start.tag_directives.end) {
        stop(r, place(r, r->event.start_mark), "%TAG is not supported here: remove the line");
        return NULL;
    }
    if (!next(r)) return NULL;
    YamlNode *root = read_node(r, S(""));
    if (!next(r) || !next(r)) return NULL; // document end, and what follows
    if (r->event.type != YAML_STREAM_END_EVENT) {
        stop(r, place(r, r->event.start_mark),
             "a second document begins here: one file holds one, so remove the `---`");
    }
    return r->stop ? NULL : root;
}

static bool refuse_encoding(Str path, Str text, Diags *diags)
{
    Place top = {path, 1, 1};
    if (text.len > YAML_BYTES_MAX) {
        diag_error(diags, top, "the file is larger than 1 MiB, the most that is read here");
        return true;
    }
    if (str_starts(text, S("\xFF\xFE")) || str_starts(text, S("\xFE\xFF"))) {
        diag_error(diags, top, "the file is written in UTF-16: save it as UTF-8");
        return true;
    }
    return false;
}

bool yaml_parse(Arena *a, Str path, Str text, Diags *diags, YamlDoc *out)
{
    *out = (YamlDoc){.path = path, .text = text};
    if (refuse_encoding(path, text, diags)) return false;
    Reader r = {.arena = a, .diags = diags, .errors_before = diags->errors};
    r.where = yaml_locator(a, path, text);
    if (!yaml_parser_initialize(&r.parser)) die_out_of_memory();
    Str body = str_slice(text, r.where.base, text.len);
    yaml_parser_set_input_string(&r.parser, (const unsigned char *)(body.len ? body.ptr : ""),
                                 body.len);
    yaml_parser_set_encoding(&r.parser, YAML_UTF8_ENCODING);
    out->root = read_document(&r);
    yaml_event_delete(&r.event);
    yaml_parser_delete(&r.parser);
    return out->root != NULL;
}

bool yaml_read(Arena *a, Str path, Diags *diags, YamlDoc *out)
{
    Error err = {0};
    Str text;
    *out = (YamlDoc){.path = path};
    if (!file_read(a, path, YAML_BYTES_MAX, &text, &err)) {
        diag_error(diags, (Place){path, 1, 1}, "%s", err.text);
        return false;
    }
    return yaml_parse(a, path, text, diags, out);
}

Str yaml_source(const YamlDoc *doc, const YamlNode *n)
{
    return str_slice(doc->text, n->start, n->end);
}
