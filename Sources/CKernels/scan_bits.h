// Sixty-four bytes of text at a time, as a bit for each.
#pragma once

#include <stdint.h>
#include <string.h>

typedef uint8_t bytes64 __attribute__((vector_size(64), aligned(1)));
typedef _Bool bits64 __attribute__((ext_vector_type(64)));

/// A bit for each of 64 bytes, the first one lowest: whether the condition holds.
#define BITS(condition)                                                                                                \
  ({                                                                                                                   \
    bits64 bits = __builtin_convertvector((bytes64)(condition), bits64);                                               \
    uint64_t word;                                                                                                     \
    memcpy(&word, &bits, sizeof word);                                                                                 \
    word;                                                                                                              \
  })

/// The bits from one with an odd number of quotation marks up to it on: what stands within quotation marks, the opening
/// ones included (Langdale & Lemire 2019, "Parsing gigabytes of JSON per second", doi:10.1007/s00778-019-00578-5).
static inline uint64_t quoted_bits(uint64_t quotes) {
  for (int distance = 1; distance < 64; distance *= 2) quotes ^= quotes << distance;
  return quotes;
}
