// page: the lines that a Markdown document becomes. Private to prose.
//
// Containers (quotes, list items) put something before every line inside them: the first time a
// mark, later blanks. A blank line parts blocks, except inside a tight list.
#ifndef PROSE_PAGE_H
#define PROSE_PAGE_H
#include "prose/flow.h"

typedef struct {
    Str first, rest; // of one width
    ProseRole role;
    bool used; // `first` stands already
} Container;

typedef struct {
    bool ordered, tight;
    unsigned number; // of the next item
} ItemList;

typedef enum { ALIGN_LEFT, ALIGN_RIGHT, ALIGN_CENTER } Align;

typedef struct {
    Run run;
    Align align;
} MarkCell;

typedef struct {
    VEC(MarkCell) cells; // row after row, names first
    size_t columns;
} MarkTable;

typedef struct {
    Arena *arena;
    int cells;
    LineVec lines;
    VEC(Container) containers;
    VEC(ItemList) lists;
    bool gap; // a blank line is due before the next block
} Page;

int page_room(const Page *p); // cells behind what the containers put
void page_start(Page *p);     // a block begins
void page_end(Page *p);       // a block is over
void page_run(Page *p, const Run *r);
void page_code(Page *p, Str code, Str language);
void page_rule(Page *p);
void page_table(Page *p, const MarkTable *t);
void page_open(Page *p, Container c);
void page_close(Page *p); // the innermost container; shows its mark if nothing else did
#endif
