import { askProcess } from '../../../activities/platform/process/ask-process.ts';
import { holdProcess } from '../../../activities/platform/process/hold-process.ts';
import { createPov } from '../../../activities/pov/create-pov.ts';
import { povLifecycle } from '../../../domain/pov/pov-lifecycle.contract.ts';
import { fiftyDays } from '../../kit/pov.fixture.ts';
import type { Examples, World } from '../verb-world.ts';

const started = async (w: World): Promise<string> =>
  povLifecycle.id((await w.run(createPov, { title: 'To be held', ...fiftyDays })).id);
const asked = (w: World, workflowId: string, name: 'hold' | 'resume'): Promise<{ id: string }> =>
  w.run(askProcess, { workflowId, name, body: name === 'hold' ? { reason: 'The site is closed' } : {} });
const held = async (w: World): Promise<string> => {
  const workflowId = await started(w);
  await w.run(holdProcess, { commandId: (await asked(w, workflowId, 'hold')).id });
  return workflowId;
};

export const processExamples: Examples = {
  askProcess: async w => ({
    input: { workflowId: await started(w), name: 'hold', body: { reason: 'The site is closed' } },
    as: w.as('manager'),
    again: 'each is a request of its own',
  }),
  holdProcess: async w => ({
    input: { commandId: (await asked(w, await started(w), 'hold')).id },
    as: w.as('manager'),
  }),
  resumeProcess: async w => ({
    input: { commandId: (await asked(w, await held(w), 'resume')).id },
    as: w.as('manager'),
  }),
};
