"""The file format of saved models: a header in JSON, then the arrays."""

import json

import numpy

TYPES = {"F32": "<f4", "F64": "<f8", "I32": "<i4", "I64": "<i8"}


def read_tensors(path: str) -> dict[str, numpy.ndarray]:
    """The arrays of a file by name."""
    content = numpy.memmap(path, mode="r")
    start = 8 + int.from_bytes(content[:8].tobytes(), "little")
    header = json.loads(content[8:start].tobytes())
    tensors = {}
    for name, entry in header.items():
        if entry.get("dtype") in TYPES:
            first, end = entry["data_offsets"]
            values = content[start + first : start + end].view(TYPES[entry["dtype"]])
            tensors[name] = values.reshape(entry["shape"])
    return tensors
