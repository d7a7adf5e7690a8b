// The hot loops of the numerical core, and the system calls that Swift cannot make itself.
//
// Every numerical function is compiled once for each instruction set and chosen when the program is loaded. Each clone
// gives the same bits: sums run in 16 (Float) or 8 (Double) explicit lanes, products are rounded before they are added,
// and lanes are added in one fixed order. Nothing here allocates; sizes are checked by the Swift wrappers.
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "scan.h"

// MARK: Instruction sets

/// A numbered instruction set: 0 the compiler's baseline, 1 x86-64-v3 (AVX2), 2 x86-64-v4 (AVX-512).
typedef int rec_level;

/// The highest level this processor runs.
rec_level rec_highest_level(void);

/// Declares `name`, the clone chosen at load time, and one function for each level (`name_v1`, `_v3`, `_v4`) for the tests.
#define REC_DECLARE(result, name, ...)                                                                                 \
  result name(__VA_ARGS__);                                                                                            \
  result name##_v1(__VA_ARGS__);                                                                                       \
  result name##_v3(__VA_ARGS__);                                                                                       \
  result name##_v4(__VA_ARGS__)

// MARK: Similarities of sparse rows (neighbors.c)

#include "neighbors.h"

// MARK: Mean differences of sparse rows (deviations.c); the same for every instruction set

#include "deviations.h"

// MARK: Vectors (vector.c)

/// sum of a[i] * b[i], in 16 lanes of Float.
REC_DECLARE(float, rec_dot, const float *a, const float *b, ptrdiff_t count);

/// sum of a[i] * b[i] in Double, in 8 lanes.
REC_DECLARE(double, rec_dot_double, const double *a, const double *b, ptrdiff_t count);

/// y[i] += scale * x[i].
REC_DECLARE(void, rec_add_scaled, float scale, const float *x, float *y, ptrdiff_t count);

/// How many scores are greater than, and how many equal to, the threshold. A NaN is neither.
typedef struct {
  ptrdiff_t above;
  ptrdiff_t equal;
} rec_counts;
REC_DECLARE(rec_counts, rec_count_above, const float *scores, ptrdiff_t count, float threshold);

/// The first index from `start` whose score is greater than the threshold, or `count`.
REC_DECLARE(ptrdiff_t, rec_next_above, const float *scores, ptrdiff_t start, ptrdiff_t count, float threshold);
enum { REC_RESAMPLING_DRAWS = 40 };
/// Adds to `sums`, (terms × draws), what each of the users, (users × terms), adds in so many draws of a bootstrap from
/// `first_draw` on: its values as often as a draw counts it. That is how many thresholds its 32 bits of Philox reach, keyed
/// by seed and purpose, with the user's key and the draw as counter.
REC_DECLARE(
    void, rec_resample, const uint64_t *keys, ptrdiff_t key_count, const double *values, ptrdiff_t term_count,
    uint64_t seed, uint64_t purpose, uint64_t first_draw, const uint32_t *thresholds, ptrdiff_t threshold_count,
    double *sums);
/// A score that at least `wanted` scores, at most 64, are not below, close to the greatest such; minus infinity where there
/// are none or too few to tell. A NaN counts for nothing.
REC_DECLARE(float, rec_floor_of_largest, const float *scores, ptrdiff_t count, ptrdiff_t wanted);

// MARK: Sparse rows times a dense block (sparse.c)

/// out[r, 0..<width] = sum over the entries e of row r of values[e] * block[columns[e], 0..<width], for first <= r < last.
/// `block` and `out` are row-major with `width` columns; `out` begins at row `first`.
REC_DECLARE(
    void, rec_sparse_times_block, const ptrdiff_t *offsets, const int32_t *columns, const float *values,
    ptrdiff_t first, ptrdiff_t last, const double *block, ptrdiff_t width, double *out);

/// The same in Float, sums included; the block's rows are `stride` apart, a multiple of 16 and at least `width`.
REC_DECLARE(
    void, rec_sparse_times_block_single, const ptrdiff_t *offsets, const int32_t *columns, const float *values,
    ptrdiff_t first, ptrdiff_t last, const float *block, ptrdiff_t stride, ptrdiff_t width, double *out);

