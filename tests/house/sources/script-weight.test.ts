import { expect, test } from '@jest/globals';
import { measureScripts } from '../../../bench/scripts.ts';
import { builtWeb } from '../../kit/services.ts';

test('[PLT-103] no page that is opened first loads more than 300 KB of compressed script', async () => {
  await builtWeb();
  const [heaviest] = await measureScripts();
  expect(heaviest).toMatchObject({ unit: 'kB', goal: '≤ 300 kB' });
  expect(heaviest!.ours.max).toBeLessThanOrEqual(300);
  // Weighed by what the build made, so there is something.
  expect(heaviest!.ours.max).toBeGreaterThan(100);
  expect(heaviest!.note).toMatch(/^The heaviest of \d{2,}: /);
});
