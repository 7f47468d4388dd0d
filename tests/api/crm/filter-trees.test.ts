import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Operator, WrittenCondition, WrittenFilter } from '../../../domain/platform/table/filter-tree.ts';
import { bootApp, type App } from '../../kit/app.ts';
import type { Client } from '../../kit/client.ts';
import { newAccount, withAccountTypes, withStages } from '../../kit/crm.fixture.ts';
import {
  askedValues, sampled, variedLists, withCustomFields, type FieldKind, type Row, type VariedList,
} from '../../kit/crm/varied.fixture.ts';
import { inDatabase } from '../../kit/in-database.ts';
import type { Listed } from '../../kit/pov.fixture.ts';

/** Fixed, so that a failure is the same for everybody; FUZZ_SEED=<number> walks another way. */
const seed = Number(process.env['FUZZ_SEED'] ?? 20261129);
const rowCount = 36;
/** Where it is another day than in UTC for an hour or two of each. */
const zone = 'Europe/Oslo';

let app: App, manager: Client;
/** By the name of the record: what the lists show without any condition. */
const rows = new Map<string, Row[]>();
const records = ['account', 'contact', 'opportunity'] as const;
let lists: VariedList[];
beforeAll(async () => {
  app = await bootApp({ worker: false });
  await inDatabase(app, 'update tenant set time_zone = $2 where id = $1', [app.tenant.id, zone]);
  await withAccountTypes(app.tenant.id);
  await withStages(app.tenant.id);
  manager = await app.as('manager');
  const admin = await app.as('admin');
  const owners: string[] = [];
  for (const [accountName, accountType] of [['Acme', 'Vendor'], ['ÅPEN', 'Customer'], ['Nøst', 'Customer']] as const)
    owners.push((await newAccount(manager, { accountName, accountType })).id);
  lists = variedLists(owners);
  for (const list of lists) {
    await withCustomFields(admin, list.record);
    for (const fields of sampled(list.fields, rowCount, seed)) await list.make(manager, fields);
    // All are made at one moment of a frozen clock.
    await inDatabase(app, `update ${list.record} t
      set created_at = '2025-12-31T22:00:00.5Z'::timestamptz + n.nth * interval '7 hours'
      from (select id, row_number() over (order by id) as nth from ${list.record}) n where n.id = t.id`);
  }
  await inDatabase(app, 'update contact set lead_score = ascii(left(last_name, 1)) % 30');
  for (const { record, path } of lists)
    rows.set(record, (await manager.get<Listed<Row>>(`${path}?pageSize=100`)).body.items);
});
afterAll(() => app?.stop());

/** Of a row as the list shows it: a yes-or-no that an administrator defined is no until it is said. */
function valueOf(row: Row, field: string, kind: FieldKind): unknown {
  const [first, key] = field.split('.') as [string, string | undefined];
  const value = key ? ((row[first] ?? {}) as Record<string, unknown>)[key] : row[first];
  return value ?? (kind === 'boolean' ? false : kind === 'words' ? [] : null);
}

const isInstant = (kind: FieldKind): boolean => kind === 'instant' || kind === 'utcDay';

/** Something to be compared by `<` as people would. */
function weight(kind: FieldKind, value: unknown): number | string {
  if (kind === 'number') return Number(value);
  if (isInstant(kind)) return Date.parse(String(value));
  return kind === 'boolean' ? Number(String(value) === 'true') : String(value);
}
/** Both sides of a comparison: where a bare day is asked of an instant, the day that people see there is meant. */
function sides(kind: FieldKind, actual: unknown, asked: string): [number | string, number | string] {
  const shown = { instant: zone, utcDay: 'UTC' }[kind as string];
  if (shown && /^[^T]*$/.test(asked))
    return [new Date(String(actual)).toLocaleDateString('sv-SE', { timeZone: shown }), asked];
  return [weight(kind, actual), weight(kind, asked)];
}
const within = (text: string, part: string): boolean => text.toLowerCase().includes(part.toLowerCase());

/** What the documents say of a condition, in the fewest words. */
function holds(row: Row, { field, op, value }: WrittenCondition, kinds: VariedList['kinds']): boolean {
  const kind = kinds[field]!;
  const actual = valueOf(row, field, kind);
  const asked = [value].flat();
  const [first] = asked as [string];
  if (kind === 'words') return holdsWords(actual as string[], op, asked);
  if (op === 'empty') return (actual === null) === (first !== 'false');
  if (actual === null) return op === 'ne';
  const same = (value: string): boolean => new Set(sides(kind, actual, value)).size === 1;
  const [left, right] = sides(kind, actual, first);
  switch (op) {
    case 'eq': return left === right;
    case 'ne': return left !== right;
    case 'in': return asked.some(same);
    case 'gt': return left > right;
    case 'gte': return left >= right;
    case 'lt': return left < right;
    case 'lte': return left <= right;
    case 'contains': return within(isInstant(kind) ? String(actual).replace('T', ' ') : String(actual), first);
  }
}
function holdsWords(words: string[], op: Operator, asked: string[]): boolean {
  const one = words.some(word => asked.includes(word));
  if (op === 'empty') return (words.length === 0) === (asked[0] !== 'false');
  if (op === 'contains') return within(words.join(' '), asked[0]!);
  return op === 'ne' ? !one : one;
}

