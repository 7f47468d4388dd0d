import { AwsV4Signer } from 'aws4fetch';
import { downloadSeconds, uploadMinutes } from '../../../domain/platform/attachment/attachment.ts';
import { asAttachment, type Storage } from './storage.ts';

export interface Bucket {
  /** Of the service, without the bucket: `https://s3.eu-central-1.amazonaws.com`. */
  endpoint: string;
  bucket: string;
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
}

/** A bucket of S3, R2 or whatever speaks like them. */
export function s3Storage(to: Bucket): Storage {
  const signed = async (method: string, key: string, more: Signed): Promise<string> => {
    const url = new URL(`${to.endpoint.replace(/\/$/, '')}/${to.bucket}/${key}`);
    url.searchParams.set('X-Amz-Expires', String(more.seconds));
    for (const [name, value] of Object.entries(more.query ?? {})) url.searchParams.set(name, value);
    const { accessKeyId, secretAccessKey, region } = to;
    const headers = more.headers ?? {};
    const signer = new AwsV4Signer({
      ...{ method, url: url.href, headers, accessKeyId, secretAccessKey, region },
      ...{ service: 's3', signQuery: true, allHeaders: true },
    });
    return (await signer.sign()).url.href;
  };
  const asked = async (method: 'HEAD' | 'DELETE', key: string): Promise<Response> => {
    const url = await signed(method, key, { seconds: downloadSeconds });
    const answer = await fetch(url, { method, signal: AbortSignal.timeout(15_000) });
    if (!answer.ok && answer.status !== 404) throw new Error(`The storage answers ${answer.status} to ${method}`);
    return answer;
  };
  return {
    async upload(key, { mediaType, size }) {
      const seconds = uploadMinutes * 60;
      // What is there stays as it was when it was seen to be complete.
      const sent = { 'content-type': mediaType, 'if-none-match': '*' };
      const url = await signed('PUT', key, { seconds, headers: { ...sent, 'content-length': String(size) } });
      return { method: 'PUT', url, headers: sent, expiresAt: new Date(Date.now() + seconds * 1000).toISOString() };
    },
    download: (key, { name, mediaType }) =>
      signed('GET', key, {
        seconds: downloadSeconds,
        query: { 'response-content-disposition': asAttachment(name), 'response-content-type': mediaType },
      }),
    async sizeOf(key) {
      const answer = await asked('HEAD', key);
      return answer.status === 404 ? null : Number(answer.headers.get('content-length'));
    },
    async remove(key) {
      await asked('DELETE', key);
    },
  };
}

interface Signed { seconds: number; headers?: Record<string, string>; query?: Record<string, string> }
