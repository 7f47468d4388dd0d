import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf } from './failure.ts';

/** What the embedded start makes up once and keeps, so that nobody has to choose passwords. */
export type Secrets = { postgres: string; owner: string; app: string; relay: string; session: string; keys: string };

/** The secrets of this data folder, made up at the first call and readable by the owner of the folder alone. */
export async function keptSecrets(dataDir: string): Promise<Secrets> {
  const path = join(dataDir, 'secrets.json');
  const kept: Partial<Secrets> = JSON.parse(await readFile(path, 'utf8').catch(nothingYet));
  const secrets = { ...madeUp(), ...kept };
  if (Object.keys(secrets).every((name) => name in kept)) return secrets;
  await mkdir(dataDir, { recursive: true });
  await writeFile(`${path}.new`, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
  await rename(`${path}.new`, path);
  return secrets;
}

function nothingYet(error: unknown): string {
  if (codeOf(error) !== 'ENOENT') throw error;
  return '{}';
}

function madeUp(): Secrets {
  const word = (): string => randomBytes(24).toString('base64url');
  const keys = `k1:${randomBytes(32).toString('base64')}`;
  return { postgres: word(), owner: word(), app: word(), relay: word(), session: word() + word(), keys };
}

/** A password that is easy to read aloud and to type: 16 letters and digits in groups, about 75 bits. */
export function readablePassword(): string {
  const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789';
  // Bytes from 248 on would favour the first letters, so they are dropped.
  const letters = [...randomBytes(64)].filter((byte) => byte < 248).map((byte) => alphabet[byte % alphabet.length]);
  return letters.slice(0, 16).join('').replace(/(.{4})(?=.)/g, '$1-');
}
