#!/usr/bin/env python3
"""Writes splits-….tsv, the side of every rating by each rule of `split`, and samples-….tsv, what `sample` keeps.

XXH64 is written from its published specification (github.com/Cyan4973/xxHash, doc/xxhash_spec.md), the rules from
language.md. Only the standard library is used: python3 splits.py
"""
import struct
from pathlib import Path

MASK = (1 << 64) - 1
P1, P2, P3, P4, P5 = (
    0x9E3779B185EBCA87, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0x85EBCA77C2B2AE63, 0x27D4EB2F165667C5)


def rotl(x, r):
    return ((x << r) | (x >> (64 - r))) & MASK


def step(acc, lane):
    return rotl((acc + lane * P2) & MASK, 31) * P1 & MASK


def xxh64(data, seed):
    n, i = len(data), 0
    if n >= 32:
        acc = [(seed + P1 + P2) & MASK, (seed + P2) & MASK, seed, (seed - P1) & MASK]
        while i + 32 <= n:
            for lane in range(4):
                acc[lane] = step(acc[lane], struct.unpack_from("<Q", data, i + 8 * lane)[0])
            i += 32
        h = (rotl(acc[0], 1) + rotl(acc[1], 7) + rotl(acc[2], 12) + rotl(acc[3], 18)) & MASK
        for a in acc:
            h = ((h ^ step(0, a)) * P1 + P4) & MASK
    else:
        h = (seed + P5) & MASK
    h = (h + n) & MASK
    while i + 8 <= n:
        h = (rotl(h ^ step(0, struct.unpack_from("<Q", data, i)[0]), 27) * P1 + P4) & MASK
        i += 8
    if i + 4 <= n:
        h = (rotl(h ^ (struct.unpack_from("<I", data, i)[0] * P1 & MASK), 23) * P2 + P3) & MASK
        i += 4
    while i < n:
        h = rotl(h ^ (data[i] * P5 & MASK), 11) * P1 & MASK
        i += 1
    h = (h ^ (h >> 33)) * P2 & MASK
    h = (h ^ (h >> 29)) * P3 & MASK
    return h ^ (h >> 32)


# The specification's own vectors for the empty input and the widely published one for "a".
assert xxh64(b"", 0) == 0xEF46DB3751D8E999
assert xxh64(b"a", 0) == 0xD24EC4F1A98C6E5B


def chain(*columns):
    """Spark SQL's xxhash64: whole numbers as 64-bit little-endian, texts as UTF-8, the hash so far as seed."""
    h = 42
    for value in columns:
        h = xxh64(struct.pack("<q", value) if isinstance(value, int) else value.encode(), h)
    return h


def by_limits(h, test, valid):
    place, first = h >> 33, int(test * 2**31)
    return "test" if place < first else "valid" if place < first + int(valid * 2**31) else "train"


def half_up(x):
    return int(x + 0.5)


def newest(times, share, n):
    """The moment at which the newest `share` of n begins, or None where it is none of them."""
    count = min(len(times), half_up(share * n))
    return sorted(times)[len(times) - count] if count else None


def sides(rows, test, valid, seed):
    """rows: (user, item, time). A dict from rule to a list of sides."""
    result = {
        "random": [by_limits(chain(u, i, seed), test, valid) for u, i, _ in rows],
        "cold-user": [by_limits(chain(u, seed), test, valid) for u, _, _ in rows],
        "cold-item": [by_limits(chain(i, seed), test, valid) for _, i, _ in rows],
    }
    user, last = {}, {}
    for name in {u for u, _, _ in rows}:
        own = [(chain(u, i, seed), t, k) for k, (u, i, t) in enumerate(rows) if u == name]
        n = len(own)
        tests = min(half_up(test * n), n - 1)
        valids = min(half_up(valid * n), n - 1 - tests)
        for rank, (_, _, k) in enumerate(sorted(own)):
            user[k] = "test" if rank < tests else "valid" if rank < tests + valids else "train"
        for age, (_, _, k) in enumerate(sorted(own, key=lambda e: (e[1], e[0]), reverse=True)):
            last[k] = "test" if age == 0 and n > 1 else "valid" if age == 1 and n > 2 else "train"
    result["user"] = [user[k] for k in range(len(rows))]
    result["last"] = [last[k] for k in range(len(rows))]
    times = [t for _, _, t in rows]
    start = newest(times, test, len(times))
    before = [t for t in times if t < start]
    valid_start = newest(before, valid, len(times))
    result["time"] = ["test" if t >= start else "valid" if t >= valid_start else "train" for t in times]
    return result


