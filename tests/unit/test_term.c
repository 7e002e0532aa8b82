// test_term: the fake terminal, and the real one on a pseudo terminal: drawn, typed into, stopped,
// killed, and always left as it was found.
#include "base/check.h"
#include "tui/term.h"
#include <check.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

static Arena arena;
static void setup(void)
{
    arena = (Arena){0};
}
static void teardown(void)
{
    arena_free(&arena);
}

START_TEST(the_fake_gives_keys_in_turn_and_keeps_the_frame)
{
    Term *t = term_fake(&arena, 2, 10);
    term_fake_type(t, S("é\n"));
    term_fake_keys(t, S("F5 ^R"));
    term_fake_resize(t, 1, 6);
    Grid *g = term_grid(t);
    grid_text(g, grid_rect(g), 0, 0, ROLE_TEXT, S("hello"));
    term_show(t);
    ck_assert_str_eq(grid_dump(&arena, term_fake_shown(t)).ptr, "hello\n\n");
    ck_assert_uint_eq(term_poll(t, NULL, 0, -1).ch, 0xe9);
    ck_assert_int_eq(term_poll(t, NULL, 0, -1).code, KC_ENTER);
    ck_assert_int_eq(term_poll(t, NULL, 0, -1).code, KC_F5);
    ck_assert(key_is_ctrl(term_poll(t, NULL, 0, -1), 'r'));
    ck_assert_int_eq(term_poll(t, NULL, 0, -1).code, KC_RESIZE);
    ck_assert_int_eq(term_grid(t)->cols, 6);
    ck_assert_int_eq(term_poll(t, NULL, 0, 10).code, KC_NONE);
    ck_assert_int_eq(term_poll(t, NULL, 0, -1).code, KC_GONE);
    ck_assert_int_eq(term_poll(t, NULL, 0, 10).code, KC_GONE); // and so for ever
    term_close(t);
}
END_TEST

// The program on the other side ------------------------------------------------------------------

// Shows the names of the keys that it gets, until q.
static void show_keys(void)
{
    Arena a = {0};
    Error err = {0};
    Term *t;
    if (!term_open(&a, &(TermOptions){0}, &t, &err)) {
        printf("<%s>", err.text);
        fflush(stdout);
        _exit(error_exit(err.kind));
    }
    Str last = S("ready");
    int row = 0; // a new one each time: curses writes only what is new on a row
    for (Key k = {0}; !key_is_char(k, 'q');) {
        Grid *g = term_grid(t);
        grid_text(g, grid_rect(g), row++ % g->rows, 0, ROLE_TITLE,
                  str_fmt(&a, "<" STR_FMT ">%dx%d", STR_ARG(last), g->rows, g->cols));
        grid_cursor(g, grid_rect(g), 0, 2);
        term_show(t);
        k = term_poll(t, NULL, 0, -1);
        if (k.code == KC_GONE) _exit(9);
        last = k.code == KC_PASTE   ? str_fmt(&a, "paste:" STR_FMT, STR_ARG(k.paste))
               : k.code == KC_MOUSE ? str_fmt(&a, "mouse:%d,%d", k.row, k.col)
                                    : key_label(&a, k);
        CHECK(!key_is_char(k, 'C')); // a broken invariant, on demand
        if (key_is_char(k, 'S')) raise(SIGSEGV);
        if (key_is_char(k, 'c')) term_copy(t, S("SELECT 1"));
    }
    term_close(t);
    arena_free(&a);
    fputs("bye", stdout);
    fflush(stdout);
    _exit(0);
}

typedef struct {
    int fd;
    pid_t pid;
    char seen[1 << 16];
    size_t len;
} Pty;

static Pty pty;

static void pty_start(const char *type)
{
    struct winsize size = {.ws_row = 24, .ws_col = 80};
    pty = (Pty){0};
    fflush(stdout);
    pty.pid = forkpty(&pty.fd, NULL, NULL, &size);
    ck_assert_int_ge(pty.pid, 0);
    if (pty.pid == 0) {
        signal(SIGTERM, SIG_DFL); // Check's own handlers would end the test
        signal(SIGINT, SIG_DFL);
        setenv("TERM", type, 1);
        setenv("COLUMNS", "33", 1); // must not freeze the size
        setenv("LINES", "7", 1);
        show_keys();
    }
}

static void pty_send(const char *bytes)
{
    ck_assert_int_eq(write(pty.fd, bytes, strlen(bytes)), (ssize_t)strlen(bytes));
}

