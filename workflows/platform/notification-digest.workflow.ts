import type { platformVerbs } from '../../activities/platform/index.ts';
import { digestKept } from '../../domain/platform/notification/digest.contract.ts';
import type { ProcessInput } from '../../domain/platform/process.ts';
import { clockMoved } from '../../domain/platform/sandbox.contract.ts';
import { verbs } from './verbs.ts';
import { watch } from './watch.ts';

const { lookAtDigest, sendDigest } = verbs<typeof platformVerbs>();

/** The digest of one user: what they have not read, mailed each morning or each Monday until they want none. */
export async function notificationDigest(input: ProcessInput): Promise<string> {
  return watch(input, lookAtDigest, {
    sendDigest: ({ digestId, due }) => sendDigest({ digestId, due }),
  }, [digestKept, clockMoved]);
}
