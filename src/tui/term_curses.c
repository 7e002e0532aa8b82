// term_curses: the real terminal, and the only file that knows curses.
//
// curses draws and knows the terminal's modes; keys are read and decoded by us (decode.c), for its
// own decoder waits a second after ESC, knows one form of the cursor keys, no pastes and half of
// the mouse. One terminal at a time: handlers of signals need it without an argument.
#include "base/check.h"
#include "base/utf8.h"
#include "tui/term_impl.h"
#include <curses.h>
#include <errno.h>
#include <fcntl.h>
#include <langinfo.h>
#include <limits.h>
#include <locale.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>
#include <wchar.h>

enum { IN = STDIN_FILENO, OUT = STDOUT_FILENO, ESCAPE_MS = 25, RESET_MAX = 256 };

#define PASTE_ON "\033[?2004h"
#define PASTE_OFF "\033[?2004l"
#define MOUSE_ON "\033[?1000h\033[?1002h\033[?1006h"
#define MOUSE_OFF "\033[?1006l\033[?1002l\033[?1000l"

typedef struct {
    Term term; // first: a Term is a Real
    SCREEN *screen;
    KeyDecoder decoder;
    int escape_ms;
    Depth depth;
    int rows, cols;
    bool away; // given to another program
    struct {
        bool known;
        attr_t attrs;
        short pair;
    } looks[ROLE_COUNT_][ROLE_COUNT_];
} Real;

// Writing what curses does not

static void write_all(Str s)
{
    while (s.len > 0) {
        ssize_t n = write(OUT, s.ptr, s.len);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) return; // gone: poll will say so
        s = str_slice(s, (size_t)n, s.len);
    }
}

static void modes_on(const Real *r)
{
    write_all(S(PASTE_ON));
    if (r->term.mouse) write_all(S(MOUSE_ON));
}

static void modes_off(void)
{
    write_all(S(MOUSE_OFF PASTE_OFF));
}

// The way out, also in a crash

static struct {
    volatile sig_atomic_t active;
    struct termios before;
    char reset[RESET_MAX];
    size_t reset_len;
    int pipe[2]; // what signals wake the poll with
} way_out;

// Async-signal-safe: only write and tcsetattr.
static void put_back(void)
{
    if (!way_out.active) return;
    way_out.active = 0;
    write_all((Str){way_out.reset, way_out.reset_len});
    tcsetattr(OUT, TCSANOW, &way_out.before);
}

static void reset_add(Str s)
{
    for (size_t i = 0; i < s.len && way_out.reset_len < RESET_MAX; i++) {
        if (s.ptr[i] == '$' && i + 1 < s.len && s.ptr[i + 1] == '<') { // padding: not for writing
            while (i < s.len && s.ptr[i] != '>') i++;
            continue;
        }
        way_out.reset[way_out.reset_len++] = s.ptr[i];
    }
}

static Str capability(const char *name)
{
    const char *s = tigetstr(name);
    return s && s != (const char *)-1 ? str_from(s) : (Str){0}; // NOLINT: how curses says "none"
}

static void prepare_way_out(void)
{
    way_out.reset_len = 0;
    reset_add(S(MOUSE_OFF PASTE_OFF));
    reset_add(capability("sgr0"));
    reset_add(capability("rmkx"));
    reset_add(capability("cnorm"));
    reset_add(capability("rmcup"));
    way_out.active = 1;
    die_set_hook(put_back);
    static bool registered;
    if (!registered) atexit(put_back);
    registered = true;
}

// Signals

static const int fatal[] = {SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGSEGV,
                            SIGBUS,  SIGFPE, SIGILL, SIGABRT};
static const int waking[] = {SIGWINCH, SIGTSTP, SIGCONT};
enum {
    FATAL = sizeof fatal / sizeof *fatal,
    WAKING = sizeof waking / sizeof *waking,
    SIGNAL_STACK = 64 * 1024
};
static struct sigaction before_fatal[FATAL], before_waking[WAKING];
static stack_t before_stack;

// Puts the terminal back, then lets happen what would have happened.
static void on_fatal(int sig)
{
    die_run_hook();
    for (int i = 0; i < FATAL; i++) {
        if (fatal[i] == sig) sigaction(sig, &before_fatal[i], NULL);
    }
    raise(sig);
}

