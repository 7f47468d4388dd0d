import { openInstance } from '../../activities/approvals/open-instance.ts';
import type { Instance, StartInstance } from '../../domain/approvals/instance.ts';
import { invalidField } from '../../domain/platform/errors.ts';
import { references } from '../references.ts';
import type { HandlerArgs } from '../platform/serve.ts';

type Args = Pick<HandlerArgs, 'run' | 'read' | 'actor'> & { body: StartInstance };

/**
 * Starts an approval for whoever asks. It belongs to the story of what it is about, if they may see that; else it is a
 * story of its own: nobody gets into another record's story by naming its id.
 */
export async function startInstance({ run, read, actor, body }: Args): Promise<Instance> {
  const storyOf = references.get(body.referenceType);
  const storyId = await storyOf?.(read, actor, body.referenceId);
  if (storyOf && !storyId) throw invalidField('referenceId', `There is no such ${body.referenceType}`);
  return run(openInstance, { ...body, storyId });
}
