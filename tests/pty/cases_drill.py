"""cases_drill: the main job by hand: a drill from the list to the remembered card, and what must not be lost."""
import random
import sqlite3
import os
import time

from drive import KEYS, Fault, expect, key

RIGHT = ("SELECT d.department_name, (SELECT MAX(e.salary) FROM employees e WHERE e.department_id = d.department_id "
         "AND e.salary < (SELECT MAX(t.salary) FROM employees t WHERE t.department_id = d.department_id)) AS second_salary "
         "FROM departments d")
WRONG = "SELECT d.department_name, MAX(e.salary) AS second_salary FROM departments d JOIN employees e USING (department_id) GROUP BY 1"
DRILL = "sql-core/second-salary"


def clear_answer(g):
    """Leaves the answer empty, by the keys one would use. The cursor may stand anywhere in it."""
    g.send(KEYS["down"] * 30 + (key("^E") + key("^U") + KEYS["backspace"]) * 30)
    g.settle()


def leave(g):
    """From a drill to the shell, as a user does."""
    g.press("^Q")
    g.until(r"^ (greenroom|drills) ")
    g.press("q")
    if g.settle(0.2) and not g.ended() and "Next" in g.vt.text():
        g.press("q")
    expect(g.wait_end() == 0, "leaving is status 0", g)
    expect(not g.restored(), "the terminal: %s" % g.restored(), g)
    expect(not g.vt.strange, "strange bytes %s" % g.vt.strange, g)


def a_sql_drill_by_hand_is_remembered(s):
    g = s.start("--no-mouse", rows=36, cols=120)
    g.until("Next", "Nothing yet", "q quit")
    g.press("d")
    g.until("^ drills", "/ filter")
    g.press("/")
    g.type("second highest")
    g.until(r"1 of \d+", "Second highest salary")
    g.press("enter")
    g.until(r"sql · Second highest salary", "rows of data are ready")
    g.press("F3")
    g.until("ask; esc goes back")
    g.type("What if two people have the same salary?")
    g.press("enter")
    g.until("the next lower amount is the second|next lower")
    g.press("esc")
    g.paste(WRONG)
    g.until("JOIN employees")
    g.press("F5")
    g.until(r"rows 1-\d", "department_name +second_salary")
    g.press("F9")
    g.until("Submit this answer")
    g.press("enter")
    g.until("which rows would break it", gone=["expected"])
    g.type("a department without staff")
    g.press("enter")
    g.until("expected", "yours", "not yet")
    g.press("a")
    g.until("Another kind:|No other kind of database was found")
    g.press("enter")
    g.until("sql · Second highest", r"1 │ .*USING", gone=["not yet"])
    clear_answer(g)
    g.paste(RIGHT)
    g.until("e.salary <|AS second_salary")
    g.press("F9")
    g.until("Submit this answer")
    g.press("esc")
    g.until(gone=["Submit this answer"])
    g.press("F9")
    g.until("Submit this answer")
    g.press("enter")
    g.until("did you say it|did you address|seen +mine")
    if "did you say it" in g.vt.text():
        g.press("y", "n", "enter")
    g.until("seen +mine", "right", "databases tried", "2 submitted")
    g.press("1", "4", "F7")
    g.until("What a senior would say", "(?i)dense_rank")
    g.press("esc")
    g.until("seen +mine")
    g.press("enter")
    g.until("✓ right|right +8 min", "Kept")
    g.press("esc", "esc", "q")
    if not g.ended() and "Next" in g.settle(0.1):
        g.press("q")
    expect(g.wait_end() == 0, "leaving is status 0", g)
    expect(not g.restored(), "the terminal: %s" % g.restored(), g)
    s.end(g)
    g = s.start(rows=36, cols=120)
    g.until("Second highest salary", "✓ right", gone=["You were in"])
    db = sqlite3.connect("file:%s?mode=ro" % os.path.join(s.home, "greenroom.db"), uri=True)
    expect(db.execute("PRAGMA integrity_check").fetchone() == ("ok",), "the store is not whole")
    kinds = [k for (k,) in db.execute("SELECT kind FROM event ORDER BY seq")]
    expect(len(kinds) > 6, "only %s was remembered" % kinds)
    g.press("q")
    expect(g.wait_end() == 0, "leaving is status 0", g)


