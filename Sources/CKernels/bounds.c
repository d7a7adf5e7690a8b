#include "clones.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

enum { panel_items = REC_PANEL_ITEMS };

/// What the items' bytes are too large by, all together: they are factors plus 128.
static int32_t excess(const int8_t *user, ptrdiff_t quads) {
  int32_t sum = 0;
  for (ptrdiff_t i = 0; i < 4 * quads; i++) sum += user[i];
  return 128 * sum;
}

void rec_byte_products_v1(
    const uint8_t *panels, ptrdiff_t panel_count, ptrdiff_t quads, const int8_t *user, int32_t *products) {
  int32_t base = -excess(user, quads);
  for (ptrdiff_t panel = 0; panel < panel_count; panel++, products += panel_items) {
    for (int lane = 0; lane < panel_items; lane++) products[lane] = base;
    for (ptrdiff_t quad = 0; quad < quads; quad++, panels += 4 * panel_items)
      for (int lane = 0; lane < panel_items; lane++)
        for (int i = 0; i < 4; i++) products[lane] += panels[4 * lane + i] * user[4 * quad + i];
  }
}

#if defined(__x86_64__)
/// Bytes 0 and 2 of every four, then 1 and 3, as pairs of 16 bits.
REC_V3 void rec_byte_products_v3(
    const uint8_t *panels, ptrdiff_t panel_count, ptrdiff_t quads, const int8_t *user, int32_t *products) {
  __m256i base = _mm256_set1_epi32(-excess(user, quads)), low = _mm256_set1_epi16(0xFF);
  for (ptrdiff_t panel = 0; panel < panel_count; panel++, products += panel_items) {
    __m256i sum[2] = {base, base};
    for (ptrdiff_t quad = 0; quad < quads; quad++, panels += 4 * panel_items) {
      const int8_t *u = user + 4 * quad;
      __m256i even = _mm256_set1_epi32((int32_t)((uint16_t)u[0] | (uint32_t)(uint16_t)u[2] << 16));
      __m256i odd = _mm256_set1_epi32((int32_t)((uint16_t)u[1] | (uint32_t)(uint16_t)u[3] << 16));
      for (int half = 0; half < 2; half++) {
        __m256i bytes = _mm256_loadu_si256((const __m256i *)(panels + 32 * half));
        sum[half] = _mm256_add_epi32(sum[half], _mm256_madd_epi16(_mm256_and_si256(bytes, low), even));
        sum[half] = _mm256_add_epi32(sum[half], _mm256_madd_epi16(_mm256_srli_epi16(bytes, 8), odd));
      }
    }
    for (int half = 0; half < 2; half++) _mm256_storeu_si256((__m256i *)(products + 8 * half), sum[half]);
  }
}

/// With the instruction that multiplies and adds four bytes in each lane.
__attribute__((target("avx512f,avx512vnni"))) static void products_of_quads(
    const uint8_t *panels, ptrdiff_t panel_count, ptrdiff_t quads, const int8_t *user, int32_t *products) {
  __m512i base = _mm512_set1_epi32(-excess(user, quads));
  for (; panel_count >= 4; panel_count -= 4, panels += 16 * panel_items * quads, products += 4 * panel_items) {
    __m512i sum[4] = {base, base, base, base};
    for (ptrdiff_t quad = 0; quad < quads; quad++) {
      int32_t four;
      __builtin_memcpy(&four, user + 4 * quad, 4);
      for (int p = 0; p < 4; p++)
        sum[p] = _mm512_dpbusd_epi32(
            sum[p], _mm512_loadu_si512(panels + (p * quads + quad) * 4 * panel_items), _mm512_set1_epi32(four));
    }
    for (int p = 0; p < 4; p++) _mm512_storeu_si512(products + p * panel_items, sum[p]);
  }
  for (; panel_count > 0; panel_count--, products += panel_items) {
    __m512i sum = base;
    for (ptrdiff_t quad = 0; quad < quads; quad++, panels += 4 * panel_items) {
      int32_t four;
      __builtin_memcpy(&four, user + 4 * quad, 4);
      sum = _mm512_dpbusd_epi32(sum, _mm512_loadu_si512(panels), _mm512_set1_epi32(four));
    }
    _mm512_storeu_si512(products, sum);
  }
}

void rec_byte_products_v4(
    const uint8_t *panels, ptrdiff_t panel_count, ptrdiff_t quads, const int8_t *user, int32_t *products) {
  if (__builtin_cpu_supports("avx512vnni")) products_of_quads(panels, panel_count, quads, user, products);
  else rec_byte_products_v3(panels, panel_count, quads, user, products);
}

void rec_byte_products(
    const uint8_t *panels, ptrdiff_t panel_count, ptrdiff_t quads, const int8_t *user, int32_t *products) {
  rec_level level = rec_highest_level();
  if (level == 2) rec_byte_products_v4(panels, panel_count, quads, user, products);
  else if (level == 1) rec_byte_products_v3(panels, panel_count, quads, user, products);
  else rec_byte_products_v1(panels, panel_count, quads, user, products);
}
#else
void rec_byte_products_v3(
    const uint8_t *panels, ptrdiff_t panel_count, ptrdiff_t quads, const int8_t *user, int32_t *products) {
  rec_byte_products_v1(panels, panel_count, quads, user, products);
}
void rec_byte_products_v4(
    const uint8_t *panels, ptrdiff_t panel_count, ptrdiff_t quads, const int8_t *user, int32_t *products) {
  rec_byte_products_v1(panels, panel_count, quads, user, products);
}
void rec_byte_products(
    const uint8_t *panels, ptrdiff_t panel_count, ptrdiff_t quads, const int8_t *user, int32_t *products) {
  rec_byte_products_v1(panels, panel_count, quads, user, products);
}
#endif

REC_BODY ptrdiff_t rec_reachable_body(
    const int32_t *products, const float *scales, const float *lengths, const float *errors, const float *offsets,
    ptrdiff_t count, rec_byte_user user, float threshold, int32_t *places) {
  ptrdiff_t found = 0;
  for (ptrdiff_t i = 0; i < count; i += 16) {
    float16 product = __builtin_convertvector(*(const int16lanes *)(products + i), float16);
    float16 bound = product * (*(const float16 *)(scales + i) * user.scale) +
                    *(const float16 *)(lengths + i) * user.error + *(const float16 *)(errors + i) * user.length +
                    *(const float16 *)(offsets + i);
    // -1 where it is out of reach; a bound that is no number keeps its item.
    int16lanes out = bound < threshold;
    if (__builtin_reduce_and(out)) continue;
    for (int lane = 0; lane < 16; lane++)
      if (!out[lane]) places[found++] = (int32_t)(i + lane);
  }
  return found;
}
REC_DEFINE(
    ptrdiff_t, rec_reachable,
    (const int32_t *products, const float *scales, const float *lengths, const float *errors, const float *offsets,
     ptrdiff_t count, rec_byte_user user, float threshold, int32_t *places),
    (products, scales, lengths, errors, offsets, count, user, threshold, places))
