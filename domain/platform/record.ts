import { z } from 'zod';
import { Instant } from './clock.ts';
import { endpoint, event, Nothing, type AnyEvent, type Endpoint, type Needs, type Shape } from './contract.ts';
import { ById, Id } from './id.ts';
import { ListQuery, listOf } from './list.ts';
import { Version } from './version.ts';

/**
 * `words` is a list of words: filtered by one of them, never sorted by. `utcDay` is an instant that people know as the
 * day that it is in UTC.
 */
export type FieldKind = 'text' | 'number' | 'instant' | 'utcDay' | 'day' | 'boolean' | 'uuid' | 'words';

/** What the server adds to every record (PLT-004, 006). */
const Stamps = z.object({
  id: Id,
  createdAt: Instant,
  updatedAt: Instant,
  createdBy: Id.nullable(),
  updatedBy: Id.nullable(),
  version: z.int(),
});

export const HistoryEntry = z
  .object({
    id: Id,
    at: Instant,
    by: z.string().meta({ example: 'Dana Reed' }),
    action: z.string().meta({ example: 'UPDATE', description: 'CREATE, UPDATE, DELETE or RESTORE' }),
    changes: z.array(
      z.object({
        field: z.string(),
        of: z.string().optional().meta({ description: 'Name of the one that changed, of a field that holds several' }),
        from: z.unknown(),
        to: z.unknown(),
      }),
    ),
    part: z
      .object({ kind: z.string().meta({ example: 'phase' }), id: Id, name: z.string() })
      .optional()
      .meta({ description: 'What of the record changed: a part of it, or what was merged into it' }),
  })
  .meta({ id: 'HistoryEntry' });
export type HistoryEntry = z.output<typeof HistoryEntry>;

export const History = z.object({
  items: z.array(HistoryEntry),
  total: z.int().optional().meta({ description: 'Of all changes: the newest 500 are told' }),
  names: z.record(z.string(), z.string()).optional()
    .meta({ description: 'What the ids and keys in changes stand for, as far as the reader may know it' }),
});
export type History = z.output<typeof History>;

/** How `own` and `team` are told from a row: the field of its owner, the table of its members. */
export interface RecordScopes {
  owner: string;
  /** Fields that name further people of a row's team, e.g. who gave the work away. */
  others?: readonly string[];
  /** It is work: whoever has it may give it to somebody else, also where they see it no longer then. */
  handedOn?: boolean;
  members?: { table: string; record: string; user: string };
}

/**
 * A record that may belong to another one: who may not read that one can neither read it nor put it there, and whose
 * team is in that one is in the team of what belongs to it.
 */
export interface RecordParent {
  /** Holds the id of the other record; null where it belongs to none. */
  field: string;
  table: string;
  /** The right to read the other record, and how its `own` and `team` are told. */
  reads: Needs;
  scopes: RecordScopes;
  /** Whose row it is, and who is in its team, sees it even where they may not see the other record: work given away. */
  seenByTeam?: boolean;
}

interface Declared<Own extends z.ZodObject, Create extends z.ZodObject, Shown extends z.ZodObject> {
  /** Singular, kebab-case: `price-tier`. Subject of its permissions and word of its events. */
  name: string;
  /** First word of its events. */
  area: string;
  tableName: string;
  /** `/api/crm/price-tiers` */
  path: string;
  /** Its own fields as shown; columns have the same names in snake case. */
  shape: Own;
  /** What lists and reads show beside its own fields, of other rows: the name of its owner. All of it may be null. */
  shown?: Shown;
  create: Create;
  /** The field that names a row in sentences. */
  title: keyof Own['shape'] & string;
  /** May be sorted and filtered by. */
  fields: Partial<Record<keyof Own['shape'] & string, FieldKind>>;
  search?: readonly (keyof Own['shape'] & string)[];
  /** No two rows of a tenant have the same of it while they are not deleted; the table has an index for it. */
  unique?: keyof Own['shape'] & string;
  /** Fields that name people, beside its owner: active ones. */
  people?: readonly (keyof Own['shape'] & string)[];
  defaultSort?: string;
  scopes?: RecordScopes;
  belongsTo?: RecordParent;
  /** A new one is compared with those that are there; several can be merged into one (CRM-034, 035). */
  mergeable?: boolean;
  /** Updates must say which version they change: 428 otherwise. */
  requireVersion?: boolean;
}

/**
 * A plain record, declared once: list with filter, search, sort, page and cursor; read, create, patch, put, soft
 * delete, restore, history; versions; events. What has a meaning of its own is a verb with a file of its own.
 */
export function record<Own extends z.ZodObject, Create extends z.ZodObject, Shown extends z.ZodObject = Nothing>(
  r: Declared<Own, Create, Shown>,
) {
  const word = r.name.replace(/(^|-)(\w)/g, (_, _dash, c: string) => c.toUpperCase());
  const Row = Stamps.extend(r.shape.shape as Own['shape']);
  const View = Row.extend((r.shown?.shape ?? {}) as Shown['shape']).meta({ id: word });
  const Put = r.create.extend({ version: Version }).meta({ id: `Replace${word}` });
  const Patch = withoutDefaults(r.create).extend({ version: Version });
  const bodies = { Row, View, create: r.create, Put, Patch: Patch.meta({ id: `Patch${word}` }) };
  const noun = r.name.replaceAll('-', ' ');
  const endpoints = endpointsOf({ name: r.name, path: r.path, noun, mergeable: r.mergeable ?? false }, bodies);
  return { ...r, ...bodies, subject: r.name, endpoints, events: eventsOf(r.area, r.name, noun) };
}

