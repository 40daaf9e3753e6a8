import { describe, expect, it } from 'vitest';
import { conclude } from '../../../functions/assessments/conclude.ts';
import { FUSED_VALUE } from '../../../functions/asset-value/fused-value-policy.ts';
import type { Asset } from '../../../functions/assets/asset.ts';
import { JobId } from '../../../functions/platform/ids.ts';
import type { DocumentOf } from '../../../functions/platform/policy.ts';
import { previewOf } from '../../../functions/policies/preview.ts';
import { compsOf, predicted } from '../asset-value/evidence.ts';
import { DEFAULTS } from '../by-default.ts';

const NOW = new Date('2026-11-29T12:00:00Z');
const asset: Asset = { kind: 'product', title: 'a lamp', valueCents: 9000, currency: 'USD' };
const job = { jobId: JobId.parse('01JD0000000000000000000000'), asset, photos: [] };
const evidence = { comps: compsOf([8000, 10_000, 13_000]), model: predicted([7000, 9000, 12_000]) };
const stored = { job, photos: [], conclusion: conclude(job, { photos: [], value: evidence }, DEFAULTS, NOW) };

const under = (change: Partial<DocumentOf<typeof FUSED_VALUE>>) =>
  previewOf(stored, {
    active: DEFAULTS,
    proposed: {
      ...DEFAULTS,
      documents: { ...DEFAULTS.documents, fusedValue: { ...FUSED_VALUE.defaults, ...change } },
    },
  });

describe('previewOf', () => {
  it('values the asset of a stored result again, from the evidence that it holds', () => {
    const { differences } = under({ mostYearsApart: 0 });
    const fields = differences.map(({ field }) => field);
    expect(fields).toContain('value.valueCents');
    expect(differences).toContainEqual({
      field: 'value.sources.model.shareRatio',
      active: expect.any(Number),
      proposed: 0,
    });
    expect(fields.filter((field) => !field.startsWith('value.'))).toEqual([]);
  });

  it('finds no difference under the document in force', () => {
    expect(under({})).toMatchObject({ differences: [], moreDifferences: 0 });
  });
});
