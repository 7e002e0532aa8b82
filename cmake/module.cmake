# Every target gets its flags from here; nothing is set globally.
add_library(greenroom_flags INTERFACE)
target_compile_features(greenroom_flags INTERFACE c_std_17)
# 700: sigaction, openat, realpath and friends. Wider macros stand only in the files of proc that need them.
target_compile_definitions(greenroom_flags INTERFACE _XOPEN_SOURCE=700
  GREENROOM_VERSION="${PROJECT_VERSION}")
target_compile_options(greenroom_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes
  -Wvla -Wwrite-strings -Wundef -fno-common
  # clang contracts a*b+c into one rounding, gcc does not: generated data must be the same from both.
  -ffp-contract=off
  $<$<BOOL:${GREENROOM_WERROR}>:-Werror>)
target_include_directories(greenroom_flags INTERFACE ${PROJECT_SOURCE_DIR}/src)
target_link_libraries(greenroom_flags INTERFACE m)
if(GREENROOM_SANITIZE)
  target_compile_options(greenroom_flags INTERFACE
    -fsanitize=${GREENROOM_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(greenroom_flags INTERFACE -fsanitize=${GREENROOM_SANITIZE})
  # GREENROOM_SANITIZED: no address limits and no seccomp around children; ARENA_DEBUG: one malloc an object.
  target_compile_definitions(greenroom_flags INTERFACE ARENA_DEBUG GREENROOM_SANITIZED)
endif()

# greenroom_module(sql SOURCES lex.c USES base LIBS PkgConfig::sqlite3)
# One line a module: a static library gr_<name> of the named sources in src/<name>/. The layer check
# (tools/layers.awk) reads the same USES: a module includes only the public headers of the modules named there.
function(greenroom_module name)
  cmake_parse_arguments(M "" "" "SOURCES;USES;LIBS" ${ARGN})
  list(TRANSFORM M_SOURCES PREPEND ${name}/)
  list(TRANSFORM M_USES PREPEND gr_)
  if(M_SOURCES)
    add_library(gr_${name} STATIC ${M_SOURCES})
    target_link_libraries(gr_${name} PUBLIC greenroom_flags ${M_USES} PRIVATE ${M_LIBS})
  else() # plain specs: a header and nothing else
    add_library(gr_${name} INTERFACE)
    target_link_libraries(gr_${name} INTERFACE greenroom_flags ${M_USES})
  endif()
endfunction()
