import { describe, expect, it } from 'vitest';
import { PANEL_NAMES } from '../../../functions/assessments/defect.ts';
import {
  panelOfPart,
  panelPlace,
  panelWords,
  remedyFor,
  tradeFor,
} from '../../../functions/assessments/vehicle-panels.ts';
import { SEVERITIES, VEHICLE_PARTS } from '../../../functions/photos/photo-assessment.ts';

const placeOf = (hint: string): string => {
  const words = panelWords(hint);
  const { name, end, side } = panelPlace(words.name, words);
  return [name, end, side].join(' ');
};

describe('panelWords', () => {
  it.each([
    ['left rear door', 'door rear left'],
    ['Rear door, LEFT', 'door rear left'],
    ['left rear door: dent', 'door rear left'],
    ['Rear: left door', 'door rear left'],
    ["driver's door", 'door unknown left'],
    ["damage:driver's door", 'door unknown left'],
    ['passenger side front door', 'door front right'],
    ['driver side rear door', 'door rear left'],
    ['rocker panel, left', 'rocker_panel not_applicable left'],
    ['side glass', 'window unknown unknown'],
    ['rear_left_door', 'door rear left'],
    ['door', 'door unknown unknown'],
    ['Bonnet', 'hood front not_applicable'],
    ['hood, left', 'hood front not_applicable'],
    ['boot', 'trunk rear not_applicable'],
    ['tailgate', 'trunk rear not_applicable'],
    ['rear bumper', 'bumper rear not_applicable'],
    ['left fender', 'fender front left'],
    ['left rear fender', 'quarter_panel rear left'],
    ['quarter panel right', 'quarter_panel rear right'],
    ['left headlight', 'light front left'],
    ['left head light', 'light front left'],
    ['tail light, left', 'light rear left'],
    ['taillight, right', 'light rear right'],
    ['windscreen', 'windshield front not_applicable'],
    ['rear window', 'rear_window rear not_applicable'],
    ['left side', 'unknown unknown left'],
    ['front', 'unknown front unknown'],
    ['left and right doors', 'door unknown unknown'],
    ['photo 3', 'unknown unknown unknown'],
  ])('of %j are %s', (hint, expected) => {
    expect(placeOf(hint)).toBe(expected);
  });

  it.each([
    ['dent in the hood', 'dent'],
    ['Scratches, left door', 'scratch'],
    ['rusty rocker', 'rust'],
    ['left door', 'unknown'],
  ])('of %j tell the type of damage: %s', (hint, damageType) => {
    expect(panelWords(hint).damageType).toBe(damageType);
  });
});

describe('panelOfPart', () => {
  it('calls the parts of the model as the US trade does', () => {
    expect(VEHICLE_PARTS.map(panelOfPart)).toEqual([
      'hood',
      'bumper',
      'trunk',
      'door',
      'fender',
      'light',
      'windshield',
    ]);
  });
});

describe('remedyFor', () => {
  it('never repairs what it replaces when it is less damaged', () => {
    for (const name of PANEL_NAMES) {
      const remedies = SEVERITIES.map((severity) => remedyFor(name, severity));
      expect(remedies, name).toEqual(remedies.toSorted((a, b) => Number(a === 'replace') - Number(b === 'replace')));
      expect(remedies, name).not.toContain('unknown');
    }
  });

  it('replaces metal when it is severe, plastic and glass of moderate damage on, side glass and grilles always, welded panels never', () => {
    const of = (remedies: string) =>
      PANEL_NAMES.filter((name) => SEVERITIES.map((severity) => remedyFor(name, severity)).join(' ') === remedies);

    expect(of('repair repair replace')).toEqual(['hood', 'trunk', 'door', 'fender']);
    expect(of('repair replace replace')).toEqual(['bumper', 'light', 'windshield', 'mirror', 'wheel']);
    expect(of('replace replace replace')).toEqual(['window', 'rear_window', 'grille']);
    expect(of('repair repair repair')).toEqual(['quarter_panel', 'roof', 'rocker_panel']);
  });

  it('is unknown of a panel that is not known', () => {
    expect(remedyFor('unknown', 'severe')).toBe('unknown');
  });
});

describe('tradeFor', () => {
  it('sends glass to the glass shop and the rest to the body shop', () => {
    expect(PANEL_NAMES.filter((name) => tradeFor(name) === 'auto_glass_shop')).toEqual([
      'windshield',
      'window',
      'rear_window',
    ]);
    expect(new Set(([...PANEL_NAMES, 'unknown'] as const).map(tradeFor))).toEqual(
      new Set(['body_shop', 'auto_glass_shop']),
    );
  });
});
