import type { EntityManager } from '@mikro-orm/postgresql';
import { invalidField } from '../../domain/platform/errors.ts';

/** Between two cards there is room for many moves before the column is numbered anew. */
const gap = 65_536;
const farthest = 9e14;

interface Wanted {
  id: string;
  stage: string;
  before?: string | undefined;
  after?: string | undefined;
}

/** Above all cards of the column. */
export async function topOfColumn(em: EntityManager, stage: string, but?: string): Promise<number> {
  const [row] = await em.execute<{ least: string | null }[]>(
    `select min(kanban_index) as least from opportunity where stage = ? and deleted_at is null and id <> ?`,
    [stage, but ?? nobody],
  );
  return row?.least == null ? 0 : Number(row.least) - gap;
}
const nobody = '00000000-0000-0000-0000-000000000000';

/** The index that puts a card beside another one; moves into one column wait for each other (CRM-070). */
export async function placeInColumn(em: EntityManager, tenantId: string, wanted: Wanted): Promise<number> {
  await em.execute(`select pg_advisory_xact_lock(hashtextextended('opportunity-column ' || ? || ?, 0))`, [
    tenantId, wanted.stage,
  ]);
  const place = await between(em, wanted);
  if (place !== null) return place;
  await em.execute(
    `update opportunity o set kanban_index = r.n * ${gap} from (
       select id, row_number() over (order by kanban_index, id) as n from opportunity
       where stage = ? and deleted_at is null) r where o.id = r.id`,
    [wanted.stage],
  );
  return (await between(em, wanted))!;
}

/** Null where no number is left between the two cards. */
async function between(em: EntityManager, { id, stage, before, after }: Wanted): Promise<number | null> {
  const beside = before ?? after;
  if (beside === undefined) return near(await topOfColumn(em, stage, id));
  const [card] = await em.execute<{ at: string; next: string | null }[]>(
    `select c.kanban_index as at, (
       select n.kanban_index from opportunity n where n.stage = c.stage and n.deleted_at is null and n.id <> ?
         and (n.kanban_index, n.id) ${before ? '<' : '>'} (c.kanban_index, c.id)
       order by n.kanban_index ${before ? 'desc' : 'asc'}, n.id ${before ? 'desc' : 'asc'} limit 1) as next
     from opportunity c where c.id = ? and c.stage = ? and c.deleted_at is null and c.id <> ?`,
    [id, beside, stage, id],
  );
  if (!card) throw invalidField(before ? 'before' : 'after', 'is no other card of that stage');
  const at = Number(card.at);
  if (card.next === null) return near(before ? at - gap : at + gap);
  const place = Math.floor((at + Number(card.next)) / 2);
  return Math.abs(at - Number(card.next)) < 2 ? null : place;
}

const near = (place: number): number | null => (Math.abs(place) > farthest ? null : place);
