import { mkdir } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';

/** The folder for tools that were downloaded or built once for all checkouts of this user. */
export async function cacheFolder(name: string): Promise<string> {
  const base = process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache');
  for (const folder of [join(base, 'throughline', name), join(tmpdir(), 'throughline-cache', name)]) {
    const made = await mkdir(folder, { recursive: true }).then(() => true, () => false);
    if (made) return folder;
  }
  return tmpdir();
}
