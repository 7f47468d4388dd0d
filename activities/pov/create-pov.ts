import { PhaseTemplate } from '../../db/pov/phase-template.entity.ts';
import { Phase } from '../../db/pov/phase.entity.ts';
import { povColumns } from '../../db/pov/pov-columns.ts';
import { Pov } from '../../db/pov/pov.entity.ts';
import { TeamMember } from '../../db/pov/team-member.entity.ts';
import { Team } from '../../db/pov/team.entity.ts';
import { Refusal } from '../../domain/platform/errors.ts';
import { planningPhase } from '../../domain/pov/phase.ts';
import { povCreated } from '../../domain/pov/pov.contract.ts';
import { povLifecycle } from '../../domain/pov/pov-lifecycle.contract.ts';
import { CreatePov, Pov as PovShape } from '../../domain/pov/pov.ts';
import { accountIsThere } from '../crm/account-there.ts';
import { startProcess } from '../platform/process/start-process.ts';
import { verb, type VerbContext } from '../platform/verb.ts';
import { addTemplatePhases } from './add-template-phases.ts';
import { answerPov } from './answer-pov.ts';
import { withLink } from './opportunity/link-opportunity.ts';
import { noteActivity } from './note-activity.ts';

/** A POV with its team, its first phase and the phases of a template, all or nothing (POV-010 to 015). */
export const createPov = verb(
  { name: 'create-pov', needs: 'pov:create', input: CreatePov, output: PovShape },
  async (ctx, { templateId, ...fields }) => {
    const { em, id, actor, now, emit } = ctx;
    if (!actor.userId) throw new Refusal('forbidden', 'A POV is created by a user');
    const template = templateId ? await findTemplate(ctx, templateId) : null;
    if (fields.accountId) await accountIsThere(ctx, 'accountId', fields.accountId);
    const columns = await withLink(ctx, null, povColumns(fields));
    const team = em.create(Team, { id: id(), name: `${fields.title} Team` });
    const pov = em.create(Pov, {
      id: id(), ownerId: actor.userId, teamId: team.id, statusSince: new Date(now),
      title: fields.title, startDate: new Date(fields.startDate), endDate: new Date(fields.endDate),
    });
    em.assign(pov, columns);
    em.create(TeamMember, { id: id(), teamId: team.id, povId: pov.id, userId: actor.userId, role: 'OWNER' });
    em.create(Phase, { id: id(), povId: pov.id, ...planningPhase, startDate: pov.startDate, endDate: pov.endDate });
    if (template) addTemplatePhases(ctx, pov, template, 0);
    await startProcess(ctx, povLifecycle, pov.id, { title: pov.title, ownerId: pov.ownerId });
    noteActivity(ctx, pov.id, 'pov.created', { title: pov.title, template: template?.name ?? null });
    emit(povCreated, { povId: pov.id, title: pov.title, template: template?.name ?? null });
    return answerPov(ctx, pov);
  });

/** POV-065. */
export async function findTemplate({ em }: VerbContext, templateId: string): Promise<PhaseTemplate> {
  const template = await em.findOne(PhaseTemplate, { id: templateId, deletedAt: null });
  if (!template) throw new Refusal('not-found', 'Template not found');
  return template;
}
