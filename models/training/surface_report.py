"""Judges the surface model on real photos only: calibration, thresholds, figures per source, export, card, plots."""
from pathlib import Path

import numpy as np
import torch

from kit.data import licences, open_photo
from kit.export import UNCLEAR, export_onnx, golden, input_block, normalise, write_card
from kit.report import auc, fill_page, markdown_table, plot_precision_recall, plot_reliability, reliability, rounded, sigmoid
from surface_data import LABELS, short_side, targets_of

SIZE = {'mode': 'shortSide', 'px': 256, 'maxLongSidePx': 384, 'multipleOf': 16}
STRIDE_PX = 16
TOP_RATIOS = (.01, .02, .04, .08)
# Kinds with enough real photos to be judged; every other kind is experimental.
JUDGED = ['crack', 'damp_stain']
ROOM_ALARMS = {'crack': .014, 'damp_stain': .006}
SURFACE_ALARMS = .1
THIN_FLOOR = .85


def damage_maps(net, data, rows):
    """Raw logits [8, h, w] of every photo at the production size."""
    maps = []
    with torch.no_grad():
        for row in rows:
            photo = short_side(open_photo(Path(data) / row['file']), SIZE['px'], SIZE['maxLongSidePx'], SIZE['multipleOf'])
            x = torch.from_numpy(np.array(photo)).permute(2, 0, 1)[None].float() / 255
            maps.append(net(normalise(x))['damage'][0].numpy())
    return maps


def pooled_scores(maps, top_ratio, temperature):
    """Image scores [n, 8]: the mean of the top share of cells of each kind."""
    scores = []
    for logits in maps:
        cells = -np.sort(-sigmoid(logits.reshape(len(LABELS), -1), temperature), axis=1)
        scores.append(cells[:, :max(1, int(top_ratio * cells.shape[1]))].mean(1))
    return np.stack(scores)


class Judged:
    """Scores beside the truth, with the groups that figures are given for."""

    def __init__(self, rows, scores):
        self.rows, self.scores = rows, scores
        pairs = [targets_of(row) for row in rows]
        self.labels = np.stack([label for label, _ in pairs]) > .5
        self.source = np.array([row['source'] for row in rows])
        self.room = np.array([row['pack'] == 'room_type' for row in rows])
        self.building = np.array([row['pack'] == 'building_condition' for row in rows])
        self.sound = ~self.labels.any(1)
        self.weights = np.stack([weight for _, weight in pairs])

    def score(self, label):
        return self.scores[:, LABELS.index(label)]

    def truth(self, label):
        return self.labels[:, LABELS.index(label)]


def above_share(scores, share):
    """The lowest threshold that at most `share` of the scores reach."""
    ordered = np.sort(scores)[::-1]
    allowed = int(share * len(ordered))
    return float(min(1., (ordered[allowed - 1] + ordered[allowed]) / 2 if allowed else ordered[0] + .02))


def choose_thresholds(judged):
    """Per kind: few enough false alarms on listing photos and on sound surfaces; for thin kinds none, and high."""
    found = {}
    for label in LABELS:
        score, lacking = judged.score(label), ~judged.truth(label) & (judged.weights[:, LABELS.index(label)] == 1)
        if label in JUDGED:
            walls = [above_share(score[judged.sound & (judged.source == s)], SURFACE_ALARMS) for s in np.unique(judged.source[judged.building & judged.sound])]
            found[label] = round(max(above_share(score[judged.room], ROOM_ALARMS[label]), *walls), 3)
        else:
            found[label] = round(min(.999, max(THIN_FLOOR, float(score[lacking].max()) + .01)), 3)
    return found


def calibrate(maps, rows):
    """(top ratio, temperature): the ratio with the best worst-source crack AUC, then the least cross-entropy."""
    def worst(ratio):
        judged = Judged(rows, pooled_scores(maps, ratio, 1.))
        return min(crack_auc(judged).values())
    ratio = max(TOP_RATIOS, key=worst)
    judged_columns = [LABELS.index(label) for label in JUDGED]

    def cost(temperature):
        judged = Judged(rows, pooled_scores(maps, ratio, temperature))
        p = np.clip(judged.scores[:, judged_columns], 1e-6, 1 - 1e-6)
        y, w = judged.labels[:, judged_columns], judged.weights[:, judged_columns]
        return float((-(y * np.log(p) + (~y) * np.log(1 - p)) * w).mean())
    return ratio, float(min(np.geomspace(1, 4, 60), key=cost))


def crack_auc(judged):
    """Crack AUC: pooled, and for each source's cracks against all sound surfaces and rooms."""
    truth, score = judged.truth('crack'), judged.score('crack')
    against = judged.sound
    found = {'pooled': auc(truth[truth | against], score[truth | against])}
    for source in np.unique(judged.source[truth]):
        mine = truth & (judged.source == source)
        found[source] = auc(truth[mine | against], score[mine | against])
    return found


def own_auc(judged, label):
    """AUC of `label` within each source that has photos with and without it."""
    found = {}
    for source in np.unique(judged.source[judged.building]):
        here = judged.building & (judged.source == source)
        value = auc(judged.truth(label)[here], judged.score(label)[here])
        if not np.isnan(value):
            found[str(source)] = value
    return found


def recalls_at(judged, label, threshold):
    """Share found of the photos with `label`: all, and per source."""
    truth, hit = judged.truth(label), judged.score(label) >= threshold
    sources = [str(s) for s in np.unique(judged.source[truth])]
    return {'all': float(hit[truth].mean()), **{s: float(hit[truth & (judged.source == s)].mean()) for s in sources}}


