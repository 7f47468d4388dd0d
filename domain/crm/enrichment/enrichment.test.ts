import { describe, expect, it } from '@jest/globals';
import { enrichmentEndpoints } from './enrichment.contract.ts';
import {
  addressFor, enrichedDomain, foundIn, newlyFound, whyNotEnrich, whyNotValue, type EnrichedField,
} from './enrichment.ts';

describe('the domain that a company is looked up by', () => {
  it.each([
    [{ websiteUrl: 'https://www.Acme.com/about', email: 'jane@other.example' }, 'acme.com'],
    [{ websiteUrl: null, email: 'jane@acme.com' }, 'acme.com'],
    [{ websiteUrl: null, email: 'acme@gmail.com' }, null],
    [{}, null],
  ])('of %j is %s', (account, domain) => expect(enrichedDomain(account)).toBe(domain));

  it('goes into the address as it is meant, and nothing else', () => {
    expect(addressFor('https://x.example/{domain}?d={domain}', 'å/?.no'))
      .toBe('https://x.example/%C3%A5%2F%3F.no?d=%C3%A5%2F%3F.no');
  });

  it('and the service are both needed', () => {
    expect(whyNotEnrich({ source: false, domain: 'acme.com' })).toBe('No service is set that knows companies');
    expect(whyNotEnrich({ source: true, domain: null })).toMatch(/^It has neither a website nor an e-mail address/);
    expect(whyNotEnrich({ source: true, domain: 'acme.com' })).toBeNull();
  });
});

describe('an answer', () => {
  it('says of each field what stands at its place, as text', () => {
    const answer = {
      industry: ' Dairy ', employeeCount: 250, phone: '', sector: true, size: ['big'], email: null,
      company: { web: 'acme.com', places: [{ city: 'Oslo' }] },
    };
    expect(foundIn(answer, { websiteUrl: 'company.web', shippingCity: 'company.places.0.city' })).toEqual({
      industry: 'Dairy', employeeCount: '250', websiteUrl: 'https://acme.com', shippingCity: 'Oslo',
    });
  });

  it.each([[null], [[]], ['text'], [{ industry: { toString: 1 } }]])('such as %j says nothing', answer =>
    expect(foundIn(answer, {})).toEqual({}));

  it('is looked into by its own names alone, and made fit to be stored', () => {
    expect(foundIn({}, { industry: 'constructor.name', sector: '__proto__.x' })).toEqual({});
    expect(foundIn({ industry: 'Da\0iry', sector: 'half \ud800' }, {}))
      .toEqual({ industry: 'Dairy', sector: 'half \ufffd' });
    expect(foundIn({ description: 'x'.repeat(20_000) }, {}).description).toHaveLength(10_001);
  });
});

describe('a found value', () => {
  it.each<[EnrichedField, string, string | null]>([
    ['industry', 'Dairy', null],
    ['shippingState', 'Trøndelag fylke', 'must have at most 10 characters'],
    ['websiteUrl', 'https://acme', 'must be a web address'],
    ['email', 'at acme', 'must be an e-mail address'],
    ['description', 'x'.repeat(10_001), 'must have at most 10000 characters'],
  ])('of %s is held to the rule of its field', (field, value, why) => expect(whyNotValue(field, value)).toBe(why));

  it('that is there already is no news', () => {
    const account = { industry: 'Dairy', websiteUrl: 'https://acme.com', phone: null };
    const found = { industry: 'Dairy', websiteUrl: 'https://acme.com/', phone: '1', sector: 'Food' };
    expect(newlyFound(account, found)).toEqual([
      { field: 'sector', present: null, found: 'Food' }, { field: 'phone', present: null, found: '1' },
    ]);
  });
});

describe('the service', () => {
  const about = { name: 'Register', url: 'https://api.example.com/{domain}', apiKey: 'k' };
  it.each<[object, string]>([
    [{ url: 'https://api.example.com/' }, 'must hold {domain}, where the domain of the account goes'],
    [{ url: 'https://{domain}/x' }, 'must name its host'],
    [{ url: 'https://api.{domain}:443/x' }, 'must name its host'],
    [{ url: 'ftp://api.example.com/{domain}' }, 'must be a web address'],
    [{ url: 'https://me:secret@api.example.com/{domain}' }, 'must hold no password'],
    [{ fields: { industry: 'a b' } }, 'must be names with points between, as company.name'],
    [{ apiKey: 'two words' }, 'must be letters, digits and signs without blanks'],
    [{ name: ' ' }, 'must not be blank'],
  ])('is refused with %j', (more, why) => {
    const read = enrichmentEndpoints.keepSource.body.safeParse({ ...about, ...more });
    expect(read.error?.issues.map(i => i.message)).toContain(why);
  });
  it('is taken without a word on where things stand', () =>
    expect(enrichmentEndpoints.keepSource.body.parse(about)).toEqual({ ...about, fields: {}, active: true }));
});