// Reads on; false at the end or after ten quiet seconds.
static bool pty_read(void)
{
    struct pollfd p = {.fd = pty.fd, .events = POLLIN};
    if (poll(&p, 1, 10000) <= 0) return false;
    ssize_t n = read(pty.fd, pty.seen + pty.len, sizeof pty.seen - 1 - pty.len);
    if (n <= 0) return false;
    pty.len += (size_t)n;
    pty.seen[pty.len] = '\0';
    return true;
}

// Waits until the text comes; then what came before is forgotten.
static void pty_wait(const char *text)
{
    const char *at;
    while (!(at = strstr(pty.seen, text))) {
        ck_assert_msg(pty_read(), "no '%s' in: %s", text, pty.seen);
    }
    size_t used = (size_t)(at - pty.seen) + strlen(text);
    pty.len -= used;
    memmove(pty.seen, pty.seen + used, pty.len + 1);
}

static int pty_end(void)
{
    int status = 0;
    while (pty_read()) {
    }
    ck_assert_int_eq(waitpid(pty.pid, &status, 0), pty.pid);
    close(pty.fd);
    return status;
}

static const char *const types[] = {"xterm-256color", "xterm", "screen", "linux", "vt100"};
START_TEST(keys_reach_the_program_on_every_type_of_terminal)
{
    pty_start(types[_i]);
    pty_wait("<ready>24x80");
    pty_send("\033[A");
    pty_wait("up>");
    pty_send("\033OB");
    pty_wait("down>");
    pty_send("\r");
    pty_wait("enter>");
    pty_send("\n");
    pty_wait("^J>");
    pty_send("\033");
    pty_wait("esc>");
    pty_send("\033[15~");
    pty_wait("F5>");
    pty_send("\033[<0;12;7M");
    pty_wait("mouse:6,11>");
    pty_send("\033[200~a;\r\033[201~");
    pty_wait("paste:a;");
    pty_send("\003"); // no signal: a key
    pty_wait("^C>");
    pty_send("q");
    pty_wait("\033[?1000l");
    pty_wait("\033[?2004l");
    pty_wait("bye");
    ck_assert_int_eq(pty_end(), 0);
}
END_TEST

START_TEST(the_size_follows_the_window)
{
    pty_start("xterm-256color");
    pty_wait("<ready>24x80");
    ck_assert_int_eq(ioctl(pty.fd, TIOCSWINSZ, &(struct winsize){.ws_row = 40, .ws_col = 120}), 0);
    pty_wait("<resize>40x120");
    ck_assert_int_eq(ioctl(pty.fd, TIOCSWINSZ, &(struct winsize){.ws_row = 1, .ws_col = 20}), 0);
    pty_wait("<resize>1x20");
    pty_send("q");
    pty_wait("bye");
    ck_assert_int_eq(pty_end(), 0);
}
END_TEST

START_TEST(an_unknown_terminal_is_an_error_with_a_hint)
{
    static const char *const bad[] = {"nosuch", "dumb", ""};
    pty_start(bad[_i]);
    while (pty_read()) {
    }
    ck_assert_ptr_nonnull(strstr(pty.seen, _i == 1 ? "TERM=dumb" : "TERM=xterm-256color"));
    int status = pty_end();
    ck_assert(WIFEXITED(status) && WEXITSTATUS(status) == error_exit(ERROR_ENVIRONMENT));
}
END_TEST

START_TEST(without_a_terminal_there_is_an_error)
{
    Term *t;
    Error err = {0};
    int saved = dup(STDIN_FILENO), null = open("/dev/null", O_RDONLY);
    dup2(null, STDIN_FILENO);
    ck_assert(!term_open(&arena, &(TermOptions){0}, &t, &err));
    ck_assert_int_eq(err.kind, ERROR_ENVIRONMENT);
    ck_assert_ptr_null(t);
    term_close(t);
    dup2(saved, STDIN_FILENO);
    close(saved);
    close(null);
}
END_TEST

