// Similarities of sparse rows, one row against all others (neighbors.c). Included by CKernels.h, which declares REC_DECLARE.
#pragma once

#include <stddef.h>
#include <stdint.h>

/// How many sums each column has: number of common entries, sum of products, sum of squares here and there; and, where
/// there are eight, also the plain sums here and there.
typedef enum { rec_four_moments = 4, rec_eight_moments = 8 } rec_moment_count;

/// What a similarity is made of moments by; n common entries, p their product, a² and b² their squares, a and b their sums.
typedef enum {
  /// p / sqrt(a² b²)
  rec_common_cosine,
  /// 1 / (1 + (a² + b² - 2p) / n)
  rec_inverse_difference,
  /// (n p - a b) / sqrt((n a² - a a) (n b² - b b)); of eight moments
  rec_correlation
} rec_similarity_kind;

/// A product of sparse rows: sums[columns[f]] += weights[e] * values[f], for each e and each entry f of row rows[e].
REC_DECLARE(
    void, rec_add_sparse_rows, const int32_t *rows, const float *weights, ptrdiff_t count, const ptrdiff_t *offsets,
    const int32_t *columns, const float *values, float *sums);

/// The moments of a row against every column, in `moments[column * moment_count]`; for each block of 32 columns that was
/// met, `blocks` is set to 1.
REC_DECLARE(
    void, rec_add_moments, const int32_t *rows, const float *weights, ptrdiff_t count, const ptrdiff_t *offsets,
    const int32_t *columns, const float *values, rec_moment_count moment_count, double *moments, uint8_t *blocks);

/// Makes similarities of the moments and sets both moments and blocks to zero again.
///
/// Writes column and similarity of those that are greater than 0, columns ascending, and gives their number. A column
/// needs `support` common entries; its similarity is multiplied by (n - less) / (n - less + shrink).
REC_DECLARE(
    ptrdiff_t, rec_similarities, rec_similarity_kind kind, rec_moment_count moment_count, double support, double less,
    double shrink, ptrdiff_t column_count, double *moments, uint8_t *blocks, int32_t *found, float *similarities);

/// What a product of two rows is divided by; a and b stand for the lengths given for the two.
typedef enum {
  /// nothing
  rec_no_division,
  /// a b + shrink
  rec_product_of_lengths,
  /// a + b - product + shrink
  rec_union_of_lengths
} rec_division_kind;

/// Divides products in place; `own` is the length of the row, `lengths` (count,) those of the columns. 0 / 0 gives 0.
REC_DECLARE(
    void, rec_divide_products, rec_division_kind kind, float own, const float *lengths, float shrink, ptrdiff_t count,
    float *products);

/// Writes index and value of those values that are greater than 0, in order, and gives their number; both outputs have
/// `count` places.
ptrdiff_t rec_collect_positive(const float *values, ptrdiff_t count, int32_t *found, float *found_values);

/// Keeps the `keep` largest of positive values, of equal ones those with the smaller columns; both arrays stay in order.
/// `scratch` has `count` places. Gives how many there are then.
ptrdiff_t rec_keep_largest(int32_t *columns, float *values, ptrdiff_t count, ptrdiff_t keep, uint32_t *scratch);
