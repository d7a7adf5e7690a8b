"""Files of tensors by Hugging Face's own library, and a look at ours with it.

    pip install safetensors numpy
    python safetensors_reference.py              writes tensors.safetensors beside this script
    python safetensors_reference.py MODEL…       opens models that `save` wrote, and says what they hold

Written with safetensors 0.8.0 and numpy 2.4.6; the values are those that TensorFileTests.swift expects.
"""

import json
import os
import sys

import numpy as np
from safetensors import safe_open
from safetensors.numpy import save_file

TENSORS = {
    "matrix": np.array([[1.5, -2.25, 3.0], [0.1, 1e-40, 65504.0]], dtype=np.float32),
    "precise": np.array([np.pi, -0.0, 5e-324, 1.7976931348623157e308]),
    "small": np.array([-(2**31), -1, 0, 2**31 - 1], dtype=np.int32),
    "wide": np.array([-(2**63), 2**53 + 1, 2**63 - 1], dtype=np.int64),
    "bytes": np.array([0, 1, 127, 255, 10], dtype=np.uint8),
    "flags": np.array([True, False, True]),
    "nothing": np.zeros((0, 4), dtype=np.float32),
}


def look(path):
    with safe_open(path, framework="numpy") as file:
        facts = file.metadata()
        contents = json.loads(facts.pop("contents"))
        print(path)
        for name, text in facts.items():
            print(f"  {name}: {text}")
        print(f"  a {contents['recommender']['$type']} of {len(file.keys())} tensors")
        for name in sorted(file.keys()):
            tensor = file.get_tensor(name)
            print(f"  {name}: {tensor.dtype} {list(tensor.shape)}")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        for path in sys.argv[1:]:
            look(path)
    else:
        target = os.path.join(os.path.dirname(os.path.abspath(__file__)), "tensors.safetensors")
        save_file(TENSORS, target, metadata={"purpose": "reference", "text": 'quoted "ä", 😀, \n and \\'})
