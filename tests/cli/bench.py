"""bench: runs the built greenroom without a terminal and looks at what came out. Standard library only.

Every run has a home of its own choosing (a folder of the test), no terminal, and an end: a command that
does not come back within TIMEOUT seconds is a fault, never a wait.
"""
import json
import os
import re
import shutil
import subprocess
import tempfile
import unicodedata

TIMEOUT = 60
ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", ".."))


class Fault(Exception):
    """What a check found wrong, in words."""


class Result:
    def __init__(self, argv, status, out, err):
        self.argv, self.status, self.out, self.err = argv, status, out, err

    def __str__(self):
        return "%s\nstatus %s\n--- stdout\n%s\n--- stderr\n%s" % (
            " ".join(self.argv), self.status, self.out[:3000].decode("utf-8", "replace"),
            self.err[:3000].decode("utf-8", "replace"))

    def json(self):
        try:
            return json.loads(self.out)
        except ValueError as e:
            raise Fault("stdout is not one JSON value: %s\n%s" % (e, self))

    def json_lines(self):
        try:
            return [json.loads(line) for line in self.out.splitlines()]
        except ValueError as e:
            raise Fault("a line of stdout is no JSON: %s\n%s" % (e, self))


class Bench:
    """A binary, a scratch folder and a home; a context manager that leaves nothing behind."""

    def __init__(self, binary):
        self.binary = os.path.abspath(binary)

    def __enter__(self):
        self.dir = tempfile.mkdtemp(prefix="greenroom-cli.")
        self.home = os.path.join(self.dir, "home")
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.dir, ignore_errors=True)

    def path(self, name):
        return os.path.join(self.dir, name)

    def write(self, name, data):
        with open(self.path(name), "wb") as f:
            f.write(data if isinstance(data, bytes) else data.encode())
        return self.path(name)

    def environment(self, extra=None):
        keep = ("PATH", "ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS")
        env = {k: os.environ[k] for k in keep if k in os.environ}
        env.update({"HOME": self.dir, "LC_ALL": "C.UTF-8", "TZ": "UTC"})
        env.update(extra or {})
        return env

    def run(self, *args, stdin=b"", env=None, home=True):
        argv = [self.binary, *args] + (["--home", self.home] if home else [])
        data = stdin if isinstance(stdin, bytes) else stdin.encode()
        try:
            p = subprocess.run(argv, input=data, capture_output=True, timeout=TIMEOUT, cwd=self.dir,
                               env=self.environment(env))
        except subprocess.TimeoutExpired:
            raise Fault("%s did not end within %d s" % (" ".join(argv), TIMEOUT))
        r = Result(argv, p.returncode, p.stdout, p.stderr)
        no_crash(r)
        return r

    def shell(self, script, env=None):
        """A line of sh with $G for the binary with its home."""
        env = self.environment(dict(env or {}, G=self.binary, H=self.home))
        try:
            p = subprocess.run(["sh", "-c", script], capture_output=True, timeout=TIMEOUT, cwd=self.dir, env=env,
                               stdin=subprocess.DEVNULL)
        except subprocess.TimeoutExpired:
            raise Fault("%s did not end within %d s" % (script, TIMEOUT))
        r = Result(["sh", "-c", script], p.returncode, p.stdout, p.stderr)
        no_crash(r)
        return r


def no_crash(r):
    if r.status < 0 or r.status > 5:
        raise Fault("status %d is none of the documented ones\n%s" % (r.status, r))
    for word in (b"Sanitizer", b"runtime error:", b"Assertion"):
        if word in r.err or word in r.out:
            raise Fault("%s in the output\n%s" % (word.decode(), r))


def expect(condition, what, r=None):
    if not condition:
        raise Fault(what + ("\n%s" % r if r is not None else ""))


def expect_status(r, status):
    expect(r.status == status, "status %d was expected" % status, r)


def expect_text(r, patterns, where):
    text = getattr(r, where).decode("utf-8", "replace")
    for p in patterns:
        expect(re.search(p, text, re.M), "%s does not match %r" % (where, p), r)


def no_foreign(data, what):
    """No byte that a terminal obeys, and no character that hides or turns text."""
    for i, ch in enumerate(data.decode("utf-8", "surrogateescape")):
        bad = (ord(ch) < 0x20 and ch not in "\n") or 0x7F <= ord(ch) <= 0x9F or 0xDC80 <= ord(ch) <= 0xDCFF
        if bad or unicodedata.category(ch) in ("Cf", "Zl", "Zp"):
            raise Fault("%s: U+%04X at character %d reaches the reader" % (what, ord(ch), i))
