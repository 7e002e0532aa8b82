"""cases_hostile: foreign bytes on the way to the terminal, and random keys."""
import os
import random
import unicodedata

from cases_drill import DRILL, clear_answer, leave
from drive import KEYS, Fault, expect

# Thirty ways to speak to a terminal or to fool its reader (reports, titles, clipboard, modes, bidi, hidden text).
INJECTIONS = [
    "\x1b]0;title\x07", "\x1b[21t", "\x1bP$q\x1b\\", "\x1bP+q544e\x1b\\", "\x1b[c", "\x1b[6n", "\x1b]50;?\x07", "\x1b]52;c;eA==\x07",
    "\x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\", "\x1b]4;1;?\x07", "\x1b[?1049l", "\x1b[2J", "\x1b[31mred", "\x1bc", "\x1b[?2004h", "\x1b#8",
    "\x1bGQ", "\x9b31m", "\x9d0;t\x9c", "\x90q\x9c", "\x07\x08\x08", "\x0e\x0f", "over\rwrite", "\x7f\x7f", "a\u202eb", "a\u2066b\u2069",
    "z\u200b\u200d\u200fz", "b\ufeffom", "t\U000e0061g", "s\u00adoft\u2028line\u2029par\u0085nel",
]


def quoted(text):
    """As a YAML double-quoted scalar."""
    return '"%s"' % "".join(ch if ch.isalnum() or ch == " " else "\\x%02x" % ord(ch) if ord(ch) < 0x100
                            else "\\u%04x" % ord(ch) if ord(ch) < 0x10000 else "\\U%08x" % ord(ch) for ch in text)


def as_sql(text):
    return " || ".join("char(%s)" % ", ".join(str(ord(c)) for c in text[i:i + 16]) for i in range(0, len(text), 16)) or "''"


def pack(s, i):
    x = INJECTIONS[i]
    folder = os.path.join(s.dir, "pack%d" % i)
    os.makedirs(folder)
    with open(os.path.join(folder, "pack.yaml"), "w", encoding="utf-8") as f:
        f.write('''pack: inject%d
title: %s
licence: CC-BY-4.0
version: 1
warehouses:
- warehouse: bare%d
  today: 2025-06-30
  tables:
    t: {columns: {id: {type: integer, primary_key: true}, word: {type: text, values: [%s, plain]}}}
drills:
- id: drill%d
  kind: sql
  title: %s
  level: core
  skills: [sql.topn]
  minutes: 5
  warehouse: bare%d
  prompt: %s
  facts:
  - {id: one, ask: [whatever], say: %s}
  hints: [%s]
  dialect: sqlite
  answer: SELECT id, word FROM t
  solution: %s
''' % (i, quoted("P" + x), i, quoted("v" + x), i, quoted("Title" + x), i, quoted("Prompt" + x), quoted("Fact" + x),
            quoted("Hint" + x), quoted("Solution" + x)))
    return folder


def clean(g, what):
    expect(not g.vt.strange, "%s: %s reaches the terminal" % (what, g.vt.strange[:5]), g)
    for ch in bytes(g.vt.raw).decode("utf-8", "surrogateescape"):
        if 0x80 <= ord(ch) < 0xA0 or unicodedata.category(ch) in ("Cf", "Zl", "Zp") or 0xDC80 <= ord(ch) <= 0xDCFF:
            raise Fault("%s: U+%04X reaches the terminal\n%s" % (what, ord(ch), g.picture()))
    expect({"?1049", "?2004"} <= g.vt.modes, "%s: modes are %s" % (what, g.vt.modes), g)


def foreign_bytes_never_reach_the_terminal(s):
    """E35: title, prompt, fact, hint; cells, column names and errors of SQL; pastes and typed bytes."""
    g = s.start("drill", DRILL, rows=30, cols=120)
    g.until("data are ready")
    every = INJECTIONS + ["".join(INJECTIONS)]
    for i, x in enumerate(every):
        g.paste("SELECT %s AS a%d, '%d' AS n" % (as_sql(x), i, i))
        g.until(r"AS n")
        g.press("F5")
        g.until(r"rows? 1", "a%d" % i)
        clear_answer(g)
        g.paste(x)
        g.paste(b"\xff\xfe\xc0\xaf" + x.encode())
        g.press("F5")
        g.settle(0.03)
        clear_answer(g)
        g.press("F3")
        g.until("ask; esc goes back")
        g.paste(x + " what is this?")
        g.press("enter")
        g.until("ask; esc goes back")
        g.press("esc")
        g.until(gone=["ask; esc goes back"])
        clean(g, repr(x[:20]))
    leave(g)
    s.end(g)


def packs_cannot_speak_to_the_terminal(s):
    words = [w for i in range(0, len(INJECTIONS)) for w in ("--pack", pack(s, i))]
    g = s.start(*words[:28], rows=40, cols=120)
    g.until("Next")
    for batch in range(0, len(INJECTIONS), 14):
        some = words[2 * batch:2 * batch + 28]
        g = s.start(*some, rows=40, cols=120)
        g.until("Next")
        g.press("d")
        g.until("^ drills")
        for i in range(batch, min(batch + 14, len(INJECTIONS))):
            g.press("home" if i == batch else "down")
        clean(g, "the list")
        g.press("q", "q")
        g.settle()
        s.end(g)
    seen = 0
    for i in range(len(INJECTIONS)):
        g = s.start("drill", "inject%d/drill%d" % (i, i), *words[2 * i:2 * i + 2], rows=30, cols=120)
        try:
            g.until("Prompt|Titl")
        except Fault:
            # YAML itself refuses raw controls in some places: then a sentence and status 3.
            expect(g.ended() and g.status in (3, 5), "pack %d" % i, g)
            s.end(g)
            continue
        seen += 1
        g.press("F4", "F2", "F2", "F3")
        g.type("whatever")
        g.press("enter", "esc")
        g.settle(0.05)
        clean(g, "pack %d" % i)
        leave(g)
        s.end(g)
    expect(seen > 20, "only %d packs could be drilled" % seen)


def monkey_bytes(rng):
    kind = rng.random()
    if kind < 0.45:
        return rng.choice(list(KEYS.values()))
    if kind < 0.75:
        return rng.choice("SELECT FROM WHERE ()'\",;*\t/?:qjkhl1234yn /é你🚑").encode()
    if kind < 0.85:
        return bytes([rng.choice([c for c in range(32) if c not in (0x1a, 0x1c)])])
    if kind < 0.9:
        return b"\x1b" + bytes([rng.randrange(32, 127)])
    if kind < 0.93:
        return b"\x1b[<%d;%d;%d%s" % (rng.randrange(70), rng.randrange(1, 140), rng.randrange(1, 60), rng.choice([b"M", b"m"]))
    if kind < 0.96:
        return bytes(rng.randrange(256) for _ in range(rng.randrange(1, 12))).replace(b"\x1a", b"").replace(b"\x1c", b"")
    size = 200000 if rng.random() < 0.02 else rng.randrange(200)
    return b"\x1b[200~" + bytes(rng.choice(b"ab \n\r\t\xc3\xa9\xff\x1b\x00(") for _ in range(size)) + b"\x1b[201~"


def a_monkey_breaks_nothing(s, events=2000):
    """E42: random keys, pastes, mouse, sizes; when it leaves the program, it starts it again."""
    rng = random.Random(42)
    g, starts = None, 0
    done = 0
    while done < events:
        if g is None or g.ended():
            if g is not None:
                # A ^C that comes after the screen was given back is the shell's business, and ends us.
                late = "?1049" not in g.vt.modes and g.wait_end() in (-2, -3)
                expect(late or g.wait_end() == 0, "it left with %s after %d events, start %d" % (g.status, done, starts), g)
                s.end(g)
            g = s.start("--autosave-ms", "50", rows=30, cols=100) if starts % 2 else s.start("drill", DRILL, rows=30, cols=100)
            starts += 1
            g.until("Next|1 │")
        for _ in range(20):
            done += 1
            if rng.random() < 0.01:
                g.resize(rng.randrange(1, 60), rng.randrange(1, 200))
            g.send(monkey_bytes(rng))
            if g.ended():
                break
        g.pump(0)
    if not g.ended():
        g.resize(30, 100)
        g.settle(0.2)
        clean(g, "the monkey") if not g.ended() else None
        g.kill(15)
        g.wait_end()
    g = s.start()
    g.until("Next")
