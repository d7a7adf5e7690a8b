#include "CKernels.h"

#include <string.h>

static const uint64_t prime1 = 0x9E3779B185EBCA87ull;
static const uint64_t prime2 = 0xC2B2AE3D27D4EB4Full;

static inline uint64_t rotated(uint64_t x, int count) { return x << count | x >> (64 - count); }

void rec_xxh64_stripes(const uint8_t *bytes, ptrdiff_t stripe_count, uint64_t lanes[4]) {
  uint64_t a = lanes[0], b = lanes[1], c = lanes[2], d = lanes[3];
  for (ptrdiff_t stripe = 0; stripe < stripe_count; stripe++, bytes += 32) {
    uint64_t words[4];
    memcpy(words, bytes, sizeof words);
    a = rotated(a + words[0] * prime2, 31) * prime1;
    b = rotated(b + words[1] * prime2, 31) * prime1;
    c = rotated(c + words[2] * prime2, 31) * prime1;
    d = rotated(d + words[3] * prime2, 31) * prime1;
  }
  lanes[0] = a, lanes[1] = b, lanes[2] = c, lanes[3] = d;
}
