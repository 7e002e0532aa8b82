#!/bin/sh
# test.sh: sets up, builds with warnings as errors, and runs the tests. ./test.sh is the quick tier, ./test.sh --full all.
#
# Quick: unit, session, screen, pack, fuzz-corpus and CLI tests under ASan+UBSan, layer and lint checks, a release
# build with a smoke test. Full: everything labelled full as well, and the whole again with clang.
set -eu
cd "$(dirname "$0")"
full=no
for word in "$@"; do
    case $word in
    --full) full=yes ;;
    *) echo "usage: ./test.sh [--full]" >&2; exit 2 ;;
    esac
done
jobs=$(nproc 2>/dev/null || echo 2)
tools/setup test

build() { # build PRESET: quiet unless it fails
    mkdir -p build
    echo "== build $1"
    if ! cmake --preset "$1" >"build/$1.log" 2>&1 || ! cmake --build --preset "$1" >>"build/$1.log" 2>&1; then
        tail -n 60 "build/$1.log" >&2
        exit 1
    fi
}

build asan
echo "== tests (ASan, UBSan)"
if [ $full = yes ]; then
    ctest --preset asan -j "$jobs"
else
    ctest --preset asan -j "$jobs" -LE full
fi

build release
echo "== smoke test (release)"
ctest --preset release -j "$jobs" -L smoke

if [ $full = yes ]; then
    build clang
    echo "== tests (clang)"
    ctest --preset clang -j "$jobs" -LE full
fi
echo "== all passed"
