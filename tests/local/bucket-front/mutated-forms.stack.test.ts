import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { BOUNDARY, type Framing, field, fieldsOf, file, formBody, type Part, postRaw } from './raw-form.ts';
import { startUploadBucket, type UploadBucket } from './upload-bucket.ts';

/** Form posts of one run; a fixed seed, so that a failure is found again. */
const RUNS = { numRuns: 500, seed: 20261128 };
/** The forms' own policy. */
const PREFIX = 'uploads/mutated/';
const LARGEST_BYTES = 60;
/** Longer than any answer takes on a busy machine. */
const HANGS_AFTER_MS = 10_000;

let bucket: UploadBucket;
beforeAll(async () => {
  bucket = await startUploadBucket();
});
afterAll(() => bucket.stop());

type Mutation = (body: Buffer) => Buffer;

/** A place in a body, as a fraction of its length. */
/** Part of the form before it. Not `fc.double`, half of whose values are smaller than 1e-150. */
const Place = fc.nat(1000).map((permille) => permille / 1000);
const at = (body: Buffer, place: number) => Math.floor(place * body.length);

const TOKENS: readonly (string | Buffer)[] = [
  ...['\r\n', '\r\n\r\n', '\n', '\r', '\0', '"', '\\', ';', '=', ':', '-', '--', `--${BOUNDARY}`, `\r\n--${BOUNDARY}`],
  ...[`\r\n--${BOUNDARY}\r\n`, `\r\n--${BOUNDARY}--\r\n`, '; name="key"', '; filename*=x', '$'.concat('{filename}')],
  ...[field('key', `${PREFIX}other`), field('acl', 'public-read'), file('x'.repeat(LARGEST_BYTES + 1)), file('')].map(
    (part) => formBody([part]),
  ),
  ...['../'.repeat(5), 'é', 'x'.repeat(LARGEST_BYTES), 'x'.repeat(21 * 1024)],
  Buffer.from([0xff, 0xfe, 0x80]),
];

const Mutated: fc.Arbitrary<Mutation> = fc.oneof(
  fc.record({ place: Place, token: fc.constantFrom(...TOKENS) }).map(
    ({ place, token }): Mutation =>
      (body) =>
        Buffer.concat([body.subarray(0, at(body, place)), Buffer.from(token), body.subarray(at(body, place))]),
  ),
  fc.record({ place: Place, length: fc.nat(80) }).map(
    ({ place, length }): Mutation =>
      (body) =>
        Buffer.concat([body.subarray(0, at(body, place)), body.subarray(at(body, place) + length)]),
  ),
  fc.record({ place: Place, length: fc.nat(300) }).map(
    ({ place, length }): Mutation =>
      (body) => {
        const end = at(body, place) + length;
        return Buffer.concat([body.subarray(0, end), body.subarray(at(body, place))]);
      },
  ),
  fc.record({ place: Place, byte: fc.nat(255) }).map(
    ({ place, byte }): Mutation =>
      (body) => {
        const changed = Buffer.from(body);
        changed[Math.min(at(body, place), body.length - 1)] = byte;
        return changed;
      },
  ),
  Place.map(
    (place): Mutation =>
      (body) =>
        body.subarray(0, at(body, place)),
  ),
);

/** Parts of the form that are given again, in another place. */
const Moved = fc.array(fc.record({ from: Place, to: Place }), { maxLength: 2 });

function rearranged(parts: readonly Part[], moves: readonly { from: number; to: number }[]): Part[] {
  const order = [...parts];
  for (const { from, to } of moves) {
    const [moved] = order.splice(Math.floor(from * (order.length - 1)), 1);
    if (moved) order.splice(Math.floor(to * order.length), 0, moved);
  }
  return order;
}

const Form = fc.record({
  moves: Moved,
  mutations: fc.array(Mutated, { maxLength: 3 }),
  framing: fc.constantFrom<Framing>('whole', 'whole', 'pieces', 'chunked', 'broken', 'broken chunked'),
});

/** The statuses that S3 documents for form posts, and the runner's own for fields that it does not know. */
const ANSWERED = [204, 400, 403, 501];
/** A broken connection may be gone before its answer. */
const BROKEN = [undefined, 400, 403];
const EXPECTED: { readonly [framing in Framing]: readonly (number | undefined)[] } = {
  whole: ANSWERED,
  pieces: ANSWERED,
  chunked: [411],
  broken: BROKEN,
  'broken chunked': [undefined, 411],
};

/** A form that its policy permits, if nothing is changed; another filename, hence another key, each time. */
async function permittedParts(filename: string): Promise<Part[]> {
  const form = await bucket.presign({
    Key: `${PREFIX}\${filename}`,
    Conditions: [['content-length-range', 1, LARGEST_BYTES]],
  });
  return [...fieldsOf(form.fields), file('photo', filename), field('submit', 'Upload')];
}

it('answers every mutated form, stores what it acknowledged and nothing that the policy forbids', async () => {
  let acknowledged = 0;
  let runs = 0;
  await fc.assert(
    fc.asyncProperty(Form, async ({ moves, mutations, framing }) => {
      const parts = rearranged(await permittedParts(`${++runs}.jpg`), moves);
      const body = mutations.reduce((mutated, mutate) => mutate(mutated), formBody(parts));
      const { status } = await postRaw(`${bucket.url}/photos`, body, { framing });
      expect(EXPECTED[framing]).toContain(status);
      if (status === 204) acknowledged++;
    }),
    { ...RUNS, timeout: HANGS_AFTER_MS, endOnFailure: true },
  );
  const stored = bucket.created.filter(({ outcome }) => outcome === 'stored');
  const objects = await bucket.objectsIn('');

  expect(acknowledged).toBeGreaterThan(RUNS.numRuns / 20);
  expect(stored).toHaveLength(acknowledged);
  expect(bucket.created.filter(({ outcome }) => outcome === 'announced')).toEqual([]);
  expect(new Set(objects.map(({ key }) => key))).toEqual(new Set(stored.map(({ key }) => key)));
  expect(objects.filter(({ key, bytes }) => !key.startsWith(PREFIX) || bytes < 1 || bytes > LARGEST_BYTES)).toEqual([]);
  expect(await postRaw(`${bucket.url}/photos`, formBody(await permittedParts('last.jpg')))).toMatchObject({
    status: 204,
  });
});

/** Longer than the clients of refused forms are waited for. */
const DRAINED_AFTER_MS = 1500;

/** Bytes of this process that are in use after a garbage collection, when no form is under way. */
async function bytesInUse(): Promise<number> {
  await new Promise((resolve) => setTimeout(resolve, DRAINED_AFTER_MS));
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

it('keeps no memory of the forms that it has refused or stored', async () => {
  const large = 'x'.repeat(100_000);
  const bodies = [
    formBody([...(await permittedParts('same.jpg')), field('after', large)]),
    formBody([field('before', large), ...(await permittedParts('same.jpg'))]),
    formBody([...(await permittedParts('same.jpg')), file(large)]).subarray(0, -20),
    Buffer.from(large),
  ];
  const postAll = async (rounds: number) => {
    for (let round = 0; round < rounds; round++) {
      await Promise.all(bodies.map((body) => postRaw(`${bucket.url}/photos`, body)));
    }
  };
  await postAll(25);
  const before = await bytesInUse();
  await postAll(100);
  // 400 forms of 100 kB: a tenth of them would be 4 MB.
  expect((await bytesInUse()) - before).toBeLessThan(4_000_000);
});
