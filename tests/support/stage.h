// stage: the program on a fake terminal, played key by key against saved screens. One at a time:
// its parts are those of the suite that is running.
#ifndef STAGE_H
#define STAGE_H
#include "tui/ui.h"

extern Arena arena;
extern World world;
extern Ui ui;
extern Term *term;
extern int rows, cols; // of the terminal that `start` opens

enum { USUAL = 2, SIZES = 4 }; // of use_size: how many are asked of most tests, and there are
void use_size(int i);

void setup(void); // a data folder of its own; nothing runs yet
void start(void);
void leave(void);
void teardown(void);

// What each does is done when it returns, work in the helper included.
void press(const char *names); // "enter F3 ^Q"
void paste(const char *text);
void type(const char *text);
void pass(int64_t ms); // of the clock
void turn(void);       // one turn of the loop, in which all queued keys are taken
bool busy(void);       // the helper is at work
void finish_work(void);
void stop_watch(void); // what takes real time, or is the exam's to choose, is made the same

void check(const char *name); // against the saved screen NAME-COLSxROWS
bool shows(const char *text);
StoreAttempt newest(void); // the only attempt that is remembered

Table table_of(const char *const *names, size_t width, Value *cells, size_t rows_in_it);
#define ck_str(str, text) ck_assert_str_eq(str_c(&arena, str), text)

// Answers to the drill of tests/screen/kiosk.yaml.
#define RIGHT                                                                                      \
    "SELECT seller, id\nFROM (SELECT seller, id,\n             RANK() OVER (PARTITION BY seller "  \
    "ORDER BY price DESC) AS place\n      FROM sale WHERE price IS NOT NULL) AS ranked\n"          \
    "WHERE place = 1"
#define PICKS_ONE                                                                                  \
    "SELECT seller, id\nFROM (SELECT seller, id,\n             ROW_NUMBER() OVER (PARTITION BY "   \
    "seller ORDER BY price DESC) AS place\n      FROM sale WHERE price IS NOT NULL) AS ranked\n"   \
    "WHERE place = 1"
#define ENDLESS                                                                                    \
    "WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) SELECT MAX(n) FROM r"
#endif
