import { instanceEndpoints } from '#domain/approvals/instance.contract.ts';
import { processEndpoints } from '#domain/platform/process.contract.ts';
import { povLifecycle } from '#domain/pov/pov-lifecycle.contract.ts';
import { povEndpoints, type PovDetail } from '#domain/pov/pov.contract.ts';

/** What the page of a POV reads, the same for its load function and its components. */
export const ofPov = (povId: string) =>
  ({
    pov: [povEndpoints.read, { params: { id: povId } }],
    process: [processEndpoints.read, { params: { workflowId: povLifecycle.id(povId) } }],
    // Moves are judged as if a reason were given: the page asks for it when it is needed.
    transitions: [povEndpoints.transitions, { params: { id: povId }, query: { reason: 'asked for later' } }],
  }) as const;

export const instanceInput = (id: string) => [instanceEndpoints.read, { params: { id } }] as const;

/** The round of approval that is open, or else the one that ended last. */
export const latestApproval = ({
  approvals,
}: Pick<PovDetail, 'approvals'>): PovDetail['approvals'][number] | undefined =>
  approvals.find(a => a.status === 'in_progress' || a.status === 'pending') ?? approvals[0];
