import type { JobRecord } from '../platform/job/job-record.ts';

/** How other programs call the fields of a contact in what they export. */
export const contactCalled: NonNullable<JobRecord['called']> = {
  accountId: ['Account Name', 'Associated Company', 'Company Name', 'Company'],
  jobTitle: ['Title'],
  workPhone: ['Phone', 'Phone Number', 'Office Phone', 'Business Phone'],
  mobile: ['Mobile Phone', 'Mobile Phone Number'],
  emailAddress: ['E-mail Address', 'Primary E-mail'],
  addressLine1: ['Street Address', 'Mailing Street', 'Address Street', 'Primary Address Street'],
  city: ['Mailing City', 'Address City', 'Primary Address City'],
  state: ['Mailing State', 'Mailing State/Province', 'Address State', 'Primary Address State'],
  postalCode: ['Mailing Zip/Postal Code', 'Address Postal Code', 'Primary Address Postalcode'],
  country: ['Mailing Country', 'Country/Region', 'Address Country', 'Primary Address Country'],
  source: ['Lead Source', 'Original Source'],
};
