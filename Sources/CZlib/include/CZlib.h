// Unpacking of gzip files (RFC 1952) by zlib, a block at a time.
#pragma once

#include <stddef.h>
#include <stdint.h>

typedef struct rec_inflater rec_inflater;

typedef enum {
  /// There is more to come: the output is full, or the input is used up.
  rec_inflate_more,
  /// A member ends here; the input may go on with another one.
  rec_inflate_end,
  /// What stands at the place is no gzip data, or its check sum does not match.
  rec_inflate_corrupt,
  rec_inflate_no_memory
} rec_inflate_status;

/// NULL where there is no memory.
rec_inflater *rec_inflater_create(void);

void rec_inflater_free(rec_inflater *inflater);

/// Unpacks from the input into the output; `*consumed` and `*produced` say how much of each was used.
rec_inflate_status rec_inflate(
    rec_inflater *inflater, const uint8_t *input, size_t input_count, size_t *consumed, uint8_t *output,
    size_t output_capacity, size_t *produced);
