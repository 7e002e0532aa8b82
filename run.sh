#!/bin/sh
# run.sh: sets up, builds and starts greenroom; without a terminal it runs the demo. Arguments go to greenroom.
set -eu
cd "$(dirname "$0")"
tools/setup run
log=build/release.log
mkdir -p build
if ! { [ -f build/release/build.ninja ] || cmake --preset release; } >"$log" 2>&1 ||
    ! cmake --build --preset release --target greenroom >>"$log" 2>&1; then
    tail -n 30 "$log" >&2
    echo "greenroom did not build; the whole log is $log" >&2
    exit 1
fi
if [ $# -eq 0 ] && { [ ! -t 0 ] || [ ! -t 1 ]; }; then
    set -- demo
fi
exec build/release/src/greenroom "$@"
