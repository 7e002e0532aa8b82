// function: the function words of English, which carry grammar and not content.
//
// Their share tells speech from a heap of terms (prose has .4 to .5 of them), and a question made
// of them and of words that were just said asks nothing new.
#include "rubric/private.h"
#include <string.h>

// Sorted by bytes, for the search.
static const char *const words[] = {
    "a",      "about",  "after",   "again",  "all",     "also",   "although", "am",      "an",
    "and",    "any",    "are",     "aren't", "as",      "at",     "be",       "because", "been",
    "before", "being",  "both",    "but",    "by",      "can",    "can't",    "cannot",  "could",
    "did",    "didn't", "do",      "does",   "doesn't", "doing",  "don't",    "each",    "either",
    "else",   "every",  "for",     "from",   "had",     "has",    "have",     "having",  "he",
    "her",    "here",   "him",     "his",    "how",     "i",      "i'd",      "i'll",    "i'm",
    "i've",   "if",     "in",      "into",   "is",      "isn't",  "it",       "it's",    "its",
    "just",   "let",    "let's",   "may",    "me",      "might",  "must",     "my",      "neither",
    "no",     "nor",    "not",     "now",    "of",      "off",    "on",       "only",    "or",
    "other",  "our",    "out",     "over",   "please",  "shall",  "she",      "should",  "since",
    "so",     "some",   "such",    "than",   "that",    "that's", "the",      "their",   "them",
    "then",   "there",  "there's", "these",  "they",    "this",   "those",    "though",  "to",
    "too",    "under",  "until",   "up",     "upon",    "us",     "very",     "was",     "wasn't",
    "we",     "we'll",  "were",    "what",   "what's",  "when",   "where",    "whether", "which",
    "while",  "who",    "whom",    "whose",  "why",     "will",   "with",     "within",  "without",
    "won't",  "would",  "yes",     "yet",    "you",     "your",   "yours",
};

bool rubric_is_function_word(const MatchWord *w)
{
    size_t low = 0, high = sizeof words / sizeof *words;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int c = str_cmp(w->norm, str_from(words[middle]));
        if (!c) return true;
        if (c > 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return false;
}