def a_text_drill_is_marked_by_oneself(s):
    g = s.start("drill", "streaming/two-clocks", rows=30, cols=100)
    g.until("explain · Event time", "F9 done")
    g.type("Event time is when it happened.")
    g.press("enter")
    g.type("Processing time is when we saw it; 你好 — ok.")
    g.until("when it happened", "你好 — ok")
    g.press("F9")
    g.until("Done\\?")
    g.press("enter")
    g.until("did you say it", "what a senior would say", "yours", r"\d open")
    for k in "ynyynnyy":
        g.press(k)
    g.until("all ticked")
    g.press("enter")
    g.until("seen +mine")
    g.press("3", "enter")
    g.until("Kept", "Event time or processing time")
    g.press("q")
    expect(g.wait_end() == 0, "leaving is status 0", g)
    expect(not g.restored(), "the terminal: %s" % g.restored(), g)
    g = s.start(rows=30, cols=100)
    g.until("own marks", "done")


def enter_and_ctrl_j_are_both_new_lines(s):
    g = s.start("drill", DRILL)
    g.until("data are ready")
    g.type("SELECT 1")
    g.press("enter")
    g.type("AS a,")
    g.press("^J")
    g.type("2 AS b")
    g.until("1 │ SELECT 1", "2 │ AS a", "3 │ 2 AS b")
    g.press("F5")
    g.until("rows? 1", "a +b")
    leave(g)


def a_paste_with_newlines_never_submits_or_runs(s):
    g = s.start("drill", DRILL, rows=30, cols=100)
    g.until("data are ready")
    g.paste("SELECT 1\r\nAS one\rFROM departments\n\x1b[20~\x03q:\x1b\n-- end")
    g.until("1 │ SELECT 1", "2 │ AS one", "3 │ FROM departments", "-- end", gone=["Submit this", "rows 1-"])
    g.press("F9")
    g.until("Submit this answer")
    g.paste("\r\ny\n")
    g.settle(0.1)
    g.until("Submit this answer")
    g.press("esc")
    g.until("SELECT 1", gone=["Submit this"])
    g.press("F3")
    g.paste("one line\nand another\n")
    g.until("one line", gone=["choose"])
    g.press("esc")
    leave(g)


def esc_stops_an_endless_query_and_the_screen_lives_meanwhile(s):
    g = s.start("drill", DRILL, rows=30, cols=100)
    g.until("data are ready")
    g.paste("WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT COUNT(*) FROM c")
    g.until("COUNT")
    g.press("F5")
    g.until("running…")
    g.type(" -- typed meanwhile")
    g.until("typed meanwhile", patience=5)
    if "running…" in g.vt.text():
        g.press("esc")
        g.until(gone=["running…"], patience=5)
    g.press("F5")
    g.until(r"(?i)stopped", gone=["running…"])
    clear_answer(g)
    g.paste("SELECT 42 AS answer")
    g.press("F5")
    g.until("rows? 1", "42")
    leave(g)


