// Small positive definite systems in Float, one row of a ridge regression each.
#pragma once

#include "least_squares.h"

/// The Cholesky factor of a positive definite matrix in place: upper u with uᵀu = matrix, row by row in panels of four.
///
/// `inverse` takes the reciprocals of the diagonal: 0 for a pivot that is nothing but rounding, whose unknown then stays 0.
/// It is 0 behind the rank, too. Returns whether there was such a pivot. Rows beyond the rank are zero; what stands left of
/// the diagonal is of no use.
REC_BODY int factorize(float *matrix, ptrdiff_t stride, ptrdiff_t rank, float *inverse) {
  int deficient = 0;
  for (ptrdiff_t row = rank; row < stride; row++) inverse[row] = 0;
  for (ptrdiff_t first = 0; first < rank; first += 4) {
    ptrdiff_t strip = first & ~(ptrdiff_t)15, last = rank - first < 4 ? rank : first + 4;
    float diagonal[4];
    for (ptrdiff_t row = first; row < last; row++) diagonal[row - first] = matrix[row * stride + row];
    add_product(matrix, stride, matrix, stride, first, first, first + 1, stride, 1, matrix, stride);
    for (ptrdiff_t row = first; row < last; row++) {
      float *mine = matrix + row * stride;
      for (ptrdiff_t above = first; above < row; above++) {
        float share = matrix[above * stride + row];
        for (ptrdiff_t f = strip; f < stride; f += 16)
          *(float16 *)(mine + f) -= share * *(float16 *)(matrix + above * stride + f);
      }
      float pivot = mine[row];
      // Rounding leaves about rank * 2^-24 of the diagonal.
      int usable = pivot > 1e-6f * diagonal[row - first];
      deficient |= !usable;
      inverse[row] = usable ? 1 / __builtin_sqrtf(pivot) : 0;
      for (ptrdiff_t f = strip; f < stride; f += 16) *(float16 *)(mine + f) *= inverse[row];
    }
  }
  return deficient;
}

/// A vector of one lane of another.
#define LANE(v, r) __builtin_shufflevector(v, v, r, r, r, r, r, r, r, r, r, r, r, r, r, r, r, r)
/// X(r) for the lanes of a vector, forwards and backwards.
#define LANES_UP(X) X(0) X(1) X(2) X(3) X(4) X(5) X(6) X(7) X(8) X(9) X(10) X(11) X(12) X(13) X(14) X(15)
#define LANES_DOWN(X) X(15) X(14) X(13) X(12) X(11) X(10) X(9) X(8) X(7) X(6) X(5) X(4) X(3) X(2) X(1) X(0)

/// Exchanges rows and lanes of 16 vectors.
REC_BODY void transpose16(float16 *m) {
#define EXCHANGE(distance, ...) \
  for (int i = 0; i < 16; i++) \
    if (!(i & distance)) { \
      float16 a = m[i], b = m[i | distance]; \
      EXCHANGED(__VA_ARGS__) \
    }
#define EXCHANGED(a0, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, a13, a14, a15, d) \
  m[i] = __builtin_shufflevector(a, b, a0, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, a13, a14, a15); \
  m[i | d] = __builtin_shufflevector( \
      a, b, a0 + d, a1 + d, a2 + d, a3 + d, a4 + d, a5 + d, a6 + d, a7 + d, a8 + d, a9 + d, a10 + d, a11 + d, a12 + d, \
      a13 + d, a14 + d, a15 + d);
  EXCHANGE(8, 0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23, 8)
  EXCHANGE(4, 0, 1, 2, 3, 16, 17, 18, 19, 8, 9, 10, 11, 24, 25, 26, 27, 4)
  EXCHANGE(2, 0, 1, 16, 17, 4, 5, 20, 21, 8, 9, 24, 25, 12, 13, 28, 29, 2)
  EXCHANGE(1, 0, 16, 2, 18, 4, 20, 6, 22, 8, 24, 10, 26, 12, 28, 14, 30, 1)
#undef EXCHANGE
#undef EXCHANGED
}

/// Clears the lanes of a vector up to lane r, or from it on.
REC_BODY void clear_lanes(float16 *v, int r, int up_to) {
  int16lanes lane = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
  *v = (float16)((int16lanes)*v & (up_to ? lane > r : lane < r));
}

/// Solves uᵀu x = right; right is used up, x (stride long) is written. `inverse` is zero behind the rank.
///
/// Sixteen unknowns at a time: their triangle lies in registers, where it is solved lane by lane.
REC_BODY void substitute(const float *u, ptrdiff_t stride, const float *inverse, float *right, float *x) {
  float16 m[16];
  for (ptrdiff_t row = 0; row < stride; row += 16) {
    const float *block = u + row * stride + row;
    for (int r = 0; r < 16; r++) {
      m[r] = inverse[row + r] * *(const float16 *)(block + r * stride);
      clear_lanes(m + r, r, 1);
    }
    float16 v = *(float16 *)(right + row);
#define STEP(r) v -= LANE(v, r) * m[r];
    LANES_UP(STEP)
    v *= *(const float16 *)(inverse + row);
    *(float16 *)(right + row) = v;
    float t[16];
    *(float16 *)t = -v;
    add_rows(block + 16, stride, t, stride - row - 16, 16, right + row + 16);
  }
  for (ptrdiff_t row = stride - 16; row >= 0; row -= 16) {
    const float *block = u + row * stride + row;
    float dots[16];
    block_dots(block + 16, stride, x + row + 16, stride - row - 16, 16, dots);
    float16 scale = *(const float16 *)(inverse + row), v = (*(float16 *)(right + row) - *(float16 *)dots) * scale;
    for (int r = 0; r < 16; r++) m[r] = *(const float16 *)(block + r * stride);
    transpose16(m);
    for (int r = 0; r < 16; r++) {
      m[r] *= scale;
      clear_lanes(m + r, r, 0);
    }
    LANES_DOWN(STEP)
#undef STEP
    *(float16 *)(x + row) = v;
  }
}
