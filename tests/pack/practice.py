#!/usr/bin/env python3
"""Practice questions as people answer them: nothing wrong passes, nothing right fails, the
counterexamples are small, and with --twice a second run says the same.

usage: practice.py GREENROOM PACK_FOLDER WRONG RIGHT [--twice]      at least so many answers of each
"""
import json
import subprocess
import sys


def prove(greenroom, folder):
    out = subprocess.run([greenroom, "pack", "test", folder, "--json"],
                         capture_output=True, text=True, check=False)
    if out.stderr:
        sys.exit(out.stderr)
    return out.stdout


def main():
    greenroom, folder, wrongs, rights = sys.argv[1:5]
    text = prove(greenroom, folder)
    drills = [json.loads(line) for line in text.splitlines()]
    faults = [f"{d['drill']}: {e}" for d in drills for e in d["errors"]]
    wrong = [v for d in drills for v in d["wrong"]]
    right = sum(len(d["reference"]) + len(d["also_right"]) for d in drills)
    rows = sorted(v["rows"] for v in wrong if "rows" in v)
    named = sum("diagnosis" in v for v in wrong)
    print(f"{len(drills)} drills, {right} right, {len(wrong)} wrong answers; rows: median "
          f"{rows[len(rows) // 2]}, most {rows[-1]}; {named} diagnosed")
    if len(wrong) < int(wrongs) or right < int(rights):
        faults.append("the collection is smaller than it was")
    if rows[len(rows) // 2] > 2 or rows[len(rows) * 95 // 100] > 5:
        faults.append("the counterexamples are larger than they were")
    if named < 0.85 * len(wrong):  # all are the author's own; some differ too seldom
        faults.append("too few are told what they behave like")
    if "--twice" in sys.argv and prove(greenroom, folder) != text:
        faults.append("a second run says something else")
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
