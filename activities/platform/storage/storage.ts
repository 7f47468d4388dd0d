import type { Config } from '../../../db/platform/config.ts';
import { ConfigError } from '../../../db/platform/config.ts';
import type { Upload } from '../../../domain/platform/attachment/attachment.ts';
import { localStorage } from './local-storage.ts';
import { s3Storage } from './s3.client.ts';

export interface StoredName { name: string; mediaType: string }

/** Where the bytes of files are. Who sends or fetches them does so by signed addresses, and needs no key. */
export interface Storage {
  /** A place for these bytes and no others, to be filled once. */
  upload(key: string, file: { mediaType: string; size: number }): Promise<Upload>;
  /** The address of a file, to be saved under its name and never shown as a page. */
  download(key: string, file: StoredName): Promise<string>;
  /** Bytes that are there; null where nothing is. */
  sizeOf(key: string): Promise<number | null>;
  remove(key: string): Promise<void>;
}

export const keyOf = (tenantId: string, attachmentId: string): string => `${tenantId}/${attachmentId}`;

/** S3 where it is configured, a folder of ours otherwise. */
export function storageOf(config: Config & { SESSION_SECRET: string }): Storage {
  const { STORAGE_ENDPOINT: endpoint, STORAGE_BUCKET: bucket, STORAGE_KEY_ID, STORAGE_SECRET } = config;
  if (!endpoint) return localStorage(config);
  if (!bucket || !STORAGE_KEY_ID || !STORAGE_SECRET)
    throw new ConfigError('STORAGE_ENDPOINT needs STORAGE_BUCKET, STORAGE_KEY_ID and STORAGE_SECRET');
  return s3Storage({
    ...{ endpoint, bucket, region: config.STORAGE_REGION },
    ...{ accessKeyId: STORAGE_KEY_ID, secretAccessKey: STORAGE_SECRET },
  });
}

/** `attachment`, with the name in both spellings that browsers read. */
export const asAttachment = (name: string): string =>
  `attachment; filename="${name.replace(/[^\x20-\x7e]|["\\%]/g, '_')}"; filename*=UTF-8''${encodeURIComponent(name)
    .replace(/['()*!]/g, c => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)}`;
