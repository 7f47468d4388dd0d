import { MikroORM, type Options } from '@mikro-orm/postgresql';
import { ormOptions } from './orm.ts';

/** Brings the schema up to date, as the owner; answers the names of the migrations that ran. */
export async function migrate(ownerUrl: string): Promise<string[]> {
  const owner = await MikroORM.init(ormOptions(ownerUrl, 2) as Options);
  try {
    return (await owner.migrator.up()).map(m => m.name);
  } finally {
    await owner.close();
  }
}
