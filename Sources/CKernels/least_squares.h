// Blocks of rows of factors, which the ridge regressions of als_gradients.c, als_exact.c and als_blocks.c are made of.
//
// A row of factors is `stride` floats, a multiple of 16, zero behind its rank. Sums over factors run in 16 lanes that are
// added as `rec_dot` adds them; sums over entries run entry by entry.
#pragma once

#include "clones.h"

/// Sums of the lanes of 4, 8 or 16 vectors: place e of the 16 written is the sum of vector e, 8 + 8 lanes, 4 + 4, 2 + 2, 1 + 1.
REC_BODY void lane_sums(const float16 *v, int count, float *out) {
  float16 pairs[8], fours[4], eights[2];
  for (int i = 0; i < count / 2; i++)
    pairs[i] = __builtin_shufflevector(
                   v[2 * i], v[2 * i + 1], 0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23) +
               __builtin_shufflevector(
                   v[2 * i], v[2 * i + 1], 8, 9, 10, 11, 12, 13, 14, 15, 24, 25, 26, 27, 28, 29, 30, 31);
  for (int i = 0; i < count / 4; i++)
    fours[i] = __builtin_shufflevector(
                   pairs[2 * i], pairs[2 * i + 1], 0, 1, 2, 3, 8, 9, 10, 11, 16, 17, 18, 19, 24, 25, 26, 27) +
               __builtin_shufflevector(
                   pairs[2 * i], pairs[2 * i + 1], 4, 5, 6, 7, 12, 13, 14, 15, 20, 21, 22, 23, 28, 29, 30, 31);
  if (count == 4) fours[1] = fours[0];
  for (int i = 0; i < (count + 4) / 8; i++)
    eights[i] = __builtin_shufflevector(
                    fours[2 * i], fours[2 * i + 1], 0, 1, 4, 5, 8, 9, 12, 13, 16, 17, 20, 21, 24, 25, 28, 29) +
                __builtin_shufflevector(
                    fours[2 * i], fours[2 * i + 1], 2, 3, 6, 7, 10, 11, 14, 15, 18, 19, 22, 23, 26, 27, 30, 31);
  if (count < 16) eights[1] = eights[0];
  *(float16 *)out =
         __builtin_shufflevector(eights[0], eights[1], 0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30) +
         __builtin_shufflevector(eights[0], eights[1], 1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31);
}

/// The products of 4, 8 or 16 rows with x; 16 places are written.
REC_BODY void block_dots(
    const float *rows, ptrdiff_t stride, const float *x, ptrdiff_t width, int count, float *dots) {
  float16 sums[16];
  for (int e = 0; e < count; e++) sums[e] = (float16){0};
  for (ptrdiff_t f = 0; f < width; f += 16) {
    float16 part = *(const float16 *)(x + f);
    for (int e = 0; e < count; e++) sums[e] += *(const float16 *)(rows + e * stride + f) * part;
  }
  lane_sums(sums, count, dots);
}

/// `strips` times 16 columns of out += sum of t[e] * rows[e].
REC_BODY void add_strips(
    const float *rows, ptrdiff_t stride, const float *t, int count, float *out, int strips) {
  float16 sums[8];
  for (int s = 0; s < strips; s++) sums[s] = *(const float16 *)(out + 16 * s);
  for (int e = 0; e < count; e++)
    for (int s = 0; s < strips; s++) sums[s] += t[e] * *(const float16 *)(rows + e * stride + 16 * s);
  for (int s = 0; s < strips; s++) *(float16 *)(out + 16 * s) = sums[s];
}

/// out += t[0] * rows[0] + t[1] * rows[1] + ..., row by row.
REC_BODY void add_rows(
    const float *rows, ptrdiff_t stride, const float *t, ptrdiff_t width, int count, float *out) {
  ptrdiff_t f = 0;
  for (; f + 128 <= width; f += 128) add_strips(rows + f, stride, t, count, out + f, 8);
  for (; f + 64 <= width; f += 64) add_strips(rows + f, stride, t, count, out + f, 4);
  for (; f < width; f += 16) add_strips(rows + f, stride, t, count, out + f, 1);
}

