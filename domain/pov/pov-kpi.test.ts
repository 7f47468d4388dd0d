import { expect, it } from '@jest/globals';
import { reachesTarget } from './pov-kpi.ts';

it.each([
  [{ target: { value: 75 }, current: { value: 80 } }, true],
  [{ target: { value: 75 }, current: { value: 74.9 } }, false],
  [{ target: 75, current: '80' }, true],
  [{ target: true, current: true }, true],
  [{ target: { value: true }, current: { value: false } }, false],
  [{ target: { value: 75 }, current: null }, false],
  [{ target: null, current: { value: 1 } }, null],
  [{ target: { value: 'high' }, current: { value: 1 } }, null],
  [{ target: {}, current: {} }, null],
])('[POV-074] %j reaches its target: %s', (kpi, met) => expect(reachesTarget(kpi)).toBe(met));
