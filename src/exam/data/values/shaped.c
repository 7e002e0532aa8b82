// shaped: texts like those that the reference compares with a column, where they are months, days
// or numbers of so many digits written as texts: '201206' stands beside '201205' and '201306', and
// not beside '2012' or '201206q', which no such column holds.
#include "base/world.h"
#include "exam/data/literals/literals.h"
#include <string.h>

enum { LEAST = 6, MOST = 19 };

// Digits, with marks between them at the same places.
static bool is_shape(Str text)
{
    size_t digits = 0;
    if (text.len < LEAST || text.len > MOST) return false;
    for (size_t i = 0; i < text.len; i++) {
        bool digit = text.ptr[i] >= '0' && text.ptr[i] <= '9';
        if (!digit && !strchr("-/: .T", text.ptr[i])) return false;
        digits += digit;
    }
    return digits >= LEAST;
}

static bool same_shape(Str x, Str y)
{
    if (x.len != y.len) return false;
    for (size_t i = 0; i < x.len; i++) {
        bool a = x.ptr[i] >= '0' && x.ptr[i] <= '9', b = y.ptr[i] >= '0' && y.ptr[i] <= '9';
        if (a != b || (!a && x.ptr[i] != y.ptr[i])) return false;
    }
    return true;
}

bool shaped_like(const Literals *l, Str column, Str *out)
{
    *out = (Str){0};
    for (size_t i = 0; i < l->len; i++) {
        const Literal *one = &l->at[i];
        if (!one->string || one->own || !str_eq_nocase(one->column, column)) continue;
        if (one->use != LITERAL_VALUE || !is_shape(one->text)) return false;
        if (out->len && !same_shape(*out, one->text)) return false;
        *out = one->text;
    }
    return out->len > 0;
}

// The head of the text, as far as it fits, on the shape's own digits. A head that ends within a
// month would make one of that does not exist: only whole pairs of digits count.
Str shaped_over(Arena *a, Str shape, Str text)
{
    char out[MOST + 1];
    size_t fits = 0;
    if (same_shape(shape, text)) return text;
    memcpy(out, shape.ptr, shape.len);
    for (size_t i = 0; i < shape.len && i < text.len; i++) {
        bool digit = text.ptr[i] >= '0' && text.ptr[i] <= '9';
        bool place = shape.ptr[i] >= '0' && shape.ptr[i] <= '9';
        if (digit != place) break;
        fits = i + 1;
    }
    memcpy(out, text.ptr, fits - fits % 2);
    return str_copy(a, (Str){out, shape.len});
}

// The number in the digits from .. from + len - 1 of the shape; where they stand goes to `places`.
static int number_in(Str shape, size_t from, size_t len, size_t *places)
{
    size_t digit = 0;
    int n = 0;
    for (size_t i = 0; i < shape.len; i++) {
        if (shape.ptr[i] < '0' || shape.ptr[i] > '9') continue;
        if (digit >= from && digit < from + len) {
            places[digit - from] = i;
            n = n * 10 + (shape.ptr[i] - '0');
        }
        digit++;
    }
    return n;
}

static void put_number(char *out, const size_t *places, size_t len, int n)
{
    for (size_t i = len; i-- > 0; n /= 10) out[places[i]] = (char)('0' + n % 10);
}

// A month or a year further or back where it has them, else its last digit another one.
Str shaped_beside(Arena *a, Str shape, Rng *rng)
{
    enum { OF_YEAR = 4, OF_MONTH = 2 };
    char out[MOST + 1];
    size_t years[OF_YEAR] = {0}, months[OF_MONTH] = {0};
    int year = number_in(shape, 0, OF_YEAR, years);
    int month = number_in(shape, OF_YEAR, OF_MONTH, months), way = rng_below(rng, 2) ? 1 : -1;
    memcpy(out, shape.ptr, shape.len);
    if (year > 1900 && year < 2100 && month >= 1 && month <= 12) {
        int all = year * 12 + month - 1 + way * (rng_below(rng, 2) ? 12 : 1);
        put_number(out, years, OF_YEAR, all / 12);
        put_number(out, months, OF_MONTH, all % 12 + 1);
    } else {
        char *last = &out[shape.len - 1];
        while (*last < '0' || *last > '9') last--;
        *last = (char)(*last == '9' || (way < 0 && *last > '0') ? *last - 1 : *last + 1);
    }
    return str_copy(a, (Str){out, shape.len});
}
