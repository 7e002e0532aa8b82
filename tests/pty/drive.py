"""drive: greenroom in a pseudo-terminal, driven by keys and read as a screen.

Nothing here sleeps to wait for something to happen: `until` reads until the screen says what was asked for, and
fails loudly, with the screen, when it does not within its time.
"""
import errno
import fcntl
import os
import pty
import re
import select
import shutil
import signal
import struct
import sys
import tempfile
import termios
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "cli"))
from bench import Fault, ROOT  # noqa: E402,F401
from vt import Vt  # noqa: E402

KEYS = {
    "enter": b"\r", "^J": b"\n", "esc": b"\x1b", "tab": b"\t", "shift-tab": b"\x1b[Z", "space": b" ", "backspace": b"\x7f",
    "up": b"\x1bOA", "down": b"\x1bOB", "right": b"\x1bOC", "left": b"\x1bOD", "home": b"\x1bOH", "end": b"\x1bOF",
    "pgup": b"\x1b[5~", "pgdn": b"\x1b[6~", "del": b"\x1b[3~", "F1": b"\x1bOP", "F2": b"\x1bOQ", "F3": b"\x1bOR",
    "F4": b"\x1bOS", "F5": b"\x1b[15~", "F6": b"\x1b[17~", "F7": b"\x1b[18~", "F8": b"\x1b[19~", "F9": b"\x1b[20~",
    "F10": b"\x1b[21~",
}
# Sanitized binaries on a busy machine are slow; only a fault waits this long.
PATIENCE = 40


def key(name):
    if name in KEYS:
        return KEYS[name]
    if len(name) == 2 and name[0] == "^":
        return bytes([ord(name[1].upper()) & 0x1F])
    return name.encode()


def be_a_shell(up):
    """What a shell does for a job: a process group of its own, in the foreground. Returns in the job only."""
    signal.signal(signal.SIGTTOU, signal.SIG_IGN)
    job = os.fork()
    if job == 0:
        os.setpgid(0, 0)
        os.tcsetpgrp(0, os.getpid())
        signal.signal(signal.SIGTTOU, signal.SIG_DFL)
        os.write(up, b"%d" % os.getpid())
        return
    os.close(up)
    os._exit(abs(os.waitstatus_to_exitcode(os.waitpid(job, 0)[1])))


