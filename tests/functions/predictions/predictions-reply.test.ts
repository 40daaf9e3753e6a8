import { describe, expect, it } from 'vitest';
import { RequestError } from '../../../functions/platform/errors.ts';
import { PredictionsReply } from '../../../functions/predictions/predictions-contract.ts';
import { factsToValue, replyOf } from '../../../functions/predictions/predictions-reply.ts';
import { readRows } from '../../../functions/predictions/price-rows.ts';

const NOW = new Date('2026-11-29T12:00:00Z');

/** A house with facts that do not exist. */
const strange = (count: number) => ({
  facts: Object.fromEntries(Array.from({ length: count }, (_, at) => [`${'x'.repeat(25)}${at}`, 'y'.repeat(5)])),
});
const read = (rows: readonly unknown[]) => readRows('house', rows, NOW);
const errorsOf = (rows: readonly unknown[]) =>
  replyOf(read(rows), []).results.map((row) => (row.status === 'wrong' ? row.errors : []));

describe('replyOf', () => {
  it('stays far below the 6 MB of Lambda, however many rows are wrong in however many ways', () => {
    const rows = Array.from({ length: 499 }, () => strange(60));
    const reply = replyOf(read(rows), []);
    expect(PredictionsReply.safeParse(reply).success).toBe(true);
    expect(JSON.stringify(reply).length).toBeLessThan(500_000);
    expect(reply.wrong).toBe(499);
  });

  it('lists the first violation of each wrong row, and counts the others exactly', () => {
    const errors = errorsOf([strange(60), strange(60), strange(1)]);
    expect(errors.map((each) => each.length)).toEqual([50, 2, 2]);
    expect(errors.slice(0, 2).map((each) => each.at(-1))).toEqual([
      // 60 unknown facts, and the area that is missing
      expect.objectContaining({ path: 'body.rows[0]', message: 'and 12 more' }),
      expect.objectContaining({ path: 'body.rows[1]', message: 'and 60 more' }),
    ]);
  });

  it('names the known facts once, and where', () => {
    const errors = errorsOf([{ facts: { ...strange(2).facts, zipCode: '98103' } }, strange(1)]).flat();
    const naming = errors.filter(({ expected }) => expected.includes('livingAreaSqft,'));
    const unknown = errors.filter(({ message }) => message === 'unknown fact');
    expect(naming).toHaveLength(1);
    expect(unknown).toHaveLength(3);
    for (const each of unknown.slice(1)) expect(each.expected).toContain(naming[0]?.path);
  });
});

describe('factsToValue', () => {
  it('refuses a request without a right row, with 50 violations and the known facts named in one', () => {
    const refused = (): unknown => factsToValue(read([strange(60), strange(60)]));
    expect(refused).toThrow(RequestError);
    expect(refused).toThrow(/No row can be answered.*livingAreaSqft/);
    try {
      refused();
    } catch (error) {
      const { violations } = error as RequestError;
      expect(violations).toHaveLength(50);
      expect(violations.filter(({ expected }) => expected.includes('livingAreaSqft,'))).toHaveLength(1);
    }
  });
});