/** `categories` of `category`. */
export const plural = (noun: string): string => (/[^aeiou]y$/.test(noun) ? `${noun.slice(0, -1)}ies` : `${noun}s`);

/** What is there already, as far as can be told, is added again only if this is said. */
const Forced = z.object({
  force: z.enum(['true', 'false']).optional().meta({ description: 'Add it although it seems to be there already' }),
});

interface Bodies<View extends Shape, Create extends Shape, Put extends Shape> {
  View: View;
  create: Create;
  Put: Put;
  Patch: z.ZodObject;
}

function endpointsOf<View extends Shape, Create extends Shape, Put extends Shape>(
  { name, path, noun, mergeable }: { name: string; path: string; noun: string; mergeable: boolean },
  { View, create, Put, Patch }: Bodies<View, Create, Put>,
) {
  const may = (action: string): { needs: Needs } => ({ needs: `${name}:${action}` });
  const all = { path, returns: View } as const;
  const one = { path: `${path}/:id`, params: ById, returns: View } as const;
  return {
    list: endpoint({
      ...{ method: 'GET', path, ...may('read') },
      ...{ query: ListQuery, returns: listOf(View), summary: `List: ${noun}` },
      failure: `Failed to fetch ${plural(noun)}`,
    }),
    create: endpoint({
      ...{ method: 'POST', ...all, ...may('create') },
      ...{ query: mergeable ? Forced : (Nothing as typeof Forced) },
      ...{ body: create, status: 201, summary: `Create: ${noun}` },
      failure: `Failed to create ${noun}`,
    }),
    read: endpoint({ method: 'GET', ...one, ...may('read'), summary: `Read: ${noun}` }),
    patch: endpoint({ method: 'PATCH', ...one, ...may('update'), body: Patch, summary: `Change some fields: ${noun}` }),
    put: endpoint({ method: 'PUT', ...one, ...may('update'), body: Put, summary: `Replace: ${noun}` }),
    remove: endpoint({
      ...{ method: 'DELETE', ...one, ...may('delete') },
      ...{ returns: Nothing, status: 204, summary: `Delete, to be restored if need be: ${noun}` },
    }),
    restore: endpoint({
      ...{ method: 'POST', ...one, ...may('restore') },
      ...{ path: `${path}/:id/restore`, summary: `Restore a deleted one: ${noun}` },
    }),
    history: endpoint({
      ...{ method: 'GET', path: `${path}/:id/history`, params: ById, ...may('read') },
      ...{ returns: History, summary: `Who changed what and when, newest first: ${noun}` },
    }),
  };
}

const eventsOf = (area: string, name: string, noun: string) => {
  const payload = z.object({ id: Id, parentId: Id.nullable(), title: z.string(), fields: z.array(z.string()) });
  const happened = (verb: string) =>
    event({
      name: `${area}.${name}.${verb}`,
      payload,
      entity: p => p.id,
      story: p => p.parentId ?? p.id,
      says: p => `${verb} the ${noun} ${p.title}`,
    });
  return {
    created: happened('created'),
    changed: happened('changed'),
    deleted: happened('deleted'),
    restored: happened('restored'),
  };
};

/** A patch changes what it names and nothing else: the defaults of a create must not slip in. */
function withoutDefaults(create: z.ZodObject): z.ZodObject {
  const bare = Object.entries(create.shape).map(([field, shape]): [string, z.ZodType] => [
    field,
    stripped(shape as z.ZodType).optional(),
  ]);
  return z.object(Object.fromEntries(bare));
}
const stripped = (shape: z.ZodType): z.ZodType =>
  shape instanceof z.ZodDefault || shape instanceof z.ZodPrefault ? stripped(shape.unwrap() as z.ZodType) : shape;

/** A record to the code that serves them all. */
export interface AnyRecord {
  name: string;
  subject: string;
  tableName: string;
  title: string;
  /** Its own fields and stamps: what a row holds. */
  Row: z.ZodObject;
  /** The same with what is shown of other rows. */
  View: z.ZodObject;
  create: z.ZodObject;
  Patch: z.ZodObject;
  Put: z.ZodObject;
  fields: Partial<Record<string, FieldKind>>;
  search?: readonly string[];
  unique?: string;
  people?: readonly string[];
  defaultSort?: string;
  scopes?: RecordScopes;
  belongsTo?: RecordParent;
  mergeable?: boolean;
  requireVersion?: boolean;
  endpoints: {
    list: Endpoint<Nothing, typeof ListQuery, Nothing, Shape>;
    create: Endpoint<Nothing, typeof Forced, z.ZodObject, Shape>;
    read: Endpoint<typeof ById, Nothing, Nothing, Shape>;
    patch: Endpoint<typeof ById, Nothing, z.ZodObject, Shape>;
    put: Endpoint<typeof ById, Nothing, z.ZodObject, Shape>;
    remove: Endpoint<typeof ById, Nothing, Nothing, Nothing>;
    restore: Endpoint<typeof ById, Nothing, Nothing, Shape>;
    history: Endpoint<typeof ById, Nothing, Nothing, Shape>;
  };
  events: Record<'created' | 'changed' | 'deleted' | 'restored', AnyEvent>;
}