class Greenroom:
    """One process in one terminal. Keep `home` to meet what it remembered."""

    def __init__(self, binary, home, *args, rows=24, cols=80, env=None, ignore_hup=False, under_shell=False, words=None):
        self.vt = Vt(rows, cols)
        self.status = None
        self.words = words or [binary, *args, "--home", home]
        full = {"HOME": home, "TERM": "xterm-256color", "LC_ALL": "C.UTF-8", "TZ": "UTC", "PATH": os.environ["PATH"]}
        full["LSAN_OPTIONS"] = "print_suppressions=0:suppressions=" + os.path.join(os.path.dirname(
            os.path.abspath(__file__)), "leaks.txt")
        for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS"):
            if name in os.environ:
                full[name] = os.environ[name]
        full.update(env or {})
        full = {k: v for k, v in full.items() if v is not None}
        self.log = tempfile.TemporaryFile()
        self.master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, cols, 0, 0))
        self.slave = slave  # kept open: the modes of the terminal can be read after the end
        self.before = termios.tcgetattr(slave)
        down, up = os.pipe()
        self.pid = os.fork()
        if self.pid == 0:
            os.setsid()
            fcntl.ioctl(slave, termios.TIOCSCTTY, 0)
            for fd in (0, 1, 2):
                os.dup2(slave, fd)
            if "2" in (env or {}).get("KEEP_STDERR", "2"):
                os.dup2(self.log.fileno(), 2)
            os.closerange(3, up)
            os.set_inheritable(up, False)
            signal.signal(signal.SIGHUP, signal.SIG_IGN if ignore_hup else signal.SIG_DFL)
            signal.signal(signal.SIGPIPE, signal.SIG_DFL)
            if under_shell:
                be_a_shell(up)
            os.execve(binary, self.words, full)
        os.set_blocking(self.master, False)
        os.close(up)
        self.job = int(os.read(down, 20)) if under_shell else self.pid
        os.close(down)

    # -- reading

    def pump(self, wait):
        """Reads what comes within `wait` seconds; False when nothing came."""
        if not select.select([self.master], [], [], wait)[0]:
            return False
        try:
            data = os.read(self.master, 65536)
        except OSError as e:
            if e.errno not in (errno.EIO, errno.EAGAIN):
                raise
            data = b""
        self.vt.feed(data)
        return bool(data)

    def until(self, *wanted, gone=(), patience=PATIENCE):
        """Reads until every pattern is on the screen, and none of `gone`."""
        end = time.monotonic() + patience
        while True:
            text = self.vt.text()
            if all(re.search(p, text, re.M) for p in wanted) and not any(re.search(p, text, re.M) for p in gone):
                return text
            if time.monotonic() > end or (self.ended() and not self.pump(0)):
                raise Fault("the screen never showed %s%s\n%s" % (
                    list(wanted), " without %s" % list(gone) if gone else "", self.picture()))
            self.pump(0.05)

    def settle(self, quiet=0.05):
        """Reads until nothing has come for a moment: for looking, never for waiting on an outcome."""
        while self.pump(quiet):
            pass
        return self.vt.text()

    def picture(self):
        frame = "\n".join("|%s|" % line for line in self.vt.lines())
        return "%s\n%s\nstatus %s, stderr: %s" % (" ".join(self.words), frame, self.status, self.stderr()[-2000:])

    def stderr(self):
        self.log.seek(0)
        return self.log.read().decode("utf-8", "replace")

    # -- writing

    def send(self, data):
        """Bytes, as fast as the program takes them, reading meanwhile so that neither side blocks."""
        end = time.monotonic() + PATIENCE
        while data:
            ready = select.select([self.master], [self.master], [], 0.2)
            if self.master in ready[0]:
                self.pump(0)
            if self.master in ready[1]:
                try:
                    data = data[os.write(self.master, data[:1024]):]
                except OSError as e:
                    if e.errno == errno.EIO:
                        raise Fault("the program is gone while it is typed at\n" + self.picture())
                    if e.errno != errno.EAGAIN:
                        raise
            if time.monotonic() > end:
                raise Fault("the program takes no keys\n" + self.picture())
            if self.ended():
                return

    def press(self, *names):
        for n in names:
            self.send(key(n))
            if n == "esc":
                self.taken()
                self.settle(0.1)  # an ESC is one by the pause after it

    def taken(self):
        """Waits until the program has read every key sent."""
        end = time.monotonic() + PATIENCE
        while struct.unpack("i", fcntl.ioctl(self.slave, termios.FIONREAD, b"\0" * 4))[0] and not self.ended():
            if time.monotonic() > end:
                raise Fault("the program takes no keys\n" + self.picture())
            self.pump(0.01)

    def type(self, text):
        self.send(text.encode())

    def paste(self, text):
        data = text if isinstance(text, bytes) else text.encode()
        self.send(b"\x1b[200~" + data + b"\x1b[201~")

    def resize(self, rows, cols):
        self.vt.resize(rows, cols)
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, cols, 0, 0))

    # -- the end

    def ended(self):
        if self.status is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.status = os.waitstatus_to_exitcode(status)
        return self.status is not None

    def wait_end(self, patience=PATIENCE):
        end = time.monotonic() + patience
        while not self.ended():
            if time.monotonic() > end:
                raise Fault("it did not end within %g s\n%s" % (patience, self.picture()))
            self.pump(0.01)
        while self.pump(0):
            pass
        return self.status

    def kill(self, sig=signal.SIGKILL):
        if not self.ended():
            os.kill(self.pid, sig)

    def close(self):
        self.kill()
        self.wait_end()
        for fd in (self.master, self.slave):
            try:
                os.close(fd)
            except OSError:
                pass
        err = self.stderr()
        if "Sanitizer" in err or "runtime error:" in err:
            raise Fault("a sanitizer complains\n" + err[:4000])

    def restored(self):
        """Faults of the terminal it left behind."""
        faults = []
        left = self.vt.modes & {"?1049", "?2004", "?1000", "?1002", "?1006", "keypad", "?1"}
        if left:
            faults.append("modes still on: %s" % sorted(left))
        if termios.tcgetattr(self.slave) != self.before:
            faults.append("stty differs")
        return faults


class Stage:
    """A scratch folder, a home, and every greenroom started on it; ends them all."""

    def __init__(self, binary):
        self.binary = os.path.abspath(binary)
        self.dir = tempfile.mkdtemp(prefix="greenroom-pty.")
        self.home = os.path.join(self.dir, "home")
        self.open = []

    def __enter__(self):
        return self

    def start(self, *args, **more):
        g = Greenroom(self.binary, self.home, *args, **more)
        self.open.append(g)
        return g

    def end(self, g):
        self.open.remove(g)
        g.close()

    def __exit__(self, kind, *_):
        faults = []
        for g in self.open:
            try:
                g.close()
            except Fault as e:
                faults.append(e)
        shutil.rmtree(self.dir, ignore_errors=True)
        if faults and kind is None:
            raise faults[0]


def expect(condition, what, g=None):
    if not condition:
        raise Fault(what + ("\n" + g.picture() if g is not None else ""))
