import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AssetValue } from '../../functions/asset-value/asset-value.ts';
import type { Asset } from '../../functions/assets/asset.ts';
import { type Client, call, ended, submit } from './client.ts';
import { losses } from './losses.ts';
import { smallPhotos } from './photos.ts';
import { type RunningFettle, startFettle } from './running-stack.ts';

let fettle: RunningFettle;
let client: Client;

beforeAll(async () => {
  fettle = await startFettle();
  client = await fettle.client('acme');
});
afterAll(() => fettle?.stop());

const LAMP = 'Artemide Tizio desk lamp';

/** The value in the assessment of an asset of which one photo was taken. */
async function assetValue(asset: Asset): Promise<AssetValue | undefined> {
  const { status, assessment } = await ended(client, await submit(client, await smallPhotos(1), { asset }));
  expect(status).toBe('completed');
  return assessment?.value;
}

describe('the assessment of a job', () => {
  it('values a vehicle by the price model, which the function that concludes takes from its layer', async () => {
    const asset = { kind: 'vehicle', make: 'Toyota', model: 'Camry', modelYear: 2012, odometerMiles: 90_000 } as const;
    const value = await assetValue(asset);
    expect(value).toMatchObject({
      status: 'valued',
      currency: 'USD',
      kindOfPrice: 'asking',
      sources: [{ source: 'model', shareRatio: 1 }],
    });
    const facts = { model: 'Toyota Camry', modelYear: 2012, odometerMiles: 90_000 };
    const { body } = await call(client, 'POST /predictions/vehicle', { body: { rows: [{ facts }] } });
    const priced = { results: [{ prediction: { valueCents: value?.status === 'valued' ? value.valueCents : 0 } }] };
    expect(body).toMatchObject(priced);
  });

  it('values a thing by the comps that its workspace has stored, and by no other workspace’s', async () => {
    const comps = [10_000, 11_000, 12_000].map((priceCents, at) => ({
      ...{ title: LAMP, status: 'sold', priceCents, currency: 'EUR', source: 'a market', sourceId: String(at) },
      date: new Date(fettle.clock.now()).toISOString().slice(0, 10),
    }));
    const body = { kind: 'product', comps };
    expect(await call(client, 'POST /comps', { body })).toMatchObject({ status: 201 });
    const asset = { kind: 'product', title: LAMP } as const;
    expect(await assetValue(asset)).toMatchObject({
      status: 'valued',
      valueCents: 11_000,
      currency: 'EUR',
      evidence: { comps: { status: 'valued', keptCount: 3 } },
    });
    const { assessment } = await ended(
      await fettle.client('other'),
      await submit(await fettle.client('other'), await smallPhotos(1, 5), { asset }),
    );
    expect(assessment?.value).toMatchObject({ status: 'not_valued', evidence: { comps: { status: 'none_stored' } } });
  });

  it('loses nothing', async () => {
    expect(await losses(fettle)).toEqual([]);
  });
});