RULES = ["random", "user", "time", "last", "cold-user", "cold-item"]


def write(name, rows, test, valid, seed):
    columns = sides(rows, test, valid, seed)
    with open(Path(__file__).parent / name, "w") as file:
        file.write(f"# test={test} valid={valid} seed={seed}\n")
        file.write("\t".join(["user", "item", "time"] + RULES) + "\n")
        for k, row in enumerate(rows):
            file.write("\t".join([str(value) for value in row] + [columns[rule][k] for rule in RULES]) + "\n")


def drawn(users, items):
    """A scattered choice of (user, item, time) without a library's generator; times repeat."""
    rows = []
    for a, user in enumerate(users):
        for b, item in enumerate(items):
            mixed = xxh64(struct.pack("<qq", a, b), 2024)
            if mixed % 100 < 12 + 3 * (a % 12):
                rows.append((user, item, 1_500_000_000 + (mixed >> 20) % 40 * 86_400))
    return rows


def write_samples(name, rows, seed):
    """Ratings, users and items by the hash of `sample`: the chain of a split with one more column."""
    size, share = len(rows) // 3, int(0.3 * 2**31)
    ratings = [chain(u, i, seed, "sample") for u, i, _ in rows]
    users, items = ({v: chain(v, seed, "sample") for v in {row[k] for row in rows}} for k in (0, 1))
    columns = {
        "rating 30%": [h >> 33 < share for h in ratings],
        "user 30%": [users[u] >> 33 < share for u, _, _ in rows],
        "item 30%": [items[i] >> 33 < share for _, i, _ in rows],
        f"rating {size}": [h <= sorted(ratings)[size - 1] for h in ratings],
        "user 5": [users[u] <= sorted(users.values())[4] for u, _, _ in rows],
        "item 7": [items[i] <= sorted(items.values())[6] for _, i, _ in rows],
    }
    with open(Path(__file__).parent / name, "w") as file:
        file.write(f"# seed={seed}\n")
        file.write("\t".join(["user", "item"] + list(columns)) + "\n")
        for k, (user, item, _) in enumerate(rows):
            file.write("\t".join([str(user), str(item)] + ["in" if c[k] else "out" for c in columns.values()]) + "\n")


if __name__ == "__main__":
    numbers = [-7, 0] + [k * k + 1 for k in range(1, 27)] + [2**40, 2**63 - 1]
    write("splits-numbers.tsv", drawn(numbers, list(range(1, 31)) + [10_000_000_000]), 0.2, 0.1, 42)

    texts = ["7", "007", "a", "ab", "abc", "user-1", "Zoë", "élan", "日本語", "ünï-cödé-ünï-cödé-ünï-cödé-ünï",
             "exactly-eight-and-more-than-32-bytes-of-ascii-text", "12345678", "1234567890123456", "x" * 31, "x" * 32, "x" * 33]
    items = [f"item {k}" for k in range(12)] + ["tt0114709", "Amélie (2001)", "y" * 65]
    write("splits-texts.tsv", drawn(texts, items), 0.3, 0.15, 2**63 + 5 - 2**64)

    write_samples("samples-numbers.tsv", drawn(numbers, list(range(1, 31)) + [10_000_000_000]), 42)
    write_samples("samples-texts.tsv", drawn(texts, items), 7)