def alarms(judged, thresholds):
    """Share of undamaged photos with any finding: rooms in all, by class, and sound surfaces by source."""
    limit = np.array([thresholds[label] for label in LABELS])
    hit = (judged.scores >= limit).any(1)
    classes = np.array([row['class'] for row in judged.rows])
    rooms = {str(c): float(hit[judged.room & (classes == c)].mean()) for c in np.unique(classes[judged.room])}
    walls = judged.building & judged.sound
    surfaces = {str(s): float(hit[walls & (judged.source == s)].mean()) for s in np.unique(judged.source[walls])}
    return {'rooms': float(hit[judged.room].mean()), 'roomsCount': int(judged.room.sum()), 'roomsByClass': rooms, 'soundSurfaces': surfaces}


def figures(judged, thresholds):
    """Everything the card and the page say of one split."""
    return rounded({
        'photos': len(judged.rows), 'crackAuc': crack_auc(judged), 'crackAucWithinSource': own_auc(judged, 'crack'),
        'dampAucWithinSource': own_auc(judged, 'damp_stain'),
        'recall': {label: recalls_at(judged, label, thresholds[label]) for label in ('crack', 'damp_stain', 'peeling_paint', 'roof_damage')},
        'anyFindingOnSound': alarms(judged, thresholds)})


def tables(found, thresholds, temperature, top_ratio):
    """The page's tables, from the same figures as the card."""
    sources = sorted(set(found['crackAuc']) - {'pooled'})
    crack = [[s, found['crackAuc'][s], found['crackAucWithinSource'].get(s), found['recall']['crack'].get('all' if s == 'pooled' else s)]
             for s in ['pooled', *sources]]
    damp = [[s, v, found['recall']['damp_stain'].get(s)] for s, v in found['dampAucWithinSource'].items()]
    thin = [[label, found['recall'][label]['all'], thresholds[label]] for label in ('peeling_paint', 'roof_damage')]
    sound = found['anyFindingOnSound']
    calm = [['listing photos', sound['rooms']], *[[f'– {c}', v] for c, v in sound['roomsByClass'].items()],
            *[[f'sound surfaces, {s}', v] for s, v in sound['soundSurfaces'].items()]]
    return '\n'.join([
        f"Validation split, {found['photos']} real photos. Temperature {temperature:.2f}, image score = mean of the top {top_ratio:.0%} of cells.\n",
        markdown_table(['cracks', 'AUC against all undamaged photos', 'AUC within the source', 'recall at the threshold'], crack),
        markdown_table(['damp stains', 'AUC within the source', 'recall at the threshold'], damp),
        markdown_table(['thin kinds', 'recall at the threshold', 'threshold'], thin),
        markdown_table(['undamaged photos', 'share with any finding'], calm)])


def report(net, options, train, val):
    """Figures on val; unless a source was left out, also the model, its card, its page and plots."""
    net.eval()
    maps = damage_maps(net, options.data, val)
    top_ratio, temperature = calibrate(maps, val)
    judged = Judged(val, pooled_scores(maps, top_ratio, temperature))
    thresholds = choose_thresholds(judged)
    found = figures(judged, thresholds)
    print(found, thresholds, temperature, top_ratio, flush=True)
    if options.leave_out:
        return
    export(net, options, train, thresholds, temperature, top_ratio, found)
    plots(judged, options.docs / 'surface')
    fill_page(options.docs / 'surface.md', tables(found, thresholds, temperature, top_ratio))


def export(net, options, train, thresholds, temperature, top_ratio, found):
    """Writes model.onnx and card.json."""
    options.out.mkdir(parents=True, exist_ok=True)
    export_onnx(net, options.out / 'model.onnx', ['damage'], 384, 256, dynamic=True, maps=['damage'])
    rendered = {'name': 'rendered damage', 'origin': 'rendered by models/training', 'licence': 'Apache-2.0', 'images': options.renders}
    write_card(options.out, {
        'name': 'surface', 'version': '1.1.0', 'answers': ['surface'],
        'summary': 'Marks damage on walls, ceilings, floors, facades and roofs, with its kind and region.',
        'licence': UNCLEAR, 'data': [*licences(train), rendered], 'input': input_block(SIZE),
        'outputs': [{'name': 'damage', 'as': 'map', 'labels': LABELS, 'stridePx': STRIDE_PX, 'temperature': round(temperature, 4),
                     'thresholds': thresholds, 'experimental': [label for label in LABELS if label not in JUDGED],
                     'pooling': {'topRatio': top_ratio}}],
        'headline': {'crack, AUC': found['crackAuc']['pooled'], 'crack, AUC, worst source': min(found['crackAuc'].values()),
                     'crack, recall': found['recall']['crack']['all'], 'damp stain, AUC on SaltSpot': found['dampAucWithinSource']['saltspot'],
                     'listing photos with any finding': found['anyFindingOnSound']['rooms']},
        'metrics': {'val': found}, 'golden': golden(net, ['damage'], [(384, 256), (256, 256)], maps=['damage'])})


def plots(judged, folder):
    """Precision-recall and reliability of the judged kinds."""
    known = judged.building | judged.room
    plot_precision_recall(folder / 'precision-recall.png', {
        label: (judged.truth(label)[known], judged.score(label)[known]) for label in ('crack', 'damp_stain', 'roof_damage', 'peeling_paint')}, 'validation')
    for label in JUDGED:
        score, truth = judged.score(label)[known], judged.truth(label)[known]
        rows, error = reliability(score, truth.astype(float))
        plot_reliability(folder / f'reliability-{label}.png', rows, error, label)
