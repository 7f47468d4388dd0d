import { TestWorkflowEnvironment } from '@temporalio/testing';
import { quiet } from './quiet.ts';
import { testServer } from './services.ts';

/** The time-skipping server of this test. Its start has a limit of five seconds that a busy machine may miss. */
export async function timeSkipping(): Promise<TestWorkflowEnvironment> {
  quiet();
  const executable = { type: 'existing-path', ...(await testServer()) } as const;
  for (let attempt = 1; ; attempt++) {
    try {
      return await TestWorkflowEnvironment.createTimeSkipping({ server: { executable } });
    } catch (e) {
      if (attempt === 3) throw e;
    }
  }
}
