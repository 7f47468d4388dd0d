import { moveOpportunity } from '../../activities/crm/move-opportunity.ts';
import { opportunityLineItemVerbs } from '../../activities/crm/opportunity-line-item-verbs.ts';
import { opportunityParticipantVerbs } from '../../activities/crm/opportunity-participant-verbs.ts';
import { opportunityVerbs } from '../../activities/crm/opportunity-verbs.ts';
import { run } from '../../activities/platform/verb.ts';
import type { Person } from './people.ts';
import type { Stage } from './play.ts';

type Step = [day: number, stage: string, lostReason?: string];
type Sale = [
  name: string, company: string, owner: Person, euros: number, source: string, created: number, close: number,
  ...steps: Step[],
];

/** Days are counted from today. */
const sales: Sale[] = [
  ['Cold-store monitoring, Trondheim', 'Halvorsen Foods', 'sales', 184_000, 'Referral', -96, 38,
    [-82, 'qualified'], [-51, 'proposal'], [-12, 'negotiation']],
  ['Second site, Ålesund', 'Halvorsen Foods', 'sales', 76_500, 'Existing customer', -20, 95, [-9, 'qualified']],
  ['Yard automation', 'Rexby Logistics', 'sales2', 240_000, 'Fair', -88, 24, [-70, 'qualified'], [-33, 'proposal']],
  ['Pallet tracking', 'Rexby Logistics', 'sales2', 58_000, 'Web', -7, 80],
  ['Grid sensors, phase 1', 'Østfold Energi', 'sales', 312_000, 'Tender', -94, -18,
    [-80, 'qualified'], [-61, 'proposal'], [-40, 'negotiation'], [-18, 'closed_won']],
  ['Grid sensors, phase 2', 'Østfold Energi', 'sales', 295_000, 'Existing customer', -15, 130, [-4, 'qualified']],
  ['Fleet telemetry', 'Brava Maritime', 'dana', 148_000, 'Fair', -60, 61, [-44, 'qualified'], [-21, 'proposal']],
  ['Port call planning', 'Brava Maritime', 'dana', 39_000, 'Web', -11, 110],
  ['Ward devices', 'Nordklinik', 'sales2', 420_000, 'Tender', -90, 12,
    [-77, 'qualified'], [-58, 'proposal'], [-26, 'negotiation']],
  ['Laboratory cooling', 'Nordklinik', 'sales2', 64_000, 'Referral', -72, -30,
    [-63, 'qualified'], [-55, 'proposal'], [-30, 'closed_lost', 'No budget this year']],
  ['Depot energy', 'Dunmore Transit', 'ravi', 132_000, 'Web', -40, 47, [-28, 'qualified'], [-6, 'proposal']],
  ['Bus sensors', 'Dunmore Transit', 'ravi', 88_000, 'Fair', -85, -44, [-74, 'qualified'],
    [-44, 'closed_lost', 'Chose a competitor']],
  ['Press line retrofit', 'Keller Maschinenbau', 'sales', 510_000, 'Existing customer', -93, 19,
    [-86, 'qualified'], [-64, 'proposal'], [-35, 'negotiation']],
  ['Spare parts portal', 'Keller Maschinenbau', 'sales', 45_000, 'Web', -31, 70, [-19, 'qualified']],
  ['Milk chain traceability', 'Lindal Dairies', 'dana', 97_000, 'Referral', -84, -25,
    [-75, 'qualified'], [-53, 'proposal'], [-37, 'negotiation'], [-25, 'closed_won']],
  ['Packing hall', 'Lindal Dairies', 'dana', 61_000, 'Existing customer', -5, 140],
  ['Turbine inspection', 'Vestkraft', 'ravi', 275_000, 'Tender', -78, 33, [-66, 'qualified'], [-47, 'proposal']],
  ['Substation access', 'Vestkraft', 'ravi', 52_000, 'Web', -62, -9,
    [-50, 'qualified'], [-29, 'proposal'], [-9, 'closed_lost', 'Chose a competitor']],
  ['Claims photo service', 'Solheim Forsikring', 'sales2', 118_000, 'Referral', -57, -6,
    [-48, 'qualified'], [-32, 'proposal'], [-16, 'negotiation'], [-6, 'closed_won']],
  ['Agent app', 'Solheim Forsikring', 'sales2', 83_000, 'Existing customer', -3, 100],
  ['Film line energy', 'Ostermann Verpackung', 'sales', 71_000, 'Fair', -45, 54, [-27, 'qualified'], [-13, 'proposal']],
  ['Waste reduction', 'Ostermann Verpackung', 'sales', 36_000, 'Web', -80, -48,
    [-71, 'qualified'], [-48, 'closed_lost', 'Project was stopped']],
  ['Baggage carts', 'Flesland Lufthavn', 'dana', 158_000, 'Tender', -70, 40, [-52, 'qualified']],
  ['De-icing stock', 'Flesland Lufthavn', 'dana', 29_000, 'Web', -24, 85],
  ['Cooling units, frame contract', 'Nordic Cold Chain', 'manager', 640_000, 'Partner', -65, 75,
    [-49, 'qualified'], [-22, 'proposal']],
];

