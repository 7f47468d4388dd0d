import type { Config } from '../../../db/platform/config.ts';
import { ConfigError } from '../../../db/platform/config.ts';
import type { Upload } from '../../../domain/platform/attachment/attachment.ts';
import { localStorage, removeFile } from './local-storage.ts';
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
export const storageOf = (config: Config & { SESSION_SECRET: string }): Storage =>
  bucketOf(config) ?? localStorage(config);

/** The same for a process that signs no addresses. */
export const storedFilesOf = (config: Config): Pick<Storage, 'remove'> =>
  bucketOf(config) ?? { remove: key => removeFile(config, key) };

function bucketOf(config: Config): Storage | undefined {
  const { STORAGE_ENDPOINT: endpoint, STORAGE_BUCKET: bucket, STORAGE_KEY_ID, STORAGE_SECRET } = config;
  if (!endpoint) return undefined;
  if (!bucket || !STORAGE_KEY_ID || !STORAGE_SECRET)
    throw new ConfigError('STORAGE_ENDPOINT needs STORAGE_BUCKET, STORAGE_KEY_ID and STORAGE_SECRET');
  return s3Storage({
    ...{ endpoint, bucket, region: config.STORAGE_REGION },
    ...{ accessKeyId: STORAGE_KEY_ID, secretAccessKey: STORAGE_SECRET },
  });
}

let files: Pick<Storage, 'remove'> | undefined;
/** Set once by main of the worker. */
export const setStoredFiles = (to: Pick<Storage, 'remove'>): void => {
  files = to;
};
export function storedFiles(): Pick<Storage, 'remove'> {
  if (!files) throw new Error('This process was not told where files are');
  return files;
}

/** `attachment`, with the name in both spellings that browsers read. */
export const asAttachment = (name: string): string =>
  `attachment; filename="${name.replace(/[^\x20-\x7e]|["\\%]/g, '_')}"; filename*=UTF-8''${encodeURIComponent(name)
    .replace(/['()*!]/g, c => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)}`;
