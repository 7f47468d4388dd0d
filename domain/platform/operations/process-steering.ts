import type { ProcessStatus } from '../process.ts';
import type { z } from 'zod';

/** The result of an open process whose execution an administrator ended: nothing starts it again by itself. */
export const terminated = 'terminated';

interface Standing {
  status: z.output<typeof ProcessStatus>;
  result: string | null;
}
/** Why a process cannot be tried again, or undefined. */
export const whyNotRetry = ({ status }: Standing): string | undefined =>
  status === 'closed' ? 'The process has ended' : undefined;

/** Why an event cannot be sent again, or undefined: only one that was refused too often needs it. */
export const whyNotResend = ({ delivered, dead }: { delivered: boolean; dead: boolean }): string | undefined =>
  delivered ? 'The event was delivered' : dead ? undefined : 'The event is on its way';

/** Why the execution of a process cannot be ended, or undefined. */
export const whyNotTerminate = ({ status, result }: Standing): string | undefined =>
  status === 'closed' ? 'The process has ended' : result === terminated ? 'It is terminated already' : undefined;
