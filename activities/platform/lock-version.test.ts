import { describe, expect, test } from '@jest/globals';
import { Refusal } from '../../domain/platform/errors.ts';
import { lockVersion } from './lock-version.ts';

const refusal = (act: () => void): string | null => {
  try {
    act();
    return null;
  } catch (e) {
    return e instanceof Refusal ? `${e.code} ${e.details.reason}` : 'bug';
  }
};

describe('lockVersion (PLT-006)', () => {
  const row = { version: 3 };
  type Case = [name: string, given: [ifMatch?: number, body?: number], required: boolean, refusal: string | null];
  const cases: Case[] = [
    ['accepts the current If-Match', [3], true, null],
    ['accepts the current body version', [undefined, 3], true, null],
    ['accepts neither where none is required', [], false, null],
    ['refuses a stale If-Match with a precondition', [2], false, 'precondition stale-version'],
    ['refuses a stale body version as a conflict', [undefined, 2], false, 'conflict stale-version'],
    ['refuses a stale body version beside a current If-Match', [3, 2], false, 'conflict stale-version'],
    ['refuses neither where one is required', [], true, 'precondition required-version'],
  ];
  test.each(cases)('%s', (_name, [expectedVersion, bodyVersion], required, expected) => {
    expect(refusal(() => lockVersion({ expectedVersion }, row, bodyVersion, { required }))).toBe(expected);
  });
});
