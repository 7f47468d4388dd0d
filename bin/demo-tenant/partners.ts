import { accountVerbs } from '../../activities/crm/account-verbs.ts';
import { linkOrganization } from '../../activities/crm/organization-verbs.ts';
import { principalDistributorRelationshipVerbs } from '../../activities/crm/principal-distributor-relationship-verbs.ts';
import { productVerbs } from '../../activities/inventory/product-verbs.ts';
import { run } from '../../activities/platform/verb.ts';
import { readerOf } from '../../db/platform/reader.ts';
import { sql } from '../../db/platform/sql.ts';
import type { Stage } from './play.ts';

const principals: [name: string, industry: string, city: string, country: string][] = [
  ['Sørvik Instruments', 'Measurement', 'Drammen', 'Norway'],
  ['Tessin Robotics', 'Robotics', 'Lugano', 'Switzerland'],
];
const distributors: [name: string, industry: string, city: string, country: string][] = [
  ['Baltic Automation', 'Automation', 'Gdańsk', 'Poland'],
  ['Rhein Technik', 'Industrial supply', 'Duisburg', 'Germany'],
];
/** Who sells whose products, where, and at which commission. */
const relations: [principal: string, distributor: string, rate: string, territory: string, status?: 'inactive'][] = [
  ['Polar Components', 'Nordic Cold Chain', '12.50', 'Nordics'],
  ['Polar Components', 'Rhein Technik', '9.00', 'Germany, Austria, Switzerland'],
  ['Sørvik Instruments', 'Nordic Cold Chain', '15.00', 'Nordics'],
  ['Sørvik Instruments', 'Baltic Automation', '11.00', 'Poland and the Baltics'],
  ['Tessin Robotics', 'Rhein Technik', '8.50', 'Germany'],
  ['Tessin Robotics', 'Baltic Automation', '7.00', 'Poland', 'inactive'],
];
type Ware = [
  name: string, category: string, principal: string, distributor: string | null, cost: number, price: number,
  commission?: string,
];
/** Prices in euros. */
const wares: Ware[] = [
  ['Telemetry gateway 4', 'Gateways', 'Polar Components', 'Nordic Cold Chain', 2_600, 4_200, '14.00'],
  ['Cold-chain sensor', 'Sensors', 'Polar Components', 'Nordic Cold Chain', 210, 425],
  ['Battery pack', 'Accessories', 'Polar Components', 'Rhein Technik', 38, 79],
  ['Flow meter SF2', 'Meters', 'Sørvik Instruments', 'Nordic Cold Chain', 640, 1_150, '16.50'],
  ['Pressure probe', 'Sensors', 'Sørvik Instruments', 'Baltic Automation', 120, 260],
  ['Picking arm T1', 'Robots', 'Tessin Robotics', 'Rhein Technik', 18_500, 29_900],
  ['Gripper set', 'Accessories', 'Tessin Robotics', null, 410, 890, '10.00'],
];

/** Principals, distributors, what they make and sell; answers the ids of accounts and products by name. */
export async function meetPartners(stage: Stage, companies: ReadonlyMap<string, string>): Promise<Map<string, string>> {
  const ids = new Map(companies), by = stage.as('manager');
  const meet = async (
    [accountName, industry, shippingCity, shippingCountry]: (typeof principals)[number], flags: object,
  ): Promise<void> => {
    const about = { accountName, industry, shippingCity, shippingCountry, accountOwner: stage.id('manager'), ...flags };
    ids.set(accountName, (await run(accountVerbs.create, about, by))['id'] as string);
  };
  const vendor = { accountType: 'Vendor', isPrincipal: true, organizationType: 'Manufacturer' };
  for (const principal of principals) await meet(principal, vendor);
  const seller = { accountType: 'Distributor', isDistributor: true, organizationType: 'Wholesaler' };
  for (const distributor of distributors) await meet(distributor, seller);
  for (const [principal, distributor, commissionRate, territory, status] of relations)
    await run(principalDistributorRelationshipVerbs.create, {
      principalAccountId: ids.get(principal)!, distributorAccountId: ids.get(distributor)!, commissionRate, territory,
      ...(status ? { status } : {}),
    }, by);
  for (const [name, category, principal, distributor, cost, price, commissionPercent] of wares)
    ids.set(name, (await run(productVerbs.create, {
      name, category, costPrice: cost * 100, salePrice: price * 100, currency: 'EUR', commissionPercent,
      vendorAccountId: ids.get(principal)!, distributorAccountId: distributor && ids.get(distributor)!,
    }, by))['id'] as string);
  await alsoThere(stage, 'Björn Ek', ids.get('Baltic Automation')!);
  return ids;
}

/** Somebody of one organization works for another, too. */
async function alsoThere(stage: Stage, fullName: string, accountId: string): Promise<void> {
  const contact = await readerOf(stage.tenantId).row<{ id: string }>(sql`
    select id from contact where full_name = ${fullName}`);
  const link = { contactId: contact!.id, accountId, role: 'Member of the board', influence: 60 };
  await run(linkOrganization, link, stage.as('manager'));
}
