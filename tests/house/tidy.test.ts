import { describe, expect, test } from '@jest/globals';
import { nameFaults, pageFaults, registerFaults, sizeFaults } from './tidy-rules.ts';
import { plantedTree, readTree } from './tree.ts';

describe('the repository', () => {
  const tree = readTree();

  test('has sources', () => expect(tree.size).toBeGreaterThan(300));
  test('names every file by area, noun or verb, and kind', () => expect(nameFaults(tree)).toEqual([]));
  test('keeps files under 300 lines, tests under 600, folders under 30 files', () =>
    expect(sizeFaults(tree)).toEqual([]));
  test('has every entity, contract, verb, workflow and route in its register', () =>
    expect(registerFaults(tree)).toEqual([]));
  test('makes the page of each record anew for its id', () => expect(pageFaults(tree)).toEqual([]));
});

describe('a fault that is planted is found:', () => {
  const files = (n: number, text = ''): Record<string, string> =>
    Object.fromEntries(Array.from({ length: n }, (_, i) => [`activities/crm/do-thing-${i}.ts`, text]));

  test.each([
    ['a drawer without a label', 'domain/pov/phase-utils.ts'],
    ['a drawer without a label', 'activities/crm/helpers/close-deal.ts'],
    ['not kebab-case', 'activities/pov/ApprovePhaseService.ts'],
    ['not kebab-case', 'web/src/lib/ui/DataTable.svelte'],
    ['no such area', 'domain/logistics/truck.ts'],
    ['no such layer', 'services/pov/phase.ts'],
    ['has no .dto files', 'api/pov/phase.dto.ts'],
    ['has no .entity files', 'domain/pov/phase.entity.ts'],
  ])('%s: %s', (why, path) => {
    expect(nameFaults(plantedTree({ [path]: 'export const x = 1;\n', 'domain/pov/phase.ts': '' }))).toEqual([
      expect.stringContaining(why),
    ]);
  });

  test('a file of 301 lines, a test of 601', () => {
    const planted = { 'domain/crm/deal.ts': '\n'.repeat(301), 'domain/crm/deal.test.ts': '\n'.repeat(600) };
    expect(sizeFaults(plantedTree(planted))).toEqual(['domain/crm/deal.ts: 301 lines, at most 300']);
    expect(sizeFaults(plantedTree({ 'domain/crm/deal.test.ts': '\n'.repeat(601) }))).toHaveLength(1);
  });

  test('a folder of 31 files, not counting the tests beside them', () => {
    const tests = { 'activities/crm/a.test.ts': '', 'activities/crm/b.fixture.ts': '' };
    expect(sizeFaults(plantedTree({ ...files(30), ...tests }))).toEqual([]);
    expect(sizeFaults(plantedTree(files(31)))).toEqual(['activities/crm: 31 files, at most 30']);
  });

  test('a page of a record that is not keyed by its id', () => {
    const at = (id: string): string => `web/src/routes/(app)/deals/[${id}]`;
    const keyed = '{#key params.dealId}<DealPage />{/key}';
    const fine = { [`${at('dealId')}/+layout.svelte`]: keyed, [`${at('dealId')}/+page.svelte`]: '<Deal />' };
    expect(pageFaults(plantedTree(fine))).toEqual([]);
    expect(pageFaults(plantedTree({ ...fine, [`${at('jobId')}/+page.svelte`]: '<JobPage />' })))
      .toEqual([`${at('jobId')}/+page.svelte: is not keyed by its id`]);
  });

  const registers = {
    'domain/index.ts': `import { crm } from './crm/index.ts';`,
    'domain/crm/index.ts': `import { dealEndpoints } from './deal.contract.ts';`,
    'domain/crm/deal.contract.ts': 'export const dealEndpoints = {};',
    'activities/index.ts': `import { crmVerbs } from './crm/index.ts';`,
    'activities/crm/index.ts': `import { closeDeal } from './close-deal.ts';`,
    'activities/crm/close-deal.ts': 'export const closeDeal = verb({}, async () => {});',
  };
  test.each([
    ['an entity', 'db/crm/deal.entity.ts', 'export class Deal {}', 'db/crm/index.ts'],
    ['a contract', 'domain/crm/quote.contract.ts', 'export const quoteEndpoints = {};', 'domain/crm/index.ts'],
    [
      'a verb',
      'activities/crm/lose-deal.ts',
      'export const loseDeal = verb({}, async () => {});',
      'activities/crm/index.ts',
    ],
    [
      'a look',
      'activities/crm/look-at-deal.ts',
      'export const lookAtDeal = look(deal, load, plan);',
      'activities/crm/index.ts',
    ],
    ['a workflow', 'workflows/crm/deal.workflow.ts', 'export async function deal() {}', 'workflows/crm/index.ts'],
    ['routes', 'api/crm/deals.routes.ts', 'export const deals = serve(dealEndpoints, {});', 'api/crm/index.ts'],
    ['a process', 'api/crm/deal.process.ts', 'export const dealSteering = steer(deal, {});', 'api/crm/index.ts'],
  ])('%s in no register', (_what, path, text, register) => {
    expect(registerFaults(plantedTree(registers))).toEqual([]);
    expect(registerFaults(plantedTree({ ...registers, [path]: text }))).toEqual([
      expect.stringMatching(`^${path}: not in ${register}`),
    ]);
  });

  test('an area whose register the layer does not know', () => {
    expect(registerFaults(plantedTree({ ...registers, 'domain/finance/index.ts': '' }))).toEqual([
      'domain/finance/index.ts: not in domain/index.ts',
    ]);
  });
});
