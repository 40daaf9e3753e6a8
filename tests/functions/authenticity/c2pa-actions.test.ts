import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readC2pa } from '../../../functions/authenticity/c2pa-actions.ts';
import { jpeg } from '../photos/files.ts';
import { type Action, box, cborOfActions, jpegWith, pngWith, store, superbox, webpWith } from './c2pa-files.ts';

const TYPE = 'http://cv.iptc.org/newscodes/digitalsourcetype/';
const created = (term: string): Action => ({ action: 'c2pa.created', digitalSourceType: `${TYPE}${term}` });
const edited = (term: string): Action => ({ action: 'c2pa.edited', digitalSourceType: `${TYPE}${term}` });

const GENERATED = created('trainedAlgorithmicMedia');
const CAPTURED = created('digitalCapture');
const OPENED: Action = { action: 'c2pa.opened' };
const PLACED: Action = { action: 'c2pa.placed' };

const kindsIn = async (...manifests: readonly (readonly Action[])[]) =>
  readC2pa(await jpegWith(store(...manifests))).sourceTypes.map(({ kind }) => kind);

describe('readC2pa', () => {
  it.each([
    ['a JPEG', jpegWith],
    ['a PNG', pngWith],
    ['a WebP', webpWith],
  ])('reads the declaration of %s', async (_, fileWith) => {
    expect(readC2pa(await fileWith(store([GENERATED])))).toMatchObject({
      hasManifest: true,
      sourceTypes: [{ term: 'trainedAlgorithmicMedia', kind: 'generated' }],
    });
  });

  it('reads behind bytes that fill the space before a marker', async () => {
    const file = await jpegWith(store([GENERATED]));
    const filled = Buffer.concat([file.subarray(0, 2), Buffer.alloc(3, 0xff), file.subarray(2)]);

    expect(readC2pa(filled).sourceTypes).toHaveLength(1);
  });

  it('reads no segment behind the start of the scan', async () => {
    const file = await jpegWith(store([GENERATED]));
    const scanFirst = Buffer.concat([file.subarray(0, 2), Buffer.from('ffda0002', 'hex'), file.subarray(2)]);

    expect(readC2pa(scanFirst).hasManifest).toBe(false);
  });

  it('joins the segments over which a JPEG spreads a manifest', async () => {
    expect(readC2pa(await jpegWith(store([GENERATED]), 50)).sourceTypes).toHaveLength(1);
  });

  it.each([
    ['created by a camera', [[CAPTURED]], ['captured']],
    [
      'edited with generative AI',
      [[CAPTURED, edited('compositeWithTrainedAlgorithmicMedia')]],
      ['captured', 'partly_generated'],
    ],
    [
      'to which a model added something',
      [[CAPTURED, edited('trainedAlgorithmicMedia')]],
      ['captured', 'partly_generated'],
    ],
    ['edited without a source', [[OPENED, { action: 'c2pa.cropped' }]], []],
    ['opened and saved, after a model generated it', [[GENERATED], [OPENED]], ['generated']],
    ['in which a generated one was placed', [[CAPTURED], [GENERATED], [OPENED, PLACED]], ['partly_generated']],
    ['made of generated ones', [[GENERATED], [created('composite')]], ['edited', 'partly_generated']],
    ['of an unknown source', [[created('somethingNew')]], []],
  ])('reads the manifests of a picture %s', async (_, manifests, kinds) => {
    expect(await kindsIn(...manifests)).toEqual(kinds);
  });

  it('says that there is a manifest when it declares nothing', async () => {
    expect(readC2pa(await jpegWith(store([OPENED])))).toEqual({ hasManifest: true, sourceTypes: [] });
  });

  it('finds none in a file without', async () => {
    expect(readC2pa(await jpeg(80, 80))).toEqual({ hasManifest: false, sourceTypes: [] });
  });

  it('reads nothing outside of the boxes of CBOR in a C2PA store', async () => {
    const actions = cborOfActions([GENERATED]);
    const elsewhere = [superbox('other', box('cbor', actions)), superbox('c2pa', box('bidb', actions))];

    for (const block of elsewhere) expect(readC2pa(await jpegWith(block)).sourceTypes).toEqual([]);
  });

  it('survives boxes of any length, cut off anywhere', async () => {
    const block = store([GENERATED], [OPENED, PLACED]);
    const damaged = fc.record({ at: fc.nat(block.length - 1), byte: fc.nat(255), length: fc.nat(block.length) });
    await fc.assert(
      fc.asyncProperty(damaged, async ({ at, byte, length }) => {
        const bytes = Buffer.from(block.subarray(0, length));
        if (at < length) bytes[at] = byte;
        for (const file of [await jpegWith(bytes), await pngWith(bytes)]) {
          expect(readC2pa(file)).toHaveProperty('hasManifest');
          expect(readC2pa(file.subarray(0, 40 + length))).toHaveProperty('hasManifest');
        }
      }),
      { numRuns: 40 },
    );
  });
});
