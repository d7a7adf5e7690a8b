"""Prints philox values by NumPy's implementation (the vectors in CounterRandomTests).

Run:  python3 philox.py      (numpy 2.4). NumPy adds one to the counter before each block of four.
"""
import numpy as np

MASK = 2**64 - 1
PI = (0x243f6a8885a308d3, 0x13198a2e03707344, 0xa4093822299f31d0, 0x082efa98ec4e6c89, 0x452821e638d01377, 0xbe5466cf34e90c6c)


def block(counter, key):
    number = sum(word << 64 * i for i, word in enumerate(counter))
    before = (number - 1) % 2**256
    words = np.array([before >> 64 * i & MASK for i in range(4)], dtype=np.uint64)
    return np.random.Philox(counter=words, key=np.array(key, dtype=np.uint64)).random_raw(4)


for counter, key in [((0,) * 4, (0,) * 2), ((MASK,) * 4, (MASK,) * 2), (PI[:4], PI[4:]), ((1, 2, 3, 0), (42, 7))]:
    print([hex(x) for x in counter], [hex(x) for x in key], "->", [hex(int(x)) for x in block(counter, key)])