const holdsTree = (row: Row, tree: WrittenFilter, kinds: VariedList['kinds']): boolean =>
  'all' in tree ? tree.all.every(t => holdsTree(row, t, kinds))
  : 'any' in tree ? tree.any.some(t => holdsTree(row, t, kinds))
  : holds(row, tree, kinds);

const compared = ['eq', 'ne', 'in', 'gt', 'gte', 'lt', 'lte', 'contains', 'empty'] as const;
const ofWords = ['eq', 'ne', 'in', 'contains', 'empty'] as const;
const parts: Record<FieldKind, string[]> = {
  text: ['o', 'ÅL', 'ål', 'é', '%', '_', '\\', `'n`, '"', '京', ''], number: ['5', '.', '-'],
  instant: ['2026-01', '12:3'], utcDay: ['2026-01', '12:3'], day: ['-0', '2025'], boolean: ['ru'], uuid: ['a', '-4'],
  words: ['SL', 'd d', 'è', '_'],
};
function conditionOf(field: string, kind: FieldKind, values: unknown[]): fc.Arbitrary<WrittenCondition> {
  const one = askedValues[kind](values);
  const operator: fc.Arbitrary<Operator> = fc.constantFrom(...(kind === 'words' ? ofWords : compared));
  return operator.chain((op): fc.Arbitrary<WrittenCondition> => {
    const value: fc.Arbitrary<string | string[]> = op === 'empty' ? fc.constantFrom('true', 'false')
      : op === 'contains' ? fc.constantFrom(...parts[kind])
      : op === 'in' ? fc.array(one, { minLength: 1, maxLength: 3 })
      : one;
    return fc.record({ field: fc.constant(field), op: fc.constant(op), value });
  });
}

/** Trees of every shape: four groups deep and narrow, or two deep and wide. */
function treeOf(condition: fc.Arbitrary<WrittenCondition>, depth: number, width: number): fc.Arbitrary<WrittenFilter> {
  if (depth === 0) return condition;
  const group = fc.array(treeOf(condition, depth - 1, width), { minLength: 1, maxLength: width });
  return fc.oneof(group.map(all => ({ all })), group.map(any => ({ any })), condition);
}

function addressOf(path: string, where: WrittenFilter, filters: WrittenCondition[]): string {
  const query = new URLSearchParams({ pageSize: '100', where: JSON.stringify(where) });
  for (const { field, op, value } of filters) query.set(`filter[${field}][${op}]`, [value].flat().join(','));
  return `${path}?${query.toString()}`;
}

describe(`whatever is asked of a list, the rows are those that fit, and no others (seed ${seed})`, () => {
  it.each(records)('[PLT-047] %s', async record => {
    const { path, kinds } = lists.find(l => l.record === record)!;
    const all = rows.get(record)!;
    expect(all.length).toBeGreaterThanOrEqual(rowCount);
    const condition = fc.oneof(...Object.entries(kinds).map(([field, kind]) =>
      conditionOf(field, kind, all.map(row => valueOf(row, field, kind)))));
    const sizes = new Set<number>();
    const asked = new Set<string>();
    const property = async (where: WrittenFilter, filters: WrittenCondition[]): Promise<void> => {
      const { status, body } = await manager.get<Listed<Row>>(addressOf(path, where, filters));
      if (status !== 200) throw new Error(`${status} ${JSON.stringify(body)}`);
      const wanted = all.filter(row => holdsTree(row, { all: [where, ...filters] }, kinds)).map(row => row.id);
      expect(body.items.map(row => row.id).sort()).toEqual(wanted.sort());
      expect(body.total).toBe(wanted.length);
      sizes.add(wanted.length);
    };
    const single = condition.map(c => (asked.add(`${kinds[c.field]!} ${c.op}`), c));
    await fc.assert(fc.asyncProperty(single, c => property(c, [])), { seed, numRuns: 120 });
    const trees = fc.oneof(treeOf(condition, 4, 2), treeOf(condition, 2, 5));
    const beside = fc.uniqueArray(condition, { maxLength: 2, selector: c => `${c.field} ${c.op}` });
    await fc.assert(fc.asyncProperty(trees, beside, property), { seed, numRuns: 60 });
    // Neither all nor nothing each time, and every comparison was met.
    expect(sizes.size).toBeGreaterThan(10);
    expect(asked.size).toBeGreaterThan(35);
  });
});
