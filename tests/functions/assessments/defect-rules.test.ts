import { describe, expect, it } from 'vitest';
import { Feature } from '../../../functions/assessments/defect.ts';
import { type Defect, PLACE_RULES } from '../../../functions/assessments/defect-place-rules.ts';
import { adviceOn, featureOf } from '../../../functions/assessments/defect-rules.ts';
import { PROPERTY_RATING_RULES } from '../../../functions/assessments/property-rating-rules.ts';
import { FINDING_KINDS, SEVERITIES } from '../../../functions/photos/photo-assessment.ts';

const defect = (rest: Partial<Defect>): Defect => ({
  kind: 'crack',
  severity: 'moderate',
  feature: 'unknown',
  side: 'interior',
  room: undefined,
  electrical: false,
  yearBuilt: undefined,
  isMovement: false,
  ...rest,
});

/** Every combination of what the rules look at, but rooms and years. */
const EVERY = FINDING_KINDS.flatMap((kind) =>
  SEVERITIES.flatMap((severity) =>
    Feature.options.flatMap((feature) =>
      (['interior', 'exterior', 'unknown'] as const).flatMap((side) =>
        [false, true].map((electrical) => defect({ kind, severity, feature, side, electrical })),
      ),
    ),
  ),
);

describe('adviceOn', () => {
  it('says that soundness is affected exactly where a finding leaves nothing better than C6', () => {
    for (const each of EVERY) {
      const isUnsound = PROPERTY_RATING_RULES.weightOf[each.kind][each.severity] === 'soundness';
      expect(adviceOn(each).affectsSoundness === 'yes', JSON.stringify(each)).toBe(isUnsound);
    }
  });

  it('always says what to do, who does it and when', () => {
    for (const each of EVERY) {
      const { action, trade, urgency, task } = adviceOn(each);
      expect([action, trade, urgency, task], JSON.stringify(each)).not.toContain('unknown');
      expect(action, JSON.stringify(each)).not.toBe('none');
    }
  });

  it('never leaves a kind of damage that nobody knows, or a ruin, without an inspection', () => {
    for (const each of EVERY.filter(({ kind }) => kind === 'unknown_damage' || kind === 'destroyed')) {
      expect(adviceOn(each).action).toBe('inspect');
    }
  });

  it.each([
    [{ kind: 'damp_stain', electrical: true, feature: 'electrical' }, 'electrician', 'immediate'],
    [{ kind: 'mould', severity: 'minor', electrical: true }, 'electrician', 'immediate'],
    [{ kind: 'crack', electrical: true }, 'structural_engineer', 'soon'],
    [{ kind: 'roof_damage', severity: 'severe', feature: 'roof', side: 'exterior' }, 'roofer', 'immediate'],
    [{ kind: 'hole', severity: 'severe', side: 'exterior', feature: 'exterior_walls' }, 'mason', 'immediate'],
    [{ kind: 'hole', severity: 'severe', side: 'interior', feature: 'ceiling' }, 'drywall_contractor', 'soon'],
    [{ kind: 'crack', severity: 'minor', feature: 'foundation', side: 'exterior' }, 'structural_engineer', 'soon'],
    [{ kind: 'crack', severity: 'minor', feature: 'interior_walls' }, 'painter', 'planned'],
    [{ kind: 'crack', severity: 'minor', feature: 'exterior_walls', side: 'exterior' }, 'mason', 'planned'],
    [{ kind: 'crack', severity: 'minor', feature: 'unknown', side: 'exterior' }, 'mason', 'planned'],
    [{ kind: 'crack', feature: 'driveway', side: 'exterior' }, 'concrete_contractor', 'planned'],
    [{ kind: 'crack', severity: 'minor', feature: 'driveway', side: 'exterior' }, 'concrete_contractor', 'planned'],
    [{ kind: 'crack', severity: 'minor', feature: 'pool', side: 'exterior' }, 'pool_contractor', 'planned'],
    [{ kind: 'crack', severity: 'minor', feature: 'deck', side: 'exterior' }, 'carpenter', 'planned'],
    [{ kind: 'crack', severity: 'minor', feature: 'fence', side: 'exterior' }, 'carpenter', 'planned'],
    [{ kind: 'crack', severity: 'minor', feature: 'roof', side: 'exterior' }, 'roofer', 'planned'],
    [{ kind: 'damp_stain', room: 'attic' }, 'roofer', 'soon'],
    [{ kind: 'damp_stain', room: 'basement' }, 'waterproofing_contractor', 'soon'],
    [{ kind: 'damp_stain', room: 'bathroom' }, 'plumber', 'soon'],
    [{ kind: 'broken_window', feature: 'windows' }, 'glazier', 'soon'],
    [{ kind: 'mould' }, 'mould_remediation', 'soon'],
    [{ kind: 'peeling_paint', yearBuilt: 1977 }, 'lead_safe_painter', 'soon'],
    [{ kind: 'peeling_paint', yearBuilt: 1978 }, 'painter', 'planned'],
    [{ kind: 'destroyed', feature: 'whole_structure', side: 'exterior' }, 'structural_engineer', 'immediate'],
  ] satisfies [Partial<Defect>, string, string][])('for %j calls a %s, %s', (rest, trade, urgency) => {
    expect(adviceOn(defect(rest))).toMatchObject({ trade, urgency });
  });

  it('lets no rule of a place take back that a finding is unsound', () => {
    expect(adviceOn(defect({ kind: 'spalling', severity: 'severe', feature: 'driveway' })).affectsSoundness).toBe(
      'yes',
    );
  });
});

describe('PLACE_RULES', () => {
  it.each(PLACE_RULES)('name their source, and each decides something: $source', ({ source, when }) => {
    const years = [undefined, 1960].flatMap((yearBuilt) => EVERY.map((each) => ({ ...each, yearBuilt })));
    const rooms = ['attic', 'basement'].flatMap((room) => EVERY.map((each) => ({ ...each, room })));
    const moving = EVERY.map((each) => ({ ...each, isMovement: true }));

    expect(source).not.toBe('');
    expect([...years, ...rooms, ...moving].some(when)).toBe(true);
  });
});

describe('featureOf', () => {
  it.each([
    ['roof_damage', 'unknown', 'exterior', 'roof'],
    ['broken_window', 'walls', 'exterior', 'windows'],
    ['broken_window', 'doors', 'exterior', 'doors'],
    ['destroyed', 'walls', 'exterior', 'whole_structure'],
    ['crack', 'windows', 'exterior', 'exterior_walls'],
    ['hole', 'doors', 'interior', 'interior_walls'],
    ['damp_stain', 'windows', 'interior', 'windows'],
    ['crack', 'walls', 'interior', 'interior_walls'],
    ['crack', 'walls', 'exterior', 'exterior_walls'],
    ['crack', 'walls', 'unknown', 'unknown'],
    ['crack', 'ceiling', 'interior', 'ceiling'],
    ['crack', 'unknown', 'interior', 'unknown'],
  ] as const)('of %s at %s, %s, is %s', (kind, named, side, feature) => {
    expect(featureOf(kind, named, side)).toBe(feature);
  });
});
