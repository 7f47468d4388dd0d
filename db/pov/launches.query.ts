import type { Launch } from '../../domain/pov/launch.ts';
import type { Reader } from '../platform/reader.ts';
import { columnsOf, selected, sql, type Sql } from '../platform/sql.ts';

const columns = columnsOf('l', [
  'id',
  'povId',
  'confirmed',
  'checklist',
  'launchedAt',
  'launchedBy',
  'createdAt',
  'updatedAt',
  'version',
]);

export const launchesOf = (povId: Sql): Sql =>
  sql`select ${selected(columns)} from pov_launch l
    where l.pov_id = ${povId} and l.deleted_at is null order by l.created_at desc, l.id`;

export const readLaunch = (read: Reader, povId: string): Promise<Launch | undefined> =>
  read.row<Launch>(launchesOf(sql`${povId}::uuid`));

/** The POV of a launch, as its process knows it. */
export const povIdOfLaunch = async (read: Reader, launchId: string): Promise<string | undefined> =>
  (
    await read.row<{ povId: string }>(
      sql`select pov_id as "povId" from pov_launch where id = ${launchId} and deleted_at is null`,
    )
  )?.povId;
