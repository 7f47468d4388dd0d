/**
 * Scenarios that the production shape cannot run, and why: `npm run test:production` runs them as `npm test` does, API
 * and relay in the process of the test, and says so.
 */
export const inOneProcess: Record<string, string> = {
  'tests/scenarios/platform/relay.test.ts': 'kills the only relay, and each API has one',
  'tests/scenarios/platform/api-killed.test.ts': 'kills the API that would deliver, and each API has a relay',
  'tests/scenarios/platform/database-late.test.ts': 'starts an API and a worker of its own, which nobody else may help',
};
