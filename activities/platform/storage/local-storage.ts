import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { downloadSeconds, uploadMinutes } from '../../../domain/platform/attachment/attachment.ts';
import type { Storage, StoredName } from './storage.ts';

/** Where `api/platform/attachment/local-files.ts` takes and gives the bytes. */
export const localPath = '/storage';

/** What an address of ours allows; nothing else is read from a request. */
export interface Grant extends StoredName {
  method: 'PUT' | 'GET';
  key: string;
  size: number;
  expires: number;
}
interface Place { DATA_DIR: string; SESSION_SECRET: string }

export const fileOf = ({ DATA_DIR }: Pick<Place, 'DATA_DIR'>, key: string): string => join(DATA_DIR, 'files', key);

export const removeFile = (place: Pick<Place, 'DATA_DIR'>, key: string): Promise<void> =>
  rm(fileOf(place, key), { force: true });

/** A folder, with addresses that this installation signs itself. */
export function localStorage(place: Place): Storage {
  const address = (grant: Grant): string => `${localPath}/${sealed(place.SESSION_SECRET, grant)}`;
  return {
    async upload(key, { mediaType, size }) {
      const expires = Date.now() + uploadMinutes * 60_000;
      const url = address({ method: 'PUT', key, size, mediaType, name: '', expires });
      return { method: 'PUT', url, headers: { 'content-type': mediaType }, expiresAt: new Date(expires).toISOString() };
    },
    async download(key, { name, mediaType }) {
      return address({ method: 'GET', key, size: 0, mediaType, name, expires: Date.now() + downloadSeconds * 1000 });
    },
    async sizeOf(key) {
      const found = await stat(fileOf(place, key)).catch(() => null);
      return found?.size ?? null;
    },
    remove: key => removeFile(place, key),
  };
}

function sealed(secret: string, grant: Grant): string {
  const text = Buffer.from(JSON.stringify(grant)).toString('base64url');
  return `${text}.${macOf(secret, text).toString('base64url')}`;
}

/** What the address allows, if this installation signed it and its time has not passed. */
export function grantOf(secret: string, token: string, now: number): Grant | undefined {
  const [text = '', mac = ''] = token.split('.');
  const [given, ours] = [Buffer.from(mac, 'base64url'), macOf(secret, text)];
  if (given.length !== ours.length || !timingSafeEqual(given, ours)) return undefined;
  const grant = JSON.parse(Buffer.from(text, 'base64url').toString()) as Grant;
  return grant.expires > now ? grant : undefined;
}

function macOf(secret: string, text: string): Buffer {
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'signed addresses of files', 32));
  return createHmac('sha256', key).update(text).digest();
}
