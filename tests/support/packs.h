// packs: what the suites of pack share: a library, its faults, and files made for one test.
#ifndef SUPPORT_PACKS_H
#define SUPPORT_PACKS_H
#include "pack/pack.h"

extern Arena arena;
extern Diags diags;
extern Library library;
extern Str folder; // a fresh folder, made by the first packs_put

void packs_setup(void);
void packs_teardown(void);
Str packs_put(const char *name, const char *text); // writes a file below folder; its path
bool packs_load_all(const Str *paths, size_t count);
bool packs_load(Str path);
const Drill *packs_drill(const char *id);        // must be there
bool packs_was_said(Str path, const char *part); // is there a fault of this file that says this?
const char *packs_first_error(void);             // "" = none

#define ck_str(str, text) ck_assert_str_eq(str_c(&arena, str), text)

#define HEAD "title: T\nlicence: CC0-1.0\n"
#define EXPLAIN(id)                                                                                \
    "  - {id: " id ", kind: explain, title: T, skills: [sql.join], prompt: Why?, solution: So.}\n"
#endif
