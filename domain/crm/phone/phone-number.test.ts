import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { getCountries, getExampleNumber, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import examples from 'libphonenumber-js/mobile/examples';
import { countryNamed } from './country.ts';
import { e164, keptPhone, readPhone } from './phone-number.ts';

describe('a number', () => {
  it.each([
    ['+44 (0)20 7946 0000', null, '+442079460000'], ['0044 20 79460000', null, '+442079460000'],
    ['020 7946 0000', 'United Kingdom', '+442079460000'], ['020 7946 0000', null, null],
    ['22 33 44 55', 'Norge', '+4722334455'], ['+47 22 33 44 55', 'Sweden', '+4722334455'],
    ['+47 (0)22 33 44 55', null, '+4722334455'], ['0011 47 22 33 44 55', 'Australia', '+4722334455'],
    ['06 698 1234', 'Italia', '+39066981234'], ['+39 (0)6 698 1234', null, '+39066981234'],
    ['1-212-736-5000', 'USA', '+12127365000'], ['(212) 736-5000', 'Canada', '+12127365000'],
    ['011 15-2345-6789', 'Argentina', '+5491123456789'], ['8 (495) 123-45-67', 'Россия', null],
    ['8 (495) 123-45-67', 'Russia', '+74951234567'], ['+1 555 123 4567', null, '+15551234567'],
    // No number of that country.
    ['555-123-4567', 'United States', null], ['555-123-4567', 'Norway', null], ['12', 'Norway', null],
    ['030 1234567', 'Atlantis', null], ['+999 1234567', null, null], ['+0 1', null, null], ['', 'Norway', null],
  ])('%s in %s is %s', (number, country, read) => expect(e164({ number, country })).toBe(read));

  it.each([
    ['+1 212-736-5000 x123', '123'], ['+1 212-736-5000 ext. 4', '4'], ['+1 212 736 5000;ext=56', '56'],
    ['+1 (212) 736-5000 extension 789', '789'], ['+1 212-736-5000 #7', '7'],
  ])('has its extension apart: %s', (number, ext) => {
    expect([readPhone({ number })?.number, readPhone({ number })?.ext]).toEqual(['+12127365000', ext]);
  });

  it.each([
    ['0047 22 33 44 55', null, '+4722334455'], ['22 33 44 55', 'Norway', '+4722334455'],
    ['+39 (0)6 698 1234', 'Germany', '+39066981234'], ['22 33 44 55', null, '22 33 44 55'],
    // Too short or too long, none of the country, or with an extension.
    ['+47 22 33 44', 'Norway', '+47 22 33 44'], ['+47 22 33 44 55 66', null, '+47 22 33 44 55 66'],
    ['555-123-4567', 'Norway', '555-123-4567'], ['+47 22 33 44 55 x1', null, '+47 22 33 44 55 x1'],
  ])('%s in %s is kept as %s', (number, country, kept) => {
    expect(keptPhone({ number, country })).toBe(kept);
    expect(keptPhone({ number: kept, country })).toBe(kept);
  });

  it('that is garbage is none, and ends nothing', () => {
    const odd = ['x', 'call me', '+', '++', '(0)', '-'.repeat(60), '+x1', '٠١٢', '１２３', '1'.repeat(40)];
    for (const number of [...odd, '9'.repeat(1_000_000), 'a'.repeat(1_000_000), '('.repeat(1_000_000)])
      for (const country of [null, 'Norway', number]) expect(e164({ number, country })).toBeNull();
    fc.assert(fc.property(fc.string({ unit: 'binary' }), fc.string(), (number, country) => {
      expect(e164({ number, country }) ?? '+0').toMatch(/^\+\d+$/);
    }));
  });

  it('stays what it is however it is written', () => {
    const countries = fc.constantFrom(...getCountries());
    // As many as there are near the example that each country has; what is no valid number is left out.
    const numbers = fc.tuple(countries, fc.nat(9_999)).map(([country, last]) => {
      const example = getExampleNumber(country, examples)!.number;
      return { country, number: example.slice(0, -4) + `${last}`.padStart(4, '0') };
    }).filter(({ country, number }) => {
      const read = parsePhoneNumberFromString(number);
      return read?.isValid() === true && read.country === country;
    });
    fc.assert(fc.property(numbers, ({ country, number }) => {
      const read = parsePhoneNumberFromString(number)!;
      const written = [
        ['E.164', null], ['INTERNATIONAL', null], ['RFC3966', null], ['NATIONAL', country],
      ] as const;
      for (const [format, where] of written)
        expect([format, e164({ number: read.format(format), country: where })]).toEqual([format, number]);
      expect(e164({ number: number.replace('+', '00'), country: null })).toBe(number);
      expect(keptPhone({ number: read.format('NATIONAL'), country })).toBe(number);
    }), { numRuns: 500 });
  });
});

describe('a country', () => {
  it.each([
    ['NO', 'NO'], ['norway', 'NO'], ['Norge', 'NO'], ['Deutschland', 'DE'], ['U.S.A.', 'US'], ['usa', 'US'],
    ['United States of America', 'US'], ['UK', 'GB'], ['England', 'GB'], ['España', 'ES'], ['espana', 'ES'],
    ['Côte d’Ivoire', 'CI'], ['The Netherlands', 'NL'], ['Atlantis', undefined], ['', undefined], [null, undefined],
    ['toString', undefined],
  ])('%s is %s', (name, code) => expect(countryNamed(name)).toBe(code));
});
