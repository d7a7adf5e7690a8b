// Numbers within a line. Each function returns the place behind what it read, or NULL where there is no number.
#pragma once

#include <stddef.h>
#include <stdint.h>

static const double powers_of_ten[16] = {1e0, 1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                         1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};

/// Eight bytes, the first one lowest.
static inline uint64_t load_eight(const uint8_t *p) {
  uint64_t word = 0;
  for (int byte = 0; byte < 8; byte++) word |= (uint64_t)p[byte] << (8 * byte);
  return word;
}

/// How many of eight bytes, given without their '0', are digits before the first other byte.
static inline int digit_run(uint64_t word) {
  uint64_t others = ((word + 0x7676767676767676ull) | word) & 0x8080808080808080ull;
  return others ? __builtin_ctzll(others) >> 3 : 8;
}

/// The number of eight digits, the first one lowest (Lemire & Langdale; three multiplications).
static inline uint32_t eight_digits(uint64_t word) {
  word = word * 10 + (word >> 8);
  word = ((word & 0x000000ff000000ffull) * 0x000f424000000064ull +
          ((word >> 16) & 0x000000ff000000ffull) * 0x0000271000000001ull) >> 32;
  return (uint32_t)word;
}

/// The number of the first `count` digits, 1 to 8.
static inline uint32_t some_digits(uint64_t word, int count) { return eight_digits(word << (64 - 8 * count)); }

static inline int is_digit(uint8_t byte) { return (uint8_t)(byte - '0') <= 9; }

/// At most 18 digits; more give NULL.
static inline const uint8_t *scan_digits(const uint8_t *p, const uint8_t *end, uint64_t *value) {
  const uint8_t *start = p;
  uint64_t number = 0;
  while (p < end && is_digit(*p)) number = number * 10 + (uint64_t)(*p++ - '0');
  if (p == start || p - start > 18) return NULL;
  *value = number;
  return p;
}

/// At most 15 digits in all, so that digits and power of ten are exact and one division rounds once.
static inline const uint8_t *scan_decimal(const uint8_t *p, const uint8_t *end, int decimal_comma, double *value) {
  int is_negative = p < end && *p == '-';
  p += is_negative;
  const uint8_t *start = p;
  uint64_t digits = 0;
  while (p < end && is_digit(*p)) digits = digits * 10 + (uint64_t)(*p++ - '0');
  ptrdiff_t count = p - start;
  ptrdiff_t decimals = 0;
  if (p < end && (*p == '.' || (decimal_comma && *p == ','))) {
    start = ++p;
    while (p < end && is_digit(*p)) digits = digits * 10 + (uint64_t)(*p++ - '0');
    decimals = p - start;
  }
  if (count + decimals == 0 || count + decimals > 15) return NULL;
  double number = (double)digits;
  if (decimals > 0) number /= powers_of_ten[decimals];
  *value = is_negative ? -number : number;
  return p;
}

/// Days from 1970-01-01 in the proleptic Gregorian calendar (Howard Hinnant, days_from_civil).
static inline int64_t days_from_civil(int64_t year, int64_t month, int64_t day) {
  year -= month <= 2;
  int64_t era = (year >= 0 ? year : year - 399) / 400;
  int64_t year_of_era = year - era * 400;
  int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146097 + day_of_era - 719468;
}

/// Exactly `count` digits, at most `highest`.
static inline const uint8_t *scan_part(const uint8_t *p, const uint8_t *end, int count, int64_t highest, int64_t *value) {
  int64_t number = 0;
  for (int i = 0; i < count; i++, p++) {
    if (p >= end || !is_digit(*p)) return NULL;
    number = number * 10 + (*p - '0');
  }
  *value = number;
  return number <= highest ? p : NULL;
}

static inline const uint8_t *scan_fraction(const uint8_t *p, const uint8_t *end) {
  if (p < end && *p == '.')
    for (p++; p < end && is_digit(*p);) p++;
  return p;
}

static inline int days_in_month(int64_t year, int64_t month) {
  if (month == 2) return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
  return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

/// YYYY-MM-DD, then optionally T or a space and hh:mm[:ss[.fff]], then optionally Z or ±hh[:]mm.
static inline const uint8_t *scan_iso(const uint8_t *p, const uint8_t *end, int64_t *seconds) {
  int64_t year, month, day, hour = 0, minute = 0, second = 0;
  if (!(p = scan_part(p, end, 4, 9999, &year)) || p >= end || *p++ != '-') return NULL;
  if (!(p = scan_part(p, end, 2, 12, &month)) || month == 0 || p >= end || *p++ != '-') return NULL;
  if (!(p = scan_part(p, end, 2, days_in_month(year, month), &day)) || day == 0) return NULL;
  int64_t offset = 0;
  if (p + 1 < end && (*p == 'T' || *p == 't' || *p == ' ') && is_digit(p[1])) {
    if (!(p = scan_part(p + 1, end, 2, 23, &hour)) || p >= end || *p++ != ':') return NULL;
    if (!(p = scan_part(p, end, 2, 59, &minute))) return NULL;
    if (p < end && *p == ':') {
      if (!(p = scan_part(p + 1, end, 2, 60, &second))) return NULL;
      p = scan_fraction(p, end);
    }
    if (p < end && (*p == 'Z' || *p == 'z')) {
      p++;
    } else if (p < end && (*p == '+' || *p == '-')) {
      int64_t sign = *p == '-' ? -1 : 1, hours, minutes = 0;
      if (!(p = scan_part(p + 1, end, 2, 23, &hours))) return NULL;
      if (p < end && *p == ':') p++;
      if (p < end && is_digit(*p) && !(p = scan_part(p, end, 2, 59, &minutes))) return NULL;
      offset = sign * (hours * 3600 + minutes * 60);
    }
  }
  *seconds = days_from_civil(year, month, day) * 86400 + hour * 3600 + minute * 60 + second - offset;
  return p;
}

static inline const uint8_t *scan_moment(const uint8_t *p, const uint8_t *end, int64_t *seconds) {
  if (end - p >= 10 && p[4] == '-' && p[7] == '-') return scan_iso(p, end, seconds);
  int is_negative = p < end && *p == '-';
  uint64_t number;
  if (!(p = scan_digits(p + is_negative, end, &number))) return NULL;
  const uint8_t *fraction = p;
  p = scan_fraction(p, end);
  *seconds = is_negative ? -(int64_t)number : (int64_t)number;
  // A moment before 1970 with a fraction lies in the second before.
  if (is_negative)
    for (; fraction < p; fraction++)
      if (*fraction > '0') {
        *seconds -= 1;
        break;
      }
  return p;
}
