import { describe, expect, it } from 'vitest';
import { asPart, sourceTypeOf, sourceTypeOfCredit } from '../../../functions/authenticity/source-type.ts';

describe('sourceTypeOf', () => {
  it.each([
    ['http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia', 'generated'],
    ['https://cv.iptc.org/newscodes/digitalsourcetype/algorithmicMedia', 'generated'],
    ['digsrctype:digitalCreation', 'generated'],
    ['c2pa.trainedAlgorithmicData', 'generated'],
    [' compositeWithTrainedAlgorithmicMedia ', 'partly_generated'],
    ['COMPOSITESYNTHETIC', 'partly_generated'],
    ['http://cv.iptc.org/newscodes/digitalsourcetype/minorHumanEdits', 'edited'],
    ['screenCapture', 'edited'],
    ['http://cv.iptc.org/newscodes/digitalsourcetype/computationalCapture', 'captured'],
  ])('reads %s', (value, kind) => {
    expect(sourceTypeOf(value)?.kind).toBe(kind);
  });

  it.each(['', 'http://cv.iptc.org/', 'The trainedAlgorithmicMedia exhibition'])('reads nothing of %j', (value) => {
    expect(sourceTypeOf(value)).toBeUndefined();
  });
});

describe('sourceTypeOfCredit', () => {
  it.each([
    ['Made with Google AI', 'generated'],
    ['Edited with Google AI', 'partly_generated'],
    ['Apple Photos Clean Up', 'partly_generated'],
    ['Photo: made with Google AI in mind', undefined],
    ['', undefined],
  ])('reads %j', (credit, kind) => {
    expect(sourceTypeOfCredit(credit)?.kind).toBe(kind);
  });
});

describe('asPart', () => {
  it('makes a generated source one of parts, and leaves others', () => {
    expect(
      [sourceTypeOf('trainedAlgorithmicMedia'), sourceTypeOf('digitalCapture')].map(
        (type) => type && asPart(type).kind,
      ),
    ).toEqual(['partly_generated', 'captured']);
  });
});
