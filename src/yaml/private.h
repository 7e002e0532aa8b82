// yaml/private: what the files of this module share.
#ifndef YAML_PRIVATE_H
#define YAML_PRIVATE_H
#include "yaml/yaml.h"

// ---- locate.c: libyaml counts characters; files, hashes and people count bytes, lines, columns --
typedef struct {
    size_t byte, character;
} YamlLine; // where a line starts

typedef struct {
    Str path, text;
    size_t base; // bytes in front of character 0: a byte order mark
    size_t characters;
    size_t *samples; // byte of every YAML_SAMPLE-th character
    VEC(YamlLine) lines;
} YamlLocator;
enum { YAML_SAMPLE = 64 };

YamlLocator yaml_locator(Arena *a, Str path, Str text);
size_t yaml_byte_of(const YamlLocator *l, size_t character); // clamped to the text
Place yaml_place_of(const YamlLocator *l, size_t character); // clamped to the text
Place yaml_place_of_byte(const YamlLocator *l, size_t byte); // clamped to the text

// ---- plain.c: what the two versions of YAML make of a plain scalar ------------------------------
// -------------------------------- The value as a YAML 1.1 reader would print it, when that is not
// the text itself; else "".
Str yaml11_changes(Arena *a, Str plain);
bool yaml12_integer(Str plain, int64_t *out);
bool yaml12_real(Str plain, double *out);
bool yaml12_boolean(Str plain, bool *out);
bool yaml12_nothing(Str plain);
bool yaml11_has_real(Str plain); // would YAML 1.1 read this real as a number?

// ---- words.c: faults in the words of somebody who writes packs ----------------------------------
typedef struct {
    const char *problem; // as libyaml says it; NULL is allowed
    char at;             // the byte at the place; 0 at the end
    bool before_quote;   // the last thing in front of it, on its line, is a closing quote
    int opened;          // line on which the thing began that is not finished; 0 = unknown
} YamlFault;
Str yaml_fault_words(Arena *a, const YamlFault *f);
Str yaml_excerpt(Arena *a, Str text); // cleaned, on one line, at most 40 cells
#endif
