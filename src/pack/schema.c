// schema: the JSON Schema (2020-12) of the pack format, printed from the tables of fields.
//
// Each Object becomes one entry of $defs; each Shape is one function that writes the members of a
// property into its open object.
#include "base/check.h"
#include "base/json.h"
#include "pack/field.h"
#include <assert.h>

enum { OBJECTS_MAX = 128 };

typedef struct {
    Arena *arena;
    Json *j;
    const Object *objects[OBJECTS_MAX]; // met so far, in order
    size_t count;
} Schema;

typedef void (*ShapeWriter)(Schema *s, const Field *f);

static void meet(Schema *s, const Object *o)
{
    for (size_t i = 0; i < s->count; i++) {
        if (s->objects[i] == o) return;
    }
    CHECK(s->count < OBJECTS_MAX);
    s->objects[s->count++] = o;
}

static void reference(Schema *s, const char *name)
{
    json_pair_str(s->j, "$ref", str_fmt(s->arena, "#/$defs/%s", name));
}

static void refer(Schema *s, const Object *o)
{
    meet(s, o);
    reference(s, o->name);
}

static void type(Schema *s, const char *name)
{
    json_pair_str(s->j, "type", str_from(name));
}

static void open(Schema *s, const char *key)
{
    json_key(s->j, str_from(key));
    json_begin_object(s->j);
}

static void close(Schema *s)
{
    json_end_object(s->j);
}

// Text fields take any plain scalar as it is written: 0123 and NO are text there.
static void text(Schema *s, const Field *f)
{
    (void)f;
    reference(s, "text");
}

static void slug(Schema *s, const Field *f)
{
    (void)f;
    type(s, "string");
    json_pair_str(s->j, "pattern", S("^[a-z0-9][a-z0-9_-]{0,79}$"));
}

static void list_of(Schema *s, const Field *f, ShapeWriter item)
{
    type(s, "array");
    open(s, "items");
    item(s, f);
    close(s);
}

static void texts(Schema *s, const Field *f)
{
    list_of(s, f, text);
}

static void text_lists(Schema *s, const Field *f)
{
    list_of(s, f, texts);
}

static void range(Schema *s, const Field *f)
{
    if (f->least == 0 && f->most == 0) return;
    json_key(s->j, S("minimum"));
    json_float(s->j, f->least);
    json_key(s->j, S("maximum"));
    json_float(s->j, f->most);
}

static void integer(Schema *s, const Field *f)
{
    type(s, "integer");
    range(s, f);
}

static void real(Schema *s, const Field *f)
{
    type(s, "number");
    range(s, f);
}

static void boolean(Schema *s, const Field *f)
{
    (void)f;
    type(s, "boolean");
}

static void date(Schema *s, const Field *f)
{
    (void)f;
    type(s, "string");
    json_pair_str(s->j, "format", S("date"));
}

static void choice(Schema *s, const Field *f)
{
    StrList names = pack_choice_names(s->arena, f->choices);
    json_key(s->j, S("enum"));
    json_begin_array(s->j);
    for (size_t i = 0; i < names.len; i++) json_str(s->j, names.at[i]);
    json_end_array(s->j);
}

static void choice_list(Schema *s, const Field *f)
{
    list_of(s, f, choice);
}

// Any one of several forms.
static void any_of(Schema *s, const Field *f, const ShapeWriter *forms, size_t count)
{
    json_key(s->j, S("anyOf"));
    json_begin_array(s->j);
    for (size_t i = 0; i < count; i++) {
        json_begin_object(s->j);
        forms[i](s, f);
        json_end_object(s->j);
    }
    json_end_array(s->j);
}

#define ANY_OF(...)                                                                                \
    any_of(s, f, (const ShapeWriter[]){__VA_ARGS__},                                               \
           sizeof((const ShapeWriter[]){__VA_ARGS__}) / sizeof(ShapeWriter))

static void choices(Schema *s, const Field *f)
{
    ANY_OF(choice, choice_list);
}

static void map_of(Schema *s, const Field *f, ShapeWriter value)
{
    type(s, "object");
    open(s, "additionalProperties");
    value(s, f);
    close(s);
}

