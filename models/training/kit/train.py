"""One training loop: bf16 autocast, SGD with Nesterov momentum, warm-up and cosine, an exponential average of the weights."""
import copy
import math
import random
import time

import numpy as np
import torch

from .data import CACHE
from .muon import Muon

LOG_EVERY = 50  # steps


def seed_all(seed):
    """Seeds every generator in use and holds torch to one thread, so that runs repeat."""
    random.seed(seed)
    np.random.seed(seed)
    torch.manual_seed(seed)
    torch.set_num_threads(1)


def learning_rate(step, steps, peak, warm=0.05):
    """Linear warm-up over the first `warm` share of the steps, then cosine to zero."""
    warm_steps = max(1, int(steps * warm))
    if step < warm_steps:
        return peak * (step + 1) / warm_steps
    return peak * 0.5 * (1 + math.cos(math.pi * (step - warm_steps) / max(1, steps - warm_steps)))


def optimisers(net, peak, decay, muon):
    """The optimisers with their peak rates: SGD for all, or Muon for the kernels (rate `muon`) and SGD for the rest.

    Weight decay for matrices and kernels, none for biases and batch norm. Map heads, which no batch norm follows, stay with SGD.
    """
    parameters = [p for p in net.parameters() if p.requires_grad]
    heads = {id(p) for p in getattr(net, "maps", torch.nn.Module()).parameters()}
    kernels = [p for p in parameters if p.ndim == 4 and muon and id(p) not in heads]
    matrices = [p for p in parameters if p.ndim > 1 and not any(p is kernel for kernel in kernels)]
    groups = [{"params": matrices, "weight_decay": decay}, {"params": [p for p in parameters if p.ndim <= 1], "weight_decay": 0.0}]
    plain = torch.optim.SGD(groups, peak, momentum=0.9, nesterov=True, foreach=True)
    return [(plain, peak)] + ([(Muon(kernels, muon), muon)] if muon else [])


class Average:
    """The exponential moving average of a network's weights and batch-norm statistics."""

    def __init__(self, net, keep):
        self.net, self.keep, self.seen = copy.deepcopy(net).eval(), keep, 0

    def update(self, net):
        self.seen += 1
        keep = min(self.keep, self.seen / (self.seen + 9))
        with torch.no_grad():
            mine, other = list(self.net.state_dict().values()), list(net.state_dict().values())
            floats = [(a, b) for a, b in zip(mine, other) if a.is_floating_point()]
            torch._foreach_mul_([a for a, _ in floats], keep)
            torch._foreach_add_([a for a, _ in floats], [b for _, b in floats], alpha=1 - keep)


def fit(net, batch, loss, steps, peak=0.1, decay=5e-4, keep=0.998, muon=0.0):
    """Trains `net` in place for `steps` and returns the averaged network, in eval mode.

    batch(progress) -> (normalised x [n, 3, h, w], targets); loss(outputs, targets) -> scalar, outputs as fp32.
    `muon` > 0 trains the convolution kernels with Muon at that peak rate: only for networks whose every convolution is followed by batch norm.
    `progress` goes 0..1.
    """
    net.train().to(memory_format=torch.channels_last)
    steppers = optimisers(net, peak, decay, muon)
    average, since, shown = Average(net, keep), time.time(), 0.0
    for step in range(steps):
        for optimiser, rate in steppers:
            for group in optimiser.param_groups:
                group["lr"] = learning_rate(step, steps, rate)
        x, targets = batch(step / steps)
        with torch.cpu.amp.autocast(dtype=torch.bfloat16):
            out = net(x.contiguous(memory_format=torch.channels_last))
        value = loss({name: tensor.float() for name, tensor in out.items()}, targets)
        value.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 5.0)
        for optimiser, _ in steppers:
            optimiser.step()
        net.zero_grad(set_to_none=True)
        average.update(net)
        shown += float(value.detach())
        if (step + 1) % LOG_EVERY == 0:
            print(f"step {step + 1}/{steps} loss {shown / LOG_EVERY:.4f} {(time.time() - since) / (step + 1):.2f} s/step", flush=True)
            shown = 0.0
    return average.net.eval()


def kept(name, net, make):
    """`net` with the weights kept as `name` in CACHE, or else what make(net) trains, kept from then on; in eval mode."""
    path = CACHE / f"{name}.pt"
    if path.exists():
        net.load_state_dict(torch.load(path))
        return net.eval()
    net = make(net).eval()
    CACHE.mkdir(parents=True, exist_ok=True)
    torch.save(net.state_dict(), path)
    return net


def of_mixed(loss_of):
    """loss(outputs, targets) for batches from augment.mixed(), out of loss_of(outputs, indices)."""
    def loss(out, targets):
        index, other, own = targets
        return loss_of(out, index) if own >= 1 else own * loss_of(out, index) + (1 - own) * loss_of(out, other)
    return loss


def predict(net, photos, normalise, batch=64):
    """Runs `net` in fp32 over uint8 photos [n, h, w, 3]; a dict of numpy outputs, one row a photo."""
    from .augment import to_float
    net.eval()
    with torch.no_grad():
        parts = [net(normalise(to_float(photos[i:i + batch]))) for i in range(0, len(photos), batch)]
    return {name: torch.cat([part[name] for part in parts]).numpy() for name in parts[0]}