static const struct {
    int signal;      // sent from outside; 0 = the key makes the program fail by itself
    const char *key; //
    int ends_by;
} deaths[] = {{SIGTERM, "", SIGTERM}, {SIGHUP, "", SIGHUP}, {SIGINT, "", SIGINT},
              {SIGQUIT, "", SIGQUIT}, {0, "C", SIGABRT},
#if !defined(GREENROOM_SANITIZED) // whose own handler reports and exits
              {0, "S", SIGSEGV}
#endif
};
START_TEST(the_terminal_is_put_back_however_the_program_ends)
{
    pty_start("xterm-256color");
    struct termios before, after;
    pty_wait("<ready>");
    tcgetattr(pty.fd, &before);
    ck_assert_int_eq(before.c_lflag & (ECHO | ICANON | ISIG), 0);
    int slave = open(ptsname(pty.fd), O_RDWR | O_NOCTTY); // so that the modes outlive the program
    if (deaths[_i].signal) kill(pty.pid, deaths[_i].signal);
    pty_send(deaths[_i].key);
    pty_wait("\033[?1002l");
    pty_wait("\033[?2004l");
    pty_wait("\033[?1049l");
    int status = 0;
    ck_assert_int_eq(waitpid(pty.pid, &status, 0), pty.pid);
    ck_assert(WIFSIGNALED(status) && WTERMSIG(status) == deaths[_i].ends_by);
    tcgetattr(slave, &after);
    ck_assert_int_eq(after.c_lflag & (ECHO | ICANON | ISIG), ECHO | ICANON | ISIG);
    close(slave);
    close(pty.fd);
}
END_TEST

START_TEST(control_z_stops_with_modes_off_and_continues_with_modes_on)
{
    pty_start("xterm-256color");
    pty_wait("<ready>");
    pty_send("\032");
    pty_wait("\033[?2004l");
    pty_wait("\033[?1049l");
    int status;
    // The child is the leader of its session, whose stop signals the kernel drops when nobody could
    // continue it: then it goes on by itself, which is as good.
    pid_t got = waitpid(pty.pid, &status, WUNTRACED | WNOHANG);
    ck_assert_int_ge(got, 0);
    if (got > 0) kill(pty.pid, SIGCONT);
    pty_wait("\033[?2004h");
    pty_wait("resize>24x80");
    pty_send("q");
    pty_wait("bye");
    ck_assert_int_eq(pty_end(), 0);
}
END_TEST

START_TEST(a_closed_terminal_ends_the_program_and_does_not_spin)
{
    signal(SIGHUP, SIG_IGN); // as nohup does: the child inherits it
    pty_start("xterm-256color");
    pty_wait("<ready>");
    close(pty.fd);
    int status = 0;
    ck_assert_int_eq(waitpid(pty.pid, &status, 0), pty.pid);
    ck_assert(WIFEXITED(status) && WEXITSTATUS(status) == 9);
    signal(SIGHUP, SIG_DFL);
}
END_TEST

START_TEST(copied_text_goes_to_the_clipboard_in_base64)
{
    pty_start("xterm-256color");
    pty_wait("<ready>");
    pty_send("c");
    pty_wait("\033]52;c;U0VMRUNUIDE=\a");
    pty_send("q");
    pty_wait("bye");
    ck_assert_int_eq(pty_end(), 0);
}
END_TEST

// A chroot without /dev/pts has none; then there is nothing to hold these tests against.
static bool has_pseudo_terminals(void)
{
    int fd = posix_openpt(O_RDWR | O_NOCTTY);
    if (fd >= 0) close(fd);
    return fd >= 0;
}

int main(void)
{
    if (!has_pseudo_terminals()) {
        puts("no pseudo-terminals on this machine: skipped");
        return EXIT_SUCCESS;
    }
    Suite *s = suite_create("term");
    TCase *t = tcase_create("term");
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_test(t, the_fake_gives_keys_in_turn_and_keeps_the_frame);
    tcase_add_loop_test(t, keys_reach_the_program_on_every_type_of_terminal, 0,
                        sizeof types / sizeof *types);
    tcase_add_test(t, the_size_follows_the_window);
    tcase_add_loop_test(t, an_unknown_terminal_is_an_error_with_a_hint, 0, 3);
    tcase_add_test(t, without_a_terminal_there_is_an_error);
    tcase_add_loop_test(t, the_terminal_is_put_back_however_the_program_ends, 0,
                        sizeof deaths / sizeof *deaths);
    tcase_add_test(t, control_z_stops_with_modes_off_and_continues_with_modes_on);
    tcase_add_test(t, a_closed_terminal_ends_the_program_and_does_not_spin);
    tcase_add_test(t, copied_text_goes_to_the_clipboard_in_base64);
    suite_add_tcase(s, t);
    SRunner *r = srunner_create(s);
    srunner_run_all(r, CK_ENV);
    int bad = srunner_ntests_failed(r);
    srunner_free(r);
    return bad ? EXIT_FAILURE : EXIT_SUCCESS;
}
