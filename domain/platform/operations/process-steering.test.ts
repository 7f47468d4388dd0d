import { expect, it } from '@jest/globals';
import { terminated, whyNotRetry, whyNotTerminate } from './process-steering.ts';

it.each([
  ['closed', 'COMPLETED', 'The process has ended', 'The process has ended'],
  ['failed', terminated, undefined, 'It is terminated already'],
  ['failed', null, undefined, undefined],
  ['waiting', null, undefined, undefined],
] as const)('[PLT-044] a process that is %s (%s)', (status, result, retry, terminate) => {
  expect(whyNotRetry({ status, result })).toBe(retry);
  expect(whyNotTerminate({ status, result })).toBe(terminate);
});
