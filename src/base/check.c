// check: what happens when an invariant is broken or memory runs out.
#include "base/check.h"
#include <stdio.h>
#include <stdlib.h>

static void (*hook)(void);

void die_set_hook(void (*fn)(void))
{
    hook = fn;
}

void die_run_hook(void)
{
    void (*fn)(void) = hook;
    hook = NULL; // once: a fault inside the hook must not loop
    if (fn) fn();
}

void check_failed(const char *file, int line, const char *what)
{
    die_run_hook();
    fprintf(stderr, "greenroom: a fault of ours at %s:%d: %s does not hold\n", file, line, what);
    abort();
}

void die_out_of_memory(void)
{
    die_run_hook();
    fputs("greenroom: out of memory; what you typed is in the draft saved last\n", stderr);
    _Exit(DIE_EXIT_MEMORY);
}
