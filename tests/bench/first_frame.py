#!/usr/bin/env python3
"""first_frame: how soon greenroom stands on the screen and answers a key, beside nano and vim, in one run.

usage: first_frame.py BINARY [RUNS]. Each program gets a pseudo-terminal of 80x24 and a file of its own; the runs go
round in turn, so that a busy moment hits all alike. First frame: from the start to the moment when a text that
its last screen has is there and nine tenths of that screen are painted. Key: from a typed letter to its echo.
Figures only, never a test.
"""
import glob
import os
import shutil
import statistics
import sys
import time

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "pty"))
import drive  # noqa: E402


def painted(now, final):
    cells = [(a, b) for x, y in zip(now, final) for a, b in zip(x.ljust(80), y.ljust(80)) if b != " "]
    return sum(a == b for a, b in cells) / max(len(cells), 1)


def first_frame(g, final, begin):
    while True:
        if painted(g.vt.lines(), final) >= 0.9:
            return (time.perf_counter() - begin) * 1000
        if time.perf_counter() - begin > 10:
            raise drive.Fault("no first frame\n" + g.picture())
        g.pump(0.001)


def key_latency(g):
    out = []
    for ch in "qzjxqzjxkw":
        seen = g.vt.text().count(ch)
        begin = time.perf_counter()
        g.send(ch.encode())
        while g.vt.text().count(ch) == seen:
            if time.perf_counter() - begin > 5:
                raise drive.Fault("%r is not echoed\n%s" % (ch, g.picture()))
            g.pump(0.001)
        out.append((time.perf_counter() - begin) * 1000)
    return statistics.median(out)


def main():
    if len(sys.argv) < 2:
        print(__doc__)
        return 2
    runs = int(sys.argv[2]) if len(sys.argv) > 2 else 15
    with drive.Stage(sys.argv[1]) as stage:
        os.makedirs(stage.home)
        text = os.path.join(stage.dir, "text.sql")
        with open(text, "w") as f:
            f.write("SELECT 1\n" * 40)
        home = ["--home", stage.home]
        programs = {"greenroom home": ([stage.binary, *home], None),
                    "greenroom drill": ([stage.binary, "drill", "sql-core/second-salary", "--home",
                                         os.path.join(stage.dir, "drill")], b"")}
        for name, words, keys in (("nano", [text], b""), ("vim", ["-n", text], b"i"), ("vi", ["-n", text], b"i")):
            if shutil.which(name) and (name != "vi" or "vim" not in programs):
                programs[name] = ([shutil.which(name), *words], keys)
        finals, frames, keys = {}, {n: [] for n in programs}, {n: [] for n in programs}
        for run in range(runs + 1):  # the first only learns what the last screen is, and warms the caches
            for name, (words, before) in programs.items():
                for store in glob.glob(os.path.join(stage.dir, "drill", "greenroom.*")):
                    os.remove(store)  # a draft of the last run would be on the screen
                begin = time.perf_counter()
                g = drive.Greenroom(words[0], stage.home, words=words)
                if run == 0:
                    g.settle(0.6)
                    finals[name] = g.vt.lines()
                else:
                    frames[name].append(first_frame(g, finals[name], begin))
                    g.settle(0.2)
                    if before is not None:
                        g.send(before)
                        g.settle(0.2)
                        keys[name].append(key_latency(g))
                g.kill()
                g.close()
        base = statistics.median(frames["nano"]) if "nano" in programs else None
        print("medians of %d runs, ms" % runs)
        print("%-18s %12s %10s %12s" % ("program", "first frame", "to nano", "key"))
        for name in programs:
            frame = statistics.median(frames[name])
            ratio = "%.2f" % (frame / base) if base else "-"
            key = "%.2f" % statistics.median(keys[name]) if keys[name] else "-"
            print("%-18s %12.1f %10s %12s" % (name, frame, ratio, key))
    return 0


if __name__ == "__main__":
    sys.exit(main())
