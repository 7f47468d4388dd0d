import { readRecord } from '../../db/platform/record.query.ts';
import type { Reader } from '../../db/platform/reader.ts';
import type { Actor } from '../../domain/platform/actor.ts';
import { notFound } from '../../domain/platform/errors.ts';
import type { AnyRecord } from '../../domain/platform/record.ts';

/** What belongs to a record is shown to whoever may read the record, as long as it is there. */
export async function proveReadable(read: Reader, record: AnyRecord, actor: Actor, id: string): Promise<void> {
  if (!(await readRecord(read, { record }, actor, id))) throw notFound();
}
