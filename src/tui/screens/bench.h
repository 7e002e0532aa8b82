// bench: the workbench of an attempt: editor, ask line, rows, conversation. Private to the screens.
#ifndef TUI_SCREENS_BENCH_H
#define TUI_SCREENS_BENCH_H
#include "tui/ui.h"

// Lays the workbench for the attempt under way, with its text; does nothing when it is laid
// already.
void bench_lay(Ui *ui);
// Hands what the editor changed to the app, with whether it was in words.
void bench_hand_over(Ui *ui);
// Tables, columns, functions and keywords of the drill.
const Candidate *bench_candidates(Arena *a, const Drill *d, size_t *count);
bool bench_reads(const Drill *d, Str table); // is this one of the drill's tables?

// The parts of its screen.
void bench_draw_left(Ui *ui, Grid *g, Rect area);
void bench_draw_caption(Ui *ui, Grid *g, Rect row); // what is going on, on a rule
void bench_draw_rows(Ui *ui, Grid *g, Rect area);   // the caption, and what is below it
void bench_take_result(Ui *ui);                     // of a run that has ended
void bench_draw_schema(Ui *ui, Grid *g, Rect area); // the columns there are
void bench_draw_error(Ui *ui, Grid *g, Rect area, const Error *e);
void bench_draw_steps(Ui *ui, Grid *g, Rect area); // in place of the rows
void bench_steps(Ui *ui);                          // runs them, or goes on to the next one
void bench_leave_steps(Ui *ui);                    // back to the rows of the last run
#endif