static void number(Schema *s, const Field *f)
{
    (void)f;
    type(s, "number");
}

static void numbers(Schema *s, const Field *f)
{
    map_of(s, f, number);
}

static void star(Schema *s, const Field *f)
{
    (void)f;
    json_pair_str(s->j, "const", S("star"));
}

static void seconds(Schema *s, const Field *f)
{
    ANY_OF(numbers, star);
}

static void text_map(Schema *s, const Field *f)
{
    map_of(s, f, text);
}

static void sets(Schema *s, const Field *f)
{
    map_of(s, f, texts);
}

static void match(Schema *s, const Field *f)
{
    (void)f;
    meet(s, &PACK_MATCH_OBJECT);
    reference(s, "listen");
}

static void terms(Schema *s, const Field *f)
{
    list_of(s, f, match);
}

static void near_form(Schema *s, const Field *f)
{
    (void)f;
    refer(s, &PACK_NEAR_OBJECT);
}

static void near(Schema *s, const Field *f)
{
    ANY_OF(terms, near_form);
}

static void table_column(Schema *s, const Field *f)
{
    (void)f;
    type(s, "string");
    json_pair_str(s->j, "pattern", S("^[^.]+[.].+$"));
}

static void values(Schema *s, const Field *f)
{
    ANY_OF(texts, numbers);
}

static void two(Schema *s, const Field *f, ShapeWriter item)
{
    list_of(s, f, item);
    json_pair_int(s->j, "minItems", 2);
    json_pair_int(s->j, "maxItems", 2);
}

static void span(Schema *s, const Field *f)
{
    two(s, f, text);
}

static void number_span(Schema *s, const Field *f)
{
    two(s, f, number);
}

static void by_reference(Schema *s, const Field *f)
{
    (void)f;
    json_pair_str(s->j, "const", S("reference"));
}

static void sort(Schema *s, const Field *f)
{
    ANY_OF(texts, by_reference);
}

static void edits(Schema *s, const Field *f)
{
    list_of(s, f, span);
}

static void all_or_none(Schema *s, const Field *f)
{
    (void)f;
    json_key(s->j, S("enum"));
    json_begin_array(s->j);
    json_str(s->j, S("all"));
    json_str(s->j, S("none"));
    json_end_array(s->j);
}

static void all_or_words(Schema *s, const Field *f)
{
    ANY_OF(all_or_none, texts);
}

static void anything(Schema *s, const Field *f)
{
    (void)s;
    (void)f;
}

static void row(Schema *s, const Field *f)
{
    list_of(s, f, anything);
}

static void rows(Schema *s, const Field *f)
{
    list_of(s, f, row);
}

static void object(Schema *s, const Field *f)
{
    refer(s, f->object);
}

static void objects(Schema *s, const Field *f)
{
    list_of(s, f, object);
}

static void text_or_object(Schema *s, const Field *f)
{
    ANY_OF(text, object);
}

static void texts_or_objects(Schema *s, const Field *f)
{
    list_of(s, f, text_or_object);
}

static void named(Schema *s, const Field *f)
{
    map_of(s, f, object);
}

static void drill(Schema *s, const Field *f)
{
    (void)f;
    reference(s, "drill");
}

static void drills(Schema *s, const Field *f)
{
    list_of(s, f, drill);
}

