import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { readConfig } from '../db/platform/config.ts';
import { keptSecrets } from './secrets.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'secrets-'));
});
afterEach(() => rm(folder, { recursive: true }));

it('makes up secrets once and keeps them', async () => {
  const made = await keptSecrets(folder);
  expect(readConfig({ SESSION_SECRET: made.session, SECRET_KEYS: made.keys }).SECRET_KEYS).toBe(made.keys);
  expect(await keptSecrets(folder)).toEqual(made);
});

it('adds what a folder of an older version lacks, and changes nothing that is there', async () => {
  const path = join(folder, 'secrets.json');
  const old = { postgres: 'a', owner: 'b', app: 'c', relay: 'd', session: 'e' };
  await writeFile(path, JSON.stringify(old));
  const now = await keptSecrets(folder);
  expect(now).toEqual({ ...old, keys: expect.stringMatching(/^k1:/) });
  expect(JSON.parse(await readFile(path, 'utf8'))).toEqual(now);
});
