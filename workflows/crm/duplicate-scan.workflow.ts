import type { crmVerbs } from '../../activities/crm/index.ts';
import { scanRequested } from '../../domain/crm/duplicate/scan.contract.ts';
import type { ProcessInput } from '../../domain/platform/process.ts';
import { clockMoved } from '../../domain/platform/sandbox.contract.ts';
import { verbs } from '../platform/verbs.ts';
import { watch } from '../platform/watch.ts';

const { lookAtDuplicateScan, scanForDuplicates } = verbs<typeof crmVerbs>();

/** Compares all contacts and accounts, a few at a time, until there are none left. */
export async function duplicateScan(input: ProcessInput): Promise<string> {
  return watch(input, lookAtDuplicateScan, {
    scanForDuplicates: ({ scanId, subject, done }) => scanForDuplicates({ scanId, subject, done }),
  }, [scanRequested, clockMoved]);
}