static const ShapeWriter writers[] = {
    [SHAPE_TEXT] = text,
    [SHAPE_WORD] = text,
    [SHAPE_CODE] = text,
    [SHAPE_SLUG] = slug,
    [SHAPE_TEXTS] = texts,
    [SHAPE_WORDS] = texts,
    [SHAPE_CODES] = texts,
    [SHAPE_INT] = integer,
    [SHAPE_COUNT] = integer,
    [SHAPE_REAL] = real,
    [SHAPE_BOOL] = boolean,
    [SHAPE_DATE] = date,
    [SHAPE_TIME] = text,
    [SHAPE_CHOICE] = choice,
    [SHAPE_CHOICES] = choices,
    [SHAPE_SECONDS] = seconds,
    [SHAPE_MINUTES] = numbers,
    [SHAPE_STAGES] = texts,
    [SHAPE_BEAT] = text,
    [SHAPE_SETS] = sets,
    [SHAPE_HEARD] = texts,
    [SHAPE_TERMS] = terms,
    [SHAPE_NEAR] = near,
    [SHAPE_MATCH] = match,
    [SHAPE_REFERENCE] = table_column,
    [SHAPE_VALUES] = values,
    [SHAPE_SPAN] = span,
    [SHAPE_NUMBER_SPAN] = number_span,
    [SHAPE_SORT] = sort,
    [SHAPE_EDITS] = edits,
    [SHAPE_WORD_LISTS] = text_lists,
    [SHAPE_NUMBERS] = numbers,
    [SHAPE_TEXT_MAP] = text_map,
    [SHAPE_ALL_OR_WORDS] = all_or_words,
    [SHAPE_ROWS] = rows,
    [SHAPE_ANY] = anything,
    [SHAPE_OBJECT] = object,
    [SHAPE_OBJECTS] = objects,
    [SHAPE_CODE_OR_OBJECTS] = texts_or_objects,
    [SHAPE_TEXT_OR_OBJECTS] = texts_or_objects,
    [SHAPE_NAMED] = named,
    [SHAPE_DRILLS] = drills,
};
static_assert(sizeof writers / sizeof *writers == SHAPE_COUNT_, "a writer for every shape");

// ---- objects

static void write_field(Schema *s, const Field *f)
{
    open(s, f->name);
    writers[f->shape](s, f);
    json_pair_str(s->j, "description", str_from(f->doc));
    if (f->fallback) json_pair_str(s->j, "$comment", str_fmt(s->arena, "default: %s", f->fallback));
    close(s);
}

static void write_properties(Schema *s, const Object *o)
{
    if (o->base) write_properties(s, o->base);
    for (size_t i = 0; i < o->count; i++) write_field(s, &o->fields[i]);
}

static size_t write_required(Schema *s, const Object *o, size_t n)
{
    if (o->base) n = write_required(s, o->base, n);
    for (size_t i = 0; i < o->count; i++) {
        if (!o->fields[i].required) continue;
        if (n++ == 0) {
            json_key(s->j, S("required"));
            json_begin_array(s->j);
        }
        json_str(s->j, str_from(o->fields[i].name));
    }
    return n;
}

// Exactly one of these keys.
static void write_one_of(Schema *s, const Object *o)
{
    Str rest = str_from(o->one_of), word;
    json_key(s->j, S("oneOf"));
    json_begin_array(s->j);
    while (pack_next_word(&rest, &word)) {
        json_begin_object(s->j);
        json_key(s->j, S("required"));
        json_begin_array(s->j);
        json_str(s->j, word);
        json_end_array(s->j);
        json_end_object(s->j);
    }
    json_end_array(s->j);
}

static void write_object(Schema *s, const Object *o)
{
    open(s, o->name);
    json_pair_str(s->j, "description", str_from(o->doc));
    type(s, "object");
    if (write_required(s, o, 0)) json_end_array(s->j);
    if (o->one_of) write_one_of(s, o);
    open(s, "properties");
    write_properties(s, o);
    close(s);
    json_pair_bool(s->j, "additionalProperties", false);
    close(s);
}

// ---- definitions that are not objects

static void write_text(Schema *s)
{
    static const char *const types[] = {"string", "number", "boolean"};
    open(s, "text");
    json_pair_str(s->j, "description", S("Text; plain numbers and words are taken as written."));
    json_key(s->j, S("type"));
    json_begin_array(s->j);
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) json_str(s->j, str_from(types[i]));
    json_end_array(s->j);
    close(s);
}

static void listen_object(Schema *s, const Field *f)
{
    (void)f;
    refer(s, &PACK_MATCH_OBJECT);
}

// A word, a list of them, or operators: anything that a rule listens for.
static void write_listen(Schema *s)
{
    const Field *f = NULL;
    open(s, "listen");
    ANY_OF(text, terms, listen_object);
    close(s);
}

