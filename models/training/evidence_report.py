"""Judges the evidence model: unseen generators, false alarms, steadiness; thresholds, export, card, page and plots."""
import numpy as np
import torch

from evidence_data import LABELS, MODE_PX, PROBES, cached, join, probes
from kit.data import fold_of, licences
from kit.export import UNCLEAR, export_onnx, golden, input_block, write_card
from kit.report import (auc, confusion, fill_page, fit_temperature, markdown_table, plot_confusion, plot_precision_recall,
                        plot_reliability, reliability, rounded, softmax)
from pathlib import Path

FOLDS = 3
# What an unseen generator is told apart from: (pack, source left out). Crops of houses are easy: no generator was asked for houses.
PARTS = {'whole': ('authenticity', None), 'crops': ('authenticity_crops', None), 'cropsButHouses': ('authenticity_crops', 'houses535')}
ORDINARY_PACKS = ('room_type', 'car_severity', 'car_parts', 'building_condition')
REAL_ALARMS = .01
MISSED_AS_AUTHENTIC = .12


def logits_of(net, features):
    """Logits [n, 3] of clean features [n, k]."""
    with torch.no_grad():
        return net.head(torch.tensor(features, dtype=torch.float32)).numpy()


def synthetic_score(logits):
    """What separates synthetic from authentic, whatever the third class says."""
    return logits[:, 1] - logits[:, 0]


def leave_one_generator_out(table, train):
    """{generator: {part: AUC}} of PARTS: an unseen generator against unseen real photos; folds over the real ones."""
    fold = np.array([fold_of(row, FOLDS) for row in table.rows])
    generators = [str(g) for g in np.unique(table.source[table.labels == 1])]
    found = {g: {part: [] for part in PARTS} for g in generators}
    unseen = []
    for generator in generators:
        for k in range(FOLDS):
            out = ((table.labels == 1) & (table.source == generator)) | ((table.labels != 1) & (fold == k))
            net = train(table.where(~out))
            score, truth = synthetic_score(logits_of(net, table.features[:, 0])), table.labels == 1
            for part, (pack, left_out) in PARTS.items():
                test = out & (table.pack == pack) & (table.source != left_out) & (table.labels < 2)
                if (test & truth).any():
                    found[generator][part].append(auc(truth[test], score[test]))
            unseen.append((softmax(logits_of(net, table.features[:, 0])), out, generator))
    return {g: {part: float(np.mean(values)) for part, values in parts.items() if values} for g, parts in found.items()}, unseen


def real_groups(table):
    """{name: mask} of the real photos whose false alarms are counted apart."""
    real = table.labels == 0
    groups = {pack: real & (table.pack == pack) for pack in ('authenticity', 'authenticity_crops', *ORDINARY_PACKS)}
    return {name: mask for name, mask in groups.items() if mask.any()}


def highest_of_real(table, scores):
    """The lowest threshold that at most REAL_ALARMS of the real photos of every group reach; the small packs are one group."""
    groups, found = real_groups(table), 0.
    small = [name for name in groups if name.startswith('authenticity')]
    for mask in [sum(groups[name] for name in small).astype(bool), *[groups[name] for name in groups if name not in small]]:
        own = np.sort(scores[mask])[::-1]
        found = max(found, float(own[round(REAL_ALARMS * len(own))]) + 1e-3)
    return found


def choose_thresholds(table, probability, unseen):
    """Synthetic and recaptured only where hardly any real photo gets; authentic only where few unseen fakes do."""
    held = np.concatenate([p[out & (np_source == g)] for p, out, g, np_source in unseen])
    authentic = float(np.quantile(held[:, 0], 1 - MISSED_AS_AUTHENTIC))
    return {'authentic': round(min(.95, max(.5, authentic)), 3),
            'synthetic': round(min(.99, max(.5, highest_of_real(table, probability[:, 1]))), 3),
            'recaptured': round(min(.99, max(.4, highest_of_real(table, probability[:, 2]))), 3)}


def verdicts(probability, thresholds):
    """0..2 as LABELS, 3 = undetermined: the likeliest class where it passes its threshold."""
    best = probability.argmax(1)
    limit = np.array([thresholds[label] for label in LABELS])
    return np.where(probability[np.arange(len(best)), best] >= limit[best], best, 3)


def steadiness(net, data, rows, temperature):
    """{change: {mean, p95}} of how far the synthetic probability moves."""
    features = cached('evidence-probes', rows, [Path(__file__).parent / 'evidence_features.py'], lambda: probes(data, rows))
    p = np.stack([softmax(logits_of(net, features[:, i]), temperature)[:, 1] for i in range(1 + len(PROBES))], 1)
    moved = np.abs(p[:, 1:] - p[:, :1])
    return {name: {'mean': float(moved[:, i].mean()), 'p95': float(np.quantile(moved[:, i], .95))} for i, name in enumerate(PROBES)}


def figures(val, probability, thresholds, unseen_auc, steady):
    """Everything the card and the page say."""
    verdict = verdicts(probability, thresholds)
    alarms = {name: {'calledSynthetic': float((verdict[mask] == 1).mean()), 'calledRecaptured': float((verdict[mask] == 2).mean()),
                     'undetermined': float((verdict[mask] == 3).mean()), 'photos': int(mask.sum())} for name, mask in real_groups(val).items()}
    fake, screen = val.labels == 1, val.labels == 2
    pair = (val.pack == 'recapture')
    near = np.isin(val.pack, ['authenticity', 'authenticity_crops'])
    per_part = {part: float(np.mean([v[part] for v in unseen_auc.values() if part in v])) for part in PARTS}
    return rounded({
        'leaveOneGeneratorOut': unseen_auc, 'leaveOneGeneratorOutMean': per_part,
        'worstGenerator': min(parts['whole'] for parts in unseen_auc.values()),
        'val': {'syntheticAuc': auc(fake[near], probability[near, 1] - probability[near, 0]),
                'recaptureAuc': auc(screen[pair], probability[pair, 2]), 'realPhotos': alarms,
                'syntheticFound': float((verdict[fake] == 1).mean()), 'syntheticCalledAuthentic': float((verdict[fake] == 0).mean()),
                'screensFound': float((verdict[screen] == 2).mean())},
        'scoreMoves': steady})


