import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { link, mkdir, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Express, Request, RequestHandler, Response } from 'express';
import { fileOf, grantOf, localPath, type Grant } from '../../../activities/platform/storage/local-storage.ts';
import { asAttachment } from '../../../activities/platform/storage/storage.ts';
import type { Config } from '../../../db/platform/config.ts';
import { notFound, Refusal } from '../../../domain/platform/errors.ts';
import { onError } from '../problem.ts';

/** Takes and gives the bytes of files by signed addresses, where no storage service is configured. */
export function localFiles(app: Express, config: Config): void {
  const secret = config.SESSION_SECRET;
  if (config.STORAGE_ENDPOINT || !secret) return;
  const granted = (req: Request, method: Grant['method']): Grant => {
    const grant = grantOf(secret, String(req.params['token']), Date.now());
    if (grant?.method !== method) throw new Refusal('forbidden', 'This address is not valid, or not any more');
    return grant;
  };
  const take: RequestHandler = async (req, res) => {
    const grant = granted(req, 'PUT');
    if (Number(req.headers['content-length']) !== grant.size || !req.is(grant.mediaType))
      throw new Refusal('invalid', `Send ${grant.size} bytes of ${grant.mediaType}`);
    await keep(req, fileOf(config, grant.key), grant.size);
    res.status(200).end();
  };
  const give: RequestHandler = (req, res, next) => {
    const grant = granted(req, 'GET');
    send(res, config, grant, () => next(notFound()));
  };
  app.route(`${localPath}/:token`).put(take).get(give);
  app.use(localPath, onError);
}

/** All of it or nothing, and never a second time. */
async function keep(req: Request, file: string, size: number): Promise<void> {
  const part = `${file}.${randomUUID()}`;
  await mkdir(dirname(file), { recursive: true });
  let seen = 0;
  const counted = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      seen += chunk.length;
      done(seen > size ? new Refusal('invalid', 'The file is larger than announced') : null, chunk);
    },
  });
  try {
    await pipeline(req, counted, createWriteStream(part));
    if (seen !== size) throw new Refusal('invalid', `Has ${seen} of ${size} bytes`);
    await link(part, file).catch((e: NodeJS.ErrnoException) => {
      throw e.code === 'EEXIST' ? new Refusal('conflict', 'The file was sent already') : e;
    });
  } finally {
    await rm(part, { force: true });
  }
}

function send(res: Response, config: Config, { key, name, mediaType }: Grant, onMissing: () => void): void {
  res.set({
    'Content-Type': mediaType,
    'Content-Disposition': asAttachment(name),
    'X-Content-Type-Options': 'nosniff',
    'Content-Security-Policy': `default-src 'none'; sandbox`,
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Cache-Control': 'private, no-store',
  });
  const [tenant = '', file = ''] = key.split('/');
  const as = { root: fileOf(config, tenant), cacheControl: false, etag: false, lastModified: false };
  res.sendFile(file, as, (failure?: Error) => {
    if (failure && !res.headersSent) onMissing();
  });
}
