import { addStep } from '../../activities/approvals/add-step.ts';
import { cancelInstance } from '../../activities/approvals/cancel-instance.ts';
import { decideStep } from '../../activities/approvals/decide-step.ts';
import { delegateStep } from '../../activities/approvals/delegate-step.ts';
import { skipStep } from '../../activities/approvals/skip-step.ts';
import { listInstances, readInstance } from '../../db/approvals/instances.query.ts';
import { recordHistory } from '../../db/platform/history/record-history.query.ts';
import { instanceEndpoints } from '../../domain/approvals/instance.contract.ts';
import { Instance } from '../../domain/approvals/instance.ts';
import { notFound } from '../../domain/platform/errors.ts';
import { serve } from '../platform/serve.ts';
import { startInstance } from './start-instance.ts';

export const instances = serve(instanceEndpoints, {
  list: ({ query, read, actor }) => listInstances(read, actor, query),
  start: args => startInstance(args),
  read: async ({ params, read, actor }) => {
    const instance = await readInstance(read, actor, params.id);
    if (!instance) throw notFound();
    return instance;
  },
  history: async ({ params, read, actor }) => {
    if (!(await readInstance(read, actor, params.id))) throw notFound();
    return recordHistory(read, { tableName: 'workflow_instance', View: Instance }, params.id);
  },
  approve: ({ params, body, run }) => run(decideStep, { ...body, instanceId: params.id, decision: 'approved' }),
  reject: ({ params, body, run }) => run(decideStep, { ...body, instanceId: params.id, decision: 'rejected' }),
  cancel: ({ params, body, run }) => run(cancelInstance, { ...body, instanceId: params.id }),
  delegate: ({ params, body, run }) => run(delegateStep, { ...body, instanceId: params.id }),
  skip: ({ params, body, run }) => run(skipStep, { ...body, instanceId: params.id }),
  addStep: ({ params, body, run }) => run(addStep, { ...body, instanceId: params.id }),
});