// MARK: Scoring with factors (scoring.c)

/// Items are scored in tiles of so many; a tile's memory is that many Floats for each factor, rounded up to 16 factors.
#define REC_TILE_ITEMS 64

/// Scores of `user_count` users (rows of `users`, `user_stride` apart, `rank` long) for some items (rows of `rows`,
/// `row_stride` apart, zeros behind the `rank` factors up to a multiple of 16). The items are `items[first + i]`, or
/// `first + i` where `items` is NULL, for 0 <= i < item_count:
///
///     out[u * out_stride + i] = (user_offsets[u] + item_offsets[item]) + (((0 + u0 v0) + u1 v1) + ...)
///
/// with the products in Float and the last sums in Double, whatever the numbers of users and items.
REC_DECLARE(
    void, rec_score_rows, const float *users, ptrdiff_t user_count, ptrdiff_t user_stride, const double *user_offsets,
    const float *rows, ptrdiff_t row_stride, ptrdiff_t rank, const double *item_offsets, const int32_t *items,
    ptrdiff_t first, ptrdiff_t item_count, float *tile, float *out, ptrdiff_t out_stride);

/// sums[f] = sum over i of weights[i] * rows[items[i] * row_stride + f], in Double and in the order of i, for
/// 0 <= f < width, a multiple of 16.
REC_DECLARE(
    void, rec_sum_rows, const float *rows, ptrdiff_t row_stride, const int32_t *items, const float *weights,
    ptrdiff_t count, ptrdiff_t width, double *sums);

// MARK: Bounds of scores (bounds.c)

#include "bounds.h"

// MARK: Ridge regressions of the rows of a sparse matrix (als_gradients.c, als_exact.c, als_blocks.c)

/// For each row: minimise xᵀ(base + ridge + Σ w y yᵀ)x - 2 (Σ t y)ᵀx over x, where y are the factors of the row's entries.
///
/// Explicit: w = 1, t = value. Implicit: w = |value|, t = 1 + value where the value is positive, else 0.
typedef struct {
  const ptrdiff_t *offsets;
  const int32_t *columns;
  const float *values;
  /// The other side's, a row of `stride` floats for each column.
  const float *factors;
  /// (stride × stride), symmetric; NULL for zero.
  const float *base;
  /// A multiple of 16; what lies behind the rank is zero in factors, base and solutions.
  ptrdiff_t stride;
  ptrdiff_t rank;
  float ridge;
  /// Whether the ridge is multiplied by the row's count of entries (of positive ones where implicit).
  int by_count;
  int implicit;
} rec_ridge_rows;

/// Some steps of conjugate gradients from what `solution` holds; row `first` stands first in it and in `objective`, which
/// becomes the minimised value. Rows without entries become zero. `together` is how many gathered floats a batch may
/// hold; `scratch` has at least 64 * stride floats, and beyond them room for a row's gathered factors.
REC_DECLARE(
    void, rec_ridge_gradients, const rec_ridge_rows *task, ptrdiff_t first, ptrdiff_t last, int steps,
    ptrdiff_t together, float *solution, double *objective, float *scratch, ptrdiff_t scratch_count);

/// The exact solutions, by a Cholesky factor of each row's matrix; an unknown that its matrix leaves open becomes 0.
/// `scratch` has REC_EXACT_SCRATCH(stride) floats.
REC_DECLARE(
    void, rec_ridge_exact, const rec_ridge_rows *task, ptrdiff_t first, ptrdiff_t last, float *solution,
    double *objective, float *scratch);

/// The same, refined until they are exact to the last digits of a Float. Gives the first row that cannot be, being
/// nearly singular (the rows before it are done), or `last`. `scratch` as above.
REC_DECLARE(
    ptrdiff_t, rec_ridge_refined, const rec_ridge_rows *task, ptrdiff_t first, ptrdiff_t last, float *solution,
    float *scratch);

#define REC_EXACT_SCRATCH(stride) ((stride) * (stride) + 75 * (stride) + 16)

