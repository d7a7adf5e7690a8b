// Bounds of scores from factors in 8 bits.
#pragma once

/// So many items stand in a panel: of every four factors the bytes of the first item, of the second, and so on.
#define REC_PANEL_ITEMS 16

/// A user whose factors are `scale` times bytes: the length of what that leaves out, and of what it keeps.
typedef struct {
  float scale, error, length;
} rec_byte_user;

/// products[i] = sum over f of (byte of item i for f - 128) * user[f], for the `panel_count` panels of 16 items. An item has
/// 4 * `quads` bytes, and so has the user. Whole numbers: the same on every processor.
REC_DECLARE(
    void, rec_byte_products, const uint8_t *panels, ptrdiff_t panel_count, ptrdiff_t quads, const int8_t *user,
    int32_t *products);

/// The items whose bound products * scales * user.scale + lengths * user.error + errors * user.length + offsets is not below
/// the threshold, into `places`; how many they are. `count` is a multiple of 16.
REC_DECLARE(
    ptrdiff_t, rec_reachable, const int32_t *products, const float *scales, const float *lengths, const float *errors,
    const float *offsets, ptrdiff_t count, rec_byte_user user, float threshold, int32_t *places);
