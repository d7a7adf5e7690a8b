#include "clones.h"

/// Draws that are made together.
enum { DRAWS = REC_RESAMPLING_DRAWS };

/// 256 bits of a counter and a key: Philox 4×64, ten rounds (Salmon et al. 2011, doi:10.1145/2063384.2063405).
REC_BODY void philox(uint64_t c[4], uint64_t k0, uint64_t k1) {
  for (int round = 0; round < 10; round++) {
    unsigned __int128 first = (unsigned __int128)c[0] * 0xD2E7470EE14C6C93u;
    unsigned __int128 second = (unsigned __int128)c[2] * 0xCA5A826395121157u;
    uint64_t one = c[1], three = c[3];
    c[0] = (uint64_t)(second >> 64) ^ one ^ k0;
    c[1] = (uint64_t)second;
    c[2] = (uint64_t)(first >> 64) ^ three ^ k1;
    c[3] = (uint64_t)first;
    k0 += 0x9E3779B97F4A7C15u;
    k1 += 0xBB67AE8584CAA73Bu;
  }
}

REC_BODY void rec_resample_body(
    const uint64_t *keys, ptrdiff_t key_count, const double *values, ptrdiff_t term_count, uint64_t seed,
    uint64_t purpose, uint64_t first_draw, const uint32_t *thresholds, ptrdiff_t threshold_count, double *sums) {
  for (ptrdiff_t user = 0; user < key_count; user++) {
    uint32_t bits[DRAWS];
    for (int draw = 0; draw < DRAWS; draw += 8) {
      uint64_t counter[4] = {keys[user], first_draw + (uint64_t)draw, 0, 0};
      philox(counter, seed, purpose);
      for (int word = 0; word < 4; word++) {
        bits[draw + 2 * word] = (uint32_t)counter[word];
        bits[draw + 2 * word + 1] = (uint32_t)(counter[word] >> 32);
      }
    }
    int32_t counts[DRAWS] = {0};
    for (ptrdiff_t step = 0; step < threshold_count; step++)
      for (int draw = 0; draw < DRAWS; draw++) counts[draw] += bits[draw] >= thresholds[step];
    double weights[DRAWS];
    for (int draw = 0; draw < DRAWS; draw++) weights[draw] = counts[draw];
    for (ptrdiff_t term = 0; term < term_count; term++) {
      double value = values[user * term_count + term], *restrict sum = sums + term * DRAWS;
      for (int draw = 0; draw < DRAWS; draw++) sum[draw] += weights[draw] * value;
    }
  }
}
REC_DEFINE(
    void, rec_resample,
    (const uint64_t *keys, ptrdiff_t key_count, const double *values, ptrdiff_t term_count, uint64_t seed,
     uint64_t purpose, uint64_t first_draw, const uint32_t *thresholds, ptrdiff_t threshold_count, double *sums),
    (keys, key_count, values, term_count, seed, purpose, first_draw, thresholds, threshold_count, sums))
