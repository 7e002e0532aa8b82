#!/usr/bin/env python3
"""run: plays the cases of the pseudo-terminal: run.py BINARY [--full] [NAME…]. Says every fault, with the screen."""
import sys
import time

sys.dont_write_bytecode = True
import drive  # noqa: E402
import cases_drill  # noqa: E402
import cases_hostile  # noqa: E402
import cases_terminal  # noqa: E402

MODULES = {"drill": cases_drill, "terminal": cases_terminal, "hostile": cases_hostile}
# What --full does more of.
FULL = {"killed_while_typing_the_draft_is_offered": {"moments": 100},
        "a_monkey_breaks_nothing": {"events": 20000}}


def cases(module):
    code = ((n, f) for n, f in vars(module).items() if callable(f) and getattr(f, "__module__", "") == module.__name__)
    return {n: f for n, f in code if "_" in n and f.__code__.co_varnames[:1] == ("s",)}


def main():
    words = [w for w in sys.argv[2:] if w != "--full"]
    full, faults, tried = "--full" in sys.argv, 0, 0
    for group, module in MODULES.items():
        for name, case in cases(module).items():
            if words and group not in words and name not in words:
                continue
            if full and name not in FULL:
                continue
            tried += 1
            start = time.monotonic()
            try:
                with drive.Stage(sys.argv[1]) as stage:
                    case(stage, **(FULL[name] if full else {}))
                print("ok    %6.2f s  %s" % (time.monotonic() - start, name), flush=True)
            except (drive.Fault, OSError) as e:
                faults += 1
                print("FAULT %6.2f s  %s: %s" % (time.monotonic() - start, name, e), flush=True)
    print("%d tried, %d faults" % (tried, faults))
    return 1 if faults or not tried else 0


if __name__ == "__main__":
    sys.exit(main())
