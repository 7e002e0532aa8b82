// words: libyaml's complaints in the words of somebody who writes packs.
//
// The table is matched by the whole sentence of libyaml 0.2; what it does not know is passed on.
#include "base/clean.h"
#include "base/utf8.h"
#include "yaml/private.h"
#include <string.h>

typedef struct {
    const char *problem;
    const char *words;
    const char *opened; // when the line of the opening is known: printf form with one %d
} Row;

#define NOT_UTF8 "this byte is not UTF-8: save the file as UTF-8"
#define TABS "a tab cannot indent: use spaces"
#define TAG_QUOTES "a text that starts with ! needs quotes: ! begins a tag"
#define DIRECTIVE "a line that starts with % is read as a directive: put the text in quotes"
#define ESCAPE "this is not the code of a character: \\x takes two hexadecimal digits, \\u four"

static const Row rows[] = {
    {"invalid leading UTF-8 octet", NOT_UTF8, NULL},
    {"invalid trailing UTF-8 octet", NOT_UTF8, NULL},
    {"incomplete UTF-8 octet sequence", NOT_UTF8, NULL},
    {"invalid length of a UTF-8 sequence", NOT_UTF8, NULL},
    {"invalid Unicode character", NOT_UTF8, NULL},
    {"control characters are not allowed",
     "a control character stands here, which YAML does not allow: remove it, or write it as an "
     "escape in double quotes",
     NULL},
    {"mapping values are not allowed in this context",
     "a colon and a space cannot stand inside an unquoted text: put the text in quotes, or check "
     "the indentation",
     NULL},
    {"did not find expected key", "expected a key here: check the indentation",
     "expected a key here, in the column of the other keys (the map begins on line %d): check the "
     "indentation and the quotes above"},
    {"did not find expected '-' indicator", "expected `- ` here: check the indentation",
     "expected `- ` here, in the column of the other items (the list begins on line %d): check the "
     "indentation"},
    {"could not find expected ':'",
     "this line is no key, since no colon follows it: add one, or indent the line so that it "
     "belongs to the text above",
     NULL},
    {"did not find expected ',' or ']'", "expected `,` or `]` here",
     "expected `,` or `]` here, for the list that is opened on line %d: is it closed, and is every "
     "text with a colon, comma or quote in quotes?"},
    {"did not find expected ',' or '}'", "expected `,` or `}` here",
     "expected `,` or `}` here, for the map that is opened on line %d: is it closed, and is every "
     "text with a colon, comma or quote in quotes?"},
    {"did not find expected node content",
     "expected a value here: text cannot start with this character unless it is quoted", NULL},
    {"did not find expected alphabetic or numeric character",
     "a text that starts with & or * needs quotes: they begin anchors and aliases, which packs do "
     "not have",
     NULL},
    {"found undefined tag handle", TAG_QUOTES, NULL},
    {"did not find expected tag URI", TAG_QUOTES, NULL},
    {"did not find expected '!'", TAG_QUOTES, NULL},
    {"did not find the expected '>'", TAG_QUOTES, NULL},
    {"did not find URI escaped octet", TAG_QUOTES, NULL},
    {"found a tab character that violates indentation", TABS, NULL},
    {"found a tab character where an indentation space is expected", TABS, NULL},
    {"found unexpected end of stream", "the file ends inside a quoted text: a quote is missing",
     "the quote that is opened on line %d is never closed"},
    {"found unexpected document indicator",
     "a line of three dots or dashes ends the file here, inside a quoted text",
     "a line of three dots or dashes ends the file here, inside the text whose quote is opened on "
     "line %d"},
    {"found unknown escape character",
     "a backslash in double quotes starts an escape, and this is none: write two backslashes, or "
     "use single quotes",
     NULL},
    {"found invalid Unicode character escape code", ESCAPE, NULL},
    {"did not find expected hexdecimal number", ESCAPE, NULL},
    {"did not find expected comment or line break",
     "only a comment may follow here: a text after | or > starts on the next line", NULL},
    {"found an indentation indicator equal to 0", "the number after | or > is at least 1", NULL},
    {"block sequence entries are not allowed in this context",
     "a list cannot start here: put each `- ` on a line of its own, below the key", NULL},
    {"mapping keys are not allowed in this context",
     "a question mark and a space cannot start a text here: put the text in quotes", NULL},
    {"found unexpected ':'",
     "a colon cannot stand here in an unquoted text: put the text in quotes", NULL},
    {"did not find expected <document start>",
     "what stands above is already a whole document: check the indentation of this line", NULL},
    {"found unknown directive name", DIRECTIVE, NULL},
    {"could not find expected directive name", DIRECTIVE, NULL},
    {"found unexpected non-alphabetical character", DIRECTIVE, NULL},
    {"found incompatible YAML document", "this version of YAML is not known here: use 1.2", NULL},
};

static Str cannot_start(Arena *a, char at)
{
    if (at == '\t') return S(TABS);
    if (at == '`') return S("a text that starts with a backquote needs quotes around it");
    return str_fmt(a, "a text that starts with %c needs quotes around it", at);
}

// 'don't do it', "he said "no"": the text ends at the inner quote.
static bool broken_by_quote(const YamlFault *f, const char *problem)
{
    return f->before_quote && (str_starts(str_from(problem), S("did not find expected")) ||
                               str_starts(str_from(problem), S("could not find expected")));
}

Str yaml_fault_words(Arena *a, const YamlFault *f)
{
    const char *problem = f->problem ? f->problem : "";
    if (!strcmp(problem, "found character that cannot start any token")) {
        return cannot_start(a, f->at);
    }
    if (!f->at && !strcmp(problem, "did not find expected node content")) {
        return S("the file ends where a value should stand: is every [ and { closed?");
    }
    if (broken_by_quote(f, problem)) {
        return S("the quoted text ends before this place: inside single quotes write '' for a "
                 "quote, inside double quotes \\\"");
    }
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const Row *r = &rows[i];
        if (strcmp(problem, r->problem) != 0) continue;
        if (!r->opened || !f->opened) return str_from(r->words);
        Str head, tail = str_from(r->opened);
        bool cut = str_cut(tail, '%', &head, &tail); // "%d", always there
        (void)cut;
        return str_fmt(a, STR_FMT "%d" STR_FMT, STR_ARG(head), f->opened,
                       STR_ARG(str_slice(tail, 1, tail.len)));
    }
    return str_fmt(a, "this is not YAML: %s", problem);
}

Str yaml_excerpt(Arena *a, Str text)
{
    enum { CELLS = 40 };
    Str line = clean_text(a, str_slice(text, 0, (size_t)CELLS * 8), CLEAN_LINE, NULL);
    Str fit = utf8_fit(line, CELLS, NULL);
    if (fit.len == line.len && text.len <= (size_t)CELLS * 8) return fit;
    return str_fmt(a, STR_FMT "…", STR_ARG(fit));
}
