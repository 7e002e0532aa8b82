// cli: the commands of greenroom: what a screen does to score an answer, a command does without a
// terminal.
#ifndef CLI_CLI_H
#define CLI_CLI_H
#include "base/world.h"
#include "pack/pack.h"
#include <stdio.h>

// What was asked for on the command line, taken apart. For commands that belong to the screen,
// `screen` is set and nothing was run: the caller opens the screen with the rest.
typedef struct {
    bool screen;
    Str command; // "", "drill", "mock", "cards"
    Str argument;
    World world;
    PackSources packs;
    bool no_mouse;
} CliScreen;

// Runs one command and gives the exit status of cli.md. argv[0] is the program.
int cli_main(Arena *a, int argc, char **argv, FILE *out, FILE *err, CliScreen *screen);
#endif