/// One sweep of exact solutions for `block` unknowns (a multiple of 16) at a time, from what `solution` holds. `scratch` has
/// REC_BLOCKS_SCRATCH(stride, block) floats and 3 for each entry of the longest row, and beyond them room for its factors.
REC_DECLARE(
    void, rec_ridge_blocks, const rec_ridge_rows *task, ptrdiff_t first, ptrdiff_t last, ptrdiff_t block,
    float *solution, double *objective, float *scratch, ptrdiff_t scratch_count);

#define REC_BLOCKS_SCRATCH(stride, block) ((block) * ((block) + 35) + 33 * (stride) + 32)

/// gram += Σ y yᵀ over rows of factors: the upper triangle, in strips of 16 that begin left of the diagonal.
REC_DECLARE(
    void, rec_add_gram, const float *rows, ptrdiff_t count, ptrdiff_t rank, ptrdiff_t stride, float *gram);

// MARK: Gibbs sampling (gibbs.c); factors in rows of `rank` factors and a bias, padded with zeros to `stride` (≤ 272)

/// Adds the products of rows first..<last, each with itself, to the upper triangle of `gram` (stride × stride), and the
/// rows to `sums` (stride). In Float over 64 rows, in Double beyond.
REC_DECLARE(
    void, rec_scatter, const float *rows, ptrdiff_t first, ptrdiff_t last, ptrdiff_t order, ptrdiff_t stride,
    double *gram, double *sums);

/// The Gaussian of each row first..<last given the other side: its mean, and (unless `samples` is NULL) a draw from it.
///
/// Entry e of a row says targets[e] = bias + others[columns[e]].bias + factors · others[columns[e]].factors + an error of
/// precision `noise`. Each row has precision `base` + noise * (its Gram matrix), upper triangle, and right-hand side
/// base_right + prior * its prior mean + noise * Σ (target - the other's bias) * (other's factors, 1). Without `adds_gram`
/// the Gram matrix and the others' biases are taken to be in `base` and `base_right`. Gram sums run in Float over 64
/// entries, in Double beyond. `prior_means`, `normals` ((last - first) * (rank + 1)), `means` and `samples` begin at row
/// `first`; `work` holds stride * (stride + 2). Padding of the results is not written.
REC_DECLARE(
    void, rec_gibbs_rows, const ptrdiff_t *offsets, const int32_t *columns, const float *targets, ptrdiff_t first,
    ptrdiff_t last, const float *others, ptrdiff_t rank, ptrdiff_t stride, const double *base, const double *base_right,
    double noise, int adds_gram, const double *prior, const float *prior_means, const float *normals, double *work,
    float *means, float *samples);

/// Draws the weights of features first..<last, one after the other, and takes what they add from the residuals.
///
/// With d the sum of a feature's squares and s = `strength`: w = Σ value * (residual + value * old w) / (d + s) +
/// noise / √(d + s), where `noise` (features × stride) has the residuals' covariance.
REC_DECLARE(
    void, rec_gibbs_features, const ptrdiff_t *offsets, const int32_t *rows, const float *values, ptrdiff_t first,
    ptrdiff_t last, float strength, const float *noise, ptrdiff_t stride, float *weights, float *residuals);

/// out = bias + other's bias + factors · other's factors, for the entries of rows first..<last.
REC_DECLARE(
    void, rec_bilinear_values, const ptrdiff_t *offsets, const int32_t *columns, ptrdiff_t first, ptrdiff_t last,
    const float *rows, const float *others, ptrdiff_t rank, ptrdiff_t stride, float *out);

// MARK: Stochastic gradient descent (sgd.c)

/// One step for each entry of [first, first_end) and of [second, second_end), in their order, the two lists side by side:
/// they must have no row and no column in common. With e = values - (row bias + column bias + p . q):
/// b += rate (e - reg b), p' = p + rate (e q - reg p), q' = q + rate (e p - reg q). `stride` is a multiple of 16;
/// the biases stand 16 floats apart, or are null. Gives the sum of e * e, of the first list plus of the second.
REC_DECLARE(
    double, rec_sgd_sweep, const int32_t *rows, const int32_t *columns, const float *values, ptrdiff_t first,
    ptrdiff_t first_end, ptrdiff_t second, ptrdiff_t second_end, float *row_factors, float *column_factors,
    ptrdiff_t stride, float *row_biases, float *column_biases, float rate, float reg);

// MARK: Stochastic gradient steps on pairs (pairwise.c)

