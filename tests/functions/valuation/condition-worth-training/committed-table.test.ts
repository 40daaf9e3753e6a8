import { parse } from 'csv-parse/sync';
import { beforeAll, expect, it } from 'vitest';
import { CONDITION_WORTH } from '../../../../functions/valuation/condition-worth.ts';
import type { MeasuredLevels } from '../../../../functions/valuation/condition-worth-table.ts';
import { type AmesSale, isUsable } from '../../../../functions/valuation/condition-worth-training/ames-sales.ts';
import { fitCondition, fitFinish } from '../../../../functions/valuation/condition-worth-training/fit-ames.ts';
import { describeWithTables, readSharedTable } from '../../../shared-cases.ts';

/** Resamples: estimates need none, and only estimates are compared. */
const FEW = 2;

const estimatesOf = ({ levels }: MeasuredLevels) =>
  levels.map(({ level, sales, logRatio }) => ({ level, sales, logRatio: expect.closeTo(logRatio, 4) }));

describeWithTables('the estimates of condition and finish', () => {
  let sales: readonly AmesSale[] = [];
  beforeAll(async () => {
    const all: AmesSale[] = parse(await readSharedTable('AmesHousing'), { columns: true });
    sales = all.filter(isUsable);
  });

  it('are those of the table that they name', () => {
    const { ratings, condition, usedSales } = fitCondition(sales, FEW);
    expect(CONDITION_WORTH.fit).toMatchObject({ sales: sales.length, usedSales });
    expect(CONDITION_WORTH.ratings.levels).toMatchObject(estimatesOf(ratings));
    expect(CONDITION_WORTH.condition.levels).toMatchObject(estimatesOf(condition));
  });

  it('are those of its finish, too', () => {
    const fitted = Object.entries(fitFinish(sales, FEW)).map(([name, scale]) => [name, { levels: estimatesOf(scale) }]);
    expect(CONDITION_WORTH.finish).toMatchObject(Object.fromEntries(fitted));
  });
});
