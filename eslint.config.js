import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

/** What a layer must not import at run time; `tests/house` checks the order of areas. */
const layers = {
  domain: ['db', 'activities', 'workflows', 'api', 'web', 'bin', 'tests'],
  db: ['activities', 'workflows', 'api', 'web', 'bin', 'tests'],
  activities: ['workflows', 'api', 'web', 'bin', 'tests'],
  workflows: ['db', 'activities', 'api', 'web', 'bin', 'tests'],
  api: ['workflows', 'web', 'bin', 'tests'],
  'web/src': ['db', 'activities', 'workflows', 'api', 'bin', 'tests'],
  bin: ['workflows', 'api', 'web', 'tests'],
};

/** Workflows may name the types of activities: their code runs elsewhere. */
const typesAllowed = { workflows: ['activities'] };

const layerRules = Object.entries(layers).map(([layer, forbidden]) => ({
  files: [`${layer}/**/*.ts`],
  ignores: ['**/*.test.ts'],
  rules: {
    '@typescript-eslint/no-restricted-imports': ['error', {
      patterns: forbidden.map((other) => ({
        regex: `^(\\.\\./)+${other}/`,
        allowTypeImports: typesAllowed[layer]?.includes(other) ?? false,
        message: `${layer} must not import ${other}.`,
      })),
    }],
  },
}));

export default defineConfig(
  { ignores: ['node_modules', '.data', 'coverage', 'web/build', 'web/.svelte-kit', 'db/migrations'] },
  {
    files: ['**/*.{ts,js,mjs}'],
    extends: [tseslint.configs.base],
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/ban-ts-comment': ['error', { minimumDescriptionLength: 0 }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-non-null-assertion': 'off',
      'no-var': 'error',
      'prefer-const': 'error',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'max-params': ['error', 4],
      'max-lines': ['error', { max: 300 }],
      'max-lines-per-function': ['error', { max: 60, IIFEs: true }],
      'max-len': ['error', {
        code: 120, ignoreUrls: true, ignoreRegExpLiterals: true, ignorePattern: '^import |^ +d="',
      }],
    },
  },
  {
    files: ['**/*.test.ts', 'tests/**/*.ts', 'bench/**/*.ts'],
    rules: { 'max-lines': ['error', { max: 600 }], 'max-lines-per-function': 'off' },
  },
  ...layerRules,
);
