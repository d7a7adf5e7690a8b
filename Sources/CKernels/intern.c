#include "scan.h"
#include "scan_intern.h"

#include <string.h>

int32_t rec_intern(rec_interner *interner, const uint8_t *text, ptrdiff_t length) {
  rec_text_key key = text_key(text, length);
  return intern_key(interner, &key);
}

void rec_intern_copy(rec_interner *interner, const rec_interner *old) {
  for (uint64_t place = 0; place <= old->mask; place++) {
    const rec_text_slot *slot = &old->slots[place];
    if (slot->number == 0) continue;
    uint64_t code = slot->length <= REC_SHORT_TEXT ? hash_words(slot->words, slot->length)
                                                   : hash_text(old->arena + slot->words[0], slot->length);
    uint64_t target = code & interner->mask;
    while (interner->slots[target].number != 0) target = (target + 1) & interner->mask;
    interner->slots[target] = *slot;
  }
  interner->count = old->count;
}

void rec_intern_lengths(const rec_interner *interner, int64_t *lengths) {
  for (uint64_t place = 0; place <= interner->mask; place++) {
    const rec_text_slot *slot = &interner->slots[place];
    if (slot->number != 0) lengths[slot->number - 1] = slot->length;
  }
}

void rec_intern_texts(const rec_interner *interner, const int64_t *starts, uint8_t *bytes) {
  for (uint64_t place = 0; place <= interner->mask; place++) {
    const rec_text_slot *slot = &interner->slots[place];
    if (slot->number == 0) continue;
    const void *text = slot->length <= REC_SHORT_TEXT ? (const void *)slot->words : interner->arena + slot->words[0];
    memcpy(bytes + starts[slot->number - 1], text, slot->length);
  }
}
