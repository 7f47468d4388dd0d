import type { App } from '../app.ts';
import { inDatabase } from '../in-database.ts';

/** Lets the database refuse each change of a table, as a rule that was broken would; answers what takes it away. */
export async function refuseUpdates(app: App, table: 'milestone' | 'phase'): Promise<() => Promise<void>> {
  await inDatabase(
    app,
    `create function refused() returns trigger language plpgsql as
     $$ begin raise exception 'refused by the test' using errcode = '23505'; end $$;
     create trigger refused before update on ${table} for each row execute function refused()`,
  );
  return async () => {
    await inDatabase(app, `drop trigger refused on ${table}; drop function refused()`);
  };
}
