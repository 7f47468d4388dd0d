import type { z } from 'zod';
import { compileSql } from '../../../db/platform/sql.ts';
import type { Actor } from '../../../domain/platform/actor.ts';
import { Refusal } from '../../../domain/platform/errors.ts';
import type { NewBulk, NewExport } from '../../../domain/platform/job/job.contract.ts';
import { ListQuery } from '../../../domain/platform/list.ts';
import type { JobRecord } from './job-record.ts';

type Kept = NewExport['query'] | NonNullable<NewBulk['matching']>;

/** Conditions as a job keeps them, as a list takes them. */
export const listQueryOf = ({ where, ...query }: Kept): ListQuery =>
  ListQuery.parse({ ...query, ...(where === undefined ? {} : { where }) } satisfies z.input<typeof ListQuery>);

/** Refuses conditions and orders that the list does not know, by their place in the body. */
export const proveQuery = (of: JobRecord, actor: Actor, query: Kept): void =>
  inBody('/query/', () => of.lists.prove(actor, listQueryOf(query), of.custom));

/** The ids of all that fit, as a statement and its values. */
export const matchingStatement = (
  of: JobRecord, actor: Actor, query: Kept, max: number,
): ReturnType<typeof compileSql> =>
  inBody('/matching/', () => compileSql(of.lists.ids(actor, listQueryOf(query), max, of.custom)));

function inBody<T>(at: string, act: () => T): T {
  try {
    return act();
  } catch (e) {
    if (!(e instanceof Refusal) || !e.details.fields) throw e;
    const fields = e.details.fields.map(f => ({ ...f, pointer: f.pointer.replace(/^\?/, at) }));
    throw new Refusal(e.code, e.message, { ...e.details, fields });
  }
}
