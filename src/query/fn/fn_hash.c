// fn_hash: MD5, SHA-1 and SHA-256 of texts, as hexadecimal digits.
#include "query/fn_text.h"
#include <string.h>

typedef struct {
    uint32_t state[8];
    void (*block)(uint32_t *state, const uint8_t *at);
    bool big_end;
    int words; // of the result
} Hash;

static uint32_t left_by(uint32_t x, unsigned n)
{
    return x << n | x >> (32 - n);
}
static uint32_t right_by(uint32_t x, unsigned n)
{
    return x >> n | x << (32 - n);
}
static uint32_t word_big(const uint8_t *p)
{
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}
static uint32_t word_little(const uint8_t *p)
{
    return (uint32_t)p[3] << 24 | (uint32_t)p[2] << 16 | (uint32_t)p[1] << 8 | p[0];
}

// The constants are those of RFC 1321 and FIPS 180-4.
static const uint32_t sines[64] = {
    0xd76aa478, 0xe8c7b756, 0x242070db, 0xc1bdceee, 0xf57c0faf, 0x4787c62a, 0xa8304613, 0xfd469501,
    0x698098d8, 0x8b44f7af, 0xffff5bb1, 0x895cd7be, 0x6b901122, 0xfd987193, 0xa679438e, 0x49b40821,
    0xf61e2562, 0xc040b340, 0x265e5a51, 0xe9b6c7aa, 0xd62f105d, 0x02441453, 0xd8a1e681, 0xe7d3fbc8,
    0x21e1cde6, 0xc33707d6, 0xf4d50d87, 0x455a14ed, 0xa9e3e905, 0xfcefa3f8, 0x676f02d9, 0x8d2a4c8a,
    0xfffa3942, 0x8771f681, 0x6d9d6122, 0xfde5380c, 0xa4beea44, 0x4bdecfa9, 0xf6bb4b60, 0xbebfbc70,
    0x289b7ec6, 0xeaa127fa, 0xd4ef3085, 0x04881d05, 0xd9d4d039, 0xe6db99e5, 0x1fa27cf8, 0xc4ac5665,
    0xf4292244, 0x432aff97, 0xab9423a7, 0xfc93a039, 0x655b59c3, 0x8f0ccc92, 0xffeff47d, 0x85845dd1,
    0x6fa87e4f, 0xfe2ce6e0, 0xa3014314, 0x4e0811a1, 0xf7537e82, 0xbd3af235, 0x2ad7d2bb, 0xeb86d391};
