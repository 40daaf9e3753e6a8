import type { CompsEvidence, ModelEvidence } from '../../../functions/asset-value/value-evidence.ts';

/** What a model of houses could answer. */
export const predicted = (
  [p10, value, p90]: readonly [number, number, number],
  market: Partial<Extract<ModelEvidence, { status: 'predicted' }>['prediction']> = {},
): Extract<ModelEvidence, { status: 'predicted' }> => ({
  status: 'predicted',
  market: 'Values a house somewhere.',
  leftOut: [],
  prediction: {
    valueCents: value,
    p10Cents: p10,
    p50Cents: value,
    p90Cents: p90,
    currency: 'USD',
    kindOfPrice: 'sold',
    vintage: { from: '2025-11-01', to: '2026-11-01' },
    interval: {
      levelRatio: 0.8,
      coverageRatio: 0.8,
      band: { fromCents: 1, toCents: 100_000_000, coverageRatio: 0.8 },
      heldOutRows: 1000,
    },
    flags: [],
    contributions: [],
    baseCents: 0,
    model: { name: 'house-somewhere', version: '1.0.0' },
    inputsHash: '0'.repeat(64),
    ...market,
  },
});

/** What comps of today could say. */
export const compsOf = ([from, value, to]: readonly [number, number, number], currency = 'USD'): CompsEvidence => ({
  status: 'valued',
  query: 'a thing',
  currency,
  valuedOn: '2026-11-29',
  inputsHash: '0'.repeat(64),
  value: {
    quickCents: from,
    marketCents: value,
    patientCents: to,
    fromCents: from,
    toCents: to,
    confidenceRatio: 0.7,
  },
  kept: [{ compId: 'c1', role: 'sale', weight: 1 }],
  dropped: [],
  keptCount: 1,
  droppedCount: 0,
  compsSha256: '0'.repeat(64),
  policies: [],
});

export const NO_MODEL: ModelEvidence = { status: 'no_model', why: 'none values a product' };
export const NO_COMPS: CompsEvidence = { status: 'not_searched', why: 'not looked for' };
