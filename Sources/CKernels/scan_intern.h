// Looking a text up by its hash; shared by intern.c and the rows of scan_rows.c, which look many up at a time.
#pragma once

#include "scan.h"

#include <string.h>

/// A text with its hash; a short one also as words, zeros behind it.
typedef struct {
  const uint8_t *text;
  uint64_t length;
  uint64_t code;
  uint64_t words[3];
} rec_text_key;

static inline uint64_t mix(uint64_t a, uint64_t b) {
  unsigned __int128 product = (unsigned __int128)a * b;
  return (uint64_t)product ^ (uint64_t)(product >> 64);
}

/// Folded 64 × 64 multiplication over words of eight bytes, after wyhash (Wang Yi, public domain).
static inline uint64_t hash_words(const uint64_t words[3], uint64_t length) {
  uint64_t state = mix(words[0] ^ 0xa0761d6478bd642full, words[1] ^ 0xe7037ed1a0b428dbull);
  return mix(state ^ words[2] ^ 0x8ebc6af09c88c6e3ull, length ^ 0x589965cc75374cc3ull);
}

static inline uint64_t hash_text(const uint8_t *text, uint64_t length) {
  uint64_t state = length ^ 0xa0761d6478bd642full;
  while (length >= 8) {
    uint64_t word;
    memcpy(&word, text, 8);
    state = mix(state ^ word, 0x8ebc6af09c88c6e3ull);
    text += 8;
    length -= 8;
  }
  uint64_t word = 0;
  memcpy(&word, text, length);
  return mix(state ^ word, 0x589965cc75374cc3ull);
}

static inline rec_text_key text_key(const uint8_t *text, ptrdiff_t length) {
  rec_text_key key = {text, (uint64_t)length, 0, {0, 0, 0}};
  if (length <= REC_SHORT_TEXT) {
    memcpy(key.words, text, (size_t)length);
    key.code = hash_words(key.words, key.length);
  } else {
    key.code = hash_text(text, key.length);
  }
  return key;
}

/// A short text as words, without its code; 24 bytes can be read from `text` on, so that no copy has a variable length.
static inline rec_text_key text_words(const uint8_t *text, ptrdiff_t length) {
  // Read from the right place, as many full bytes as the text has, zeros behind them.
  static const uint64_t masks[6] = {~0ull, ~0ull, ~0ull, 0, 0, 0};
  rec_text_key key = {text, (uint64_t)length, 0, {0, 0, 0}};
  uint64_t kept[3];
  memcpy(kept, (const uint8_t *)masks + REC_SHORT_TEXT - length, sizeof kept);
  memcpy(key.words, text, sizeof key.words);
  for (int word = 0; word < 3; word++) key.words[word] &= kept[word];
  return key;
}

/// The key of a text where at least 24 bytes can be read from `text` on.
static inline rec_text_key text_key_padded(const uint8_t *text, ptrdiff_t length) {
  if (length > REC_SHORT_TEXT) return text_key(text, length);
  rec_text_key key = text_words(text, length);
  key.code = hash_words(key.words, key.length);
  return key;
}

static inline int32_t intern_key(rec_interner *interner, const rec_text_key *key) {
  uint64_t place = key->code & interner->mask;
  rec_text_slot *slot;
  for (;; place = (place + 1) & interner->mask) {
    slot = &interner->slots[place];
    if (slot->number == 0) break;
    if (slot->length != key->length) continue;
    if (key->length <= REC_SHORT_TEXT) {
      if (((slot->words[0] ^ key->words[0]) | (slot->words[1] ^ key->words[1]) | (slot->words[2] ^ key->words[2])) == 0)
        return (int32_t)(slot->number - 1);
    } else if (memcmp(interner->arena + slot->words[0], key->text, key->length) == 0) {
      return (int32_t)(slot->number - 1);
    }
  }
  if (interner->count >= interner->capacity) return -1;
  if (key->length > REC_SHORT_TEXT) {
    if ((int64_t)key->length > interner->arena_capacity - interner->arena_used) return -1;
    memcpy(interner->arena + interner->arena_used, key->text, key->length);
    slot->words[0] = (uint64_t)interner->arena_used;
    slot->words[1] = slot->words[2] = 0;
    interner->arena_used += (int64_t)key->length;
  } else {
    memcpy(slot->words, key->words, sizeof slot->words);
  }
  slot->length = (uint32_t)key->length;
  slot->number = (uint32_t)++interner->count;
  return (int32_t)(slot->number - 1);
}
