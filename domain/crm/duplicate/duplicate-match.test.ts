import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { accountKeys, accountMatch, companyLikeness, type ComparedAccount } from './account-match.ts';
import { contactKeys, contactMatch, rowKeys, type ComparedContact } from './contact-match.ts';
import { companyDomain, likelyFrom, possibleFrom } from './match.ts';
import { keysOf, phoneKey, samePhone } from './phone.ts';
import { nameLikeness, oneApart } from './person-name.ts';

const person = (name: string): { firstName: string; lastName: string } => {
  const [firstName = '', ...rest] = name.split(' ');
  return { firstName, lastName: rest.join(' ') };
};

describe('names of people', () => {
  it.each([
    ['Jon Smith', 'John Smith', 'near'],
    ['Bob Miller', 'Robert Miller', 'near'],
    ['J. Smith', 'John Smith', 'near'],
    ['Chris Lee', 'Christopher Lee', 'near'],
    ['Maria Gonzales', 'Maria Gonzalez', 'near'],
    ['José Núñez', 'Jose Nunez', 'same'],
    ['Smith John', 'john smith', 'same'],
    ['Jane Doe', 'Jane Roe', null],
    ['Anna Smith', 'Peter Smith', null],
    ['Person 10001', 'Person 10002', null],
    ['Ann Bell', 'Ian Bell', null],
  ])('%s and %s: %s', (a, b, likeness) => {
    expect(nameLikeness(person(a), person(b))).toBe(likeness);
    expect(nameLikeness(person(b), person(a))).toBe(likeness);
  });
  it('one letter is one letter', () => {
    const pairs = [['ab', 'ba'], ['abc', 'ab'], ['abc', 'axc'], ['abcd', 'badc'], ['a1', 'a2']];
    expect(pairs.map(([a, b]) => oneApart(a!, b!))).toEqual([true, true, true, false, false]);
  });
});

describe('two contacts', () => {
  const contact = (name: string, more: Partial<ComparedContact> = {}): ComparedContact => ({
    ...person(name), emailAddress: null, workPhone: null, mobile: null, emails: null, phones: null, accountId: null,
    country: null, ...more,
  });
  it.each([
    ['Jon Smith', 'John Smith', { accountId: 'a' }, 80],
    ['Jane Doe', 'Jane Doe', { accountId: 'a' }, 90],
    ['Jane Doe', 'Jane Doe', {}, 50],
    ['Jon Smith', 'John Smith', {}, 40],
    ['Jon Smith', 'John Smith', { workPhone: '555-123-4567' }, 80],
    ['Ann Bell', 'Peter Moor', { workPhone: '555-123-4567', accountId: 'a' }, 0],
    ['Ann Bell', 'Peter Moor', { mobile: '555-123-4567' }, 50],
    ['Ann Bell', 'Peter Moor', { emailAddress: 'office@acme.com' }, 100],
  ])('%s and %s with %j: %i', (a, b, both, score) => {
    expect(contactMatch(contact(a, both), contact(b, both)).score).toBe(score);
  });
  it.each([
    [{ emailAddress: 'jo@acme.com' }, { emails: [{ type: 'work', value: 'Jo@acme.com' }] }, 70],
    [{ emails: [{ type: 'home', value: 'jo@home.example' }] }, { emails: [{ type: 'x', value: 'jo@home.example' }] },
      70],
    [{ mobile: '555-123-4567' }, { phones: [{ type: 'Mobile', value: '+1 555 123 4567' }] }, 50],
    [{ workPhone: '555-123-4567' }, { phones: [{ type: 'office', value: '555 123 4567' }] }, 0],
    [{ country: 'Norway', phones: [{ type: 'mobile', value: '900 11 222' }] },
      { phones: [{ type: 'mobile', value: '+4790011222' }] }, 50],
    [{ country: 'Norway', phones: [{ type: 'mobile', value: '900 11 222' }] },
      { country: 'Latvia', phones: [{ type: 'mobile', value: '90011222' }] }, 0],
  ])('Ann Bell with %j and Peter Moor with %j: %i, by what they have further', (one, other, score) =>
    expect(contactMatch(contact('Ann Bell', one), contact('Peter Moor', other)).score).toBe(score));
  it('say why', () => {
    const mail = (emailAddress: string) => ({ emailAddress });
    expect(contactMatch(contact('Jon Smith', mail('jon@acme.com')), contact('John Smith', mail('js@acme.com'))))
      .toEqual({ score: 65, reasons: ['Similar name', 'E-mail at the same company'] });
    expect(contactMatch(contact('Jon Smith', mail('jon@gmail.com')), contact('John Smith', mail('js@gmail.com'))))
      .toEqual({ score: 40, reasons: ['Similar name'] });
    expect([possibleFrom, likelyFrom]).toEqual([50, 80]);
  });
});