/// The most factors a row may have, in vectors of 16.
#define REC_PAIRWISE_CHUNKS 64

/// The positive entries of one block of rows in one stratum of columns, and what negatives are drawn from.
typedef struct {
  /// Ascending; (count,) like the columns.
  const int32_t *rows;
  const int32_t *columns;
  ptrdiff_t count;
  /// The number of the first entry, by which its chance is drawn.
  int64_t first_entry;
  /// Columns of the stratum, each as often as it should be drawn; (pool_count,).
  const int32_t *pool;
  ptrdiff_t pool_count;
  /// Of 2^32 negatives of its entries, how many come from this pool; the others come from the other stratum's.
  uint32_t own_share;
} rec_stratum;

/// A block of rows and two strata of columns, which no other thread touches.
typedef struct {
  rec_stratum strata[2];
  /// `stride` elements a row and a column, zero beyond the factors.
  float *row_factors;
  float *column_factors;
  float *column_biases;
  /// The row that last had the column as a positive; (columns,), -1 at first.
  int32_t *marks;
  ptrdiff_t stride;
  /// The step, and what a step leaves of a factor: 1 - rate * regularization.
  float rate, keep;
  /// Whether only the rows' factors move.
  int32_t keeps_columns;
  /// How many negatives are tried at most.
  int32_t trials;
  /// The weight of a violation found by trial t (from 0), (trials,); NULL for the logistic loss.
  const float *rank_weights;
  /// The norm that no vector of factors exceeds, for the ranked loss.
  float longest;
  uint64_t seed, purpose, epoch;
} rec_pairwise;

/// The loss of a block: for the logistic loss -ln(product) + rescalings * 500 ln 2, for the ranked hinge `sum`.
typedef struct {
  double product, sum;
  int64_t rescalings, count;
} rec_pairwise_loss;

/// A step for each positive: a negative of the row is drawn, and the row's factors and those of both columns follow the
/// gradient of ln(sigmoid(x)), or of weight * (1 - x) where the first negative with x < 1 was found; x is the difference
/// of the scores.
REC_DECLARE(rec_pairwise_loss, rec_pairwise_block, const rec_pairwise *work);

// MARK: Descent with implicit columns, row by row (implicit.c)

/// One step for each entry of the rows first..<last, in their order, where a row is described by p + (sum of the y of its n
/// implicit columns) / sqrt(n). With e = values - (row bias + column bias + q . (p + sum / sqrt(n))): b += rate (e - reg b),
/// p' = p + rate (e q - reg p), q' = q + rate (e (p + sum / sqrt(n)) - reg q), y' = y + rate (e q / sqrt(n) - reg y) for
/// each y of the row, all from the numbers before the step; but the y are brought up to date after the row's last step.
/// `stride` is a multiple of 16, `scratch` holds 2 * stride floats. Gives the sum of e * e.
REC_DECLARE(
    double, rec_implicit_sweep, const ptrdiff_t *offsets, const int32_t *columns, const float *values,
    const ptrdiff_t *implicit_offsets, const int32_t *implicit_columns, ptrdiff_t first, ptrdiff_t last, float *p_rows,
    float *q_rows, float *y_rows, ptrdiff_t stride, float *row_biases, float *column_biases, float rate, float reg,
    float *scratch);

// MARK: Multiplicative updates (multiplicative.c)

/// next = p * (sum of w q) / (sum of v q + n reg p) for the rows first..<last, over a row's n entries of value r and
/// estimate e = p . q: w = r and v = e, or, for the divergence, w = r / e and v = 1. p where nothing is divided by.
/// `stride` is a multiple of 16, `scratch` holds 2 * stride floats. Gives the sum of (r - e)².
REC_DECLARE(
    double, rec_multiplicative_rows, const ptrdiff_t *offsets, const int32_t *columns, const float *values,
    ptrdiff_t first, ptrdiff_t last, const float *p_rows, const float *q_rows, ptrdiff_t stride, float reg,
    int divergence, float *next_rows, float *scratch);

// MARK: Order of sparse entries (order.c); integers and moves, the same for every instruction set

/// counts[keys[i]] += 1; 0 if a key lies outside 0..<key_count.
int rec_count_keys(const int32_t *keys, ptrdiff_t count, ptrdiff_t key_count, ptrdiff_t *counts);

