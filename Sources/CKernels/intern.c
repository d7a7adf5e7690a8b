#include "scan.h"

#include <string.h>

static inline uint64_t load_part(const uint8_t *text, ptrdiff_t length) {
  uint64_t word = 0;
  memcpy(&word, text, (size_t)length);
  return word;
}

static inline uint64_t mix(uint64_t a, uint64_t b) {
  unsigned __int128 product = (unsigned __int128)a * b;
  return (uint64_t)product ^ (uint64_t)(product >> 64);
}

/// Folded 64 × 64 multiplication over words of eight bytes, after wyhash (Wang Yi, public domain).
static inline uint64_t hash(const uint8_t *text, ptrdiff_t length) {
  uint64_t state = mix((uint64_t)length ^ 0xa0761d6478bd642full, 0xe7037ed1a0b428dbull);
  while (length > 8) {
    uint64_t word;
    memcpy(&word, text, 8);
    state = mix(state ^ word, 0x8ebc6af09c88c6e3ull);
    text += 8;
    length -= 8;
  }
  return mix(state ^ load_part(text, length), 0x589965cc75374cc3ull);
}

int32_t rec_intern(rec_interner *interner, const uint8_t *text, ptrdiff_t length) {
  uint64_t code = hash(text, length);
  uint64_t upper = code & 0xffffffff00000000ull;
  uint64_t place = code & interner->mask;
  for (;; place = (place + 1) & interner->mask) {
    uint64_t slot = interner->slots[place];
    if (slot == 0) break;
    if ((slot & 0xffffffff00000000ull) != upper) continue;
    int64_t number = (int64_t)(uint32_t)slot - 1;
    int64_t start = interner->starts[number];
    if (interner->starts[number + 1] - start == length && memcmp(interner->arena + start, text, (size_t)length) == 0)
      return (int32_t)number;
  }
  int64_t start = interner->starts[interner->count];
  if (interner->count >= interner->capacity || length > interner->arena_capacity - start) return -1;
  memcpy(interner->arena + start, text, (size_t)length);
  int64_t number = interner->count++;
  interner->starts[number + 1] = start + length;
  interner->slots[place] = upper | (uint64_t)(number + 1);
  return (int32_t)number;
}

void rec_intern_rebuild(rec_interner *interner) {
  for (int64_t number = 0; number < interner->count; number++) {
    int64_t start = interner->starts[number];
    uint64_t code = hash(interner->arena + start, (ptrdiff_t)(interner->starts[number + 1] - start));
    uint64_t place = code & interner->mask;
    while (interner->slots[place] != 0) place = (place + 1) & interner->mask;
    interner->slots[place] = (code & 0xffffffff00000000ull) | (uint64_t)(number + 1);
  }
}
