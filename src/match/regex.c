// regex: PCRE2 with every limit set, and a count of work that stops what the limits let through.
//
// match_limit counts anew at each start position, so it bounds nothing on a long text. Automatic
// callouts do: before each item of the pattern our function is called, and adds to `work` a fixed
// price and the characters that were passed since the last call (`a++` scans a whole text between
// two calls). Backward steps are free: they cost PCRE2 nothing by their length. Measured with 10.42
// on a 65 kB text of one letter: some 20 ns a callout, 0.3 ns a character, so WORK_MAX is 0.1 to
// 0.2 s, and fifty times what an ordinary pattern needs on such a text.
#define PCRE2_CODE_UNIT_WIDTH 8
#include "base/check.h"
#include "base/utf8.h"
#include "match/match.h"
#include <pcre2.h>
#include <stdlib.h>

enum {
    CALLOUT_PRICE = 16,    // in characters scanned
    WORK_MAX = 100000000,  // characters
    CLOCK_EVERY = 1024,    // callouts
    MATCH_LIMIT = 1000000, // per start position
    HEAP_KIB = 32 * 1024,
    PARENS_MAX = 100,
};

struct MatchRegex {
    pcre2_code *code;
    pcre2_match_context *context;
    pcre2_match_data *data;
};

typedef struct {
    uint64_t work, calls;
    size_t last; // place of the last callout
    const World *world;
    int64_t until_ms;
} Meter;

static int step(pcre2_callout_block *at, void *meter)
{
    Meter *m = meter;
    m->work += CALLOUT_PRICE;
    if (at->current_position > m->last) m->work += at->current_position - m->last;
    m->last = at->current_position;
    if (m->work > WORK_MAX) return PCRE2_ERROR_CALLOUT;
    if (!m->world || ++m->calls % CLOCK_EVERY) return 0;
    return m->world->mono_ms(m->world) > m->until_ms ? PCRE2_ERROR_CALLOUT : 0;
}

static size_t characters(Str s)
{
    size_t n = 0;
    for (size_t at = 0, length; at < s.len; at += length, n++) utf8_decode(s, at, &length);
    return n;
}

static bool compile_error(Str pattern, int code, size_t offset, Error *err)
{
    unsigned char words[160];
    if (code == PCRE2_ERROR_NOMEMORY) die_out_of_memory();
    pcre2_get_error_message(code, words, sizeof words);
    int column = (int)characters(str_slice(pattern, 0, offset)) + 1;
    error_set(err, ERROR_INPUT, "the pattern is wrong at character %d: %s", column, words);
    err->column = column;
    return false;
}

static pcre2_code *compile(Str pattern, bool nocase, int *code, size_t *offset)
{
    pcre2_compile_context *limits = pcre2_compile_context_create(NULL);
    if (!limits) die_out_of_memory();
    pcre2_set_max_pattern_length(limits, MATCH_PATTERN_MAX);
    pcre2_set_parens_nest_limit(limits, PARENS_MAX);
    uint32_t options = PCRE2_UTF | PCRE2_NEVER_BACKSLASH_C | PCRE2_AUTO_CALLOUT;
    if (nocase) options |= PCRE2_CASELESS;
    pcre2_code *re = pcre2_compile((PCRE2_SPTR)(pattern.len ? pattern.ptr : ""), pattern.len,
                                   options, code, offset, limits);
    pcre2_compile_context_free(limits);
    return re;
}

bool match_regex_open(Str pattern, bool nocase, MatchRegex **out, Error *err)
{
    int code;
    size_t offset;
    *out = NULL;
    if (pattern.len > MATCH_PATTERN_MAX) {
        return error_set(err, ERROR_INPUT, "the pattern is longer than %d bytes",
                         MATCH_PATTERN_MAX);
    }
    pcre2_code *compiled = compile(pattern, nocase, &code, &offset);
    if (!compiled) return compile_error(pattern, code, offset, err);
    MatchRegex *re = calloc(1, sizeof *re);
    if (!re) die_out_of_memory();
    *re = (MatchRegex){.code = compiled,
                       .context = pcre2_match_context_create(NULL),
                       .data = pcre2_match_data_create_from_pattern(compiled, NULL)};
    if (!re->context || !re->data) die_out_of_memory();
    pcre2_set_match_limit(re->context, MATCH_LIMIT);
    pcre2_set_heap_limit(re->context, HEAP_KIB);
    *out = re;
    return true;
}

void match_regex_close(MatchRegex *re)
{
    if (!re) return;
    pcre2_match_data_free(re->data);
    pcre2_match_context_free(re->context);
    pcre2_code_free(re->code);
    free(re);
}

// The first MATCH_SUBJECT_MAX bytes, whole characters.
static Str searched(Str text)
{
    size_t n = text.len;
    if (n > MATCH_SUBJECT_MAX) {
        n = MATCH_SUBJECT_MAX;
        for (int i = 0; i < 3 && ((unsigned char)text.ptr[n] & 0xC0) == 0x80; i++) n--;
    }
    return (Str){text.len ? text.ptr : "", n};
}

static bool stopped(int code, size_t at, Error *err)
{
    unsigned char words[160];
    switch (code) {
    case PCRE2_ERROR_CALLOUT:
    case PCRE2_ERROR_MATCHLIMIT:
        return error_set(err, ERROR_TIME,
                         "the pattern takes too long on this text: nested repeats try every split");
    case PCRE2_ERROR_HEAPLIMIT:
        return error_set(err, ERROR_MEMORY,
                         "the pattern takes too much memory on this text: make it simpler");
    case PCRE2_ERROR_NOMEMORY:
        die_out_of_memory();
    default:
        if (code <= PCRE2_ERROR_UTF8_ERR1 && code >= PCRE2_ERROR_UTF8_ERR21) {
            return error_set(err, ERROR_INPUT, "the text is not UTF-8 at byte %zu", at + 1);
        }
        pcre2_get_error_message(code, words, sizeof words);
        return error_set(err, ERROR_INPUT, "the pattern cannot be searched for: %s", words);
    }
}

bool match_regex_find(MatchRegex *re, Str text, size_t from, const World *world, bool *found,
                      MatchSpan *span, Error *err)
{
    Str s = searched(text);
    *found = false;
    *span = (MatchSpan){0};
    if (from > s.len) return true;
    Meter meter = {.world = world, .last = from};
    if (world) meter.until_ms = world->mono_ms(world) + MATCH_WALL_MS;
    pcre2_set_callout(re->context, step, &meter);
    int code = pcre2_match(re->code, (PCRE2_SPTR)s.ptr, s.len, from, 0, re->data, re->context);
    if (code == PCRE2_ERROR_NOMATCH) return true;
    if (code < 0) return stopped(code, pcre2_get_startchar(re->data), err);
    const size_t *ends = pcre2_get_ovector_pointer(re->data);
    *span = (MatchSpan){ends[0], ends[1] < ends[0] ? ends[0] : ends[1]}; // \K can cross them
    *found = true;
    return true;
}

bool match_regex_group(const MatchRegex *re, size_t i, MatchSpan *span)
{
    const size_t *ends = pcre2_get_ovector_pointer(re->data);
    *span = (MatchSpan){0};
    if (i >= pcre2_get_ovector_count(re->data) || ends[2 * i] == PCRE2_UNSET) return false;
    *span = (MatchSpan){ends[2 * i], ends[2 * i + 1]};
    return true;
}

size_t match_regex_groups(const MatchRegex *re)
{
    uint32_t n = 0;
    pcre2_pattern_info(re->code, PCRE2_INFO_CAPTURECOUNT, &n);
    return n;
}
