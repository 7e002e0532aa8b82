// words: small pools, and patterns from the names of tables and columns to pools.
//
// Pools are invented or common; a text is one pool's word, or two put together. What must be unique
// and is not after a few tries gets a number.
#include "warehouse/words.h"
#include "base/rng.h"
#include <assert.h>

static const char *const labels[] = {"alpha", "beta", "gamma", "delta", "epsilon", "zeta"};
static const char *const firsts[] = {"Ada",   "Bruno", "Chidi",  "Dana",  "Elif",  "Femi",  "Gita",
                                     "Hugo",  "Ines",  "Jonas",  "Kaito", "Lena",  "Marek", "Noor",
                                     "Oskar", "Priya", "Quinn",  "Rosa",  "Sven",  "Tala",  "Umar",
                                     "Vera",  "Wanda", "Ximena", "Yara",  "Zoltan"};
static const char *const lasts[] = {"Abara",  "Berg",   "Costa",  "Dubois", "Eriksen",  "Fischer",
                                    "Garcia", "Haddad", "Ito",    "Jansen", "Kowalski", "Lopez",
                                    "Mbeki",  "Novak",  "Okafor", "Petrov", "Quist",    "Rossi",
                                    "Sato",   "Tanaka", "Ueda",   "Varga",  "Weber",    "Yilmaz"};
static const char *const cities[] = {
    "Aarhus", "Bergen", "Cusco",  "Dakar",   "Essen",   "Fortaleza", "Ghent",    "Haifa",
    "Izmir",  "Jaipur", "Krakow", "Leeds",   "Malmo",   "Nairobi",   "Osaka",    "Porto",
    "Quito",  "Riga",   "Seoul",  "Tampere", "Utrecht", "Valencia",  "Windhoek", "Zagreb"};
static const char *const countries[] = {"DE", "US", "BR", "JP", "IN", "FR", "NO", "KE", "MX", "GB"};
static const char *const country_names[] = {"Germany", "United States", "Brazil", "Japan",
                                            "India",   "France",        "Norway", "Kenya",
                                            "Mexico",  "United Kingdom"};
static const char *const currencies[] = {"EUR", "USD", "GBP", "JPY", "BRL", "INR"};
static const char *const statuses[] = {"new", "active", "done", "cancelled", "failed"};
static const char *const departments[] = {"Engineering", "Sales", "Finance", "Support",
                                          "Marketing",   "Legal", "Design",  "Research"};
static const char *const adjectives[] = {"Amber", "Brisk",  "Calm",  "Dusty", "Early", "Faint",
                                         "Green", "Hollow", "Inner", "Jolly", "Keen",  "Late",
                                         "Mild",  "North",  "Open",  "Plain", "Quiet", "Rapid"};
static const char *const things[] = {"Anchor", "Bridge", "Candle",  "Drum",   "Ember",  "Ferry",
                                     "Garden", "Harbor", "Island",  "Jacket", "Kettle", "Lantern",
                                     "Market", "Needle", "Orchard", "Pillow", "Quarry", "River"};
static const char *const forms[] = {"Ltd", "GmbH", "Inc", "AB", "SA"};
static const char *const remarks[] = {"as agreed",        "call back later",
                                      "left at the door", "paid twice by mistake",
                                      "second try",       "no remark"};

typedef struct {
    const char *const *at;
    size_t len;
} Pool;
#define POOL(p)                                                                                    \
    {                                                                                              \
        p, sizeof(p) / sizeof *(p)                                                                 \
    }

// How a text is put together: one word, or two with something between them.
static const struct {
    Pool one, two;
    const char *between;
    int digits; // behind it, always; 0 = none
} recipe[] = {
    [WORDS_LABEL] = {.one = POOL(labels)},
    [WORDS_PERSON] = {.one = POOL(firsts), .two = POOL(lasts), .between = " "},
    [WORDS_FIRST] = {.one = POOL(firsts)},
    [WORDS_LAST_NAME] = {.one = POOL(lasts)},
    [WORDS_EMAIL] = {.one = POOL(firsts), .two = POOL(lasts), .between = "."},
    [WORDS_CITY] = {.one = POOL(cities)},
    [WORDS_COUNTRY] = {.one = POOL(countries)},
    [WORDS_COUNTRY_NAME] = {.one = POOL(country_names)},
    [WORDS_CURRENCY] = {.one = POOL(currencies)},
    [WORDS_STATUS] = {.one = POOL(statuses)},
    [WORDS_DEPARTMENT] = {.one = POOL(departments)},
    [WORDS_PRODUCT] = {.one = POOL(adjectives), .two = POOL(things), .between = " "},
    [WORDS_TITLE] = {.one = POOL(adjectives), .two = POOL(things), .between = " "},
    [WORDS_COMPANY] = {.one = POOL(lasts), .two = POOL(forms), .between = " "},
    [WORDS_STREET] = {.one = POOL(things), .two = POOL(things), .between = "gate "},
    [WORDS_PHONE] = {.one = {.len = 0}, .digits = 9},
    [WORDS_URL] = {.one = POOL(things), .two = POOL(things), .between = "-"},
    [WORDS_CODE] = {.one = POOL(countries), .digits = 4},
    [WORDS_SENTENCE] = {.one = POOL(remarks)},
};
static_assert(sizeof recipe / sizeof *recipe == WORDS_COUNT_, "every kind has a recipe");