static void on_waking(int sig)
{
    int saved = errno;
    char byte = (char)sig;
    ssize_t n = write(way_out.pipe[1], &byte, 1); // a full pipe will wake as well
    (void)n;
    errno = saved;
}

static void catch_stop(bool ours)
{
    struct sigaction a = {.sa_handler = ours ? on_waking : SIG_DFL, .sa_flags = SA_RESTART};
    sigaction(SIGTSTP, &a, NULL);
}

static void catch_signals(void)
{
    static char stack[SIGNAL_STACK]; // a stack that ran over cannot hold its own handler
    sigaltstack(&(stack_t){.ss_sp = stack, .ss_size = sizeof stack}, &before_stack);
    struct sigaction a = {.sa_handler = on_fatal, .sa_flags = SA_ONSTACK};
    for (int i = 0; i < FATAL; i++) {
        sigaction(fatal[i], &a, &before_fatal[i]);
        // Who started us with SIGHUP ignored wants us to live: poll sees that the terminal went.
        if (before_fatal[i].sa_handler == SIG_IGN) sigaction(fatal[i], &before_fatal[i], NULL);
    }
    a = (struct sigaction){.sa_handler = on_waking, .sa_flags = SA_RESTART};
    for (int i = 0; i < WAKING; i++) sigaction(waking[i], &a, &before_waking[i]);
}

static void release_signals(void)
{
    for (int i = 0; i < FATAL; i++) sigaction(fatal[i], &before_fatal[i], NULL);
    for (int i = 0; i < WAKING; i++) sigaction(waking[i], &before_waking[i], NULL);
    sigaltstack(&before_stack, NULL);
}

static bool open_pipe(Error *err)
{
    if (pipe(way_out.pipe) != 0) {
        return error_set(err, ERROR_ENVIRONMENT, "no pipe could be opened: %s", strerror(errno));
    }
    for (int i = 0; i < 2; i++) {
        fcntl(way_out.pipe[i], F_SETFD, FD_CLOEXEC);
        fcntl(way_out.pipe[i], F_SETFL, O_NONBLOCK);
    }
    return true;
}

// Size, and leaving for a while

static void measure(Real *r)
{
    struct winsize w = {0};
    if (ioctl(OUT, TIOCGWINSZ, &w) == 0 && w.ws_row > 0 && w.ws_col > 0) {
        resizeterm(w.ws_row, w.ws_col);
    }
    getmaxyx(stdscr, r->rows, r->cols);
    term_sized(&r->term, r->rows, r->cols);
}

static void on_suspend(Term *t)
{
    Real *r = (Real *)t;
    if (r->away) return;
    r->away = true;
    modes_off();
    endwin();
    way_out.active = 0;
    catch_stop(false); // who has the terminal now may stop us along with itself
}

static void on_resume(Term *t)
{
    Real *r = (Real *)t;
    r->away = false;
    way_out.active = 1;
    die_set_hook(put_back);
    catch_stop(true);
    reset_prog_mode();
    keypad(stdscr, TRUE);
    modes_on(r);
    measure(r);
}

// What the terminal driver does on ^Z: stop all of the foreground job, for a script that started us
// must stop with us.
static void stop_job(Term *t)
{
    on_suspend(t);
    kill(0, SIGTSTP);
    on_resume(t);
}

// Keys

static void teach_keys(Real *r)
{
    static const struct {
        const char *capability, *key;
    } known[] = {
        {"kcuu1", "up"},        {"kcud1", "down"},       {"kcub1", "left"},
        {"kcuf1", "right"},     {"khome", "home"},       {"kend", "end"},
        {"kpp", "pgup"},        {"knp", "pgdn"},         {"kich1", "ins"},
        {"kdch1", "del"},       {"kcbt", "shift-tab"},   {"kent", "enter"},
        {"kLFT", "shift-left"}, {"kRIT", "shift-right"}, {"kri", "shift-up"},
        {"kind", "shift-down"}, {"kHOM", "shift-home"},  {"kEND", "shift-end"},
        {"kLFT5", "ctrl-left"}, {"kRIT5", "ctrl-right"}, {"kUP5", "ctrl-up"},
        {"kDN5", "ctrl-down"},  {"kf1", "F1"},           {"kf2", "F2"},
        {"kf3", "F3"},          {"kf4", "F4"},           {"kf5", "F5"},
        {"kf6", "F6"},          {"kf7", "F7"},           {"kf8", "F8"},
        {"kf9", "F9"},          {"kf10", "F10"},         {"kf11", "F11"},
        {"kf12", "F12"},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        Key k;
        CHECK(key_parse(str_from(known[i].key), &k));
        key_decoder_teach(&r->decoder, capability(known[i].capability), k);
    }
}

