import type { z } from 'zod';
import { transactionOf } from '../../db/platform/pool/transaction.ts';
import { compileSql, sql } from '../../db/platform/sql.ts';
import { opportunityNameFor } from '../../db/pov/pov-links.query.ts';
import type { Pov } from '../../db/pov/pov.entity.ts';
import { shown } from '../../db/pov/shown.ts';
import { Pov as PovShape } from '../../domain/pov/pov.ts';
import type { VerbContext } from '../platform/verb.ts';

/** A POV as it is then, with what its opportunity is called for who changed it. Flushes before. */
export async function answerPov({ em, actor }: VerbContext, pov: Pov): Promise<z.input<typeof PovShape>> {
  await em.flush();
  const opportunityId = pov.dealId;
  if (!pov.opportunityId) return shown(PovShape, pov, { opportunityId });
  const { sql: text, parameters } = compileSql(
    sql`select ${opportunityNameFor(actor)} as name from pov p where p.id = ${pov.id}::uuid`,
  );
  const [row] = await transactionOf(em).send<{ name: string | null }>(text, [...parameters]);
  return shown(PovShape, pov, { opportunityId, opportunityName: row?.name ?? null });
}
