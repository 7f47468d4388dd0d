import type { z } from 'zod';
import { endpoint, Nothing, type Endpoint, type Needs, type Shape } from '../platform/contract.ts';
import { invalidField } from '../platform/errors.ts';
import { ById } from '../platform/id.ts';
import { ListQuery, listOf } from '../platform/list.ts';
import type { AnyRecord } from '../platform/record.ts';

type Fields = Record<string, unknown>;

/** Another path to a record, where some of its fields go by further names; both names are taken and shown. */
export interface Facade {
  record: AnyRecord;
  /** Further name → the record's own. */
  names: Readonly<Record<string, string>>;
  endpoints: {
    list: Endpoint<Nothing, typeof ListQuery, Nothing, Shape>;
    create: Endpoint<Nothing, AnyRecord['endpoints']['create']['query'], z.ZodObject, Shape>;
    read: Endpoint<typeof ById, Nothing, Nothing, Shape>;
    patch: Endpoint<typeof ById, Nothing, z.ZodObject, Shape>;
    put: Endpoint<typeof ById, Nothing, z.ZodObject, Shape>;
    remove: Endpoint<typeof ById, Nothing, Nothing, Nothing>;
  };
}

/** `id` is what its shapes are called in the API's document; `open` are fields that a new one may go without here. */
export function facade(
  record: AnyRecord,
  { id, path, names, open = [] }: {
    id: string; path: string; names: Readonly<Record<string, string>>; open?: readonly string[];
  },
): Facade {
  const also = Object.entries(names);
  const of = (shape: z.ZodObject, field: string): z.ZodType => shape.shape[field] as z.ZodType;
  const View = record.View.extend(Object.fromEntries(also.map(([name, own]) => [name, of(record.View, own)])));
  const further = Object.fromEntries(also.map(([name, own]) => [name, of(record.Patch, own)]));
  const own = Object.fromEntries(also.map(([, field]) => [field, of(record.create, field).optional()]));
  const left = Object.fromEntries(open.map(field => [field, of(record.Patch, field)]));
  const Create = record.create.extend({ ...own, ...left, ...further }).meta({ id: `Create${id}` });
  const Patch = record.Patch.extend(further).meta({ id: `Patch${id}` });
  const Put = record.Put.extend({ ...own, ...further }).meta({ id: `Replace${id}` });
  const may = (action: string): Needs => `${record.subject}:${action}`;
  const noun = `${record.name.replaceAll('-', ' ')}, by its names at ${path}`;
  const all = { path, returns: View.meta({ id }) };
  const one = { ...all, path: `${path}/:id`, params: ById };
  return {
    record,
    names,
    endpoints: {
      list: endpoint({
        ...{ method: 'GET', path, needs: may('read'), query: ListQuery },
        ...{ returns: listOf(all.returns), summary: `List: ${noun}` },
      }),
      create: endpoint({
        ...{ ...all, method: 'POST', needs: may('create'), query: record.endpoints.create.query },
        ...{ body: Create, status: 201, summary: `Create: ${noun}` },
      }),
      read: endpoint({ ...one, method: 'GET', needs: may('read'), summary: `Read: ${noun}` }),
      patch: endpoint({
        ...{ ...one, method: 'PATCH', needs: may('update'), body: Patch, summary: `Change some fields: ${noun}` },
      }),
      put: endpoint({ ...one, method: 'PUT', needs: may('update'), body: Put, summary: `Replace: ${noun}` }),
      remove: endpoint({
        ...{ ...one, method: 'DELETE', needs: may('delete'), returns: Nothing, status: 204 },
        summary: `Delete, to be restored if need be: ${noun}`,
      }),
    },
  };
}

/** What was sent, by the record's own names; one value under two names that differ is refused. */
export function ownNames({ names }: Facade, sent: Fields): Fields {
  const own: Fields = { ...sent };
  for (const [name, field] of Object.entries(names)) {
    const value = own[name];
    delete own[name];
    if (value === undefined) continue;
    if (own[field] !== undefined && own[field] !== value)
      throw invalidField(name, `says something else than ${field}, which is the same field`);
    own[field] = value;
  }
  return own;
}

/** Says no to a new one that lacks what it cannot be without, by the name that it goes by here. */
export function proveGiven({ record, names }: Facade, fields: Fields): void {
  for (const [name, field] of Object.entries(names)) {
    const needed = !(record.create.shape[field] as z.ZodType).safeParse(undefined).success;
    if (needed && fields[field] === undefined) throw invalidField(name, 'is required', 'required');
  }
}

/** A query whose filters and sort keys may go by the further names. */
export function ownQuery({ names }: Facade, query: ListQuery): ListQuery {
  const of = (name: string): string => names[name] ?? name;
  const key = (by: string): string => (by.startsWith('-') ? `-${of(by.slice(1))}` : of(by));
  const { sort, filter } = query;
  return {
    ...query,
    ...(sort && { sort: sort.split(',').map(key).join(',') }),
    ...(filter && { filter: Object.fromEntries(Object.entries(filter).map(([name, by]) => [of(name), by])) }),
  };
}

/** A row with both names of each such field. */
export const withNames = ({ names }: Facade, row: Fields): Fields => ({
  ...row,
  ...Object.fromEntries(Object.entries(names).map(([name, field]) => [name, row[field]])),
});
