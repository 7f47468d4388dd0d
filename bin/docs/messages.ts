import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { schedules } from '../../activities/platform/process/schedules.ts';
import { events, processes } from '../../domain/index.ts';
import { signalName, type AnyEvent } from '../../domain/platform/contract.ts';
import type { ProcessContract } from '../../domain/platform/process.ts';
import { table } from './parts.ts';

/** The commands, events and the query of a process, from its contract and its workflow. */
export function messageTables(type: string): string {
  const process = processes.find(p => p.type === type);
  if (!process) throw new Error(`There is no process ${type}`);
  const { start } = process;
  const updates = Object.values(process.updates ?? {});
  const commands = [...Object.values(process.signals), ...updates].map(({ name, body, needs, summary }) => [
    `\`${name} ${fieldsOf(body)}\``,
    `\`${needs}\``,
    summary,
  ]);
  const rows = [
    ['Type', `\`${process.type}\``],
    ['Workflow id', `\`${process.id(`<${idName(process)}>`)}\``],
    ['Read by', `\`${process.reads}\``],
    ['Started by', `POST /api/processes/${process.type} \`${fieldsOf(start.body)}\`, right \`${start.needs}\``],
    ['Commands', commands.length ? 'POST /api/processes/:workflowId/signals/:name' : 'none'],
    ...(updates.length ? [['Updates', `POST /api/processes/:workflowId/updates/:name: ${names(updates)}`]] : []),
    ['Query', commands.length ? '`state`: stage, sentence, future, hold' : 'none'],
    ['Wakes on', heardBy(process).map(e => `\`${e.name}\``).join(', ') || 'nothing'],
  ];
  const steered = commands.length ? `\n\n${table(['command', 'right', 'what it does'], commands)}` : '';
  return table(['', ''], rows) + steered;
}

/** What the engine starts by itself. */
export const schedulesTable = (): string =>
  table(
    ['schedule', 'starts', 'every'],
    schedules.map(s => [`\`${s.id}\``, `\`${s.workflowType}\``, `${s.everyMinutes} minutes`]),
  );

const names = (of: { name: string }[]): string => of.map(({ name }) => `\`${name}\``).join(', ');

const idName = ({ entityType }: ProcessContract): string =>
  `${entityType.replace('workflow-', '').replace(/-(\w)/g, (_, c: string) => c.toUpperCase())}Id`;

interface Schema {
  $ref?: string;
  type?: string;
  properties?: Record<string, unknown>;
  required?: string[];
  items?: Schema;
  anyOf?: Schema[];
}
const fieldsMax = 6;

/** `{to, reason?}`; of a body that may have several shapes, one after the other. */
function fieldsOf(shape: z.ZodType): string {
  const root = z.toJSONSchema(shape, { io: 'input', unrepresentable: 'any' });
  const parts = (root.$defs ?? {}) as Record<string, Schema>;
  const fields = (schema: Schema): string => {
    const part = schema.$ref && parts[schema.$ref.split('/').at(-1)!];
    if (part) return fields(part);
    if (schema.anyOf) return schema.anyOf.map(fields).join(' or ');
    if (schema.type === 'array') return `[${fields(schema.items ?? {})}]`;
    const { properties = {}, required = [] } = schema;
    const names = Object.keys(properties).map(name => (required.includes(name) ? name : `${name}?`));
    // What must be there comes first; the rest stands in the OpenAPI document.
    const sorted = [...names.filter(n => !n.endsWith('?')), ...names.filter(n => n.endsWith('?'))];
    return `{${sorted.length > fieldsMax ? [...sorted.slice(0, fieldsMax), '…'].join(', ') : sorted.join(', ')}}`;
  };
  return fields(root as Schema);
}

/** Told by the event, and listed by the workflow: what a process does itself also tells it, but wakes nobody. */
function heardBy({ type }: ProcessContract): AnyEvent[] {
  const file = `${type.replace(/[A-Z]/g, c => `-${c.toLowerCase()}`)}.workflow.ts`;
  const folder = readdirSync('workflows').find(area => existsSync(`workflows/${area}/${file}`));
  const source = readFileSync(`workflows/${folder}/${file}`, 'utf8');
  return events.filter(e => tells(e, type) && new RegExp(`\\b${symbolOf(e)}\\b`).test(source));
}

/** File, exported symbol and signal share one word; the moves of the clock tell whatever they moved. */
const symbolOf = (e: AnyEvent): string => signalName(e.name);
function tells(e: AnyEvent, type: string): boolean {
  const all = processes.map(p => ({ type: p.type, entityId: 'x' }));
  const fields: Record<string, unknown> = { processes: all, parent: { type: 'povLifecycle', entityId: 'x' } };
  const payload = new Proxy({}, { get: (_, key) => fields[String(key)] ?? 'x' });
  return e.tells?.(payload as never).some(told => told.type === type) ?? false;
}
