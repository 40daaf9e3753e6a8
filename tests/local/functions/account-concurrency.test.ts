import { describe, expect, it } from 'vitest';
import { accountConcurrency } from '../../../local/functions/account-concurrency.ts';

const free = (name: string) => ({ name, reservedConcurrency: undefined });
const reserving = (name: string, reservedConcurrency: number) => ({ name, reservedConcurrency });

describe('accountConcurrency', () => {
  it('is shared by the functions that reserve none', () => {
    const account = accountConcurrency(2, []);
    expect([account.enter(free('a')), account.enter(free('b')), account.enter(free('c'))]).toEqual([true, true, false]);
    account.leave(free('a'));
    expect(account.enter(free('c'))).toBe(true);
  });

  it('is smaller by what others reserve, used or not', () => {
    const own = reserving('own', 2);
    const account = accountConcurrency(3, [own, free('a')]);
    expect([account.enter(free('a')), account.enter(free('a'))]).toEqual([true, false]);
    expect([account.enter(own), account.enter(own), account.enter(own)]).toEqual([true, true, false]);
  });

  it('stops a function that reserves nothing for itself', () => {
    const stopped = reserving('stopped', 0);
    expect(accountConcurrency(10, [stopped]).enter(stopped)).toBe(false);
  });

  it('cannot reserve more than there is', () => {
    expect(() => accountConcurrency(10, [reserving('a', 6), reserving('b', 5)])).toThrow('reserve 11');
  });
});