// What signals asked for; true when the screen must be drawn again.
static bool woken(Term *t)
{
    Real *r = (Real *)t;
    char sigs[64];
    bool again = false;
    for (ssize_t n; (n = read(way_out.pipe[0], sigs, sizeof sigs)) > 0;) {
        for (ssize_t i = 0; i < n; i++) {
            if (sigs[i] == SIGTSTP) stop_job(t);
            if (sigs[i] == SIGCONT) on_resume(t); // after a SIGSTOP nobody told us of
        }
        again = true;
    }
    if (again) measure(r);
    return again;
}

// Reads what the keyboard sent. False when the terminal is no more.
static bool read_keys(Real *r, short events)
{
    enum { CHUNK = 64 * 1024 };
    static char bytes[CHUNK];
    if (!(events & POLLIN)) return !(events & (POLLHUP | POLLERR | POLLNVAL));
    ssize_t n = read(IN, bytes, sizeof bytes);
    if (n < 0 && (errno == EINTR || errno == EAGAIN)) return true;
    if (n <= 0) return false;
    key_decoder_feed(&r->decoder, (Str){bytes, (size_t)n});
    return true;
}

static bool next_key(Term *t, bool late, Key *k)
{
    if (!key_decoder_next(&((Real *)t)->decoder, late, k)) return false;
    if (!key_is_ctrl(*k, 'z')) return true;
    stop_job(t);
    *k = (Key){.code = KC_RESIZE};
    return true;
}

typedef enum { WAIT_AGAIN, WAIT_LATE, WAIT_OVER, WAIT_GONE } Waited;

// Waits once for keys, signals and descriptors, at most `ms`.
static Waited wait_once(Real *r, TermWatch *fds, size_t count, int ms)
{
    enum { OWN = 2, WATCHES = 32 };
    struct pollfd p[OWN + WATCHES] = {{.fd = IN, .events = POLLIN},
                                      {.fd = way_out.pipe[0], .events = POLLIN}};
    CHECK(count <= WATCHES);
    for (size_t i = 0; i < count; i++) {
        p[OWN + i] = (struct pollfd){.fd = fds[i].fd, .events = POLLIN};
    }
    int ready = poll(p, (nfds_t)(OWN + count), ms);
    if (ready == 0) return WAIT_LATE;
    if (ready < 0) return errno == EINTR ? WAIT_AGAIN : WAIT_GONE;
    if (p[0].revents && !read_keys(r, p[0].revents)) return WAIT_GONE;
    bool watched = false;
    for (size_t i = 0; i < count; i++) {
        fds[i].ready = p[OWN + i].revents != 0;
        watched |= fds[i].ready;
    }
    return watched && !p[0].revents ? WAIT_OVER : WAIT_AGAIN;
}

static Key on_poll(Term *t, TermWatch *fds, size_t count, int timeout_ms)
{
    Real *r = (Real *)t;
    Key k = {.code = KC_NONE};
    for (;;) {
        if (woken(t)) return (Key){.code = KC_RESIZE};
        if (next_key(t, false, &k)) return k;
        int late_ms = key_decoder_wait(&r->decoder, r->escape_ms);
        bool for_key = late_ms > 0 && (timeout_ms < 0 || late_ms < timeout_ms);
        switch (wait_once(r, fds, count, for_key ? late_ms : timeout_ms)) {
        case WAIT_AGAIN:
            break;
        case WAIT_OVER:
            return k;
        case WAIT_GONE:
            return (Key){.code = KC_GONE};
        case WAIT_LATE:
            if (late_ms > 0 && timeout_ms != 0 && next_key(t, true, &k)) return k;
            if (!for_key) return k;
            if (timeout_ms > 0) timeout_ms -= late_ms;
            break;
        }
    }
}

