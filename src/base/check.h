// CHECK: invariants of our own that are always tested, and the one way out when one is broken.
//
// What the outside world does wrong is an Error; a broken invariant or no memory ends the program.
// `die` runs the hook (the screen registers one that restores the terminal), prints one sentence
// and leaves: by abort() for a broken invariant, with exit status DIE_EXIT_MEMORY when memory ran
// out.
#ifndef BASE_CHECK_H
#define BASE_CHECK_H

enum { DIE_EXIT_MEMORY = 70 };

#define CHECK(cond)                                                                                \
    do {                                                                                           \
        if (!(cond)) check_failed(__FILE__, __LINE__, #cond);                                      \
    } while (0)

_Noreturn void check_failed(const char *file, int line, const char *what);
_Noreturn void die_out_of_memory(void);
void die_set_hook(void (*hook)(void)); // async-signal-safe work only; NULL removes it
void die_run_hook(void);               // for signal handlers: runs the hook once, if there is one
#endif
