import { LockMode } from '@mikro-orm/postgresql';
import { Pov } from '../../db/pov/pov.entity.ts';
import { notFound } from '../../domain/platform/errors.ts';
import { ById } from '../../domain/platform/id.ts';
import { launchProcess } from '../../domain/pov/launch.contract.ts';
import { povRestored } from '../../domain/pov/pov.contract.ts';
import { launchTitle } from '../../domain/pov/launch-plan.ts';
import { povLifecycle } from '../../domain/pov/pov-lifecycle.contract.ts';
import { isClosed } from '../../domain/pov/pov-status.ts';
import { Pov as PovShape } from '../../domain/pov/pov.ts';
import { deletedBy } from '../platform/record/deleted-by.ts';
import { restartProcess } from '../platform/process/start-process.ts';
import { verb, type VerbContext } from '../platform/verb.ts';
import { answerPov } from './answer-pov.ts';
import { deletePov } from './delete-pov.ts';
import { launchIdOf } from './launch/find-launch.ts';
import { noteActivity } from './note-activity.ts';
import { childrenOf } from './pov-children.ts';

/** Brings a POV back with all that went with it; open, it goes on where it was (PLT-005). */
export const restorePov = verb(
  { name: 'restore-pov', needs: 'pov:restore', input: ById, output: PovShape },
  async (ctx, { id }) => {
    const { em, emit } = ctx;
    const pov = await em.findOne(Pov, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true });
    if (!pov) throw notFound();
    ctx.authorize('pov:restore', { ownerId: pov.ownerId });
    if (!pov.deletedAt) return answerPov(ctx, pov);
    const gone = await childrenOf(ctx, pov, true);
    const withIt = await deletedBy(em, wentWith, gone.map(child => child.id));
    for (const child of gone) if (withIt.has(child.id)) child.deletedAt = null;
    pov.deletedAt = null;
    await em.flush();
    const launchId = await launchIdOf(ctx, id);
    if (!isClosed(pov.status)) await goOn(ctx, pov, launchId);
    noteActivity(ctx, id, 'pov.restored', { title: pov.title });
    emit(povRestored, { povId: id, title: pov.title, launchId });
    return answerPov(ctx, pov);
  },
);

/** None of its parts is deleted by a job of its own: what one took along went with a POV. */
const wentWith = [deletePov.name, 'bulk-rows'];

async function goOn(ctx: VerbContext, pov: Pov, launchId: string | null): Promise<void> {
  const { title, ownerId } = pov;
  await restartProcess(ctx, povLifecycle, pov.id, { title, ownerId });
  if (launchId) await restartProcess(ctx, launchProcess, launchId, { title: launchTitle({ title }), ownerId });
}
