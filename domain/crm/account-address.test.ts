import { expect, it } from '@jest/globals';
import { billingFrom } from './account-address.ts';

it('[CRM-005] takes the whole shipping address where no part of a billing address is given', () => {
  expect(billingFrom({ shippingStreet: 'Main St 1', shippingCity: 'Reno', billingCity: null })).toEqual({
    billingStreet: 'Main St 1', billingStreet2: null, billingCity: 'Reno', billingState: null, billingZip: null,
    billingCountry: null,
  });
});

it('[CRM-005] mixes no two addresses', () => {
  expect(billingFrom({ shippingStreet: 'Main St 1', shippingCity: 'Reno', billingCity: 'Elko' })).toEqual({});
});
