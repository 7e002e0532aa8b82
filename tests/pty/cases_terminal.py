"""cases_terminal: the terminal as it can be: gone, resized, poor, stopped; and what is left of it afterwards."""
import os
import re
import resource
import signal
import sqlite3
import termios
import time

from cases_drill import DRILL, leave
from drive import Fault, expect

ENDLESS = "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT COUNT(*) FROM c"


def store_has(stage, text):
    db = sqlite3.connect("file:%s?mode=ro" % os.path.join(stage.home, "greenroom.db"), uri=True)
    try:
        expect(db.execute("PRAGMA integrity_check").fetchone() == ("ok",), "the store is not whole")
        return text in str(db.execute("SELECT * FROM draft").fetchall())
    finally:
        db.close()


def typing(s, word, **more):
    g = s.start("drill", DRILL, "--autosave-ms", "50", **more)
    g.until("1 │", "data are ready")
    g.type(word)
    g.until(word)
    return g


def a_terminal_that_goes_away_ends_it_with_the_draft_saved(s):
    """E37, with SIGHUP delivered and ignored."""
    for ignore in (True, False):
        word = "gone_%d" % ignore
        g = typing(s, word, ignore_hup=ignore)
        os.close(g.slave)
        os.close(g.master)
        begin, used = time.monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN)
        while not g.ended() and time.monotonic() - begin < 20:
            os.waitid(os.P_PID, g.pid, os.WEXITED | os.WNOWAIT | os.WNOHANG)
            time.sleep(0.005)
        took = time.monotonic() - begin
        now = resource.getrusage(resource.RUSAGE_CHILDREN)
        expect(g.ended(), "it lives on without a terminal")
        expect(took < 5, "it took %.1f s to notice" % took)
        expect(now.ru_utime - used.ru_utime < 10, "it span: %.1f s of CPU" % (now.ru_utime - used.ru_utime))
        expect(g.status in (0, 5, -signal.SIGHUP), "status %s" % g.status)
        if ignore:
            expect(store_has(s, word), "the draft is lost")
        g.master, g.slave = os.open("/dev/null", os.O_RDWR), os.open("/dev/null", os.O_RDWR)
        s.end(g)
        g = s.start()
        g.until("You were in")
        g.press("q")
        g.wait_end()
        s.end(g)


def deadly_signals_put_the_terminal_back(s):
    """E38: the modes, the alternate screen and stty; the draft older than the interval is kept."""
    for sig in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGQUIT, signal.SIGABRT, signal.SIGSEGV):
        word = "s%d_" % sig
        g = typing(s, word)
        end = time.monotonic() + 10
        while not store_has(s, word):
            expect(time.monotonic() < end, "the draft was never saved", g)
            g.pump(0.02)
        g.kill(sig)
        status = g.wait_end()
        # The sanitizer catches what it would: its own status then.
        expect(status == -sig or (status > 0 and sig in (signal.SIGABRT, signal.SIGSEGV)), "status %s for signal %d" % (status, sig), g)
        expect(not g.restored(), "after signal %d: %s" % (sig, g.restored()), g)
        expect(store_has(s, word), "the draft is lost", g)
        if sig not in (signal.SIGABRT, signal.SIGSEGV):
            s.end(g)
        else:
            g.log.truncate(0)
            s.end(g)


def state_of(pid):
    with open("/proc/%d/stat" % pid) as f:
        return f.read().rsplit(")", 1)[1].split()[0]


def stopped_and_continued_it_draws_itself_again(s):
    for way in ("^Z", signal.SIGTSTP):
        g = typing(s, "before", under_shell=True)
        g.press(way) if way == "^Z" else os.kill(g.job, way)
        end = time.monotonic() + 10
        while state_of(g.job) != "T":
            expect(time.monotonic() < end, "%s does not stop it" % way, g)
            g.pump(0.01)
        g.settle(0.05)
        expect(not g.restored(), "while stopped: %s" % g.restored(), g)
        g.vt.erase(0, 0, g.vt.rows, g.vt.cols)
        termios.tcsetattr(g.slave, termios.TCSANOW, g.before)
        os.kill(g.job, signal.SIGCONT)
        g.until("before", "F5 run", r"\?|1 │")
        g.until("sql · Second")
        expect({"?1049", "?2004"} <= g.vt.modes, "modes after it: %s" % g.vt.modes, g)
        g.type(" after")
        g.until("before after")
        leave(g)
        s.end(g)


def any_size_is_borne_and_loses_nothing(s):
    """E39, at rest and during a run."""
    sizes = [(1, 1), (2, 2), (7, 39), (8, 40), (1, 200), (60, 1), (60, 200), (24, 80), (10, 40), (200, 500), (30, 100)]
    g = typing(s, "kept_text", rows=24, cols=80)
    for rows, cols in sizes:
        g.resize(rows, cols)
        if rows < 8 or cols < 40:
            if cols >= 12 and rows >= 1:
                g.until("too small")
        else:
            g.until("kept_text", "F5 run")
    for i in range(200):
        g.resize(*sizes[i % len(sizes)])
    g.resize(24, 80)
    g.until("kept_text", "F5 run", gone=["too small"])
    g.press("^A", "^K")
    g.type(ENDLESS)
    g.press("F5")
    g.until("running…|[Ss]topped")
    for rows, cols in sizes:
        g.resize(rows, cols)
        g.pump(0.01)
    g.resize(30, 100)
    g.until(r"(?i)stopped", gone=["running…"])
    leave(g)


COLOUR = re.compile(rb"\x1b\[([0-9;]*;)?[349][0-7][0-9;]*m")
TERMS = [None, "", "bogus-terminal", "dumb", "vt100", "linux", "screen", "xterm", "xterm-256color"]


def poor_terminals_work_or_say_why(s):
    """E40: TERM x LC_ALL x NO_COLOR."""
    for term in TERMS:
        for locale in ("C", "POSIX", "C.UTF-8", "xx_YY.UTF-8"):
            for no_color in (None, "1"):
                g = s.start(env={"TERM": term, "LC_ALL": locale, "NO_COLOR": no_color})
                name = "TERM=%s LC_ALL=%s NO_COLOR=%s" % (term, locale, no_color)
                try:
                    g.until("Next", "q quit")
                    works = True
                except Fault:
                    expect(g.ended(), name + ": neither a screen nor an end", g)
                    works = False
                if works:
                    expect(term not in (None, "", "bogus-terminal", "dumb"), name + ": works, to our surprise", g)
                    if no_color:
                        expect(not COLOUR.search(bytes(g.vt.raw)), name + ": colours", g)
                    g.press("q")
                    expect(g.wait_end() == 0, name + ": status", g)
                    left = [f for f in g.restored() if term not in ("vt100", "linux", "screen")]
                    expect(not left, "%s: %s" % (name, left), g)
                else:
                    expect(g.status == 5, name + ": status %s" % g.status, g)
                    lines = g.stderr().strip().splitlines()
                    expect(len(lines) == 1 and "TERM" in lines[0], name + ": %r" % lines, g)
                    expect("stty differs" not in g.restored(), name + ": stty differs", g)
                s.end(g)


def exported_sizes_do_not_freeze_it(s):
    g = s.start(env={"LINES": "24", "COLUMNS": "80"}, rows=30, cols=100)
    g.until(r"\A(.*\n){29} .*q quit")
    g.resize(40, 120)
    g.until(r"\A(.*\n){39} .*q quit")