// The fields of a drill are those of its kind.
static void write_drill(Schema *s)
{
    open(s, "drill");
    type(s, "object");
    json_key(s->j, S("required"));
    json_begin_array(s->j);
    json_str(s->j, S("kind"));
    json_end_array(s->j);
    json_key(s->j, S("allOf"));
    json_begin_array(s->j);
    for (int i = 0; i < KIND_COUNT_; i++) {
        json_begin_object(s->j);
        open(s, "if");
        open(s, "properties");
        open(s, "kind");
        json_pair_str(s->j, "const", str_from(kind_name((DrillKind)i)));
        close(s);
        close(s);
        close(s);
        open(s, "then");
        refer(s, PACK_DRILL_OBJECTS[i]);
        close(s);
        json_end_object(s->j);
    }
    json_end_array(s->j);
    close(s);
}

static void write_roots(Schema *s)
{
    static const Object *const roots[] = {&PACK_OBJECT, &PACK_PART_OBJECT, &PACK_LOOP_OBJECT,
                                          &PACK_PLAN_OBJECT, &PACK_SKILLS_OBJECT};
    json_key(s->j, S("anyOf"));
    json_begin_array(s->j);
    for (size_t i = 0; i < sizeof roots / sizeof *roots; i++) {
        json_begin_object(s->j);
        refer(s, roots[i]);
        json_end_object(s->j);
    }
    json_end_array(s->j);
}

enum { INLINE_MAX = 90 };

// Bytes of the innermost object that begins here, when it is short enough for one line; else 0.
static size_t short_object(Str s)
{
    bool quoted = false;
    for (size_t i = 1; i < s.len && i < INLINE_MAX; i++) {
        if (s.ptr[i] == '"' && s.ptr[i - 1] != '\\') quoted = !quoted;
        if (!quoted && s.ptr[i] == '{') return 0;
        if (!quoted && s.ptr[i] == '}') return i + 1;
    }
    return 0;
}

static void newline(Buf *b, int depth)
{
    buf_char(b, '\n');
    buf_repeat(b, ' ', 2 * (size_t)depth);
}

// Objects open over lines, so that a change of a row is a change of a line; lists and short objects
// stay on theirs. Written for compact JSON without white space of its own.
static Str indent(Arena *a, Str compact)
{
    enum { DEEP = 64 };
    Buf b = buf_new(a);
    bool quoted = false, in_list[DEEP] = {false};
    int depth = 0, margin = 0;
    size_t inline_end = 0;
    for (size_t i = 0; i < compact.len; i++) {
        char c = compact.ptr[i];
        if (c == '"' && compact.ptr[i - 1] != '\\') quoted = !quoted;
        if (!quoted && c == '{' && i >= inline_end) {
            inline_end = i + short_object(str_slice(compact, i, compact.len));
        }
        bool wide = !quoted && i >= inline_end;
        if (wide && c == '}') newline(&b, --margin);
        buf_char(&b, c);
        if (quoted) continue;
        if (c == ':') buf_char(&b, ' ');
        if (c == '{' || c == '[') in_list[++depth % DEEP] = c == '[';
        if (c == '}' || c == ']') depth--;
        if (wide && c == '{') newline(&b, ++margin);
        if (c == ',' && (!wide || in_list[depth % DEEP]))
            buf_char(&b, ' ');
        else if (c == ',')
            newline(&b, margin);
    }
    buf_char(&b, '\n');
    return buf_str(&b);
}

Str pack_schema(Arena *a)
{
    Buf b = buf_new(a);
    Json j = json_new(&b);
    Schema s = {.arena = a, .j = &j};
    json_begin_object(&j);
    json_pair_str(&j, "$schema", S("https://json-schema.org/draft/2020-12/schema"));
    json_pair_str(&j, "title", S("greenroom: packs of drills"));
    write_roots(&s);
    open(&s, "$defs");
    write_text(&s);
    write_listen(&s);
    write_drill(&s);
    for (size_t i = 0; i < s.count; i++) write_object(&s, s.objects[i]);
    close(&s);
    json_end_object(&j);
    return indent(a, buf_str(&b));
}
