// command: the frame of the commands: a table of them, a table of options each, and what they
// share. Private to cli.
#ifndef CLI_COMMAND_H
#define CLI_COMMAND_H
#include "app/app.h"
#include "cli/cli.h"
#include "exam/exam.h"
#include "grade/grade.h"
#include "prose/prose.h"

typedef struct {
    const char *name;  // "--seed"
    const char *value; // what stands behind it in the help: "N"; NULL = a flag
    const char *help;
} Option;

typedef struct Command Command;
typedef struct {
    Arena *a;
    FILE *out, *err;
    const Command *command;
    World world;
    PackSources packs;
    bool colour;  // of `out`
    StrList args; // what is no option
    struct {
        const Option *option;
        Str value;
    } given[16];
    size_t given_count;
} Cli;

typedef struct {
    const char *args, *help;
} CommandForm;

struct Command {
    const char *name;
    CommandForm forms[4]; // the ways to call it; those that are not there have no help
    const Option *options;
    size_t option_count;
    size_t args_min, args_max;
    int (*run)(Cli *c);
};

extern const Command CMD_LIST, CMD_SHOW, CMD_RUN, CMD_CHECK, CMD_EXPLAIN, CMD_DATA, CMD_PACK,
    CMD_BREAK, CMD_DOCTOR, CMD_DEMO, CMD_BACKUP, CMD_TRANSLATE;

enum {
    EXIT_RIGHT = 0,
    EXIT_WRONG = 1, // answered and wrong, or problems found
    EXIT_USAGE = 2,
    EXIT_CANNOT_RUN = 4,
};

bool cli_flag(const Cli *c, const char *option);
Str cli_value(const Cli *c, const char *option); // "" when not given
int cli_fail(Cli *c, const Error *err);          // prints the sentence; the exit status of its kind
__attribute__((format(printf, 2, 3))) int cli_usage(Cli *c, const char *fmt, ...);
void cli_print(FILE *f, Str text);       // our own words and laid-out text
void cli_print_json(FILE *f, Buf *json); // one line
void cli_print_table(Cli *c, const Table *t, size_t rows_max, int indent);
void cli_print_markdown(Cli *c, Str markdown);

// The packs, without the store; faults of packs go to stderr as lines. NULL and *status set when it
// cannot be.
App *cli_library(Cli *c, int *status);
const Drill *cli_drill(Cli *c, const App *app, Str id, int *status);
MUST_USE bool cli_answer(Cli *c, Str file, Str *answer,
                         Error *err); // of a file or - for standard input
// --dialect, or the drill's own. False after printing what is wrong.
bool cli_dialect(Cli *c, const Drill *d, Dialect *out, int *status);

Str cli_dialects(Arena *a); // "sqlite, snowflake, …"
// What an answer did wrong, with its place in the answer's own file; the exit status of its kind.
int cli_fault(Cli *c, const Error *e, Str file);

int cli_pack_test(Cli *c, StrList paths);      // the exit status
void cli_print_tables(Cli *c, const Drill *d); // those that the drill reads
void cli_print_counterexample(Cli *c, const Counterexample *x);
void cli_print_verdict(Cli *c, const Drill *d, const Verdict *v);
int cli_verdict_exit(const Verdict *v);
#endif
