/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': '<rootDir>/tests/kit/strip-types.js' },
  testMatch: ['<rootDir>/{api,activities,bench,bin,db,domain,tests,web,workflows}/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/.data/', '<rootDir>/web/build/', '<rootDir>/web/.svelte-kit/'],
  modulePathIgnorePatterns: ['<rootDir>/.data', '<rootDir>/web/.svelte-kit', '<rootDir>/web/build'],
  globalSetup: '<rootDir>/tests/kit/global-setup.js',
  globalTeardown: '<rootDir>/tests/kit/global-teardown.js',
  maxWorkers: 2,
  testTimeout: 60_000,
};
