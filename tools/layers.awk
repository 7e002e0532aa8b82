# layers: reads the USES lines of src/CMakeLists.txt, then every source file, and fails when a file includes a module
# that its own USES line does not name, a module that stands lower in the list, or the private header of another module.
# Also: a foreign library's header belongs to one module (table `owner`). Run by tools/check-layers.
BEGIN {
    n = split("yaml.h:yaml pcre2.h:match libstemmer.h:match seccomp.h:proc utf8proc.h:base xxhash.h:base " \
              "jansson.h:base md4c.h:prose curses.h:tui ncurses.h:tui term.h:tui", pairs, " ")
    for (i = 1; i <= n; i++) { split(pairs[i], p, ":"); owner[p[1]] = p[2] }
}
function fault(text) { print FILENAME ":" FNR ": " text; bad = 1 }
FILENAME ~ /CMakeLists.txt$/ {
    sub(/#.*/, "")
    if (match($0, /greenroom_module\([a-z]+/)) { m = substr($0, RSTART + 17, RLENGTH - 17); rank[m] = ++ranks; uses = 0 }
    gsub(/[()]/, " & ")
    for (i = 1; i <= NF; i++) {
        if ($i == "USES") uses = 1
        else if ($i == "SOURCES" || $i == "LIBS" || $i == ")") uses = 0
        else if (uses) {
            if (!($i in rank)) fault(m " uses " $i ", which does not stand above it")
            ok[m, $i] = 1
        }
    }
    next
}
/^#include / {
    split(FILENAME, f, "/"); from = f[3] == "" ? "main" : f[2]
    if ($2 ~ /^</) {
        header = substr($2, 2, length($2) - 2)
        if (header == "sqlite3.h" && from != "db" && from != "query") fault("sqlite3.h belongs to db and query")
        if (header in owner && from != owner[header]) fault(header " belongs to " owner[header])
        if ((header == "curses.h" || header == "ncurses.h" || header == "term.h") && FILENAME !~ /term_curses\.c$/) fault(header " belongs to tui/term_curses.c")
        next
    }
    split($2, t, /["\/]/); to = t[2]
    if (from == "main" || to == "base" || from == to) next
    if (!((from, to) in ok)) fault(from " may not use " to)
    else if (t[3] != to ".h") fault(t[3] " is private to " to)
}
END { exit bad }
