import { describe, expect, it } from '@jest/globals';
import { plantedTree, readTree, type Tree } from '../tree.ts';

/** The nouns of the domain that bring an idea, and the names that its lists of values have (source 004). */
const ideas: Record<string, readonly string[]> = {
  invoice: ['InvoiceStatus'],
  task: ['TaskStatus', 'TaskPriority'],
  interaction: ['ActivityOutcome'],
  webhook: ['WebhookStatus'],
  'sales-order': ['OrderStatus'],
  // No account knows a risk: what a customer may owe comes with credit.
  'customer-risk': ['CustomerRiskStatus'],
  credit: ['CustomerRiskStatus'],
};

function missingNames(tree: Tree): string[] {
  const domain = [...tree].filter(([path]) => path.startsWith('domain/') && !path.endsWith('.test.ts'));
  const nouns = new Set(domain.map(([path]) => path.split('/').at(-1)!.split('.')[0]!));
  const declared = (name: string): boolean =>
    domain.some(([, { text }]) => new RegExp(`^export (const|type|enum) ${name}\\b`, 'm').test(text));
  return Object.entries(ideas)
    .filter(([noun]) => nouns.has(noun))
    .flatMap(([noun, names]) => names.filter(name => !declared(name)).map(name => `${noun} without ${name}`));
}

it('[PLT-013] lists of values have the names that people know them by, where the idea exists', () =>
  expect(missingNames(readTree())).toEqual([]));

describe('a fault that is planted is found:', () => {
  it.each([
    ['a name of its own', { 'domain/crm/task.ts': 'export const TaskState = 1;\nexport const TaskPriority = 2;\n' },
      ['task without TaskStatus']],
    ['one that nobody else can use', { 'domain/finance/invoice.contract.ts': 'const InvoiceStatus = 1;\n' },
      ['invoice without InvoiceStatus']],
    ['none where it stands in another file', {
      'domain/finance/invoice.ts': '', 'domain/finance/invoice-status.ts': 'export type InvoiceStatus = 1;\n',
    }, []],
  ])('%s', (_, files, faults) => expect(missingNames(plantedTree(files))).toEqual(faults));
});
