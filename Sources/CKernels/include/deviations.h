// Mean differences between sparse rows, for slope one (deviations.c). Included by CKernels.h.
#pragma once

#include <stddef.h>
#include <stdint.h>

/// For each column behind `floor` the number of entries met, and the sum of weights[e] - values[f], over the entries f of the
/// rows[e]: sums[2 * column] and sums[2 * column + 1]. For each block of 32 columns that was met, `blocks` is set to 1.
void rec_add_differences(
    const int32_t *rows, const float *weights, ptrdiff_t count, const ptrdiff_t *offsets, const int32_t *columns,
    const float *values, int32_t floor, double *sums, uint8_t *blocks);

/// Writes column, mean difference and number of those columns that have `support` entries or more, columns ascending, and
/// gives how many they are; sets sums and blocks to zero again. The outputs have a place for each column.
ptrdiff_t rec_mean_differences(
    int32_t support, ptrdiff_t column_count, double *sums, uint8_t *blocks, int32_t *found, float *means,
    int32_t *counts);

/// For up to 64 users, what their items say of every other: from entry (i, j) with mean d = mean(i - j) over c pairs,
/// whoever has j learns of i, whoever has i learns of j. `masks[item]` has a bit for each user who has it, and
/// values[item * 64 + user] is the rating. To sums[(user * item_count + target) * 2] and the place behind it are added
/// c (rating ± d) and c, or, if not `is_weighted`, ± d and 1, a target's in the order of the user's items.
void rec_add_deviations(
    const ptrdiff_t *offsets, const int32_t *columns, const float *means, const int32_t *counts, ptrdiff_t item_count,
    const uint64_t *masks, const float *values, int is_weighted, double *sums);
