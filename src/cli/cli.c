// cli: takes a command line apart and runs the command it names.
#include "base/buf.h"
#include "base/clean.h"
#include "base/utf8.h"
#include "cli/command.h"
#include <string.h>
#include <unistd.h>

static const Command *const commands[] = {
    &CMD_LIST, &CMD_SHOW, &CMD_RUN,    &CMD_CHECK, &CMD_BREAK,  &CMD_EXPLAIN,
    &CMD_DATA, &CMD_PACK, &CMD_DOCTOR, &CMD_DEMO,  &CMD_BACKUP, &CMD_TRANSLATE,
};
enum { COMMANDS = sizeof commands / sizeof *commands };

static const struct {
    const char *name;
    CommandForm form;
} screens[] = {
    {"", {"", "the home screen (needs a terminal)"}},
    {"drill",
     {"[ID]", "one timed drill on the screen; ID#break: find the rows that break a query"}},
};
enum { SCREENS = sizeof screens / sizeof *screens };

static const Option globals[] = {
    {"--pack", "PATH", "add packs from a file or folder; may be given more than once"},
    {"--home", "DIR", "use DIR in place of the data folder"},
    {"--clock", "ISO", "a fixed now, for tests"},
    {"--autosave-ms", "N", "how often a draft is saved; default 1000"},
    {"--no-mouse", NULL, "leave the mouse to the terminal"},
    {"--help", NULL, "help on greenroom or on a command"},
    {"--version", NULL, "the version, and nothing else"},
};
enum { GLOBALS = sizeof globals / sizeof *globals };

// ---- help

static void print_options(FILE *f, const Option *o, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        char left[64];
        snprintf(left, sizeof left, "%s%s%s", o[i].name, o[i].value ? " " : "",
                 o[i].value ? o[i].value : "");
        fprintf(f, "  %-18s %s\n", left, o[i].help);
    }
}

static Str form_spelled(Arena *a, const char *name, CommandForm form)
{
    return str_fmt(a, "greenroom%s%s%s%s", *name ? " " : "", name, *form.args ? " " : "",
                   form.args);
}

static void print_form(const Cli *c, const char *name, CommandForm form)
{
    Str left = form_spelled(c->a, name, form);
    int pad = 37 - utf8_width(left);
    fprintf(c->out, "  " STR_FMT "%*s %s\n", STR_ARG(left), pad > 0 ? pad : 0, "", form.help);
}

static size_t forms_of(const Command *k)
{
    size_t n = 0;
    while (n < sizeof k->forms / sizeof *k->forms && k->forms[n].help) n++;
    return n;
}

static void print_forms(const Cli *c, const Command *k)
{
    for (size_t i = 0; i < forms_of(k); i++) print_form(c, k->name, k->forms[i]);
}

static int print_help(const Cli *c)
{
    fputs("greenroom: a terminal trainer for senior data-engineering interviews\n\n", c->out);
    for (size_t i = 0; i < SCREENS; i++) print_form(c, screens[i].name, screens[i].form);
    for (size_t i = 0; i < COMMANDS; i++) print_forms(c, commands[i]);
    fputs("\nany command takes\n", c->out);
    print_options(c->out, globals, GLOBALS);
    fputs("\nexit status: 0 done or right, 1 wrong or problems found, 2 usage, 3 input not valid,\n"
          "4 the answer could not be run, 5 the environment lacks something\n",
          c->out);
    return 0;
}

static int print_command_help(const Cli *c)
{
    print_forms(c, c->command);
    fputc('\n', c->out);
    print_options(c->out, c->command->options, c->command->option_count);
    print_options(c->out, globals, GLOBALS);
    return 0;
}

static int wrong_number_of_arguments(Cli *c)
{
    Buf b = buf_new(c->a);
    for (size_t i = 0; i < forms_of(c->command); i++) {
        if (i) buf_add(&b, S(", or "));
        buf_add(&b, form_spelled(c->a, c->command->name, c->command->forms[i]));
    }
    return cli_usage(c, "it is: " STR_FMT, STR_ARG(buf_str(&b)));
}

// ---- parsing

static const Option *find_option(const Cli *c, Str name)
{
    if (str_eq(name, S("-h"))) name = S("--help");
    const Command *k = c->command;
    for (size_t i = 0; k && i < k->option_count; i++) {
        if (str_eq(name, str_from(k->options[i].name))) return &k->options[i];
    }
    for (size_t i = 0; i < GLOBALS; i++) {
        if (str_eq(name, str_from(globals[i].name))) return &globals[i];
    }
    return NULL;
}

static Str nearest_option(Cli *c, Str name)
{
    VEC(Str) names = {0};
    for (size_t i = 0; c->command && i < c->command->option_count; i++) {
        *vec_push(c->a, &names) = str_from(c->command->options[i].name);
    }
    for (size_t i = 0; i < GLOBALS; i++) *vec_push(c->a, &names) = str_from(globals[i].name);
    return str_nearest(name, (StrList){names.at, names.len});
}

