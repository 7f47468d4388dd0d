import { warehouseVerbs } from '../../activities/inventory/plain-verbs.ts';
import { run } from '../../activities/platform/verb.ts';
import type { Person } from './people.ts';
import type { Stage } from './play.ts';

type Place = [code: string, name: string, type: string, manager: Person, street: string, zip: string, city: string,
  country: string];
const places: Place[] = [
  ['WH-OSL', 'Oslo central', 'warehouse', 'dana', 'Alnabruveien 14', '0668', 'Oslo', 'Norway'],
  ['WH-GOT', 'Gothenburg harbour', 'distribution_center', 'ravi', 'Skandiahamnen 3', '418 34', 'Gothenburg', 'Sweden'],
  ['ST-BGO', 'Bergen demo room', 'store', 'sales2', 'Torgallmenningen 8', '5014', 'Bergen', 'Norway'],
];

/** Where the demo tenant keeps its devices. */
export async function openWarehouses(stage: Stage): Promise<void> {
  for (const [code, name, type, manager, addressLine1, postalCode, city, country] of places) {
    const fields = { code, name, type, addressLine1, postalCode, city, country, managerId: stage.id(manager) };
    await run(warehouseVerbs.create, fields, stage.as('manager'));
  }
}
