import { describe, expect, it } from '@jest/globals';
import { addMoney, decimalOf, Money } from './money.ts';

const eur = (amountMinor: number): Money => ({ amountMinor, currency: 'EUR' });

describe('money', () => {
  it.each([12.345, '12', null, Number.NaN, 2 ** 60])('[PLT-011] refuses %p minor units', amountMinor => {
    expect(Money.safeParse({ amountMinor, currency: 'EUR' }).success).toBe(false);
  });

  it.each(['EURO', 'eur', ''])('[PLT-011] refuses the currency %p', currency => {
    expect(Money.safeParse({ amountMinor: 1, currency }).success).toBe(false);
  });

  it('[PLT-011] adds exactly, and one currency only', () => {
    expect(addMoney(eur(10), eur(20))).toEqual(eur(30));
    expect(() => addMoney(eur(1), { amountMinor: 1, currency: 'USD' })).toThrow('EUR and USD do not add');
  });

  it.each([
    [{ amountMinor: 1234, currency: 'EUR' }, '12.34'],
    [{ amountMinor: -5, currency: 'EUR' }, '-0.05'],
    [{ amountMinor: 1234, currency: 'JPY' }, '1234'],
    [{ amountMinor: 1234, currency: 'KWD' }, '1.234'],
  ])('[PLT-011] %j is %s', (money, text) => expect(decimalOf(money)).toBe(text));
});