def killed_while_typing_the_draft_is_offered(s, moments=10):
    """E02: after SIGKILL at any moment the draft is at most one autosave interval old."""
    autosave = 0.05
    rng = random.Random(2)
    text = ""
    for i in range(moments):
        g = s.start("--autosave-ms", "50", rows=30, cols=160)
        g.until("Next")
        if i == 0:
            g.press("enter")
        else:
            g.until("You were in", "r goes on")
            g.press("r")
        g.until("1 │", "data are ready|making the data")
        seen, end = [], time.monotonic() + rng.uniform(0.05, 0.6)
        word = 0
        while time.monotonic() < end:
            piece = "w%d_%d " % (i, word)
            g.type(piece)
            g.until(piece.strip())
            seen.append((time.monotonic(), piece.strip()))
            word += 1
        killed = time.monotonic()
        g.kill()
        g.wait_end()
        s.end(g)
        # Typed and seen longer ago than the interval, and a second for a busy machine to save in.
        owed = [p for t, p in seen if killed - t > autosave + 1]
        text = seen[-1][1] if seen else text
        db = sqlite3.connect(os.path.join(s.home, "greenroom.db"))
        expect(db.execute("PRAGMA integrity_check").fetchone() == ("ok",), "the store is not whole")
        db.close()
        g = s.start(rows=30, cols=160)
        g.until("You were in Second highest salary")
        g.press("r")
        shown = g.until("1 │")
        for p in owed:
            expect(p in shown, "%s was typed %g s before the kill and is lost" % (p, autosave), g)
        g.press("^A")
        for _ in range(3):
            g.press("^U", "^K")
        g.settle()
        g.press("^Q")
        g.until("Next")
        g.press("q")
        g.wait_end()
        s.end(g)


def a_draft_left_alone_survives_a_kill_whole(s):
    g = s.start("drill", DRILL, "--autosave-ms", "50")
    g.until("data are ready")
    g.type("SELECT 'the first line',")
    g.press("enter")
    g.type("2 -- größe 你好")
    g.until("größe 你好")
    end = time.monotonic() + 10
    path = os.path.join(s.home, "greenroom.db")
    while time.monotonic() < end:  # the store says when it is there: no sleep decides
        db = sqlite3.connect("file:%s?mode=ro" % path, uri=True)
        try:
            if "größe 你好" in str(db.execute("SELECT * FROM draft").fetchall()):
                break
        except sqlite3.Error:
            pass
        finally:
            db.close()
        g.pump(0.02)
    else:
        raise Fault("the draft was never saved\n" + g.picture())
    g.kill()
    g.wait_end()
    g = s.start()
    g.until("You were in Second highest salary")
    g.press("r")
    g.until("1 │ SELECT 'the first line',", "2 │ 2 -- größe 你好")
    g.press("^Q")
    g.until("Next")


def a_query_is_broken_by_hand(s):
    """From a SQL drill: rows that cannot be read, rows that change nothing, then the end; the answer waits meanwhile."""
    g = s.start("drill", DRILL, rows=36, cols=120)
    g.until("data are ready")
    g.type("-- mine")
    g.until("-- mine")
    g.press("shift-tab")
    g.press("b")
    g.until("^ break it · Second highest", "Does this answer it", "departments: department_id", "F9 it holds")
    g.type("1, 'Data'")
    g.press("down", "down")
    g.type("1, much")
    g.press("F5")
    g.until(r"line 4, column 4: the column salary wants a whole number", "1 try", "1, 'Data'")
    g.press("end", "^U")
    g.press("F5")
    g.until("2 tries", r"on \d row|Broken", gone=["wants a whole number"])
    if "Both queries give the same" in g.vt.text():
        expect("holds:" not in g.vt.text() and "other rows" not in g.vt.text(), "it tells whether the query holds", g)
        g.press("F9")
        g.until("No rows break it")
        g.press("enter")
        g.until("It holds|It does not hold", "n another query")
    g.press("F7")
    g.until("What a senior would say")
    g.press("esc")
    g.until("n another query", gone=["What a senior would say"])
    g.press("n")
    g.until("Does this answer it", "F9 it holds", gone=["tries"])
    g.press("F7")
    g.until("Give up, and see everything")
    g.press("enter")
    g.until("Given up", "The query")
    g.press("q")
    g.until("sql · Second highest", "-- mine")
    leave(g)
    db = sqlite3.connect("file:%s?mode=ro" % os.path.join(s.home, "greenroom.db"), uri=True)
    rows = db.execute("SELECT item, ended, verdict FROM attempt ORDER BY seq").fetchall()
    broken = [r for r in rows if r[0] == DRILL + "#break"]
    expect(len(broken) == 2 and broken[1][1:] == (1, "wrong"), "remembered: %s" % rows)
    expect(db.execute("SELECT text FROM draft").fetchall() == [("-- mine",)], "the draft of the answer")
