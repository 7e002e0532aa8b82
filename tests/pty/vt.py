"""vt: a small terminal: the bytes a program wrote become a screen of characters. Standard library only.

Knows what ncurses sends for the terminals of the tests (xterm-256color and its kin): addressing, erasing, inserting
and deleting, scroll regions, REP, the alternate screen, wide characters. Colours are dropped. `modes` holds the
private modes that are on, `strange` every control a terminal would obey and this one does not know: foreign
bytes that got through land there.
"""
import re
import unicodedata

TOKEN = re.compile(
    rb"\x1b\[(?P<csi>[<-?]*[0-9;:]*)(?P<mid>[ -/]*)(?P<end>[@-~])"
    rb"|\x1b\](?P<osc>[^\x07\x1b]*)(?:\x07|\x1b\\)"
    rb"|\x1b(?P<set>[()*+])(?P<cs>.)"
    rb"|\x1b(?P<esc>[0-9=>A-Z\\^_`a-z~])"
    rb"|(?P<ctl>[\x00-\x1f\x7f])"
    rb"|(?P<text>[^\x00-\x1f\x7f]+)", re.S)
PARTIAL = re.compile(rb"\x1b(\[[<-?]*[0-9;:]*[ -/]*|\][^\x07\x1b]*\x1b?|[()*+])?$", re.S)
BLANK = " "


def width(ch):
    if unicodedata.combining(ch) or unicodedata.category(ch) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(ch) in ("W", "F") else 1


