import { z } from 'zod';

export const operators = ['eq', 'ne', 'in', 'gt', 'gte', 'lt', 'lte', 'contains', 'empty'] as const;
export type Operator = (typeof operators)[number];

export interface Condition {
  field: string;
  op: Operator;
  values: string[];
}

/** Conditions joined by and (`all`) and or (`any`), in each other as deep as people can read them. */
export type FilterTree = Condition | { all: FilterTree[] } | { any: FilterTree[] };
export const depthMax = 4,
  conditionsMax = 40,
  treeLengthMax = 4_000;

/** The same as it is written in an address: `{"all":[{"field":"industry","op":"eq","value":"Food"}]}`. */
export type WrittenFilter = WrittenCondition | { all: WrittenFilter[] } | { any: WrittenFilter[] };
export interface WrittenCondition {
  field: string;
  op: Operator;
  value: string | string[];
}

const WrittenCondition = z.strictObject({
  field: z.string().min(1).max(100),
  op: z.enum(operators),
  value: z.union([z.string().max(500), z.array(z.string().max(500)).max(100)]),
});

/** Reads a tree as it is written, or says in a sentence why it is none. */
export function readTree(text: string): { tree: FilterTree } | { fault: string } {
  let written: unknown;
  try {
    written = JSON.parse(text);
  } catch {
    return { fault: 'must be JSON' };
  }
  const left = { conditions: conditionsMax };
  try {
    return { tree: nodeOf(written, 1, left) };
  } catch (e) {
    if (e instanceof Fault) return { fault: e.message };
    throw e;
  }
}

class Fault extends Error {}

function nodeOf(written: unknown, depth: number, left: { conditions: number }): FilterTree {
  const join = joinOf(written);
  if (!join) return conditionOf(written, left);
  if (depth > depthMax) throw new Fault(`must be at most ${depthMax} groups deep`);
  const nodes = join.nodes.map(node => nodeOf(node, depth + 1, left));
  return join.by === 'all' ? { all: nodes } : { any: nodes };
}

function joinOf(written: unknown): { by: 'all' | 'any'; nodes: unknown[] } | null {
  if (typeof written !== 'object' || written === null) return null;
  const [key, ...more] = Object.keys(written);
  if ((key !== 'all' && key !== 'any') || more.length) return null;
  const nodes: unknown = (written as Record<string, unknown>)[key];
  if (!Array.isArray(nodes) || nodes.length === 0) throw new Fault(`"${key}" must be a list of conditions`);
  return { by: key, nodes };
}

function conditionOf(written: unknown, left: { conditions: number }): Condition {
  const { data, error } = WrittenCondition.safeParse(written);
  if (error) throw new Fault('must be made of "all", "any" and conditions of field, op and value');
  if (--left.conditions < 0) throw new Fault(`must have at most ${conditionsMax} conditions`);
  const { field, op, value } = data;
  const values = Array.isArray(value) ? value : op === 'in' ? value.split(',') : [value];
  if (op !== 'in' && values.length !== 1) throw new Fault(`"${op}" of ${field} takes one value`);
  return { field, op, values };
}
