import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { accountKeys, accountMatch, companyLikeness, type ComparedAccount } from './account-match.ts';
import { contactKeys, contactMatch, type ComparedContact } from './contact-match.ts';
import { companyDomain, likelyFrom, possibleFrom } from './match.ts';
import { e164, phoneKey, samePhone } from './phone.ts';
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
    ...more,
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
    accountName, websiteUrl: null, email: null, phone: null, ...more,
  });
  it.each([
    [account('Acme', { websiteUrl: 'https://www.acme.com/about' }), account('Zeta', { email: 'info@acme.com' }), 60],
    [account('Acme'), account('Acme Ltd'), 80],
    [account('Acme', { phone: '+1 (555) 123-4567' }), account('Zeta', { phone: '555-123-4567' }), 0],
    [account('Acmee', { phone: '+1 (555) 123-4567' }), account('Acme', { phone: '555-123-4567' }), 90],
  ])('%j and %j: %i', (a, b, score) => expect(accountMatch(a, b).score).toBe(score));
});

it('domains and numbers are compared by what is one company’s, and one line’s', () => {
  expect(['https://www.acme.com/x', 'a@Acme.com', 'a@gmail.com', null].map(companyDomain))
    .toEqual(['acme.com', 'acme.com', null, null]);
  expect(['+49 30 1234567', '030 1234567', '12', null].map(phoneKey)).toEqual(['301234567', '301234567', null, null]);
});

describe('two numbers', () => {
  it.each([
    ['+49 30 1234567', '0049 (0)30 123-4567', true], ['+49 30 1234567', '+43 30 1234567', false],
    ['+49 30 1234567', '030 1234567', true], ['+1 (555) 123-4567', '555-123-4567', true],
    ['+47 22 33 44 55', '22 33 44 55', true], ['00352 26 12 34 56', '26123456', true],
    ['+39 06 698 1234', '06 6981234', true], ['+47 22 33 44 55', '+45 22 33 44 55', false],
    ['030 1234567', '030 1234568', false], ['12', '12', false], [null, null, false],
  ])('%s and %s are one line: %s', (a, b, same) => expect(samePhone(a, b)).toBe(same));
  it('are read where they name their country', () =>
    expect(['+44 (0)20 7946 0000', '0044 20 79460000', '020 7946 0000', '+0 1', ''].map(e164))
      .toEqual(['+442079460000', '+442079460000', null, null, null]));
});

describe('[CRM-034] two that are likely one share a key, on which whoever adds them waits', () => {
  const numbers = [null, '+49 30 1234567', '030 1234567', '0049 (0)30 123-4567', '+999 1234567', '+1 234567', '12'];
  const mails = [null, 'jon@acme.com', ' JON@acme.com', 'js@acme.com', 'jon@gmail.com'];
  const one = (of: (string | null)[]): fc.Arbitrary<string | null> => fc.constantFrom(...of);
  const further = (of: (string | null)[]) => fc.option(fc.array(fc.record({
    type: fc.constantFrom('mobile', 'Cell', 'work'), value: fc.constantFrom(...of.filter(v => v !== null)),
  }), { maxLength: 2 }));
  const people: fc.Arbitrary<ComparedContact> = fc.record({
    firstName: fc.constantFrom('Bob', 'Robert', 'Cathy', 'Kathy', 'Jon A.', 'John', 'Smith', ''),
    lastName: fc.constantFrom('Smith', 'Smiht', 'Jon', 'van der Berg', ''),
    emailAddress: one(mails), emails: further(mails), workPhone: one(numbers), mobile: one(numbers),
    phones: further(numbers), accountId: fc.constantFrom(null, 'a', 'b'),
  });
  const companies: fc.Arbitrary<ComparedAccount> = fc.record({
    accountName: fc.constantFrom('Acme Foods', 'Acme Foods Inc', 'Foods, Acme', 'AcmeFoods GmbH', 'Acme Food', 'Inc',
      'Acmefood', 'Branch 1', 'Branch 2', '·'),
    websiteUrl: one([null, 'https://www.acme.com/x', 'http://other.example']), email: one(mails), phone: one(numbers),
  });
  const property = <T>(some: fc.Arbitrary<T>, match: (a: T, b: T) => { score: number }, keys: (of: T) => string[]) => {
    let likely = 0;
    fc.assert(fc.property(some, some, (a, b) => {
      if (match(a, b).score < likelyFrom) return;
      likely++;
      expect(keys(a).filter(key => keys(b).includes(key))).not.toEqual([]);
    }), { seed: 20261130, numRuns: 5_000 });
    expect(likely).toBeGreaterThan(500);
  };
  it('contacts', () => property(people, contactMatch, contactKeys));
  it('accounts', () => property(companies, accountMatch, accountKeys));
});