/// Moves entry i to place next[keys[i]]++.
void rec_scatter_entries(
    const int32_t *keys, const int32_t *others, const float *values, ptrdiff_t count, ptrdiff_t *next,
    int32_t *sorted_others, float *sorted_values);

/// Moves each entry of rows first..<last to place next[column]++, its row beside its value.
void rec_scatter_rows(
    const ptrdiff_t *offsets, ptrdiff_t first, ptrdiff_t last, const int32_t *columns, const float *values,
    ptrdiff_t *next, int32_t *sorted_rows, float *sorted_values);

/// The row offsets of coordinates that ascend by row and strictly by column within a row; 0 if they do not, or if one
/// lies outside the shape.
int rec_sorted_offsets(
    const int32_t *rows, const int32_t *columns, ptrdiff_t count, ptrdiff_t row_count, ptrdiff_t column_count,
    ptrdiff_t *offsets);

// MARK: Digests (digest.c, sha256.c)

/// XXH64's rounds over whole stripes of 32 bytes; the bytes need not be aligned.
void rec_xxh64_stripes(const uint8_t *bytes, ptrdiff_t stripe_count, uint64_t lanes[4]);

/// SHA-256's compression of whole blocks of 64 bytes; the bytes need not be aligned.
void rec_sha256_blocks(const uint8_t *bytes, ptrdiff_t block_count, uint32_t state[8]);

// MARK: System calls (system.c)

typedef enum { rec_kind_missing, rec_kind_file, rec_kind_directory, rec_kind_unreadable } rec_file_kind;

/// What stands at a path, links followed; a file or directory that may not be read is `unreadable`.
rec_file_kind rec_kind_of_file(const char *path);

/// Opens a new file for writing (fails if it exists); permissions `mode` less the umask. Descriptor, or -error number.
int rec_create_exclusive(const char *path, unsigned mode);

/// Opens for appending, creating the file where it is missing. Descriptor, or -error number.
int rec_open_append(const char *path, unsigned mode);

/// The permission bits of a file, or -error number.
int rec_permissions(const char *path);

/// Sets the permission bits of an open file; 0 or an error number.
int rec_set_permissions(int descriptor, unsigned mode);

/// Writes everything, resuming after interruptions; 0 or an error number.
int rec_write_all(int descriptor, const void *bytes, size_t count);

/// Reads at most `count` bytes, resuming after interruptions; bytes read, 0 at the end, or -error number.
ptrdiff_t rec_read_some(int descriptor, void *bytes, size_t count);

/// Flushes a file's contents to the disk; 0 or an error number.
int rec_synchronize(int descriptor);

/// Flushes the directory entry of a path to the disk; 0 or an error number.
int rec_synchronize_directory(const char *directory);

int rec_rename(const char *from, const char *to);
int rec_close(int descriptor);
int rec_unlink(const char *path);

/// Columns and rows of the terminal behind a descriptor; 0 or an error number.
int rec_terminal_size(int descriptor, int *columns, int *rows);

/// A number with a fixed count of decimals, correctly rounded; the length, as snprintf counts it.
int rec_format_fixed(char *buffer, size_t capacity, double value, int decimals);

/// The text of an error number; the length, cut at the capacity.
int rec_error_text(int error, char *buffer, size_t capacity);

/// Lets the process open as many files and sockets as it may at all; how many that is, at most 2^20.
size_t rec_raise_file_limit(void);

/// The number of processor cores this process may run on, at least 1.
int rec_core_count(void);

// MARK: Interrupts (interrupts.c)

/// A flag that a signal handler may set.
typedef struct rec_flag rec_flag;
rec_flag *rec_flag_create(void);
void rec_flag_free(rec_flag *flag);
void rec_flag_set(rec_flag *flag, int value);
int rec_flag_get(const rec_flag *flag);

/// From now on SIGINT sets this flag and adds one to the count.
void rec_interrupts_install(rec_flag *flag);
int rec_interrupt_count(void);
void rec_interrupt_count_reset(void);
void rec_ignore_broken_pipes(void);

/// A hint to the processor that this is a spin loop.
static inline void rec_pause(void) {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}
