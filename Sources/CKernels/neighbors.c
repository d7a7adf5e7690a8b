#include "clones.h"

typedef double double4 __attribute__((vector_size(32), aligned(8)));

REC_BODY void rec_add_sparse_rows_body(
    const int32_t *rows, const float *weights, ptrdiff_t count, const ptrdiff_t *offsets, const int32_t *columns,
    const float *values, float *restrict sums) {
  for (ptrdiff_t e = 0; e < count; e++) {
    float weight = weights[e];
    ptrdiff_t f = offsets[rows[e]], end = offsets[rows[e] + 1];
    // Columns differ within a row, so that four may be read before any is written.
    for (; f + 4 <= end; f += 4) {
      float *s0 = sums + columns[f], *s1 = sums + columns[f + 1], *s2 = sums + columns[f + 2], *s3 = sums + columns[f + 3];
      float v0 = *s0 + weight * values[f], v1 = *s1 + weight * values[f + 1];
      float v2 = *s2 + weight * values[f + 2], v3 = *s3 + weight * values[f + 3];
      *s0 = v0;
      *s1 = v1;
      *s2 = v2;
      *s3 = v3;
    }
    for (; f < end; f++) sums[columns[f]] += weight * values[f];
  }
}
REC_DEFINE(
    void, rec_add_sparse_rows,
    (const int32_t *rows, const float *weights, ptrdiff_t count, const ptrdiff_t *offsets, const int32_t *columns,
     const float *values, float *sums),
    (rows, weights, count, offsets, columns, values, sums))

// With w here and v there the moments grow by (1, wv, w², v², w, v, 0, 0) = c0 + v (c1 + c2 v).
REC_BODY void rec_add_moments_body(
    const int32_t *rows, const float *weights, ptrdiff_t count, const ptrdiff_t *offsets, const int32_t *columns,
    const float *values, rec_moment_count moment_count, double *restrict moments, uint8_t *restrict blocks) {
  for (ptrdiff_t e = 0; e < count; e++) {
    double w = weights[e];
    ptrdiff_t begin = offsets[rows[e]], end = offsets[rows[e] + 1];
    if (moment_count == rec_four_moments) {
      double4 c0 = {1, 0, w * w, 0}, c1 = {0, w, 0, 0}, c2 = {0, 0, 0, 1};
      for (ptrdiff_t f = begin; f < end; f++) {
        double4 v = (double)values[f] - (double4){0};
        *(double4 *)(moments + 4 * (ptrdiff_t)columns[f]) += c0 + v * (c1 + c2 * v);
        blocks[columns[f] >> 5] = 1;
      }
    } else {
      double8 c0 = {1, 0, w * w, 0, w}, c1 = {0, w, 0, 0, 0, 1}, c2 = {0, 0, 0, 1};
      for (ptrdiff_t f = begin; f < end; f++) {
        double8 v = (double)values[f] - (double8){0};
        *(double8 *)(moments + 8 * (ptrdiff_t)columns[f]) += c0 + v * (c1 + c2 * v);
        blocks[columns[f] >> 5] = 1;
      }
    }
  }
}
REC_DEFINE(
    void, rec_add_moments,
    (const int32_t *rows, const float *weights, ptrdiff_t count, const ptrdiff_t *offsets, const int32_t *columns,
     const float *values, rec_moment_count moment_count, double *moments, uint8_t *blocks),
    (rows, weights, count, offsets, columns, values, moment_count, moments, blocks))

/// A product that is zero but for rounding counts as zero: a row that is constant over the common entries has no direction.
REC_BODY double similarity(rec_similarity_kind kind, const double *m) {
  double n = m[0], p = m[1], a2 = m[2], b2 = m[3];
  switch (kind) {
  case rec_common_cosine: {
    double lengths = __builtin_sqrt(a2 * b2);
    return lengths > 0 ? p / lengths : 0;
  }
  case rec_inverse_difference: {
    double difference = a2 + b2 - 2 * p;
    return 1 / ((difference > 0 ? difference : 0) / n + 1);
  }
  case rec_correlation: {
    double a = m[4], b = m[5];
    double va = n * a2 - a * a, vb = n * b2 - b * b;
    if (!(va > 1e-12 * n * a2) || !(vb > 1e-12 * n * b2)) return 0;
    return (n * p - a * b) / __builtin_sqrt(va * vb);
  }
  }
  return 0;
}

