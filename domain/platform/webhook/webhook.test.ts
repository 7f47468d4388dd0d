import { expect, it } from '@jest/globals';
import { CreateWebhook, namesOf, whyNotOutside } from './webhook.ts';

it('an event is told to those who asked for it, its other names or anything of its kind', () => {
  expect(namesOf('crm.opportunity.won', ['deal.won'])).toEqual([
    'crm.opportunity.won', 'crm.*', 'crm.opportunity.*', 'deal.won', 'deal.*', '*',
  ]);
});

it.each([
  ['http://127.0.0.1', 'must not lie in a private network'], ['https://127.1/x', 'must not lie in a private network'],
  ['https://0x7f000001', 'must not lie in a private network'], ['https://[::1]:8', 'must not lie in a private network'],
  ['https://localhost', 'must not lie in a private network'], ['https://a.localhost.', 'must not lie in a private network'],
  ['https://db.internal', 'must not lie in a private network'], ['http://example.com', 'must begin with https://'],
  ['https://example.com:8443/hooks?a=1', undefined], ['https://8.8.8.8', undefined],
])('[PLT-069] %s: %s', (url, why) => {
  expect(whyNotOutside(url, address => !address.startsWith('8.'))).toBe(why);
});

it.each([
  ['https://example.com', ['crm.*'], true], ['https://example.com', ['*'], true], ['https://example.com', [], false],
  ['https://a:b@example.com', ['*'], false], ['ftp://example.com', ['*'], false], ['https://example.com', ['A B'], false],
  ['https://example.com', ['*.created'], false],
])('%s with %j is one: %s', (url, events, is) => {
  expect(CreateWebhook.safeParse({ url, events }).success).toBe(is);
});
