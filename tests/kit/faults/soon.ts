import { expect } from '@jest/globals';

const soonMs = 2_000, hangsMs = 5_000;

/**
 * That answers came within two seconds. A machine that is busy with something else may let one or the other wait, but
 * not most of them; and none hangs.
 */
export function expectSoon(took: number[]): void {
  const median = took.toSorted((a, b) => a - b)[Math.floor(took.length / 2)];
  expect(median).toBeLessThan(soonMs);
  expect(Math.max(...took)).toBeLessThan(hangsMs);
}

/** What each of some requests in turn took, in milliseconds. */
export async function tookEach(...asked: (() => Promise<void>)[]): Promise<number[]> {
  const took: number[] = [];
  for (const ask of asked) {
    const began = performance.now();
    await ask();
    took.push(performance.now() - began);
  }
  return took;
}