interface Scene {
  at: number;
  act(): Promise<void>;
}

/** What was sold and lost, each on its day; `accountOf` answers the id of a company. */
export function salesOf(stage: Stage, accountOf: (company: string) => string): Scene[] {
  return sales.flatMap(([name, company, owner, euros, source, created, close, ...steps]) => {
    let id = '';
    const by = stage.as('manager');
    return [
      {
        at: Date.parse(stage.at(created, 10)),
        act: async () => {
          const made = await run(opportunityVerbs.create, {
            opportunityName: name, accountId: accountOf(company), ownerId: stage.id(owner), value: euros * 100,
            currency: 'EUR', source, expectedCloseDate: stage.at(close, 0), ...partnersOf(name, accountOf),
          }, by);
          id = made['id'] as string;
          if (name === details.name) await withDetails(stage, id, accountOf);
        },
      },
      ...steps.map(([day, to, lostReason]) => ({
        at: Date.parse(stage.at(day, 14)),
        act: async () => {
          await run(moveOpportunity, { id, stage: to, ...(lostReason ? { lostReason } : {}) }, by);
        },
      })),
    ];
  });
}

/** Whose products some of them are about, and who distributes them. */
const partners: Record<string, [vendor: string, distributor: string]> = {
  'Cold-store monitoring, Trondheim': ['Polar Components', 'Nordic Cold Chain'],
  'Second site, Ålesund': ['Polar Components', 'Nordic Cold Chain'],
  'Grid sensors, phase 1': ['Sørvik Instruments', 'Nordic Cold Chain'],
  'Grid sensors, phase 2': ['Sørvik Instruments', 'Nordic Cold Chain'],
  'Milk chain traceability': ['Polar Components', 'Nordic Cold Chain'],
  'Press line retrofit': ['Tessin Robotics', 'Rhein Technik'],
  'Film line energy': ['Sørvik Instruments', 'Rhein Technik'],
};
function partnersOf(sale: string, accountOf: (company: string) => string): Record<string, string> {
  const [vendor, distributor] = partners[sale] ?? [];
  return vendor && distributor
    ? { vendorAccountId: accountOf(vendor), distributorAccountId: accountOf(distributor) } : {};
}

/** One of them shows lines, and who else has a part in it. */
const details = {
  name: 'Cold-store monitoring, Trondheim',
  lines: [
    ['Gateway', 12, 420_000, 5, 'Telemetry gateway 4'], ['Sensor', 240, 42_500, 10, 'Cold-chain sensor'],
    ['Installation', 1, 4_432_000, 0, null],
  ],
  parts: [['Polar Components', 'principal'], ['Nordic Cold Chain', 'distributor']],
} as const;

async function withDetails(stage: Stage, opportunityId: string, accountOf: (company: string) => string): Promise<void> {
  const by = stage.as('manager');
  for (const [description, quantity, unitPrice, discountPercent, product] of details.lines) {
    const productId = product && accountOf(product);
    const line = { opportunityId, productId, description, quantity, unitPrice, discountPercent };
    await run(opportunityLineItemVerbs.create, line, by);
  }
  for (const [company, role] of details.parts)
    await run(opportunityParticipantVerbs.create, { opportunityId, accountId: accountOf(company), role }, by);
}