// Drawing

static int colour_of(Paint p)
{
    if (p == 0) return -1; // the terminal's own
    if (p < PAINT_RGB(0)) return (int)(p - PAINT_INDEX(0));
    enum { PALETTE = 8 }; // numbers below are the palette's also where colours are RGB
    int rgb = (int)(p - PAINT_RGB(0));
    return rgb < PALETTE ? (rgb ? PALETTE : 0) : rgb;
}

static attr_t attrs_of(unsigned attrs)
{
    return (attrs & STYLE_BOLD ? A_BOLD : 0) | (attrs & STYLE_DIM ? A_DIM : 0) |
           (attrs & STYLE_ITALIC ? A_ITALIC : 0) | (attrs & STYLE_UNDERLINE ? A_UNDERLINE : 0) |
           (attrs & STYLE_REVERSE ? A_REVERSE : 0);
}

static void look_up(Real *r, Role role, Role over)
{
    Style s = theme_style(r->term.theme, role, over, r->depth);
    int pair = 0;
    if (r->depth != DEPTH_NONE && (s.fg || s.bg)) {
        pair = alloc_pair(colour_of(s.fg), colour_of(s.bg));
    }
    if (pair < 0 || pair > SHRT_MAX) pair = 0;
    r->looks[role][over].known = true;
    r->looks[role][over].attrs = attrs_of(s.attrs);
    r->looks[role][over].pair = (short)pair;
}

// The cell's text as curses wants it: one spacing character with marks. What the C library measures
// otherwise than we do (a newer emoji) would push the rest of the row aside: shown as ?.
static void spell(const Cell *c, wchar_t out[CCHARW_MAX + 1])
{
    Str s = {c->bytes, c->len};
    int cells = c->span == CELL_WIDE ? 2 : 1, count = 0;
    for (size_t at = 0, n; at < s.len && count < CCHARW_MAX; at += n) {
        wchar_t w = (wchar_t)utf8_decode(s, at, &n);
        int width = wcwidth(w);
        if (count == 0 && width != cells) break;
        if (count > 0 && width != 0) break;
        out[count++] = w;
    }
    if (count == 0) out[count++] = c->len ? L'?' : L' ';
    out[count] = L'\0';
}

static void put_cell(Real *r, int row, int col, const Cell *c)
{
    if (c->span == CELL_TAIL) return;
    if (!r->looks[c->role][c->over].known) look_up(r, (Role)c->role, (Role)c->over);
    wchar_t text[CCHARW_MAX + 1];
    cchar_t cc;
    spell(c, text);
    setcchar(&cc, text, r->looks[c->role][c->over].attrs, r->looks[c->role][c->over].pair, NULL);
    mvadd_wch(row, col, &cc);
    if (c->span == CELL_WIDE && wcwidth(text[0]) == 1) {
        setcchar(&cc, L" ", r->looks[c->role][c->over].attrs, r->looks[c->role][c->over].pair,
                 NULL);
        mvadd_wch(row, col + 1, &cc);
    }
}

static void on_show(Term *t, const Grid *was, const Grid *now, bool whole)
{
    Real *r = (Real *)t;
    if (r->away) return;
    GridRun run = {0};
    if (whole) {
        clearok(curscr, TRUE);
        run.cells = now->rows * now->cols;
        for (int i = 0; i < run.cells; i++) {
            put_cell(r, i / now->cols, i % now->cols, &now->cells[i]);
        }
    } else {
        while (grid_change(was, now, &run)) {
            const Cell *cells = &now->cells[run.row * now->cols + run.col];
            for (int i = 0; i < run.cells; i++) put_cell(r, run.row, run.col + i, &cells[i]);
        }
    }
    if (now->cursor_shown) wmove(stdscr, now->cursor_row, now->cursor_col);
    curs_set(now->cursor_shown);
    wnoutrefresh(stdscr);
    doupdate();
}

static void on_restyle(Term *t)
{
    Real *r = (Real *)t;
    memset(r->looks, 0, sizeof r->looks);
    if (r->away) return;
    write_all(S(MOUSE_OFF));
    modes_on(r);
}

