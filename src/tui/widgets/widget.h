// widget: what all widgets answer to a key.
//
// A widget is a plain struct with x_key and x_draw. x_draw remembers the Rect it drew in, so that
// x_key can tell where a click fell; a widget that was never drawn ignores the mouse.
#ifndef TUI_WIDGETS_WIDGET_H
#define TUI_WIDGETS_WIDGET_H

typedef enum {
    REPLY_NO,       // not mine: ask the next one
    REPLY_YES,      // taken; draw again
    REPLY_CHANGED,  // taken, and its text or filter is another
    REPLY_CHOSEN,   // Enter or click: read what was chosen
    REPLY_CLOSED,   // Esc: it wants to go
    REPLY_COPIED,   // text was copied: hand it to term_copy
    REPLY_EXTERNAL, // ^X^E: the text wants $EDITOR
    REPLY_LAST = REPLY_EXTERNAL,
} Reply;
#endif