static const uint32_t roots[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

static void md5_block(uint32_t *state, const uint8_t *at)
{
    static const uint8_t turns[4][4] = {
        {7, 12, 17, 22}, {5, 9, 14, 20}, {4, 11, 16, 23}, {6, 10, 15, 21}};
    uint32_t a = state[0], b = state[1], c = state[2], d = state[3];
    for (unsigned i = 0; i < 64; i++) {
        unsigned round = i / 16;
        uint32_t f = round == 0   ? (b & c) | (~b & d)
                     : round == 1 ? (d & b) | (~d & c)
                     : round == 2 ? b ^ c ^ d
                                  : c ^ (b | ~d);
        static const unsigned step[] = {1, 5, 3, 7}, start[] = {0, 1, 5, 0};
        unsigned word = (i * step[round] + start[round]) % 16;
        uint32_t sum = a + f + sines[i] + word_little(at + 4 * word);
        a = d;
        d = c;
        c = b;
        b += left_by(sum, turns[round][i % 4]);
    }
    state[0] += a, state[1] += b, state[2] += c, state[3] += d;
}

static void sha1_block(uint32_t *state, const uint8_t *at)
{
    uint32_t w[80];
    for (unsigned i = 0; i < 16; i++) w[i] = word_big(at + 4 * i);
    for (unsigned i = 16; i < 80; i++)
        w[i] = left_by(w[i - 3] ^ w[i - 8] ^ w[i - 14] ^ w[i - 16], 1);
    uint32_t a = state[0], b = state[1], c = state[2], d = state[3], e = state[4];
    for (unsigned i = 0; i < 80; i++) {
        unsigned round = i / 20;
        static const uint32_t adds[] = {0x5a827999, 0x6ed9eba1, 0x8f1bbcdc, 0xca62c1d6};
        uint32_t f = round == 0   ? (b & c) | (~b & d)
                     : round == 2 ? (b & c) | (b & d) | (c & d)
                                  : b ^ c ^ d;
        uint32_t next = left_by(a, 5) + f + e + adds[round] + w[i];
        e = d;
        d = c;
        c = left_by(b, 30);
        b = a;
        a = next;
    }
    state[0] += a, state[1] += b, state[2] += c, state[3] += d, state[4] += e;
}

static void sha256_block(uint32_t *state, const uint8_t *at)
{
    uint32_t w[64], s[8];
    for (unsigned i = 0; i < 16; i++) w[i] = word_big(at + 4 * i);
    for (unsigned i = 16; i < 64; i++) {
        uint32_t x = w[i - 15], y = w[i - 2];
        w[i] = w[i - 16] + w[i - 7] + (right_by(x, 7) ^ right_by(x, 18) ^ x >> 3) +
               (right_by(y, 17) ^ right_by(y, 19) ^ y >> 10);
    }
    memcpy(s, state, sizeof s);
    for (unsigned i = 0; i < 64; i++) {
        uint32_t e = s[4], a = s[0];
        uint32_t t1 = s[7] + (right_by(e, 6) ^ right_by(e, 11) ^ right_by(e, 25)) +
                      ((e & s[5]) ^ (~e & s[6])) + roots[i] + w[i];
        uint32_t t2 = (right_by(a, 2) ^ right_by(a, 13) ^ right_by(a, 22)) +
                      ((a & s[1]) ^ (a & s[2]) ^ (s[1] & s[2]));
        memmove(s + 1, s, 7 * sizeof *s);
        s[4] += t1;
        s[0] = t1 + t2;
    }
    for (unsigned i = 0; i < 8; i++) state[i] += s[i];
}

static void hash(Hash *h, Str s)
{
    size_t whole = s.len / 64 * 64, rest = s.len - whole;
    const uint8_t *at = (const uint8_t *)s.ptr;
    for (size_t i = 0; i < whole; i += 64) h->block(h->state, at + i);
    uint8_t tail[128] = {0};
    if (rest) memcpy(tail, at + whole, rest);
    tail[rest] = 0x80;
    size_t size = rest < 56 ? 64 : 128;
    uint64_t bits = (uint64_t)s.len * 8;
    for (unsigned i = 0; i < 8; i++) {
        size_t place = h->big_end ? size - 1 - i : size - 8 + i;
        tail[place] = (uint8_t)(bits >> (8 * i));
    }
    for (size_t i = 0; i < size; i += 64) h->block(h->state, tail + i);
}

static void result_hash(sqlite3_context *c, Hash h, Str s)
{
    static const char digits[] = "0123456789abcdef";
    char out[64];
    hash(&h, s);
    size_t len = 0;
    for (int i = 0; i < h.words; i++) {
        for (unsigned k = 0; k < 4; k++) {
            unsigned shift = h.big_end ? 24 - 8 * k : 8 * k;
            uint8_t byte = (uint8_t)(h.state[i] >> shift);
            out[len++] = digits[byte >> 4];
            out[len++] = digits[byte & 15];
        }
    }
    result_str(c, (Str){out, len});
}

static void md5(sqlite3_context *c, int n, sqlite3_value **v)
{
    if (fn_any_null(n, v)) return;
    Hash h = {{0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476}, md5_block, false, 4};
    result_hash(c, h, value_str(v[0]));
}

static void sha1(sqlite3_context *c, int n, sqlite3_value **v)
{
    if (fn_any_null(n, v)) return;
    Hash h = {{0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0}, sha1_block, true, 5};
    result_hash(c, h, value_str(v[0]));
}

// (x, bits, at)
static void sha2(sqlite3_context *c, int n, sqlite3_value **v)
{
    if (fn_any_null(n, v)) return;
    int64_t bits = sqlite3_value_int64(v[1]);
    if (bits != 256 && bits != 0) {
        fn_fail(c, v[2], "Of the SHA-2 hashes only that of 256 bits is supported here.");
        return;
    }
    Hash h = {{0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab,
               0x5be0cd19},
              sha256_block,
              true,
              8};
    result_hash(c, h, value_str(v[0]));
}

// A whole number in base 16, a text by its bytes.
static void hex(sqlite3_context *c, int n, sqlite3_value **v)
{
    if (fn_any_null(n, v)) return;
    sqlite3_str *b = build(c);
    if (sqlite3_value_type(v[0]) != SQLITE_TEXT) {
        sqlite3_str_appendf(b, "%llX", (unsigned long long)sqlite3_value_int64(v[0]));
    } else {
        Str s = value_str(v[0]);
        for (size_t i = 0; i < s.len; i++) sqlite3_str_appendf(b, "%02X", (unsigned char)s.ptr[i]);
    }
    result_built(c, b);
}

static const QueryFn rows[] = {
    {.name = "gr_hex", .args = 1, .call = hex},
    {.name = "gr_md5", .args = 1, .call = md5},
    {.name = "gr_sha1", .args = 1, .call = sha1},
    {.name = "gr_sha2", .args = 3, .call = sha2},
};
const QueryFns fn_hashes = {rows, sizeof rows / sizeof *rows};