// One option at argv[i]; *i moves over its value. False after saying what is wrong.
static bool take_option(Cli *c, int argc, char **argv, int *i)
{
    Str name, value;
    bool joined = str_cut(str_from(argv[*i]), '=', &name, &value);
    const Option *o = find_option(c, name);
    if (!o) {
        Str near = nearest_option(c, name);
        cli_usage(c, "there is no option " STR_FMT "%s" STR_FMT "%s", STR_ARG(name),
                  near.len ? "; did you mean " : "", STR_ARG(near), near.len ? "?" : "");
        return false;
    }
    if (o->value && !joined) {
        if (*i + 1 >= argc) {
            cli_usage(c, "%s needs a value: %s %s", o->name, o->name, o->value);
            return false;
        }
        value = str_from(argv[++*i]);
    } else if (!o->value && joined) {
        cli_usage(c, "%s takes no value", o->name);
        return false;
    }
    if (c->given_count == sizeof c->given / sizeof *c->given) {
        cli_usage(c, "too many options");
        return false;
    }
    c->given[c->given_count].option = o;
    c->given[c->given_count++].value = value;
    return true;
}

static bool parse(Cli *c, int argc, char **argv, int from)
{
    VEC(Str) args = {0};
    bool options = true;
    for (int i = from; i < argc; i++) {
        if (options && strcmp(argv[i], "--") == 0) {
            options = false;
        } else if (options && argv[i][0] == '-' && argv[i][1]) {
            if (!take_option(c, argc, argv, &i)) return false;
        } else {
            *vec_push(c->a, &args) = str_from(argv[i]);
        }
    }
    c->args = (StrList){args.at, args.len};
    return true;
}

static bool open_world(Cli *c, const char *argv0, Error *err)
{
    WorldOptions o = {.home = cli_value(c, "--home"), .clock = cli_value(c, "--clock")};
    int64_t n;
    Str seed = cli_value(c, "--seed"), autosave = cli_value(c, "--autosave-ms");
    if (seed.len) {
        if (!str_to_i64(seed, &n) || n < 0)
            return error_set(err, ERROR_USAGE, "--seed wants a whole number, not '%.*s'",
                             STR_ARG(seed));
        o.seed = (uint64_t)n;
    }
    if (autosave.len) {
        if (!str_to_i64(autosave, &n) || n < 1 || n > 60000) {
            return error_set(err, ERROR_USAGE, "--autosave-ms wants 1 to 60000, not '%.*s'",
                             STR_ARG(autosave));
        }
        o.autosave_ms = (int)n;
    }
    if (!world_open(c->a, argv0, &o, &c->world, err)) return false;
    VEC(Str) extra = {0};
    for (size_t i = 0; i < c->given_count; i++) {
        if (strcmp(c->given[i].option->name, "--pack") == 0)
            *vec_push(c->a, &extra) = c->given[i].value;
    }
    c->packs = (PackSources){
        .share_dir = c->world.share_dir, .extra = {extra.at, extra.len}, .shipped = true};
    return true;
}

// ---- dispatch

static const Command *find_command(Str name)
{
    for (size_t i = 0; i < COMMANDS; i++) {
        if (str_eq(name, str_from(commands[i]->name))) return commands[i];
    }
    return NULL;
}

static bool is_screen(Str name)
{
    for (size_t i = 0; i < SCREENS; i++) {
        if (str_eq(name, str_from(screens[i].name))) return true;
    }
    return false;
}

static int unknown_command(Cli *c, Str name)
{
    Str names[COMMANDS + SCREENS];
    size_t n = 0;
    for (size_t i = 0; i < COMMANDS; i++) names[n++] = str_from(commands[i]->name);
    for (size_t i = 0; i < SCREENS; i++) names[n++] = str_from(screens[i].name);
    Str near = str_nearest(name, (StrList){names, n});
    return cli_usage(c, "there is no command '" STR_FMT "'%s" STR_FMT "%s", STR_ARG(name),
                     near.len ? "; did you mean " : "", STR_ARG(near), near.len ? "?" : "");
}

// The word that names the command: the first that is neither an option nor an option's value.
static int command_at(const Cli *c, int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        if (argv[i][0] != '-' || !argv[i][1]) return i;
        const Option *o = find_option(c, str_from(argv[i]));
        if (o && o->value) i++;
    }
    return argc;
}

static int run_screen(Cli *c, CliScreen *screen)
{
    if (c->args.len > 2) return cli_usage(c, "one drill at a time");
    *screen = (CliScreen){
        .screen = true,
        .command = c->args.len ? c->args.at[0] : (Str){0},
        .argument = c->args.len > 1 ? c->args.at[1] : (Str){0},
        .world = c->world,
        .packs = c->packs,
        .no_mouse = cli_flag(c, "--no-mouse"),
    };
    return 0;
}

int cli_main(Arena *a, int argc, char **argv, FILE *out, FILE *err, CliScreen *screen)
{
    Cli c = {.a = a, .out = out, .err = err};
    *screen = (CliScreen){0};
    int at = command_at(&c, argc, argv);
    Str name = at < argc ? str_from(argv[at]) : (Str){0};
    c.command = find_command(name);
    if (!c.command && !is_screen(name)) return unknown_command(&c, name);
    if (!parse(&c, argc, argv, 1)) return EXIT_USAGE;
    if (cli_flag(&c, "--version")) {
        fprintf(out, "greenroom %s\n", GREENROOM_VERSION);
        return 0;
    }
    if (cli_flag(&c, "--help")) {
        return c.command ? print_command_help(&c) : print_help(&c);
    }
    Error e;
    if (!open_world(&c, argv[0], &e)) return cli_fail(&c, &e);
    c.colour = isatty(fileno(out)) && !c.world.no_color;
    if (!c.command) return run_screen(&c, screen);
    c.args = (StrList){c.args.at + 1, c.args.len - 1}; // without the command itself
    if (c.args.len < c.command->args_min || c.args.len > c.command->args_max) {
        return wrong_number_of_arguments(&c);
    }
    return c.command->run(&c);
}