describe('two accounts', () => {
  it.each([
    ['Acme Inc.', 'ACME', 'same'], ['The Acme Company', 'acme', 'same'],
    ['Northwind Traders', 'Northwind Trader', 'near'],
    ['Branch 1', 'Branch 2', null], ['Blue Dairy', 'Red Brewery', null], ['Data Works', 'Dataworks GmbH', 'same'],
    ['Limited', 'Company', null],
  ])('%s and %s: %s', (a, b, likeness) => expect(companyLikeness(a, b)).toBe(likeness));
  const account = (accountName: string, more: Partial<ComparedAccount> = {}): ComparedAccount => ({
    accountName, websiteUrl: null, email: null, phone: null, country: null, ...more,
  });
  it.each([
    [account('Acme', { websiteUrl: 'https://www.acme.com/about' }), account('Zeta', { email: 'info@acme.com' }), 60],
    [account('Acme'), account('Acme Ltd'), 80],
    [account('Acme', { phone: '+1 (555) 123-4567' }), account('Zeta', { phone: '555-123-4567' }), 0],
    [account('Acmee', { phone: '+1 (555) 123-4567' }), account('Acme', { phone: '555-123-4567' }), 90],
    [account('Acmee', { phone: '+1 212 736 5000 ext. 4' }), account('Acme', { phone: '212-736-5000' }), 90],
    [account('Acmee', { phone: '22334455', country: 'Norway' }), account('Acme', { phone: '+45 22334455' }), 50],
  ])('%j and %j: %i', (a, b, score) => expect(accountMatch(a, b).score).toBe(score));
});

it('domains and numbers are compared by what is one company’s, and one line’s', () => {
  expect(['https://www.acme.com/x', 'a@Acme.com', 'a@gmail.com', null].map(companyDomain))
    .toEqual(['acme.com', 'acme.com', null, null]);
  expect(['+49 30 1234567', '030 1234567', '12', null].map(phoneKey)).toEqual(['301234567', '301234567', null, null]);
});

describe('two numbers', () => {
  const same = (a: string, b: string, [home, abroad]: [string | null, string | null] = [null, null]): boolean[] => {
    const [one, other] = [{ number: a, country: home }, { number: b, country: abroad }];
    return [samePhone(one, other), samePhone(other, one)];
  };
  it.each([
    ['+49 30 1234567', '0049 (0)30 123-4567', true], ['+49 30 1234567', '+43 30 1234567', false],
    ['+49 30 1234567', '030 1234567', true], ['+1 (555) 123-4567', '555-123-4567', true],
    ['+47 22 33 44 55', '22 33 44 55', true], ['00352 26 12 34 56', '26123456', true],
    ['+39 06 698 1234', '06 6981234', true], ['+47 22 33 44 55', '+45 22 33 44 55', false],
    ['030 1234567', '030 1234568', false], ['12', '12', false], ['', '', false],
    // A zero that is of the number, and one that is not.
    ['+39 (0)6 698 1234', '+39 06 698 1234', true], ['+39 06 698 1234', '6 6981234', true],
    ['+44 (0)20 7946 0000', '+44 20 7946 0000', true], ['+44 20 7946 0000', '020 7946 0000', true],
    // Extensions are none of the number.
    ['+1 212-736-5000 x123', '212-736-5000', true], ['212-736-5000 ext. 4', '(212) 736 5000', true],
    ['+1 212 736 5000;ext=7', '+1 212 736 5000 #8', true], ['030 1234567 x123', '030 1234568 x123', false],
    // As it is dialled in North America, from Russia, and without its plus.
    ['1-212-736-5000', '212-736-5000', true], ['1-212-736-5000', '+1 (212) 736-5000', true],
    ['8 495 123 45 67', '+7 495 1234567', true], ['8 495 123 45 67', '7 495 123 45 67', true],
    ['49 30 1234567', '+49 30 1234567', true], ['+54 9 11 2345 6789', '011 15-2345-6789', true],
    // The last nine figures are the same.
    ['212-736-5000', '312-736-5000', false], ['+1 212 736 5000', '312-736-5000', false],
    ['+1 212 736 5000', '+49 212 736 5000', false],
    ['ring 212-736-5000', '212-736-5000', true], ['nobody', 'nobody', false],
  ])('%s and %s are one line: %s', (a, b, are) => expect(same(a, b)).toEqual([are, are]));

  it.each([
    ['22 33 44 55', '+47 22 33 44 55', ['Norway', null], true],
    ['22 33 44 55', '+47 22 33 44 55', ['Norge', 'Sweden'], true],
    ['22 33 44 55', '+45 22 33 44 55', ['Norway', null], false],
    ['22 33 44 55', '22 33 44 55', ['Norway', 'Denmark'], false],
    ['22 33 44 55', '22334455', ['Norway', 'Norge'], true], ['22 33 44 55', '22334455', ['Norway', null], true],
    // No number of Austria, so one of a country that nobody knows.
    ['030 1234567', '030 1234567', ['Germany', 'Austria'], true],
    ['06 698 1234', '0039 06 6981234', ['Italy', null], true],
    ['020 7946 0000', '+44 20 79460000', ['UK', 'United Kingdom'], true],
    ['011 15-2345-6789', '+54 9 11 2345 6789', ['Argentina', null], true],
    // Who lives elsewhere may have a number of North America, as the sheet writes it.
    ['212-736-5000', '+1 212 736 5000', ['Germany', 'USA'], true],
    ['555-123-4567', '+1 (555) 123-4567', ['Norway', null], true],
    ['347-223-4567', '+39 347 2234567', ['Italy', null], true],
    // No country that there is says nothing.
    ['030 1234567', '+49 30 1234567', ['Atlantis', null], true],
  ] as const)('%s and %s in %j are one line: %s', (a, b, countries, are) =>
    expect(same(a, b, [...countries])).toEqual([are, are]));

  it('are looked for as they are typed and as they are read', () => {
    expect(keysOf({ number: '+1 212-736-5000 x123' })).toEqual(['365000123', '127365000']);
    expect(keysOf({ number: '011 15-2345-6789', country: 'Argentina' })).toEqual(['523456789', '123456789']);
    expect(keysOf({ number: '22 33 44 55', country: 'Norway' })).toEqual(['22334455']);
    expect(keysOf({ number: 'nobody' })).toEqual([]);
  });

  it('that are garbage are none, and end nothing', () => {
    const odd = ['', 'x', '++', '(0)', '\u{1F4DE}', ...['9', 'a', '-', '(', '+', ' '].map(c => c.repeat(1_000_000))];
    for (const a of odd)
      for (const b of ['+47 22 33 44 55', '22 33 44 55', 'y']) expect(same(a, b)).toEqual([false, false]);
    fc.assert(fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (a, b) => {
      expect(same(a, b)[0]).toBe(same(b, a)[0]);
    }));
  });

  it('that have one key and both say another country are two, wherever the records are', () => {
    const abroad = fc.constantFrom('+49', '+47', '+33', '+1', '+39', '+44', '+61', '+55', '+91');
    const figures = fc.integer({ min: 100_000_000, max: 999_999_999 });
    fc.assert(fc.property(abroad, abroad, figures, (a, b, n) => {
      expect(same(`${a} ${n}`, `${b} ${n}`, ['Norway', null])).toEqual(a === b ? [true, true] : [false, false]);
    }));
  });
});

