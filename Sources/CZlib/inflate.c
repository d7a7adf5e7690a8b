#include "CZlib.h"

#include <stdlib.h>
#include <zlib.h>

struct rec_inflater {
  z_stream stream;
};

// A window of 32 kB, and a gzip header in front.
#define GZIP_WINDOW (15 + 16)
// zlib counts in 32 bits.
#define LARGEST_BLOCK ((size_t)1 << 30)

rec_inflater *rec_inflater_create(void) {
  rec_inflater *inflater = calloc(1, sizeof *inflater);
  if (inflater && inflateInit2(&inflater->stream, GZIP_WINDOW) == Z_OK) return inflater;
  free(inflater);
  return NULL;
}

void rec_inflater_free(rec_inflater *inflater) {
  inflateEnd(&inflater->stream);
  free(inflater);
}

rec_inflate_status rec_inflate(
    rec_inflater *inflater, const uint8_t *input, size_t input_count, size_t *consumed, uint8_t *output,
    size_t output_capacity, size_t *produced) {
  z_stream *stream = &inflater->stream;
  uInt given = (uInt)(input_count < LARGEST_BLOCK ? input_count : LARGEST_BLOCK);
  uInt room = (uInt)(output_capacity < LARGEST_BLOCK ? output_capacity : LARGEST_BLOCK);
  stream->next_in = (Bytef *)input;
  stream->avail_in = given;
  stream->next_out = output;
  stream->avail_out = room;
  int status = inflate(stream, Z_NO_FLUSH);
  *consumed = given - stream->avail_in;
  *produced = room - stream->avail_out;
  switch (status) {
    case Z_OK:
    case Z_BUF_ERROR: return rec_inflate_more;
    case Z_STREAM_END: return inflateReset(stream) == Z_OK ? rec_inflate_end : rec_inflate_corrupt;
    case Z_MEM_ERROR: return rec_inflate_no_memory;
    default: return rec_inflate_corrupt;
  }
}
