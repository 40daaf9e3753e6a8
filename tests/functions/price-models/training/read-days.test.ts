import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDays } from '../../../../functions/price-models/training/read-days.ts';

const ambiguous = (first: string, second: string) => ({
  problem: expect.stringContaining(`may be ${first} or ${second}`),
});

describe('readDays', () => {
  it('reads days in ISO 8601, and has none where none is written', () => {
    expect(readDays(['2018-06-23', '20140502T000000', '2018-06-23T10:00:00Z', undefined])).toEqual([
      '2018-06-23',
      '2014-05-02',
      '2018-06-23',
      undefined,
    ]);
  });

  it('does not guess which of two numbers is the month', () => {
    expect(readDays(['05/06/2018'])).toEqual([ambiguous('2018-05-06', '2018-06-05')]);
  });

  it('takes the order that other days of the column prove', () => {
    expect(readDays(['5/6/18', '6/23/18'])).toEqual(['2018-05-06', '2018-06-23']);
    expect(readDays(['5/6/18', '23/6/18'])).toEqual(['2018-06-05', '2018-06-23']);
  });

  it('takes none where they prove both', () => {
    expect(readDays(['6/23/18', '5/6/18', '23/6/18'])).toEqual([
      '2018-06-23',
      ambiguous('2018-05-06', '2018-06-05'),
      '2018-06-23',
    ]);
  });

  it('needs no order for a day whose numbers are equal', () => {
    expect(readDays(['6/6/2018'])).toEqual(['2018-06-06']);
  });

  it.each(['13/40/18', '2018-02-30', '2/29/2019', 'yesterday', '2018'])('refuses %s, which is no day', (text) => {
    expect(readDays([text])).toEqual([{ problem: expect.stringContaining(`received "${text}"`) }]);
  });

  it('reads a column in either order as it was written, or refuses it', () => {
    const days = fc.array(fc.date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true }));
    fc.assert(
      fc.property(days, fc.boolean(), (dates, monthFirst) => {
        const written = dates.map((date) => {
          const [month, day] = [date.getUTCMonth() + 1, date.getUTCDate()];
          return `${(monthFirst ? [month, day] : [day, month]).join('/')}/${date.getUTCFullYear()}`;
        });
        readDays(written).forEach((read, at) => {
          if (typeof read !== 'object') expect(read).toBe(dates[at]?.toJSON().slice(0, 10));
        });
      }),
    );
  });
});