REC_BODY ptrdiff_t rec_similarities_body(
    rec_similarity_kind kind, rec_moment_count moment_count, double support, double less, double shrink,
    ptrdiff_t column_count, double *moments, uint8_t *blocks, int32_t *found, float *similarities) {
  ptrdiff_t number = 0;
  for (ptrdiff_t block = 0; 32 * block < column_count; block++) {
    if (blocks[block] == 0) continue;
    blocks[block] = 0;
    ptrdiff_t end = 32 * (block + 1) < column_count ? 32 * (block + 1) : column_count;
    for (ptrdiff_t column = 32 * block; column < end; column++) {
      double *m = moments + moment_count * column;
      if (m[0] >= support && m[0] > 0) {
        double value = similarity(kind, m);
        double kept = m[0] - less;
        if (shrink > 0) value *= kept / (kept + shrink);
        found[number] = (int32_t)column;
        similarities[number] = (float)value;
        number += (float)value > 0;
      }
    }
    __builtin_memset(moments + moment_count * 32 * block, 0, sizeof(double) * (size_t)(moment_count * (end - 32 * block)));
  }
  return number;
}
REC_DEFINE(
    ptrdiff_t, rec_similarities,
    (rec_similarity_kind kind, rec_moment_count moment_count, double support, double less, double shrink,
     ptrdiff_t column_count, double *moments, uint8_t *blocks, int32_t *found, float *similarities),
    (kind, moment_count, support, less, shrink, column_count, moments, blocks, found, similarities))

REC_BODY void rec_divide_products_body(
    rec_division_kind kind, float own, const float *lengths, float shrink, ptrdiff_t count, float *products) {
  if (kind == rec_no_division) return;
  if (kind == rec_product_of_lengths) {
    for (ptrdiff_t i = 0; i < count; i++) {
      float below = own * lengths[i] + shrink;
      products[i] = below > 0 ? products[i] / below : 0;
    }
    return;
  }
  for (ptrdiff_t i = 0; i < count; i++) {
    float below = own + lengths[i] - products[i] + shrink;
    products[i] = below > 0 ? products[i] / below : 0;
  }
}
REC_DEFINE(
    void, rec_divide_products,
    (rec_division_kind kind, float own, const float *lengths, float shrink, ptrdiff_t count, float *products),
    (kind, own, lengths, shrink, count, products))

ptrdiff_t rec_collect_positive(const float *values, ptrdiff_t count, int32_t *found, float *found_values) {
  ptrdiff_t number = 0;
  for (ptrdiff_t i = 0; i < count; i++) {
    found[number] = (int32_t)i;
    found_values[number] = values[i];
    number += values[i] > 0;
  }
  return number;
}

/// The `rank`-th largest (from 1) of some positive numbers' bits, by their digits; the numbers are given up.
static uint32_t largest(uint32_t *bits, ptrdiff_t count, ptrdiff_t rank) {
  for (int shift = 24; shift >= 0; shift -= 8) {
    ptrdiff_t tally[256] = {0};
    for (ptrdiff_t i = 0; i < count; i++) tally[bits[i] >> shift & 255]++;
    uint32_t digit = 255;
    while (tally[digit] < rank) rank -= tally[digit--];
    if (tally[digit] == count) continue;
    ptrdiff_t kept = 0;
    for (ptrdiff_t i = 0; i < count; i++) {
      uint32_t value = bits[i];
      bits[kept] = value;
      kept += (value >> shift & 255) == digit;
    }
    count = kept;
  }
  return bits[0];
}

ptrdiff_t rec_keep_largest(int32_t *columns, float *values, ptrdiff_t count, ptrdiff_t keep, uint32_t *scratch) {
  if (keep >= count) return count;
  if (keep <= 0) return 0;
  __builtin_memcpy(scratch, values, (size_t)count * sizeof(float));
  uint32_t bits = largest(scratch, count, keep);
  float least;
  __builtin_memcpy(&least, &bits, sizeof least);
  ptrdiff_t above = 0, kept = 0;
  for (ptrdiff_t i = 0; i < count; i++) above += values[i] > least;
  ptrdiff_t equal = keep - above;
  for (ptrdiff_t i = 0; i < count; i++) {
    int is_equal = values[i] == least && equal > 0;
    equal -= is_equal;
    columns[kept] = columns[i];
    values[kept] = values[i];
    kept += is_equal || values[i] > least;
  }
  return kept;
}
