const shared = {
  // Suites and what they import are loaded by Node itself, as in production.
  testEnvironment: '<rootDir>/tests/kit/runtime/environment.js',
  runtime: '<rootDir>/tests/kit/runtime/runtime.js',
  extensionsToTreatAsEsm: ['.ts'],
  transform: {},
  // Run once for all projects together.
  globalSetup: '<rootDir>/tests/kit/global-setup.js',
  globalTeardown: '<rootDir>/tests/kit/global-teardown.js',
};
const project = (displayName, ...places) => ({
  ...shared,
  displayName,
  // Before it begins, Jest lists and reads all that is below these: for each project anew.
  roots: places.map(place => `<rootDir>/${place}`),
  testMatch: places.map(place => `<rootDir>/${place}/**/*.test.ts`),
});

/** @type {import('jest').Config} */
export default {
  maxWorkers: 2,
  testSequencer: '<rootDir>/tests/kit/runtime/sequencer.js',
  // Modules of a suite are not given back: a worker that has grown makes room for a new one before it slows down.
  workerIdleMemoryLimit: '2GB',
  // A machine with other work takes its time; what hangs is still found.
  testTimeout: 180_000,
  projects: [
    // Pure functions, and the parts of the start.
    project('unit', 'domain', 'web/src', 'bin', 'api', 'bench'),
    // Verbs and reads on a real PostgreSQL.
    project('db', 'activities', 'db', 'tests/kit'),
    // The time-skipping server of Temporal.
    project('workflow', 'workflows', 'tests/workflow'),
    // One area through HTTP.
    project('api', 'tests/api'),
    // The whole product, and what it survives.
    project('scenario', 'tests/scenarios'),
    // The pages in a real Chromium.
    project('browser', 'tests/browser'),
    // The rules that the sources keep.
    project('house', 'tests/house'),
    // Recorded histories of workflows against today's code.
    project('replay', 'tests/replay'),
  ],
};