// OSC 52, which only writes: asking a terminal for its clipboard would let any program read it.
static void on_copy(Term *t, Str text)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    enum { COPY_MAX = 74000 };
    if (text.len > COPY_MAX) return;
    ArenaMark m = arena_mark(&t->frames);
    Buf b = buf_new(&t->frames);
    buf_add(&b, S("\033]52;c;"));
    for (size_t i = 0; i < text.len; i += 3) {
        uint32_t three = 0;
        for (size_t j = i; j < i + 3; j++) {
            three = three << 8 | (j < text.len ? (unsigned char)text.ptr[j] : 0);
        }
        for (size_t j = 0; j < 4; j++) {
            buf_char(&b, i + j > text.len ? '=' : digits[three >> (18 - 6 * j) & 63]);
        }
    }
    buf_add(&b, S("\a"));
    write_all(buf_str(&b));
    arena_rewind(&t->frames, m);
}

static void on_close(Term *t)
{
    Real *r = (Real *)t;
    on_suspend(t);
    die_set_hook(NULL);
    release_signals();
    delscreen(r->screen);
    key_decoder_close(&r->decoder);
    close(way_out.pipe[0]);
    close(way_out.pipe[1]);
}

static const TermOps real_ops = {
    .close = on_close,
    .show = on_show,
    .poll = on_poll,
    .restyle = on_restyle,
    .copy = on_copy,
    .suspend = on_suspend,
    .resume = on_resume,
};

// Opening

// Characters are UTF-8 whatever the locale says, numbers and messages stay C's.
static void use_utf8(void)
{
    setlocale(LC_CTYPE, "");
    if (strcmp(nl_langinfo(CODESET), "UTF-8") != 0) setlocale(LC_CTYPE, "C.UTF-8");
}

static Depth find_depth(bool no_color)
{
    enum { RGB_COLORS = 0x1000000 };
    if (no_color || !has_colors() || start_color() == ERR) return DEPTH_NONE;
    use_default_colors();
    if (COLORS >= RGB_COLORS) return DEPTH_TRUE;
    return COLORS >= 256 ? DEPTH_256 : COLORS >= 16 ? DEPTH_16 : DEPTH_8;
}

static bool start_screen(Real *r, Error *err)
{
    use_env(TRUE);
    use_tioctl(TRUE); // LINES and COLUMNS in the environment would freeze the size
    r->screen = newterm(NULL, stdout, stdin);
    if (!r->screen) {
        return error_set(err, ERROR_ENVIRONMENT,
                         "the terminal's type, in TERM, is not known on this machine; try "
                         "TERM=xterm-256color, or install ncurses-term");
    }
    if (capability("cup").len == 0) {
        endwin();
        delscreen(r->screen);
        return error_set(err, ERROR_ENVIRONMENT,
                         "this terminal cannot place its cursor (TERM=dumb?), so there is no "
                         "screen to draw on; `greenroom --help` lists what works without one");
    }
    raw();
    noecho();
    nonl(); // Enter is CR, ^J is LF
    keypad(stdscr, TRUE);
    intrflush(stdscr, FALSE);
    typeahead(-1);
    return true;
}

bool term_open(Arena *a, const TermOptions *o, Term **out, Error *err)
{
    CHECK(!way_out.active);
    *out = NULL;
    if (!isatty(IN) || !isatty(OUT) || tcgetattr(OUT, &way_out.before) != 0) {
        return error_set(err, ERROR_ENVIRONMENT,
                         "the screens need a terminal, and this is none; `greenroom --help` lists "
                         "what works without one");
    }
    Real *r = arena_new(a, Real);
    r->term = (Term){.ops = &real_ops, .theme = theme_default(), .mouse = !o->no_mouse};
    r->escape_ms = o->escape_ms > 0 ? o->escape_ms : ESCAPE_MS;
    use_utf8();
    if (!open_pipe(err)) return false;
    catch_signals(); // before newterm, which would take those that are free
    if (!start_screen(r, err)) {
        release_signals();
        close(way_out.pipe[0]);
        close(way_out.pipe[1]);
        return false;
    }
    prepare_way_out();
    r->depth = find_depth(o->no_color);
    teach_keys(r);
    modes_on(r);
    measure(r);
    *out = &r->term;
    return true;
}
