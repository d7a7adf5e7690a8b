// Small positive definite systems in Float, one row of a ridge regression each.
#pragma once

#include "least_squares.h"

/// The Cholesky factor of a positive definite matrix in place: upper u with uᵀu = matrix, row by row in panels of four.
///
/// `inverse` takes the reciprocals of the diagonal: 0 for a pivot that is nothing but rounding, whose unknown then stays 0.
/// Returns whether there was such a pivot. Rows beyond the rank, up to a multiple of 4, are zero; what stands left of the
/// diagonal is of no use.
REC_BODY int factorize(float *matrix, ptrdiff_t stride, ptrdiff_t rank, float *inverse) {
  int deficient = 0;
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

/// Solves uᵀu x = right; right is used up, x (stride long) is written.
REC_BODY void substitute(
    const float *u, ptrdiff_t stride, ptrdiff_t rank, const float *inverse, float *right, float *x) {
  for (ptrdiff_t f = 0; f < stride; f += 16) *(float16 *)(x + f) = (float16){0};
  for (ptrdiff_t row = 0; row < rank; row++) {
    float z = right[row] * inverse[row];
    for (ptrdiff_t f = row & ~(ptrdiff_t)15; f < stride; f += 16)
      *(float16 *)(right + f) -= z * *(const float16 *)(u + row * stride + f);
    right[row] = z;
  }
  for (ptrdiff_t row = rank - 1; row >= 0; row--) {
    ptrdiff_t strip = row & ~(ptrdiff_t)15;
    x[row] = (right[row] - dot_strips(u + row * stride + strip, x + strip, stride - strip)) * inverse[row];
  }
}
