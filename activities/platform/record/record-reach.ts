import { allowsOn, type Scoped } from '../../../domain/platform/permission.ts';
import type { AnyRecord, RecordScopes } from '../../../domain/platform/record.ts';
import type { VerbContext } from '../verb.ts';

/** Whose a row is, and whether the actor may see what it belongs to. */
export interface Reach {
  scoped: Scoped;
  /** False where it belongs to something that the actor may not read, or that is not there. */
  parentSeen: boolean;
  /** What it belongs to, by name, if that is deleted. */
  parentGone?: string;
}
type Row = Record<string, unknown> & { id: string };

/** `inScope` of `db/platform/record.query.ts` for one row inside a verb, which what it belongs to outlasts. */
export async function whereItBelongs(
  ctx: VerbContext,
  { scopes, belongsTo }: Pick<AnyRecord, 'scopes' | 'belongsTo'>,
  id: string,
  row: Record<string, unknown>,
): Promise<Reach> {
  const scoped = scopes ? await scopedBy(ctx, scopes, row, id) : {};
  const parentId = belongsTo && row[belongsTo.field];
  if (!belongsTo || !parentId) return { scoped, parentSeen: true };
  const ownerColumn = belongsTo.scopes.owner.replace(/[A-Z]/g, c => `_${c.toLowerCase()}`);
  const [parent] = await ctx.once(`${belongsTo.table} ${String(parentId)}`, () =>
    ctx.em.execute<(Row & { gone: boolean })[]>(
      `select id, "${ownerColumn}" as "${belongsTo.scopes.owner}", deleted_at is not null as gone
       from "${belongsTo.table}" where id = ? for share`,
      [parentId],
    ));
  if (!parent) return { scoped, parentSeen: false };
  const ofParent = await scopedBy(ctx, belongsTo.scopes, parent, parent.id);
  const { actor } = ctx;
  const inTeam = belongsTo.seenByTeam === true && actor.userId !== null && idsOf(scoped).includes(actor.userId);
  return {
    scoped: { ...scoped, memberIds: [...idsOf(scoped), ...idsOf(ofParent)] },
    parentSeen: actor.kind !== 'user' || inTeam || allowsOn(actor.ability, belongsTo.reads, ofParent),
    ...(parent.gone ? { parentGone: belongsTo.table } : {}),
  };
}

/** Whoever had work until a change may hand it on: they are asked whether they may as if they had it still. */
export const heldBy = ({ scopes }: Pick<AnyRecord, 'scopes'>, before?: Record<string, unknown>): object =>
  scopes?.handedOn && before ? { [scopes.owner]: before[scopes.owner] } : {};

const idsOf = ({ ownerId, memberIds = [] }: Scoped): string[] => (ownerId ? [ownerId, ...memberIds] : [...memberIds]);

async function scopedBy(
  ctx: VerbContext, scopes: RecordScopes, row: Record<string, unknown>, id: string,
): Promise<Scoped> {
  const ownerId = row[scopes.owner] as string | null;
  const others = scopes.others?.map(field => row[field] as string | null).filter(id => id !== null);
  if (!scopes.members) return others?.length ? { ownerId, memberIds: others } : { ownerId };
  const { table, record, user } = scopes.members;
  const members = await ctx.em.execute<{ id: string }[]>(
    `select "${user}" as id from "${table}" where "${record}" = ? and deleted_at is null`,
    [id],
  );
  return { ownerId, memberIds: [...(others ?? []), ...members.map(m => m.id)] };
}
