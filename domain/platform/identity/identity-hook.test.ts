import { expect, it } from '@jest/globals';
import { personOf, UserEvent } from './identity-hook.ts';

it.each([
  [
    'plainly',
    { id: 'u1', email: 'Dana@Example.com', name: 'Dana Okafor' },
    { externalId: 'u1', email: 'dana@example.com', fullName: 'Dana Okafor', username: null },
  ],
  [
    'with several addresses',
    {
      ...{ id: 'u2', first_name: 'Dana', last_name: 'Okafor', username: 'dana', primary_email_address_id: 'b' },
      email_addresses: [
        { id: 'a', email_address: 'old@example.com' },
        { id: 'b', email_address: 'dana@example.com' },
      ],
    },
    { externalId: 'u2', email: 'dana@example.com', fullName: 'Dana Okafor', username: 'dana' },
  ],
  [
    'as deleted, by the id alone',
    { id: 'u3', deleted: true },
    { externalId: 'u3', email: null, fullName: null, username: null },
  ],
])('[PLT-026] a person is told %s', (_how, data, person) => {
  expect(personOf(UserEvent.parse({ type: 'user.updated', data }))).toEqual(person);
});
