import { describe, expect, it } from 'vitest';
import { lossIn, readStructure } from '../../../functions/photos/jpeg-structure.ts';
import { jpeg, picture } from './files.ts';

const START = [0xff, 0xd8];
const END = [0xff, 0xd9];
/** A scan of one component: length, count, component, tables, spectral range. */
const SCAN = [0xff, 0xda, 0, 8, 1, 1, 0, 0, 63, 0];
const RESTART = [0xff, 0xd0];

const structure = (...parts: readonly number[][]) => readStructure(Uint8Array.from([START, ...parts].flat()));

describe('readStructure', () => {
  it('counts the scans of whole files', async () => {
    const plain = await jpeg();
    const progressive = await picture().jpeg({ progressive: true }).toBuffer();

    expect(readStructure(plain)).toEqual({ scans: 1, progressive: false, slips: 0, ended: true });
    expect(readStructure(progressive)).toMatchObject({ progressive: true, slips: 0, ended: true });
    expect(readStructure(progressive).scans).toBeGreaterThan(5);
  });

  it('takes neither a stuffed 0xff, a thumbnail nor what follows the end for a marker', () => {
    const thumbnail = [0xff, 0xe1, 0, 2 + SCAN.length + 2, ...SCAN, ...END];

    expect(structure(thumbnail, SCAN, [1, 0xff, 0, 2, 0xff, 0, 3], END, SCAN)).toEqual({
      scans: 1,
      progressive: false,
      slips: 0,
      ended: true,
    });
  });

  it('sees that the end is missing', () => {
    expect(structure(SCAN, [1, 2, 3]).ended).toBe(false);
    expect(structure(SCAN, [1, 2, 0xff]).ended).toBe(false);
  });

  it.each([
    ['stray bytes between segments', [[7, 7], SCAN, [1, 2], END]],
    ['a sequential scan with a spectral range of zeros', [[...SCAN.slice(0, 7), 0, 0, 0], [1, 2], END]],
    ['zeros before a restart', [SCAN, [1, 0, 0], RESTART, [1, 2], END]],
    ['zeros at the end of a scan', [SCAN, [1, 0, 0, 0], END]],
  ])('counts a slip: %s', (_, parts) => {
    expect(structure(...parts).slips).toBe(1);
  });

  it('counts fill bytes and a single zero of data for none', () => {
    expect(structure(SCAN, [1, 0], [0xff, 0xff], RESTART, [1, 2], END).slips).toBe(0);
  });
});

describe('lossIn', () => {
  const whole = { scans: 1, progressive: false, slips: 0, ended: true };
  const stray = 'VipsJpeg: Corrupt JPEG data: 9 extraneous bytes before marker 0xd2\n';

  it('finds none without warnings', () => {
    expect(lossIn([], whole)).toBeUndefined();
  });

  it('finds none in as many warnings as there are slips', () => {
    expect(lossIn(['read gave 2 warnings', stray], { ...whole, slips: 2 })).toBeUndefined();
  });

  it('finds one in a warning that no slip explains, and names the first', () => {
    expect(lossIn(['read gave 2 warnings', stray], { ...whole, slips: 1 })).toBe(
      'Corrupt JPEG data: 9 extraneous bytes before marker 0xd2',
    );
  });

  it('finds one in a warning that costs pixels, whatever the slips', () => {
    const warnings = ['read gave 1 warnings', 'VipsJpeg: Corrupt JPEG data: premature end of data segment'];
    expect(lossIn(warnings, { ...whole, slips: 5 })).toBe('Corrupt JPEG data: premature end of data segment');
  });

  it('finds none in an odd colour transform, which no structure shows', () => {
    expect(lossIn(['read gave 1 warnings', 'VipsJpeg: Unknown Adobe color transform code 5'], whole)).toBeUndefined();
  });
});