def tables(found, thresholds, temperature):
    """The page's tables, from the same figures as the card."""
    moves = [[name, v['mean'], v['p95']] for name, v in found['scoreMoves'].items()]
    real = [[name, v['photos'], v['calledSynthetic'], v['calledRecaptured'], v['undetermined']] for name, v in found['val']['realPhotos'].items()]
    left = [[g, *(v.get(part) for part in PARTS)] for g, v in found['leaveOneGeneratorOut'].items()]
    mean = found['leaveOneGeneratorOutMean']
    val = found['val']
    return '\n'.join([
        f"Thresholds: {', '.join(f'{k} {v}' for k, v in thresholds.items())}; temperature {temperature:.2f}.\n",
        markdown_table(['generator left out of training', 'AUC, whole photos', 'AUC, native crops', 'AUC, native crops, without crops of houses'],
                       [*left, ['mean', *(mean[part] for part in PARTS)]]),
        markdown_table(['real photos (val)', 'photos', 'called synthetic', 'called recaptured', 'undetermined'], real),
        markdown_table(['change', 'synthetic score moves, mean', '95th percentile'], moves),
        markdown_table(['validation, known generators', ''], [
            ['AUC synthetic against authentic', val['syntheticAuc']], ['synthetic found at the threshold', val['syntheticFound']],
            ['synthetic called authentic', val['syntheticCalledAuthentic']], ['AUC screen against real (18 photos)', val['recaptureAuc']],
            ['screens found at the threshold', val['screensFound']]])])


def report(net, options, photos, val, train):
    """All figures, then model, card, page and plots."""
    near = join(photos.where(np.isin(photos.pack, ['authenticity', 'authenticity_crops'])), photos.where(~np.isin(photos.pack, ['authenticity', 'authenticity_crops'])))
    unseen_auc, unseen = leave_one_generator_out(near, train)
    logits = logits_of(net, val.features[:, 0])
    known = np.isin(val.pack, ['authenticity', 'authenticity_crops', 'recapture'])
    temperature = fit_temperature(logits[known], val.labels[known])
    probability = softmax(logits, temperature)
    thresholds = choose_thresholds(val, probability, [(p, out, g, near.source) for p, out, g in unseen])
    probe_rows = [row for i, row in enumerate(val.rows) if known[i] or i % 12 == 0]
    found = figures(val, probability, thresholds, unseen_auc, steadiness(net, options.data, probe_rows, temperature))
    print(found, thresholds, temperature, flush=True)
    export(net, options, photos, thresholds, temperature, found)
    plots(val, probability, thresholds, options.docs / 'evidence')
    fill_page(options.docs / 'evidence.md', tables(found, thresholds, temperature))


def export(net, options, photos, thresholds, temperature, found):
    """Writes model.onnx and card.json."""
    export_onnx(net, options.out / 'model.onnx', ['evidence'], MODE_PX, MODE_PX)
    real = [row for row in photos.rows if row['pack'] != 'rendered']
    rendered = {'name': 'rendered photos of screens', 'origin': 'rendered by models/training', 'licence': 'Apache-2.0', 'images': len(photos.rows) - len(real)}
    write_card(options.out, {
        'name': 'evidence', 'version': '1.1.0', 'answers': 'evidence',
        'summary': 'A weak hint whether a photo is authentic, generated, or a photo of a screen.',
        'licence': UNCLEAR, 'data': [*licences(real), rendered],
        'input': input_block({'mode': 'cover', 'widthPx': MODE_PX, 'heightPx': MODE_PX}),
        'outputs': [{'name': 'evidence', 'as': 'classification', 'labels': LABELS, 'temperature': round(temperature, 4), 'thresholds': thresholds}],
        'headline': {'unseen generators, AUC, whole photos': found['leaveOneGeneratorOutMean']['whole'],
                     'unseen generators, AUC, whole photos, the worst': found['worstGenerator'],
                     'real photos called synthetic, the worst pack': max(row['calledSynthetic'] for row in found['val']['realPhotos'].values())},
        'metrics': found, 'golden': golden(net, ['evidence'], [(MODE_PX, MODE_PX)])})


def plots(val, probability, thresholds, folder):
    """Verdicts, precision-recall and reliability on val."""
    near = np.isin(val.pack, ['authenticity', 'authenticity_crops', 'recapture'])
    table = confusion(val.labels[near], verdicts(probability, thresholds)[near], 4)
    plot_confusion(folder / 'confusion.png', table, [*LABELS, 'undetermined'], 'verdicts on val')
    plot_precision_recall(folder / 'precision-recall.png', {
        label: (val.labels[near] == i, probability[near, i]) for i, label in enumerate(LABELS)}, 'validation')
    rows, error = reliability(probability[near].max(1), (probability[near].argmax(1) == val.labels[near]).astype(float))
    plot_reliability(folder / 'reliability.png', rows, error, 'evidence')