class Vt:
    def __init__(self, rows, cols):
        self.rest, self.raw = b"", bytearray()
        self.modes, self.strange = set(), []
        self.titles = []
        self.main = None
        self.resize(rows, cols)

    def resize(self, rows, cols):
        old = getattr(self, "cells", [])
        self.rows, self.cols = rows, cols
        self.cells = [[(old[r][c] if r < len(old) and c < len(old[r]) else BLANK) for c in range(cols)]
                      for r in range(rows)]
        self.top, self.bottom = 0, rows - 1
        self.row, self.col = min(getattr(self, "row", 0), rows - 1), min(getattr(self, "col", 0), cols - 1)
        self.last, self.wrap, self.saved = BLANK, False, (0, 0)
        self.graphics = False

    # -- reading it

    def lines(self):
        return ["".join(line).rstrip() for line in self.cells]

    def text(self):
        return "\n".join(self.lines())

    # -- feeding it

    def feed(self, data):
        self.raw += data
        data, self.rest = self.rest + data, b""
        hold = PARTIAL.search(data)
        if hold:
            data, self.rest = data[:hold.start()], data[hold.start():]
        # A character cut in two waits for its other half.
        for back in range(1, 4):
            if len(data) >= back and data[-back] >= 0xC0:
                need = 2 if data[-back] < 0xE0 else 3 if data[-back] < 0xF0 else 4
                if back < need and not self.rest:
                    data, self.rest = data[:-back], data[-back:]
                break
        at = 0
        while at < len(data):
            m = TOKEN.match(data, at)
            if not m:
                self.strange.append(data[at:at + 8])
                at += 1
                continue
            at = m.end()
            if m["text"] is not None:
                self.put(m["text"].decode("utf-8", "surrogateescape"))
            elif m["end"]:
                self.csi(m["csi"].decode(), m["mid"].decode(), m["end"].decode())
            elif m["osc"] is not None and m["osc"] != b"104":  # 104: the palette as it was, on leaving
                self.strange.append(b"OSC " + m["osc"])
            elif m["osc"] is not None:
                pass
            elif m["set"]:
                self.graphics = m["set"] == b"(" and m["cs"] == b"0"
            elif m["esc"]:
                self.escape(m["esc"].decode())
            else:
                self.control(m["ctl"][0])

    def put(self, text):
        for ch in text:
            if 0xDC80 <= ord(ch) <= 0xDCFF or 0x80 <= ord(ch) < 0xA0 or unicodedata.category(ch) in ("Cf", "Zl", "Zp"):
                self.strange.append(ch.encode("utf-8", "surrogateescape"))
                continue
            w = width(ch)
            if w == 0:
                at = max(self.col - 1, 0)
                self.cells[self.row][at] += ch
                continue
            if self.wrap or self.col + w > self.cols:
                if "?7" not in self.modes_off():
                    self.col, self.wrap = 0, False
                    self.line_feed()
            self.cells[self.row][self.col] = ch
            if w == 2 and self.col + 1 < self.cols:
                self.cells[self.row][self.col + 1] = ""
            self.last = ch
            if self.col + w >= self.cols:
                self.col, self.wrap = self.cols - 1, True
            else:
                self.col += w

    def modes_off(self):
        return ()

    def line_feed(self):
        if self.row == self.bottom:
            self.scroll(self.top, self.bottom, 1)
        elif self.row < self.rows - 1:
            self.row += 1

    def scroll(self, top, bottom, n):
        """Up by n, down when n is below 0."""
        for _ in range(min(abs(n), bottom - top + 1)):
            if n > 0:
                del self.cells[top]
                self.cells.insert(bottom, [BLANK] * self.cols)
            else:
                del self.cells[bottom]
                self.cells.insert(top, [BLANK] * self.cols)

    def control(self, c):
        self.wrap = False
        if c == 0x0D:
            self.col = 0
        elif c in (0x0A, 0x0B, 0x0C):
            self.line_feed()
        elif c == 0x08:
            self.col = max(self.col - 1, 0)
        elif c == 0x09:
            self.col = min((self.col // 8 + 1) * 8, self.cols - 1)
        elif c in (0x0E, 0x0F):
            self.graphics = c == 0x0E
        else:
            self.strange.append(bytes([c]))

    def escape(self, e):
        self.wrap = False
        if e == "7":
            self.saved = (self.row, self.col)
        elif e == "8":
            self.row, self.col = self.saved
        elif e == "M":
            if self.row == self.top:
                self.scroll(self.top, self.bottom, -1)
            else:
                self.row = max(self.row - 1, 0)
        elif e == "D":
            self.line_feed()
        elif e == "E":
            self.col = 0
            self.line_feed()
        elif e == "c":
            self.resize(self.rows, self.cols)
            self.erase(0, 0, self.rows, self.cols)
        elif e in "=>":
            (self.modes.add if e == "=" else self.modes.discard)("keypad")
        elif e == "H":
            pass  # a tab stop
        else:
            self.strange.append(b"ESC " + e.encode())

    def erase(self, row, col, to_row, to_col):
        for r in range(row, min(to_row + 1, self.rows)):
            first, last = (col if r == row else 0), (to_col if r == to_row else self.cols)
            for c in range(first, min(last, self.cols)):
                self.cells[r][c] = BLANK

    def csi(self, args, mid, end):
        if end == "m" and not mid and args[:1] not in ("<", "=", ">", "?"):
            return
        if mid or args[:1] in ("<", "=", ">"):
            if (args, mid, end) != ("!", "", "p") and end not in "qp":
                self.strange.append(("CSI %s%s%s" % (args, mid, end)).encode())
            return
        if end in "hl":
            return self.mode(args, end == "h")
        if args[:1] == "?":
            self.strange.append(("CSI %s%s" % (args, end)).encode())
            return
        p = [int(x) if x.isdigit() else 0 for x in args.replace(":", ";").split(";")]
        n, line = max(p[0], 1), self.cells[self.row]
        self.wrap = False
        if end == "H" or end == "f":
            self.row = min(n, self.rows) - 1
            self.col = min(max(p[1] if len(p) > 1 else 1, 1), self.cols) - 1
        elif end == "A":
            self.row = max(self.row - n, 0)
        elif end == "B":
            self.row = min(self.row + n, self.rows - 1)
        elif end == "C":
            self.col = min(self.col + n, self.cols - 1)
        elif end == "D":
            self.col = max(self.col - n, 0)
        elif end == "G" or end == "`":
            self.col = min(n, self.cols) - 1
        elif end == "d":
            self.row = min(n, self.rows) - 1
        elif end == "Z":
            self.col = max((self.col - 1) // 8 * 8, 0)
        elif end == "J":
            if p[0] == 0:
                self.erase(self.row, self.col, self.rows - 1, self.cols)
            elif p[0] == 1:
                self.erase(0, 0, self.row, self.col + 1)
            else:
                self.erase(0, 0, self.rows - 1, self.cols)
        elif end == "K":
            self.erase(self.row, 0 if p[0] else self.col, self.row, self.col + 1 if p[0] == 1 else self.cols)
        elif end == "X":
            self.erase(self.row, self.col, self.row, self.col + n)
        elif end == "@":
            line[self.col:self.col] = [BLANK] * n
            del line[self.cols:]
        elif end == "P":
            del line[self.col:self.col + n]
            line += [BLANK] * (self.cols - len(line))
        elif end == "b":
            self.put(self.last * n)
        elif end == "L" and self.top <= self.row <= self.bottom:
            self.scroll(self.row, self.bottom, -n)
        elif end == "M" and self.top <= self.row <= self.bottom:
            self.scroll(self.row, self.bottom, n)
        elif end == "S":
            self.scroll(self.top, self.bottom, n)
        elif end == "T":
            self.scroll(self.top, self.bottom, -n)
        elif end == "r":
            self.top = n - 1
            self.bottom = min((p[1] if len(p) > 1 and p[1] else self.rows), self.rows) - 1
            self.row = self.col = 0
        elif end not in "gtn":
            self.strange.append(("CSI %s%s" % (args, end)).encode())
        elif end in "tn" and not args.startswith("22") and not args.startswith("23"):
            self.strange.append(("CSI %s%s" % (args, end)).encode())

    def mode(self, args, on):
        known = {"?1", "?7", "?12", "?25", "?1000", "?1002", "?1006", "?1049", "?47", "?1047", "?1048", "?2004", "?1034",
                 "4", "?3", "?4", "?5", "20"}
        private = args[:1] == "?"
        for part in args.lstrip("?").split(";"):
            name = "?" + part if private else part
            if name not in known:
                self.strange.append(("mode " + name).encode())
            (self.modes.add if on else self.modes.discard)(name)
            if name in ("?1049", "?1047", "?47"):
                self.erase(0, 0, self.rows - 1, self.cols)
