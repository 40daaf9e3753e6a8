"""ONNX files, their cards and golden outputs, as the runtime's contract asks."""
import json
from pathlib import Path

import numpy as np
import torch

UNCLEAR = {"weights": "Apache-2.0", "commercialUse": False,
           "note": "licence of some training data unclear: replace before commercial use"}


def pattern(name, width, height):
    """The golden test picture, uint8 [height, width, 3]: 'weave' or 'grey'."""
    if name == "grey":
        return np.full((height, width, 3), 128, np.uint8)
    y, x, c = np.mgrid[:height, :width, :3].transpose(0, 1, 2, 3)
    return ((x * (7 + 2 * c) + y * (3 + 4 * c) + ((x * y) >> 4) * (c + 1)) & 255).astype(np.uint8)


class Ordered(torch.nn.Module):
    """Wraps a network that returns a dict, so that ONNX sees its outputs as a tuple in the order of `names`."""

    def __init__(self, net, names):
        super().__init__()
        self.net, self.names = net, names

    def forward(self, image):
        out = self.net(image)
        return tuple(out[name] for name in self.names)


def export_onnx(net, path, names, width, height, maps=()):
    """Writes `net` (a dict of outputs, eval mode) as FP32 ONNX, opset 13, batch 1; height and width of input and maps are free."""
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    axes = {"image": {2: "height", 3: "width"}, **{name: {2: f"{name}_h", 3: f"{name}_w"} for name in maps}}
    net = net.eval().to(memory_format=torch.contiguous_format)
    torch.onnx.export(Ordered(net, names).eval(), torch.zeros(1, 3, height, width), str(path), opset_version=13,
                      input_names=["image"], output_names=list(names), dynamic_axes=axes)


def golden(net, names, sizes, prepare, maps=()):
    """Golden entries: raw outputs of `net` on both patterns at each (width, height); the first 64 numbers of a map.

    `prepare` turns a picture, uint8 [h, w, 3], into the network's input.
    """
    entries = []
    for kind in ("weave", "grey"):
        for width, height in sizes:
            with torch.no_grad():
                out = net.eval()(prepare(pattern(kind, width, height)))
            flat = {name: out[name].flatten().tolist() for name in names}
            entries.append({"pattern": kind, "widthPx": width, "heightPx": height, "outputs": {
                name: [round(v, 6) for v in (values[:64] if name in maps else values)] for name, values in flat.items()}})
    return entries


def write_card(folder, card):
    """Writes card.json beside the model."""
    Path(folder).mkdir(parents=True, exist_ok=True)
    (Path(folder) / "card.json").write_text(json.dumps(card, indent=1, ensure_ascii=False) + "\n")


def round_to_half(module):
    """Rounds the kernels (in place) to the nearest 16-bit float, so that store_half() loses nothing more."""
    with torch.no_grad():
        for parameter in module.parameters():
            if parameter.ndim > 1:
                parameter.copy_(parameter.half().float())
    return module


def store_half(path):
    """Rewrites an ONNX file so that kernels lie in it as 16-bit floats and are cast to FP32 on loading: half the size, same sums."""
    import onnx
    from onnx import TensorProto, helper, numpy_helper
    model = onnx.load(str(path))
    casts = []
    for tensor in model.graph.initializer:
        values = numpy_helper.to_array(tensor)
        if values.dtype == np.float32 and values.size >= 1024 and np.array_equal(values.astype(np.float16).astype(np.float32), values):
            name = tensor.name
            tensor.CopyFrom(numpy_helper.from_array(values.astype(np.float16), f"{name}_half"))
            casts.append(helper.make_node("Cast", [f"{name}_half"], [name], to=TensorProto.FLOAT))
    nodes = casts + list(model.graph.node)
    del model.graph.node[:]
    model.graph.node.extend(nodes)
    onnx.checker.check_model(model)
    onnx.save(model, str(path))
