// bench: the workbench: laid once an attempt, and what is typed on it handed over to the app.
#include "tui/screens/bench.h"
#include "base/check.h"

static EditorOptions options_of(Ui *ui, const Attempt *t)
{
    Str completion = app_setting(ui->app, &ui->frame, S("completion"));
    bool sql = t->session.drill->kind == KIND_SQL;
    return (EditorOptions){
        .syntax = sql ? SYNTAX_SQL : SYNTAX_NONE,
        .dialect = t->session.dialect,
        .wrap = !sql,
        .no_gutter = !sql,
        .no_completion = !sql || str_eq(completion, S("off")),
    };
}

void bench_lay(Ui *ui)
{
    Bench *b = &ui->bench;
    const Attempt *t = app_attempt(ui->app);
    CHECK(t);
    if (b->drill) return;
    editor_close(&b->editor);
    arena_free(&b->arena);
    *b = (Bench){.drill = t->session.drill, .talk = {.follow = true}};
    editor_open(&b->editor, options_of(ui, t));
    editor_set_text(&b->editor, t->text);
    int line, column;
    sql_place(t->text, t->cursor, &line, &column);
    editor_go(&b->editor, line, column);
    size_t count;
    const Candidate *all = bench_candidates(&b->arena, b->drill, &count);
    editor_set_candidates(&b->editor, all, count);
    b->seen_changes = b->editor.changes;
}

static size_t comment_bytes(Str text, Dialect d)
{
    size_t n = 0;
    Lexer x = sql_lexer(text, d);
    for (Token t = sql_next(&x); t.kind != TOKEN_END; t = sql_next(&x)) {
        if (t.kind == TOKEN_COMMENT) n += t.text.len;
    }
    return n;
}

void bench_hand_over(Ui *ui)
{
    Bench *b = &ui->bench;
    if (b->editor.changes == b->seen_changes) return;
    b->seen_changes = b->editor.changes;
    Str text = editor_text(&b->editor);
    bool words = b->drill->kind != KIND_SQL;
    if (!words) {
        size_t said = comment_bytes(text, b->editor.options.dialect);
        words = said > b->comment_bytes;
        b->comment_bytes = said;
    }
    app_type(ui->app, text, b->editor.at, words);
}