// First match wins. A pattern is a whole name, or a part with '*' before or behind it.
static const struct {
    const char *table, *column;
    Words words;
} patterns[] = {
    {"*", "*email*", WORDS_EMAIL},
    {"*", "first_name", WORDS_FIRST},
    {"*", "last_name", WORDS_LAST_NAME},
    {"*", "surname", WORDS_LAST_NAME},
    {"*", "country_name", WORDS_COUNTRY_NAME},
    {"country*", "name", WORDS_COUNTRY_NAME},
    {"countries", "name", WORDS_COUNTRY_NAME},
    {"*", "*country*", WORDS_COUNTRY},
    {"*", "*currency*", WORDS_CURRENCY},
    {"cit*", "name", WORDS_CITY},
    {"*", "*city*", WORDS_CITY},
    {"*", "*status*", WORDS_STATUS},
    {"*", "*state", WORDS_STATUS},
    {"dep*", "*name", WORDS_DEPARTMENT},
    {"*", "*department*", WORDS_DEPARTMENT},
    {"*", "dept*", WORDS_DEPARTMENT},
    {"compan*", "*name", WORDS_COMPANY},
    {"supplier*", "*name", WORDS_COMPANY},
    {"*", "*company*", WORDS_COMPANY},
    {"product*", "*name", WORDS_PRODUCT},
    {"item*", "*name", WORDS_PRODUCT},
    {"*", "product*", WORDS_PRODUCT},
    {"*", "*title*", WORDS_TITLE},
    {"title*", "*name", WORDS_TITLE},
    {"movie*", "*name", WORDS_TITLE},
    {"*", "*address*", WORDS_STREET},
    {"*", "*street*", WORDS_STREET},
    {"*", "*phone*", WORDS_PHONE},
    {"*", "*url*", WORDS_URL},
    {"*", "*code", WORDS_CODE},
    {"*", "sku", WORDS_CODE},
    {"*", "*note*", WORDS_SENTENCE},
    {"*", "*comment*", WORDS_SENTENCE},
    {"*", "*description*", WORDS_SENTENCE},
    {"*", "*remark*", WORDS_SENTENCE},
    {"restaurant*", "name", WORDS_PRODUCT},
    {"store*", "name", WORDS_PRODUCT},
    {"*", "name", WORDS_PERSON},
    {"*", "*_name", WORDS_PERSON},
    {"*", "cook", WORDS_PERSON},
    {"*", "author", WORDS_PERSON},
    {"*", "customer", WORDS_PERSON},
    {"*", "employee", WORDS_PERSON},
};

bool words_match(Str pattern, Str name)
{
    bool head = str_starts(pattern, S("*")), tail = pattern.len > 1 && str_ends(pattern, S("*"));
    Str part = str_slice(pattern, head, pattern.len - tail);
    if (name.len < part.len) return false;
    size_t last = name.len - part.len;
    size_t from = head || tail ? 0 : last, to = head ? last : 0;
    if (!head && !tail && last) return false;
    if (head && !tail) from = last;
    for (size_t at = from; at <= to; at++) {
        if (str_eq_nocase(str_slice(name, at, at + part.len), part)) return true;
    }
    return false;
}

Words words_of(Str table, Str column)
{
    for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++) {
        if (!words_match(str_from(patterns[i].column), column)) continue;
        if (words_match(str_from(patterns[i].table), table)) return patterns[i].words;
    }
    return WORDS_LABEL;
}

static Str pick(Pool p, uint64_t random)
{
    return p.len ? str_from(p.at[(random >> 32) * p.len >> 32]) : (Str){0};
}

static Str lower_with_host(Ink *k, Str user)
{
    Str host = S("@example.com");
    char *p = ink_take(k, user.len + host.len);
    for (size_t i = 0; i < user.len + host.len; i++) {
        char c = i < user.len ? user.ptr[i] : host.ptr[i - user.len];
        p[i] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
    }
    return (Str){p, user.len + host.len};
}

Str words_make(Ink *k, Words w, uint64_t random, unsigned again)
{
    enum { TRIES_PLAIN = 3 };
    bool email = w == WORDS_EMAIL, numbered = again > TRIES_PLAIN || (email && again > 0);
    char text[64];
    Str parts[] = {pick(recipe[w].one, random), str_from(recipe[w].between),
                   pick(recipe[w].two, rng_at(random, 1, 0)),
                   numbered && !email ? S(" ") : (Str){0}};
    size_t n = 0;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        for (size_t j = 0; j < parts[i].len && n < sizeof text; j++) text[n++] = parts[i].ptr[j];
    }
    uint64_t limit = recipe[w].digits ? 1 : 1000 * (uint64_t)again;
    for (int i = 0; i < recipe[w].digits; i++) limit *= 10;
    Str made = {text, n};
    if (numbered || recipe[w].digits) {
        made = ink_id(k, made, rng_at(random, 2, again) % limit, recipe[w].digits);
    }
    if (email) return lower_with_host(k, made);
    return made.ptr == text ? ink_copy(k, made) : made;
}
