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
  const { S3_ENDPOINT: endpoint, S3_BUCKET: bucket, S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY } = config;
  if (!endpoint) return localStorage(config);
  if (!bucket || !S3_ACCESS_KEY_ID || !S3_SECRET_ACCESS_KEY)
    throw new ConfigError('S3_ENDPOINT needs S3_BUCKET, S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY');
  return s3Storage({
    ...{ endpoint, bucket, region: config.S3_REGION },
    ...{ accessKeyId: S3_ACCESS_KEY_ID, secretAccessKey: S3_SECRET_ACCESS_KEY },
  });
}

/** `attachment`, with the name in both spellings that browsers read. */
export const asAttachment = (name: string): string =>
  `attachment; filename="${name.replace(/[^\x20-\x7e]|["\\%]/g, '_')}"; filename*=UTF-8''${encodeURIComponent(name)
    .replace(/['()*!]/g, c => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)}`;