describe('[CRM-034] two that are likely one share a key, on which whoever adds them waits', () => {
  const numbers = [null, '+49 30 1234567', '030 1234567', '0049 (0)30 123-4567', '+999 1234567', '+1 234567', '12',
    '011 15-2345-6789', '+54 9 11 2345 6789', '1-800-356-9377', '1-800-FLOWERS', '+1 212-736-5000 x123',
    '212 736 5000'];
  const countries = [null, 'Germany', 'Argentina', 'USA'];
  const mails = [null, 'jon@acme.com', ' JON@acme.com', 'js@acme.com', 'jon@gmail.com'];
  const one = (of: (string | null)[]): fc.Arbitrary<string | null> => fc.constantFrom(...of);
  const further = (of: (string | null)[]) => fc.option(fc.array(fc.record({
    type: fc.constantFrom('mobile', 'Cell', 'work'), value: fc.constantFrom(...of.filter(v => v !== null)),
  }), { maxLength: 2 }));
  const people: fc.Arbitrary<ComparedContact> = fc.record({
    firstName: fc.constantFrom('Bob', 'Robert', 'Cathy', 'Kathy', 'Jon A.', 'John', 'Smith', ''),
    lastName: fc.constantFrom('Smith', 'Smiht', 'Jon', 'van der Berg', ''),
    emailAddress: one(mails), emails: further(mails), workPhone: one(numbers), mobile: one(numbers),
    phones: further(numbers), accountId: fc.constantFrom(null, 'a', 'b'), country: one(countries),
  });
  const companies: fc.Arbitrary<ComparedAccount> = fc.record({
    accountName: fc.constantFrom('Acme Foods', 'Acme Foods Inc', 'Foods, Acme', 'AcmeFoods GmbH', 'Acme Food', 'Inc',
      'Acmefood', 'Branch 1', 'Branch 2', '·'),
    websiteUrl: one([null, 'https://www.acme.com/x', 'http://other.example']), email: one(mails), phone: one(numbers),
    country: one(countries),
  });
  /** Those of two thousand pairs that are likely one. To match them takes the time, so it is done once for all keys. */
  const likelyOf = <T>(some: fc.Arbitrary<T>, match: (a: T, b: T) => { score: number }): [T, T][] =>
    fc.sample(fc.tuple(some, some), { seed: 20261130, numRuns: 2_000 })
      .filter(([a, b]) => match(a, b).score >= likelyFrom);
  const expectShared = <T>(likely: [T, T][], keys: (of: T) => string[]): void => {
    expect(likely.length).toBeGreaterThan(500);
    expect(likely.filter(([a, b]) => {
      const theirs = keys(b);
      return !keys(a).some(key => theirs.includes(key));
    })).toEqual([]);
  };
  let twins: [ComparedContact, ComparedContact][];
  beforeAll(() => {
    twins = likelyOf(people, contactMatch);
  });
  it('contacts', () => expectShared(twins, contactKeys));
  it('contacts in one file', () => expectShared(twins, rowKeys));
  it('accounts', () => expectShared(likelyOf(companies, accountMatch), accountKeys));
});
