import { expect, it } from '@jest/globals';
import { contactStatuses } from './contact.ts';
import { whyNotQualify } from './contact-status.ts';

it('goes from lead by prospect to customer, from anywhere to inactive and back, and never backwards', () => {
  const refused = contactStatuses.flatMap(from =>
    contactStatuses.filter(to => whyNotQualify(from, to)).map(to => `${from} to ${to}`));
  expect(refused).toEqual(['prospect to lead', 'customer to lead', 'customer to prospect']);
  expect(whyNotQualify('customer', 'lead')).toBe('A customer does not become a lead again');
});
