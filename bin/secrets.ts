import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf } from './failure.ts';

/** What the embedded start makes up once and keeps, so that nobody has to choose passwords. */
export type Secrets = { postgres: string; owner: string; app: string; relay: string; session: string };

/** The secrets of this data folder, made up at the first call and readable by the owner of the folder alone. */
export async function keptSecrets(dataDir: string): Promise<Secrets> {
  const path = join(dataDir, 'secrets.json');
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
  }
  const word = (): string => randomBytes(24).toString('base64url');
  const secrets = { postgres: word(), owner: word(), app: word(), relay: word(), session: word() + word() };
  await mkdir(dataDir, { recursive: true });
  await writeFile(`${path}.new`, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
  await rename(`${path}.new`, path);
  return secrets;
}

/** A password that is easy to read aloud and to type: 16 letters and digits in groups, about 75 bits. */
export function readablePassword(): string {
  const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789';
  // Bytes from 248 on would favour the first letters, so they are dropped.
  const letters = [...randomBytes(64)].filter((byte) => byte < 248).map((byte) => alphabet[byte % alphabet.length]);
  return letters.slice(0, 16).join('').replace(/(.{4})(?=.)/g, '$1-');
}
