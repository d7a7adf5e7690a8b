#include "clones.h"

/// 2^e · e^r, cut off at ±30, where a float's sigmoid has no more digits: |relative error| < 3e-7, the same bits in every clone.
REC_BODY float exponential(float x) {
  x = x > 30 ? 30 : x < -30 ? -30 : x;
  // Adding 1.5 · 2^23 leaves the nearest whole number in the low bits.
  float shifted = x * 0x1.715476p+0f + 0x1.8p+23f, whole = shifted - 0x1.8p+23f;
  float r = (x - whole * 0x1.62e4p-1f) - whole * 0x1.7f7d1cp-20f;
  float series = r * (1 / 720.f) + 1 / 120.f;
  series = series * r + 1 / 24.f;
  series = series * r + 1 / 6.f;
  series = series * r + 0.5f;
  series = series * r + 1;
  series = series * r + 1;
  int32_t bits;
  __builtin_memcpy(&bits, &series, sizeof bits);
  bits += (int32_t)whole * (1 << 23);
  __builtin_memcpy(&series, &bits, sizeof bits);
  return series;
}

/// The lanes of a sum, halves added to halves.
REC_BODY float lanes_added(const float16 *v) {
  typedef float float8 __attribute__((vector_size(32)));
  typedef float float4 __attribute__((vector_size(16)));
  float8 eight = __builtin_shufflevector(*v, *v, 0, 1, 2, 3, 4, 5, 6, 7) +
                 __builtin_shufflevector(*v, *v, 8, 9, 10, 11, 12, 13, 14, 15);
  float4 four = __builtin_shufflevector(eight, eight, 0, 1, 2, 3) + __builtin_shufflevector(eight, eight, 4, 5, 6, 7);
  return (four[0] + four[2]) + (four[1] + four[3]);
}

typedef struct {
  uint64_t words[4];
} random_words;

/// Philox4x64-10 of the counter (i, j, k, 0): the numbers of `CounterRandom`.
REC_BODY random_words philox(uint64_t key0, uint64_t key1, uint64_t i, uint64_t j, uint64_t k) {
  uint64_t c0 = i, c1 = j, c2 = k, c3 = 0;
  for (int round = 0; round < 10; round++) {
    unsigned __int128 first = (unsigned __int128)c0 * 0xD2E7470EE14C6C93u;
    unsigned __int128 second = (unsigned __int128)c2 * 0xCA5A826395121157u;
    c0 = (uint64_t)(second >> 64) ^ c1 ^ key0;
    c2 = (uint64_t)(first >> 64) ^ c3 ^ key1;
    c1 = (uint64_t)second;
    c3 = (uint64_t)first;
    key0 += 0x9E3779B97F4A7C15u;
    key1 += 0xBB67AE8584CAA73Bu;
  }
  return (random_words){{c0, c1, c2, c3}};
}

/// The column that a random word draws: from the positive's own stratum where the lower half is below its share, else from
/// the other; -1 where there is none.
REC_BODY int32_t drawn(const rec_pairwise *work, uint64_t word, int stratum) {
  const rec_stratum *own = &work->strata[stratum];
  const rec_stratum *source = (uint32_t)word < own->own_share ? own : &work->strata[1 - stratum];
  return source->pool_count > 0 ? source->pool[(word >> 32) * (uint64_t)source->pool_count >> 32] : -1;
}

/// row · (positive − negative) in 16 lanes; the row's `chunks` vectors are in registers.
REC_BODY float margin(const float16 *row, const float *positive, const float *negative, int chunks) {
  float16 even = {0}, odd = {0};
  for (int c = 0; c < chunks; c++) {
    float16 product = row[c] * (*(const float16 *)(positive + 16 * c) - *(const float16 *)(negative + 16 * c));
    if (c & 1) odd += product;
    else even += product;
  }
  even += odd;
  return lanes_added(&even);
}

/// row += step (positive − negative), positive += step row, negative −= step row, each shrunk by `keep` first.
REC_BODY void move(
    float16 *row, float *positive, float *negative, float step, float keep, int keeps_columns, int chunks) {
  if (keeps_columns) {
    for (int c = 0; c < chunks; c++)
      row[c] = keep * row[c] + step * (*(float16 *)(positive + 16 * c) - *(float16 *)(negative + 16 * c));
    return;
  }
  for (int c = 0; c < chunks; c++) {
    float16 *p = (float16 *)(positive + 16 * c), *n = (float16 *)(negative + 16 * c);
    float16 pull = step * row[c];
    row[c] = keep * row[c] + step * (*p - *n);
    *p = keep * *p + pull;
    *n = keep * *n - pull;
  }
}

/// Shortens a vector that is longer than the bound to it.
REC_BODY void shorten(float16 *vector, float bound, int chunks) {
  float16 squares = {0};
  for (int c = 0; c < chunks; c++) squares += vector[c] * vector[c];
  float square = lanes_added(&squares);
  if (square <= bound * bound) return;
  float scale = bound / __builtin_sqrtf(square);
  for (int c = 0; c < chunks; c++) vector[c] *= scale;
}

