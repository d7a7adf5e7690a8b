"""Writes xxhash64.json: XXH64 by the specification (github.com/Cyan4973/xxHash, doc/xxhash_spec.md), written out in Python.

Run:  python3 xxhash64.py
Checked against the reference library where `pip install xxhash` is there, against the vectors of the reference library's
own sanity check, and against the value in Spark SQL's documentation: xxhash64('Spark', array(123), 2).
"""
import json

P1, P2, P3, P4, P5 = (11400714785074694791, 14029467366897019727, 1609587929392839161, 9650029242287828579,
                      2870177450012600261)
MASK = 2**64 - 1


def rotate(x, r):
    return ((x << r) | (x >> (64 - r))) & MASK


def lane(accumulator, word):
    return rotate((accumulator + word * P2) & MASK, 31) * P1 & MASK


def xxh64(data, seed):
    seed &= MASK
    i = 0
    if len(data) >= 32:
        v = [(seed + P1 + P2) & MASK, (seed + P2) & MASK, seed, (seed - P1) & MASK]
        while i + 32 <= len(data):
            v = [lane(x, int.from_bytes(data[i + 8 * n:i + 8 * n + 8], "little")) for n, x in enumerate(v)]
            i += 32
        h = (rotate(v[0], 1) + rotate(v[1], 7) + rotate(v[2], 12) + rotate(v[3], 18)) & MASK
        for x in v:
            h = ((h ^ lane(0, x)) * P1 + P4) & MASK
    else:
        h = (seed + P5) & MASK
    h = (h + len(data)) & MASK
    while i + 8 <= len(data):
        h = (rotate(h ^ lane(0, int.from_bytes(data[i:i + 8], "little")), 27) * P1 + P4) & MASK
        i += 8
    if i + 4 <= len(data):
        h = (rotate(h ^ int.from_bytes(data[i:i + 4], "little") * P1 & MASK, 23) * P2 + P3) & MASK
        i += 4
    while i < len(data):
        h = rotate(h ^ data[i] * P5 & MASK, 11) * P1 & MASK
        i += 1
    h = (h ^ h >> 33) * P2 & MASK
    h = (h ^ h >> 29) * P3 & MASK
    return h ^ h >> 32


def sanity_buffer(length):
    generator, out = 2654435761, bytearray()
    for _ in range(length):
        out.append(generator >> 56)
        generator = generator * 11400714785074694797 & MASK
    return bytes(out)


def long(value):
    return (value & MASK).to_bytes(8, "little")


def main():
    published = [(0, 0, 0xEF46DB3751D8E999), (0, 2654435761, 0xAC75FDA2929B17EF), (1, 0, 0xE934A84ADB052768),
                 (1, 2654435761, 0x5014607643A9B4C3), (4, 0, 0x9136A0DCA57457EE), (14, 0, 0x8282DCC4994E35C8),
                 (14, 2654435761, 0xC3BD6BF63DEB6DF0), (222, 0, 0xB641AE8CB691C174), (222, 2654435761, 0x20CB8AB7AE10C14A)]
    for length, seed, value in published:
        assert xxh64(sanity_buffer(length), seed) == value, (length, seed)
    spark = xxh64((2).to_bytes(4, "little"), xxh64((123).to_bytes(4, "little"), xxh64(b"Spark", 42)))
    assert spark == 5602566077635097486, spark
    try:
        import xxhash
        for length in range(200):
            for seed in [0, 42, 2**63 + 5]:
                assert xxh64(sanity_buffer(length), seed) == xxhash.xxh64_intdigest(sanity_buffer(length), seed)
        print("equal to the reference library")
    except ImportError:
        print("reference library not installed")
    lengths = [{"length": n, "seed": s, "hash": xxh64(sanity_buffer(n), s)} for n in range(0, 101) for s in [0, 42]]
    chains = [{"user": u, "item": i, "seed": s, "hash": xxh64(long(s), xxh64(long(i), xxh64(long(u), 42)))}
              for u in [1, 42, -7, 2**40] for i in [1, 31, 99999] for s in [42, 0, -1]]
    with open("xxhash64.json", "w") as file:
        json.dump({"bytes": lengths, "chains": chains}, file, indent=1)


main()
