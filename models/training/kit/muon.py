"""SGD whose steps for convolution kernels are made orthogonal (Muon): learns more from each photo than plain SGD."""
import torch


def orthogonal(matrix, rounds=4):
    """The nearest matrix with singular values about 1, by Newton-Schulz rounds in bf16 (quintic, coefficients of Jordan 2024)."""
    a, b, c = 3.4445, -4.7750, 2.0315
    wide = matrix.shape[0] <= matrix.shape[1]
    x = (matrix if wide else matrix.t()).bfloat16()
    x = x / (x.float().norm() + 1e-7).bfloat16()
    for _ in range(rounds):
        gram = x @ x.t()
        x = a * x + (b * gram + c * gram @ gram) @ x
    return (x if wide else x.t()).float()


class Muon(torch.optim.Optimizer):
    """For convolution kernels that batch norm follows, so that only their direction matters.

    Each kernel keeps the norm sqrt(outputs); `lr` is then the relative change of a kernel in one step.
    """

    def __init__(self, kernels, lr=0.03, momentum=0.9):
        super().__init__(kernels, {"lr": lr, "momentum": momentum})
        with torch.no_grad():
            for kernel in kernels:
                kernel.mul_(len(kernel) ** 0.5 / (kernel.norm() + 1e-7))

    @torch.no_grad()
    def step(self, closure=None):
        for group in self.param_groups:
            for kernel in group["params"]:
                if kernel.grad is None:
                    continue
                state = self.state[kernel]
                velocity = state.setdefault("velocity", torch.zeros_like(kernel))
                velocity.mul_(group["momentum"]).add_(kernel.grad)
                direction = kernel.grad + group["momentum"] * velocity
                update = orthogonal(direction.reshape(len(kernel), -1)).view_as(kernel)
                kernel.add_(update, alpha=-group["lr"] * (len(kernel) / max(float(update.square().sum()), 1e-7)) ** 0.5)
                kernel.mul_(len(kernel) ** 0.5 / (kernel.norm() + 1e-7))