/// The positives of one row in one stratum. `chunks` and `warp` are compile-time constants.
REC_BODY void visit(
    const rec_pairwise *work, int stratum, ptrdiff_t first, ptrdiff_t last, float16 *row, int32_t row_index, int chunks,
    int warp, rec_pairwise_loss *loss) {
  const rec_stratum *own = &work->strata[stratum];
  ptrdiff_t stride = 16 * (ptrdiff_t)chunks;
  for (ptrdiff_t entry = first; entry < last; entry++) {
    int32_t liked = own->columns[entry], other = -1;
    float *positive = work->column_factors + liked * stride, *negative = positive, x = 0, weight = 1;
    random_words words = {0};
    int found = 0;
    for (int trial = 0; trial < work->trials; trial++) {
      if (trial % 4 == 0)
        words = philox(
            work->seed, work->purpose, (uint64_t)(own->first_entry + entry), work->epoch, (uint64_t)trial / 4);
      other = drawn(work, words.words[trial % 4], stratum);
      if (other < 0 || work->marks[other] == row_index) continue;
      negative = work->column_factors + other * stride;
      x = work->column_biases[liked] - work->column_biases[other] + margin(row, positive, negative, chunks);
      if (!warp) {
        found = 1;
        break;
      }
      if (x < 1) {
        found = 1;
        weight = work->rank_weights[trial];
        break;
      }
    }
    if (!found) continue;
    float slope = weight;
    if (warp) {
      loss->sum += (double)(weight * (1 - x));
    } else {
      float inverse = exponential(x);
      slope = 1 / (1 + inverse);
      // ln of a product is the sum of logarithms; taken out before it underflows.
      loss->product *= 1 - (double)slope;
      if (loss->product < 0x1p-500) {
        loss->product *= 0x1p+500;
        loss->rescalings++;
      }
    }
    loss->count++;
    float step = work->rate * slope;
    move(row, positive, negative, step, work->keep, work->keeps_columns, chunks);
    if (warp) shorten(row, work->longest, chunks);
    if (work->keeps_columns) continue;
    if (warp) {
      shorten((float16 *)positive, work->longest, chunks);
      shorten((float16 *)negative, work->longest, chunks);
    }
    work->column_biases[liked] = work->keep * work->column_biases[liked] + step;
    work->column_biases[other] = work->keep * work->column_biases[other] - step;
  }
}

REC_BODY ptrdiff_t run_end(const rec_stratum *stratum, ptrdiff_t from, int32_t row) {
  while (from < stratum->count && stratum->rows[from] == row) from++;
  return from;
}

REC_BODY rec_pairwise_loss block(const rec_pairwise *work, int chunks, int warp) {
  rec_pairwise_loss loss = {1, 0, 0, 0};
  const rec_stratum *a = &work->strata[0], *b = &work->strata[1];
  ptrdiff_t at_a = 0, at_b = 0;
  while (at_a < a->count || at_b < b->count) {
    int32_t row = at_b == b->count || (at_a < a->count && a->rows[at_a] < b->rows[at_b]) ? a->rows[at_a] : b->rows[at_b];
    ptrdiff_t end_a = run_end(a, at_a, row), end_b = run_end(b, at_b, row);
    for (ptrdiff_t e = at_a; e < end_a; e++) work->marks[a->columns[e]] = row;
    for (ptrdiff_t e = at_b; e < end_b; e++) work->marks[b->columns[e]] = row;
    float *factors = work->row_factors + row * 16 * (ptrdiff_t)chunks;
    float16 kept[REC_PAIRWISE_CHUNKS];
    for (int c = 0; c < chunks; c++) kept[c] = *(const float16 *)(factors + 16 * c);
    visit(work, 0, at_a, end_a, kept, row, chunks, warp, &loss);
    visit(work, 1, at_b, end_b, kept, row, chunks, warp, &loss);
    for (int c = 0; c < chunks; c++) *(float16 *)(factors + 16 * c) = kept[c];
    at_a = end_a;
    at_b = end_b;
  }
  return loss;
}

REC_BODY rec_pairwise_loss rec_pairwise_block_body(const rec_pairwise *work) {
  int chunks = (int)(work->stride / 16);
#define CASE(n)                                                                                                        \
  case n: return work->rank_weights ? block(work, n, 1) : block(work, n, 0)
  switch (chunks) {
    CASE(1);
    CASE(2);
    CASE(3);
    CASE(4);
    CASE(7);
    CASE(8);
  default: return work->rank_weights ? block(work, chunks, 1) : block(work, chunks, 0);
  }
}
REC_DEFINE(rec_pairwise_loss, rec_pairwise_block, (const rec_pairwise *work), (work))
