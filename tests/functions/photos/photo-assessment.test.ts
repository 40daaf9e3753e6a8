import { describe, expect, it } from 'vitest';
import {
  Box,
  FINDING_KINDS,
  Media,
  PhotoAssessment,
  REJECTION_CODES,
  SEVERITIES,
  SUBJECTS,
  VEHICLE_PARTS,
} from '../../../functions/photos/photo-assessment.ts';
import { finding, photo, vehicleOf } from '../assessments/photos.ts';

const accepts = (photoAssessment: object) => PhotoAssessment.safeParse(photoAssessment).success;
const assessed = (rest: object) => accepts({ ...photo('p001', 'kitchen'), ...rest });

describe('the words of photo assessments', () => {
  // Stored assessments, models' cards and customers' programs know them: none may go, and none change.
  it('are these', () => {
    expect({ SUBJECTS, FINDING_KINDS, SEVERITIES, VEHICLE_PARTS, REJECTION_CODES }).toEqual({
      SUBJECTS: words('kitchen bathroom bedroom living_room exterior roof surface vehicle product document other'),
      FINDING_KINDS: words(
        'crack damp_stain peeling_paint mould spalling hole broken_window roof_damage unknown_damage destroyed',
      ),
      SEVERITIES: words('minor moderate severe'),
      VEHICLE_PARTS: words('bonnet bumper dickey_boot door fender light windshield'),
      REJECTION_CODES: words(
        'unsupported_type too_large corrupt too_small bad_shape too_complex animated checksum_mismatch',
      ),
    });
  });
});
const words = (list: string): string[] => list.split(' ');

describe('PhotoAssessment', () => {
  it.each([...SUBJECTS, 'undetermined'])('may show %s', (label) => {
    expect(assessed({ subject: { label, confidenceRatio: 0.5 } })).toBe(true);
  });

  it.each(['undamaged', ...SEVERITIES, 'undetermined'])('may show a vehicle that is %s', (severity) => {
    expect(assessed({ vehicle: { ...vehicleOf('minor').vehicle, severity } })).toBe(true);
  });

  it.each(REJECTION_CODES)('may be rejected as %s', (code) => {
    expect(accepts({ photoId: 'p001', status: 'rejected', code, detail: '', bytes: 0 })).toBe(true);
  });

  it.each(['worker_died', 'model_failed', 'timed_out'])('may have failed as %s', (code) => {
    expect(accepts({ photoId: 'p001', status: 'failed', code, detail: '' })).toBe(true);
  });

  it.each([
    ['an unknown subject', { subject: { label: 'garden', confidenceRatio: 0.5 } }],
    ['an unknown verdict', { evidence: { verdict: 'fake', summary: '', tests: [] } }],
    ['an unknown kind', { findings: [{ ...finding(), kind: 'dent' }] }],
    [
      'an unknown part',
      {
        vehicle: { ...vehicleOf('minor').vehicle, parts: [{ part: 'wheel', confidenceRatio: 1, experimental: false }] },
      },
    ],
    ['a share above 1', { findings: [finding({ areaRatio: 1.01 })] }],
    ['a confidence below 0', { findings: [finding({ confidenceRatio: -0.01 })] }],
    ['negative time', { timings: { decode: -1 } }],
    ['a field too many', { price: 1 }],
  ])('refuses %s', (_, rest) => {
    expect(assessed(rest)).toBe(false);
  });

  it('reads photos of release 0.1.0, which do not say what was examined', () => {
    const { examined: _, ...before } = photo('p001', 'kitchen');

    expect(PhotoAssessment.parse(before)).toMatchObject({ examined: [] });
  });

  it.each([
    [{ question: 'crack', outcome: 'nothing_found' }, true],
    [{ question: 'vehicle_severity', outcome: 'not_asked', why: 'not asked of a property' }, true],
    [{ question: 'dent', outcome: 'found' }, false],
    [{ question: 'crack', outcome: 'maybe' }, false],
  ])('may have examined %j: %j', (examined, taken) => {
    expect(assessed({ examined: [examined] })).toBe(taken);
  });

  it('takes a finding of which nobody knows where it is', () => {
    expect(assessed({ findings: [finding({ box: null, areaRatio: null })] })).toBe(true);
  });
});

describe('Media', () => {
  const media = photo('p001', 'kitchen').media;

  it.each([
    [{}, true],
    [{ widthPx: 1, heightPx: 1, bytes: 0 }, true],
    [{ widthPx: 0 }, false],
    [{ heightPx: 0 }, false],
    [{ bytes: -1 }, false],
    [{ sha256: 'a'.repeat(63) }, false],
    [{ sha256: 'a'.repeat(65) }, false],
    [{ sha256: 'g'.repeat(64) }, false],
    [{ phash: 'a'.repeat(15) }, false],
    [{ phash: 'a'.repeat(17) }, false],
  ])('with %j: %j', (rest, taken) => {
    expect(Media.safeParse({ ...media, ...rest }).success).toBe(taken);
  });
});

describe('Box', () => {
  it.each(['x', 'y', 'width', 'height'])('needs %s, within the photo', (side) => {
    const { [side]: _, ...without } = { x: 0, y: 1, width: 0.5, height: 0.5 } as Record<string, number>;
    const taken = [without, { ...without, [side]: 1.1 }, { ...without, [side]: 1 }, { ...without, [side]: 0 }];

    expect(taken.map((box) => Box.safeParse(box).success)).toEqual([false, false, true, true]);
  });
});
