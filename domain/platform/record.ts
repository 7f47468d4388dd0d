import { z } from 'zod';
import { Instant } from './clock.ts';
import { endpoint, event, Nothing, type AnyEvent, type Endpoint, type Needs, type Shape } from './contract.ts';
import { ById, Id } from './id.ts';
import { ListQuery, listOf } from './list.ts';
import { Version } from './version.ts';

export type FieldKind = 'text' | 'number' | 'instant' | 'day' | 'boolean' | 'uuid';

/** What the server adds to every record (PLT-004, 006). */
const Stamps = z.object({
  id: Id, createdAt: Instant, updatedAt: Instant, createdBy: Id.nullable(), updatedBy: Id.nullable(), version: z.int(),
});

export const HistoryEntry = z.object({
  id: Id, at: Instant, by: z.string().meta({ example: 'Dana Reed' }), action: z.string().meta({ example: 'UPDATE' }),
  changes: z.array(z.object({ field: z.string(), from: z.unknown(), to: z.unknown() })),
}).meta({ id: 'HistoryEntry' });
export type HistoryEntry = z.output<typeof HistoryEntry>;

/** How `own` and `team` are told from a row: the field of its owner, the table of its members. */
export interface RecordScopes {
  owner: string;
  members?: { table: string; record: string; user: string };
}

interface Declared<Own extends z.ZodObject, Create extends z.ZodObject> {
  /** Singular, kebab-case: `price-tier`. Subject of its permissions and word of its events. */
  name: string;
  /** First word of its events. */
  area: string;
  tableName: string;
  /** `/api/crm/price-tiers` */
  path: string;
  /** Its own fields as shown; columns have the same names in snake case. */
  shape: Own;
  create: Create;
  /** The field that names a row in sentences. */
  title: keyof Own['shape'] & string;
  /** May be sorted and filtered by. */
  fields: Partial<Record<keyof Own['shape'] & string, FieldKind>>;
  search?: readonly (keyof Own['shape'] & string)[];
  defaultSort?: string;
  scopes?: RecordScopes;
  /** Updates must say which version they change: 428 otherwise. */
  requireVersion?: boolean;
}

/**
 * A plain record, declared once: list with filter, search, sort, page and cursor; read, create, patch, put, soft delete,
 * restore, history; optimistic locking; events. What has a meaning of its own is a verb with a file of its own.
 */
export function record<Own extends z.ZodObject, Create extends z.ZodObject>(r: Declared<Own, Create>) {
  const word = r.name.replace(/(^|-)(\w)/g, (_, _dash, c: string) => c.toUpperCase());
  const View = Stamps.extend(r.shape.shape as Own['shape']).meta({ id: word });
  const Put = r.create.extend({ version: Version }).meta({ id: `Replace${word}` });
  const Patch = withoutDefaults(r.create).extend({ version: Version }).meta({ id: `Patch${word}` });
  const noun = r.name.replaceAll('-', ' '), one = `${r.path}/:id`;
  const may = (action: string): Needs => `${r.name}:${action}`;
  const endpoints = {
    list: endpoint({ method: 'GET', path: r.path, needs: may('read'), query: ListQuery, returns: listOf(View), summary: `List: ${noun}` }),
    create: endpoint({
      method: 'POST', path: r.path, needs: may('create'), body: r.create, returns: View, status: 201, summary: `Create: ${noun}`,
    }),
    read: endpoint({ method: 'GET', path: one, needs: may('read'), params: ById, returns: View, summary: `Read: ${noun}` }),
    patch: endpoint({
      method: 'PATCH', path: one, needs: may('update'), params: ById, body: Patch, returns: View, summary: `Change some fields: ${noun}`,
    }),
    put: endpoint({ method: 'PUT', path: one, needs: may('update'), params: ById, body: Put, returns: View, summary: `Replace: ${noun}` }),
    remove: endpoint({
      method: 'DELETE', path: one, needs: may('delete'), params: ById, returns: Nothing, status: 204, summary: `Delete, to be restored if need be: ${noun}`,
    }),
    restore: endpoint({
      method: 'POST', path: `${one}/restore`, needs: may('restore'), params: ById, returns: View, summary: `Restore a deleted one: ${noun}`,
    }),
    history: endpoint({
      method: 'GET', path: `${one}/history`, needs: may('read'), params: ById, returns: z.object({ items: z.array(HistoryEntry) }),
      summary: `Who changed what and when, newest first: ${noun}`,
    }),
  };
  return { ...r, subject: r.name, View, Put, Patch, endpoints, events: eventsOf(r.area, r.name, noun) };
}

const eventsOf = (area: string, name: string, noun: string) => {
  const payload = z.object({ id: Id, title: z.string(), fields: z.array(z.string()) });
  const happened = (verb: string) => event({
    name: `${area}.${name}.${verb}`, payload, entity: p => p.id, says: p => `${verb} the ${noun} ${p.title}`,
  });
  return { created: happened('created'), changed: happened('changed'), deleted: happened('deleted'), restored: happened('restored') };
};

/** A patch changes what it names and nothing else: the defaults of a create must not slip in. */
function withoutDefaults(create: z.ZodObject): z.ZodObject {
  const bare = Object.entries(create.shape).map(([field, shape]): [string, z.ZodType] => [field, stripped(shape as z.ZodType).optional()]);
  return z.object(Object.fromEntries(bare));
}
const stripped = (shape: z.ZodType): z.ZodType =>
  (shape instanceof z.ZodDefault || shape instanceof z.ZodPrefault ? stripped(shape.unwrap() as z.ZodType) : shape);

/** A record to the code that serves them all. */
export interface AnyRecord {
  name: string; subject: string; tableName: string; title: string;
  View: z.ZodObject; create: z.ZodObject; Patch: z.ZodObject; Put: z.ZodObject;
  fields: Partial<Record<string, FieldKind>>;
  search?: readonly string[]; defaultSort?: string; scopes?: RecordScopes; requireVersion?: boolean;
  endpoints: {
    list: Endpoint<Nothing, typeof ListQuery, Nothing, Shape>;
    create: Endpoint<Nothing, Nothing, z.ZodObject, Shape>;
    read: Endpoint<typeof ById, Nothing, Nothing, Shape>;
    patch: Endpoint<typeof ById, Nothing, z.ZodObject, Shape>;
    put: Endpoint<typeof ById, Nothing, z.ZodObject, Shape>;
    remove: Endpoint<typeof ById, Nothing, Nothing, Nothing>;
    restore: Endpoint<typeof ById, Nothing, Nothing, Shape>;
    history: Endpoint<typeof ById, Nothing, Nothing, Shape>;
  };
  events: Record<'created' | 'changed' | 'deleted' | 'restored', AnyEvent>;
}
