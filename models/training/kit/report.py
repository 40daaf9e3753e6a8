"""Metrics, their plots and markdown tables. Scores are numpy; labels are integers or 0/1."""
from pathlib import Path

import numpy as np


def softmax(logits, temperature=1.0):
    """Row-wise softmax of logits [n, k]."""
    z = logits / temperature
    e = np.exp(z - z.max(1, keepdims=True))
    return e / e.sum(1, keepdims=True)


def sigmoid(logits):
    """Element-wise logistic function."""
    return 1 / (1 + np.exp(-np.asarray(logits, float)))


def confusion(truth, guess, classes):
    """Counts [classes, classes]: row = truth, column = guess."""
    table = np.zeros((classes, classes), int)
    np.add.at(table, (np.asarray(truth), np.asarray(guess)), 1)
    return table


def auc(truth, score):
    """Area under the ROC curve by ranks (ties count half); nan unless both classes occur."""
    from scipy.stats import rankdata
    truth = np.asarray(truth).astype(bool)
    p, n = truth.sum(), (~truth).sum()
    if p == 0 or n == 0:
        return float("nan")
    return float((rankdata(score)[truth].sum() - p * (p + 1) / 2) / (p * n))


def precision_recall(truth, score):
    """(precision, recall, threshold) at every distinct order of the scores, highest first."""
    order = np.argsort(-np.asarray(score), kind="stable")
    hit = np.asarray(truth).astype(float)[order]
    found = np.cumsum(hit)
    return found / np.arange(1, len(hit) + 1), found / max(hit.sum(), 1), np.asarray(score)[order]


def average_precision(truth, score):
    """Area under the precision-recall steps."""
    precision, recall, _ = precision_recall(truth, score)
    return float(np.sum(np.diff(np.concatenate([[0], recall])) * precision))


def reliability(confidence, right, bins=10):
    """Rows (mean confidence, share right, count) of the bins that hold photos, and the expected calibration error."""
    bin_of = np.minimum((np.asarray(confidence) * bins).astype(int), bins - 1)
    rows = [(float(confidence[bin_of == b].mean()), float(right[bin_of == b].mean()), int((bin_of == b).sum()))
            for b in range(bins) if (bin_of == b).any()]
    return rows, float(sum(abs(c - r) * n for c, r, n in rows) / max(len(confidence), 1))


def markdown_table(header, rows):
    """A markdown table; floats get three decimals."""
    def cell(v):
        return "–" if v is None or (isinstance(v, float) and np.isnan(v)) else f"{v:.3f}" if isinstance(v, float) else str(v)
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join("| " + " | ".join(cell(v) for v in line) + " |" for line in lines) + "\n"


def figure(path, draw, width=5.0, height=4.0):
    """Draws one small PNG: draw(axes) on a fresh figure, written to `path`."""
    import matplotlib
    matplotlib.use("Agg")
    import matplotlib.pyplot as plt
    fig, axes = plt.subplots(figsize=(width, height), dpi=80)
    draw(axes)
    fig.tight_layout()
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    fig.savefig(path)
    plt.close(fig)


def plot_confusion(path, table, labels, title=""):
    """Confusion matrix: counts in the cells, shade by share of the row."""
    def draw(axes):
        share = table / np.maximum(table.sum(1, keepdims=True), 1)
        axes.imshow(share, cmap="Blues", vmin=0, vmax=1)
        for i, j in zip(*np.nonzero(table)):
            axes.text(j, i, table[i, j], ha="center", va="center", fontsize=7, color="white" if share[i, j] > 0.5 else "black")
        axes.set_xticks(range(len(labels)), labels, rotation=60, ha="right", fontsize=8)
        axes.set_yticks(range(len(labels)), labels, fontsize=8)
        axes.set(xlabel="model", ylabel="truth", title=title)
    figure(path, draw, 1.6 + 0.42 * len(labels), 1.5 + 0.4 * len(labels))


def plot_reliability(path, rows, error, title=""):
    """Share right against confidence, from reliability()."""
    def draw(axes):
        axes.plot([0, 1], [0, 1], color="grey", linewidth=1)
        axes.plot([c for c, _, _ in rows], [r for _, r, _ in rows], marker="o")
        for c, r, n in rows:
            axes.annotate(str(n), (c, r), fontsize=7, xytext=(3, -9), textcoords="offset points")
        axes.set(xlabel="confidence", ylabel="share right", xlim=(0, 1.02), ylim=(0, 1.02), title=f"{title} ECE {error:.3f}")
    figure(path, draw)


def fill_page(path, text):
    """Replaces what stands between the page's two 'figures' comments with `text`; a page without them gets them at its end."""
    begin, end = "<!-- figures: written by the training script -->", "<!-- end of figures -->"
    path = Path(path)
    page = path.read_text() if path.exists() else f"# {path.stem}\n"
    if begin not in page:
        page += f"\n{begin}\n{end}\n"
    head, rest = page.split(begin, 1)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{head}{begin}\n\n{text}\n{end}{rest.split(end, 1)[1]}")


def target_row(name, value, target, most=False):
    """A row of a table of targets: name, what is to reach (at least, or at `most`), value, verdict."""
    gap = value - target if most else target - value
    return [name, f"at most {target:.3f}" if most else target, value, "reached" if gap <= 0 else f"missed by {gap:.3f}"]


def rounded(value):
    """The same nested figures, floats at four decimals."""
    if isinstance(value, dict):
        return {str(key): rounded(inner) for key, inner in value.items()}
    return round(float(value), 4) if isinstance(value, (float, np.floating)) else value
