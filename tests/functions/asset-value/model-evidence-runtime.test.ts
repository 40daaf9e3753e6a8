import { describe, expect, it } from 'vitest';
import { modelEvidence } from '../../../functions/asset-value/model-evidence-runtime.ts';
import { Asset } from '../../../functions/assets/asset.ts';
import { EXAMPLE_ASSESSMENT, EXAMPLE_ASSET } from '../../../functions/jobs/example-job.ts';

const HOUSE = { kind: 'property', livingAreaSqft: 1240, zipCode: '98103' };

describe('modelEvidence', () => {
  it('is, of the example of the API document, what the document shows', async () => {
    expect(await modelEvidence(EXAMPLE_ASSET), 'write it anew with `npm run goldens`').toEqual(
      EXAMPLE_ASSESSMENT.value.evidence.model,
    );
  });

  it('has contributions that add up to the median', async () => {
    const evidence = await modelEvidence(Asset.parse(HOUSE));
    if (evidence.status !== 'predicted') throw new Error(`received ${evidence.status}`);
    const { baseCents, contributions, p50Cents } = evidence.prediction;
    expect(contributions.reduce((sum, { cents }) => sum + cents, baseCents)).toBe(p50Cents);
  });

  it.each([
    ['a house in another county', { ...HOUSE, zipCode: '94110' }],
    ['a house beyond the map of the model', { ...HOUSE, latitude: 37.7, longitude: -122.4 }],
    ['a make that nobody advertised', { kind: 'vehicle', make: 'Lada', model: 'Niva', modelYear: 2001 }],
  ])('refuses %s, which its prices are not of', async (_what, asset) => {
    const evidence = await modelEvidence(Asset.parse(asset));
    expect(evidence).toMatchObject({ status: 'other_market', why: expect.stringContaining('training data') });
  });

  it('values a model that is unknown by its make, with a flag', async () => {
    const evidence = await modelEvidence(
      Asset.parse({ kind: 'vehicle', make: 'Toyota', model: 'Zzz', modelYear: 2012 }),
    );
    expect(evidence).toMatchObject({
      status: 'predicted',
      prediction: {
        flags: expect.arrayContaining([expect.objectContaining({ code: 'unknown_category', fact: 'model' })]),
      },
    });
  });
});
