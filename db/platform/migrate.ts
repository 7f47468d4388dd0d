import { readdir } from 'node:fs/promises';
import { MikroORM, type Options } from '@mikro-orm/postgresql';
import { ormOptions } from './orm.ts';

/** Brings the schema up to date, or to these migrations, as the owner; answers the names of those that ran. */
export async function migrate(ownerUrl: string, migrations?: string[]): Promise<string[]> {
  const owner = await MikroORM.init(ormOptions(ownerUrl, 2) as Options);
  try {
    return (await owner.migrator.up(migrations && { migrations })).map(m => m.name);
  } finally {
    await owner.close();
  }
}

/** All that this version has, in their order. */
export async function migrationNames(): Promise<string[]> {
  const files = await readdir(new URL('../migrations', import.meta.url));
  return files.filter(file => file.endsWith('.ts')).map(file => file.slice(0, -3)).sort();
}