/// Four rows by `strips` strips of out += (or -=) sum over e of left[e, rows]ᵀ right[e, strips]; sums begin at zero.
REC_BODY void product_tile(
    const float *left, ptrdiff_t left_stride, const float *right, ptrdiff_t stride, ptrdiff_t count, int strips,
    int subtract, float *out, ptrdiff_t out_stride) {
  enum { height = 4 };
  float16 sums[height][2];
  for (int r = 0; r < height; r++)
    for (int s = 0; s < strips; s++) sums[r][s] = (float16){0};
  for (ptrdiff_t e = 0; e < count; e++) {
    float16 its[2];
    for (int s = 0; s < strips; s++) its[s] = *(const float16 *)(right + e * stride + 16 * s);
    for (int r = 0; r < height; r++) {
      float mine = left[e * left_stride + r];
      for (int s = 0; s < strips; s++) sums[r][s] += mine * its[s];
    }
  }
  for (int r = 0; r < height; r++)
    for (int s = 0; s < strips; s++) {
      float16 *place = (float16 *)(out + r * out_stride + 16 * s);
      *place = subtract ? *place - sums[r][s] : *place + sums[r][s];
    }
}

/// Four rows of out += (or -=) leftᵀ right, the strips from column `low` up to `width`.
REC_BODY void add_strips_of_product(
    const float *left, ptrdiff_t left_stride, const float *right, ptrdiff_t stride, ptrdiff_t count, ptrdiff_t row,
    ptrdiff_t low, ptrdiff_t width, int subtract, float *out, ptrdiff_t out_stride) {
  float *place = out + row * out_stride;
  ptrdiff_t f = low;
  // Tiles of 4 × 2 vectors fit the registers of every instruction set but the oldest.
  for (; f + 32 <= width; f += 32)
    product_tile(left + row, left_stride, right + f, stride, count, 2, subtract, place + f, out_stride);
  if (f < width) product_tile(left + row, left_stride, right + f, stride, count, 1, subtract, place + f, out_stride);
}

/// Rows first..<last (first a multiple of 4) of the upper triangle of out, in whole strips: out += (or -=) leftᵀ right.
REC_BODY void add_product(
    const float *left, ptrdiff_t left_stride, const float *right, ptrdiff_t stride, ptrdiff_t count, ptrdiff_t first,
    ptrdiff_t last, ptrdiff_t width, int subtract, float *out, ptrdiff_t out_stride) {
  for (ptrdiff_t row = first; row < last; row += 4)
    add_strips_of_product(
        left, left_stride, right, stride, count, row, row & ~(ptrdiff_t)15, width, subtract, out, out_stride);
}

/// Where the last strip of a symmetric matrix is cheaper as the last rows of the lower triangle: its first column; else
/// the width.
REC_BODY ptrdiff_t narrow_strip(ptrdiff_t rank, ptrdiff_t width) {
  ptrdiff_t low = width - 16;
  return low > 0 && ((rank - low + 3) / 4) * width < rank * 4 ? low : width;
}

/// Adds symmetric products of `count` rows; what belongs to a narrow last strip goes left of it, into its rows.
REC_BODY void add_symmetric(
    const float *left, ptrdiff_t left_stride, const float *right, ptrdiff_t stride, ptrdiff_t count, ptrdiff_t rank,
    ptrdiff_t width, float *out, ptrdiff_t out_stride) {
  ptrdiff_t low = narrow_strip(rank, width);
  add_product(left, left_stride, right, stride, count, 0, low < rank ? low : rank, low, 0, out, out_stride);
  for (ptrdiff_t row = low; row < rank; row += 4)
    add_strips_of_product(left, left_stride, right, stride, count, row, 0, width, 0, out, out_stride);
}

/// Moves what `add_symmetric` put left of a narrow last strip to where the upper triangle has it.
REC_BODY void mirror_narrow_strip(ptrdiff_t rank, ptrdiff_t width, float *out, ptrdiff_t out_stride) {
  for (ptrdiff_t row = narrow_strip(rank, width); row < rank; row++)
    for (ptrdiff_t column = 0; column < (row & ~(ptrdiff_t)15); column++)
      out[column * out_stride + row] = out[row * out_stride + column];
}

/// The weights and targets of `count` entries, at most 16; zeros behind them.
REC_BODY void read_entries(
    const rec_ridge_rows *task, ptrdiff_t entry, ptrdiff_t count, float *weights, float *targets) {
  float16 value = {0}, one = (float16){0} + 1;
  if (count == 16)
    value = *(const float16 *)(task->values + entry);
  else
    for (ptrdiff_t e = 0; e < count; e++) value[e] = task->values[entry + e];
  if (task->implicit) {
    int16lanes positive = value > 0;
    *(float16 *)weights = (float16)((int16lanes)value & 0x7fffffff);
    *(float16 *)targets = (float16)((int16lanes)(one + value) & positive);
  } else {
    *(float16 *)weights = one;
    *(float16 *)targets = value;
  }
}

