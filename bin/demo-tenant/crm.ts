import { accountVerbs } from '../../activities/crm/account-verbs.ts';
import { contactVerbs } from '../../activities/crm/contact-verbs.ts';
import { run } from '../../activities/platform/verb.ts';
import type { Person } from './people.ts';
import type { Stage } from './play.ts';

type Company = [name: string, type: string, owner: Person, industry: string, street: string, zip: string, city: string,
  country: string, ...contacts: Someone[]];
type Someone = [first: string, last: string, title: string, status?: 'prospect' | 'customer' | 'inactive'];

const companies: Company[] = [
  ['Halvorsen Foods', 'Customer', 'sales', 'Food', 'Fjordgata 12', '7010', 'Trondheim', 'Norway',
    ['Kari', 'Halvorsen', 'Head of logistics', 'customer'], ['Per', 'Aune', 'Warehouse manager', 'customer']],
  ['Rexby Logistics', 'Customer', 'sales2', 'Logistics', 'Havnvej 4', '8000', 'Aarhus', 'Denmark',
    ['Mette', 'Rexby', 'Chief operating officer', 'customer'], ['Lars', 'Holm', 'Automation engineer', 'prospect']],
  ['Østfold Energi', 'Customer', 'sales', 'Energy', 'Kirkegata 40', '1721', 'Sarpsborg', 'Norway',
    ['Nina', 'Fossum', 'Grid operations lead', 'customer']],
  ['Brava Maritime', 'Prospect', 'dana', 'Shipping', 'Rua do Cais 8', '4450', 'Matosinhos', 'Portugal',
    ['Rui', 'Teixeira', 'Fleet manager', 'prospect']],
  ['Nordklinik', 'Customer', 'sales2', 'Health care', 'Hamburger Allee 21', '24937', 'Flensburg', 'Germany',
    ['Anke', 'Petersen', 'Head of IT', 'customer'], ['Jens', 'Lorenz', 'Procurement', 'prospect']],
  ['Dunmore Transit', 'Customer', 'ravi', 'Public transport', 'Quay Street 3', 'H91', 'Galway', 'Ireland',
    ['Aoife', 'Nolan', 'Operations director', 'customer']],
  ['Keller Maschinenbau', 'Customer', 'sales', 'Manufacturing', 'Industriestrasse 90', '70565', 'Stuttgart', 'Germany',
    ['Ulrich', 'Keller', 'Managing director', 'customer'], ['Sabine', 'Vogt', 'Plant manager', 'customer']],
  ['Lindal Dairies', 'Customer', 'dana', 'Food', 'Storgata 2', '6003', 'Ålesund', 'Norway',
    ['Ole', 'Lindal', 'Quality manager', 'customer']],
  ['Vestkraft', 'Customer', 'ravi', 'Energy', 'Kanalen 1', '6700', 'Esbjerg', 'Denmark',
    ['Hanne', 'Bech', 'Asset manager', 'customer']],
  ['Solheim Forsikring', 'Customer', 'sales2', 'Insurance', 'Torget 5', '5014', 'Bergen', 'Norway',
    ['Eirik', 'Solheim', 'Claims director', 'customer']],
  ['Ostermann Verpackung', 'Customer', 'sales', 'Packaging', 'Am Hafen 17', '44147', 'Dortmund', 'Germany',
    ['Birgit', 'Ostermann', 'Owner', 'customer']],
  ['Flesland Lufthavn', 'Customer', 'dana', 'Airport', 'Flyplassvegen 555', '5258', 'Bergen', 'Norway',
    ['Tor', 'Birkeland', 'Ground handling manager', 'inactive']],
  ['Polar Components', 'Vendor', 'manager', 'Electronics', 'Teknologivegen 9', '9019', 'Tromsø', 'Norway',
    ['Ida', 'Nygård', 'Key account manager', 'customer']],
  ['Nordic Cold Chain', 'Distributor', 'manager', 'Refrigeration', 'Kylgatan 6', '411 04', 'Gothenburg', 'Sweden',
    ['Björn', 'Ek', 'Partner manager', 'customer']],
];
const sources = ['Referral', 'Website', 'Trade fair'];
/** Companies that belong to others. */
const below: [name: string, parent: string][] = [
  ['Halvorsen Foods Retail', 'Halvorsen Foods'],
  ['Keller Service', 'Keller Maschinenbau'],
];

/** The companies that the demo tenant deals with, and whom it knows there; answers their ids by name. */
export async function meetCompanies(stage: Stage): Promise<ReadonlyMap<string, string>> {
  const ids = new Map<string, string>();
  for (const [name, accountType, owner, industry, street, zip, city, country, ...contacts] of companies) {
    const plain = name.toLowerCase().replaceAll('ø', 'o').normalize('NFD').replace(/[^a-z ]/g, '').trim().replaceAll(' ', '-');
    const account = await run(accountVerbs.create, {
      accountName: name, accountType, industry, accountOwner: stage.id(owner), websiteUrl: `https://${plain}.example`,
      shippingStreet: street, shippingZip: zip, shippingCity: city, shippingCountry: country,
      status: accountType === 'Prospect' ? 'prospect' : 'active',
      isPrincipal: accountType === 'Vendor', isDistributor: accountType === 'Distributor',
    }, stage.as('manager'));
    const accountId = account['id'] as string;
    ids.set(name, accountId);
    for (const [i, [firstName, lastName, jobTitle, status]] of contacts.entries()) {
      const mailbox = `${firstName}.${lastName}`.toLowerCase().normalize('NFD').replace(/[^a-z.]/g, '');
      await run(contactVerbs.create, {
        accountId, firstName, lastName, jobTitle, status, isPrimary: i === 0, source: sources[ids.size % 3]!,
        emailAddress: `${mailbox}@${plain}.example`, workPhone: `555-0${10 + ids.size}-${1000 + ids.size * 7 + i}`,
      }, stage.as('manager'));
    }
  }
  for (const [accountName, parent] of below)
    await run(accountVerbs.create, {
      accountName, accountType: 'Customer', accountOwner: stage.id('sales'), parentAccountId: ids.get(parent)!,
    }, stage.as('manager'));
  return ids;
}
