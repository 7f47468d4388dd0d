import { describe, expect, test } from '@jest/globals';
import { heavyFaults, importFaults } from './import-rules.ts';
import { plantedTree, readTree } from './tree.ts';

test('every import goes down the layers and to the left of the areas', () => {
  expect(importFaults(readTree())).toEqual([]);
});

test('no page and no workflow loads the tables of all phone numbers, by whatever way', () => {
  expect(heavyFaults(readTree())).toEqual([]);
  const planted = plantedTree({
    'web/src/lib/crm/pair.ts': `import { samePhone } from '#domain/crm/duplicate/phone.ts';\n`,
    'domain/crm/duplicate/phone.ts': `import { e164 } from '../phone/phone-number.ts';\n`,
    'domain/crm/phone/phone-number.ts': `import { parsePhoneNumberFromString } from 'libphonenumber-js/max';\n`,
    'web/src/lib/crm/kinds.ts': `import type { TypedNumber } from '#domain/crm/phone/phone-number.ts';\n`,
  });
  const way = ['web/src/lib/crm/pair.ts', 'domain/crm/duplicate/phone.ts', 'domain/crm/phone/phone-number.ts'];
  expect(heavyFaults(planted)).toEqual([`${way.join(' → ')} loads libphonenumber-js/max`]);
});

describe('an import that is planted is refused:', () => {
  test.each([
    ['domain/pov/phase.ts', `import { Phase } from '../../db/pov/phase.entity.ts';`, 'domain may not import db'],
    [
      'db/pov/povs.query.ts',
      `import { run } from '../../activities/platform/verb.ts';`,
      'db may not import activities',
    ],
    [
      'activities/pov/close-pov.ts',
      `import { povs } from '../../api/pov/povs.routes.ts';`,
      'activities may not import api',
    ],
    [
      'api/pov/povs.routes.ts',
      `import { povLifecycle } from '../../workflows/pov/pov.workflow.ts';`,
      'api may not import workflows',
    ],
    ['web/src/lib/pov/board.ts', `import { Pov } from '../../../../db/pov/pov.entity.ts';`, 'web may not import db'],
    [
      'workflows/pov/pov.workflow.ts',
      `import { closePov } from '../../activities/pov/close-pov.ts';`,
      'activities but for types',
    ],
    [
      'workflows/pov/pov.workflow.ts',
      `import { Pov } from '../../db/pov/pov.entity.ts';`,
      'workflows may not import db',
    ],
    ['api/pov/povs.routes.ts', `const kit = await import('../../tests/kit/app.ts');`, 'api may not import tests'],
    ['domain/crm/account.ts', `import { Pov } from '../pov/pov.ts';`, 'crm may not import pov'],
    [
      'activities/platform/verb.ts',
      `import { decideStep } from '../approvals/decide-step.ts';`,
      'platform may not import approvals',
    ],
    ['web/src/lib/crm/account-list.svelte', `import Board from '$lib/pov/board.svelte';`, 'crm may not import pov'],
    ['api/pov/povs.routes.ts', `import { povVerbs } from '../../activities/pov/index.ts';`, 'import the file itself'],
    ['domain/pov/pov.ts', `import { pov } from './index.ts';`, 'import the file itself'],
    ['domain/pov/pov.ts', `import { readFile } from 'node:fs/promises';`, 'may not use the package node:fs/promises'],
    ['domain/pov/pov.ts', `import express from 'express';`, 'may not use the package express'],
    ['domain/crm/phone.ts', `import { parse } from 'libphonenumber-js';`, 'may not use the package libphonenumber-js'],
    [
      'workflows/pov/pov.workflow.ts',
      `import { randomUUID } from 'node:crypto';`,
      'may not use the package node:crypto',
    ],
    ['web/src/lib/pov/board.ts', `import pg from 'pg';`, 'may not use the package pg'],
  ])('%s: %s', (path, text, why) => {
    expect(importFaults(plantedTree({ [path]: `${text}\n` }))).toEqual([expect.stringContaining(why)]);
  });

  test.each([
    ['workflows/pov/pov.workflow.ts', `import type { povVerbs } from '../../activities/pov/index.ts';`],
    ['workflows/pov/pov.workflow.ts', `import { proxyActivities } from '@temporalio/workflow';`],
    ['activities/pov/close-pov.ts', `import {\n  decideStep,\n} from '../approvals/decide-step.ts';`],
    ['activities/index.ts', `import { povVerbs } from './pov/index.ts';`],
    ['web/src/lib/pov/board.ts', `import { Pov } from '#domain/pov/pov.ts';`],
    ['domain/pov/pov.test.ts', `import { plantedTree } from '../../tests/house/tree.ts';`],
  ])('but not %s: %s', (path, text) => {
    expect(importFaults(plantedTree({ [path]: `${text}\n` }))).toEqual([]);
  });
});