/// Copies the factors of `count` entries into rows; zeros behind the last up to `padded`.
REC_BODY void fetch_rows(
    const rec_ridge_rows *task, ptrdiff_t entry, ptrdiff_t count, ptrdiff_t padded, float *rows) {
  ptrdiff_t stride = task->stride;
  for (ptrdiff_t e = 0; e < count; e++) {
    const float *from = task->factors + task->columns[entry + e] * stride;
    for (ptrdiff_t f = 0; f < stride; f += 16)
      *(float16 *)(rows + e * stride + f) = *(const float16 *)(from + f);
  }
  for (ptrdiff_t f = count * stride; f < padded * stride; f += 16) *(float16 *)(rows + f) = (float16){0};
}

/// What is added to the diagonal of a row's matrix.
REC_BODY float row_ridge(const rec_ridge_rows *task, ptrdiff_t row) {
  if (!task->by_count) return task->ridge;
  ptrdiff_t count = 0;
  for (ptrdiff_t e = task->offsets[row]; e < task->offsets[row + 1]; e++)
    count += !task->implicit || task->values[e] > 0;
  return task->ridge * (float)count;
}

/// The sum of 16 lanes.
REC_BODY float lane_sum(const float16 *v) {
  float lanes[16];
  float16 four[4] = {*v, *v, *v, *v};
  lane_sums(four, 4, lanes);
  return lanes[0];
}

/// The sum of 8 lanes.
REC_BODY double double_lane_sum(const double8 *v) {
  double lanes[8];
  __builtin_memcpy(lanes, v, sizeof lanes);
  for (int width = 4; width > 0; width /= 2)
    for (int lane = 0; lane < width; lane++) lanes[lane] += lanes[lane + width];
  return lanes[0];
}

REC_BODY float dot_strips(const float *a, const float *b, ptrdiff_t width) {
  float16 sum = {0};
  for (ptrdiff_t f = 0; f < width; f += 16) sum += *(const float16 *)(a + f) * *(const float16 *)(b + f);
  return lane_sum(&sum);
}

/// The next place on a cache line: a vector of 16 that lies across two costs two loads.
REC_BODY float *aligned(float *place) { return (float *)(((uintptr_t)place + 63) & ~(uintptr_t)63); }

/// Entries that are gathered at a time where all their products are needed.
#define GATHERED 32

/// Adds the entries of a row to its system: matrix += Σ w y yᵀ (upper triangle in whole strips, `rank` rows rounded up to
/// 4), right += Σ t y. `rows` has room for 2 × GATHERED rows. Sums of GATHERED entries begin at zero.
REC_BODY void add_entries(
    const rec_ridge_rows *task, ptrdiff_t row, float *matrix, float *right, float *rows) {
  ptrdiff_t stride = task->stride, end = task->offsets[row + 1];
  for (ptrdiff_t begin = task->offsets[row]; begin < end; begin += GATHERED) {
    ptrdiff_t count = end - begin < GATHERED ? end - begin : GATHERED, padded = (count + 3) & ~(ptrdiff_t)3;
    float weights[GATHERED], targets[GATHERED], *scaled = rows;
    fetch_rows(task, begin, count, padded, rows);
    for (ptrdiff_t e = 0; e < count; e += 16)
      read_entries(task, begin + e, count - e < 16 ? count - e : 16, weights + e, targets + e);
    if (task->implicit) {
      scaled = rows + GATHERED * stride;
      for (ptrdiff_t e = 0; e < count; e++)
        for (ptrdiff_t f = 0; f < stride; f += 16)
          *(float16 *)(scaled + e * stride + f) = weights[e] * *(float16 *)(rows + e * stride + f);
    }
    ptrdiff_t e = 0;
    for (; e + 16 <= padded; e += 16) add_rows(rows + e * stride, stride, targets + e, stride, 16, right);
    for (; e < padded; e += 4) add_rows(rows + e * stride, stride, targets + e, stride, 4, right);
    add_symmetric(scaled, stride, rows, stride, count, task->rank, stride, matrix, stride);
  }
  mirror_narrow_strip(task->rank, stride, matrix, stride);
}
