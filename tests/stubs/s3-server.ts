import { createHash, createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface S3Stub {
  endpoint: string;
  bucket: string;
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
  objects: Map<string, { bytes: Buffer; type: string }>;
  /** The next answers are this status. */
  fail(status: number, times: number): void;
  stop(): Promise<void>;
}

/** A bucket that speaks S3 with signed addresses: it checks each signature, its time and the headers that it covers. */
export async function s3Stub(): Promise<S3Stub> {
  const keys = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' };
  const to = { ...keys, bucket: 'files', region: 'eu-central-1' };
  const objects: S3Stub['objects'] = new Map();
  let failing: { status: number; times: number } = { status: 0, times: 0 };
  const server = createServer((req, res) => {
    if (failing.times > 0) {
      failing.times -= 1;
      res.writeHead(failing.status).end();
      return;
    }
    void answer(req, res, to, objects);
  });
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    ...to,
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    objects,
    fail: (status, times) => {
      failing = { status, times };
    },
    stop: () => new Promise(resolve => {
      server.close(() => resolve());
      server.closeAllConnections();
    }),
  };
}

type Keys = Pick<S3Stub, 'accessKeyId' | 'secretAccessKey' | 'region' | 'bucket'>;

async function answer(
  req: IncomingMessage, res: ServerResponse, keys: Keys, objects: S3Stub['objects'],
): Promise<void> {
  const url = new URL(req.url!, `http://${req.headers.host}`);
  const refused = whyRefused(req, url, keys);
  const refuse = (status: number, code: string): void => {
    res.writeHead(status, { 'Content-Type': 'application/xml' }).end(`<Error><Code>${code}</Code></Error>`);
  };
  if (refused) return refuse(403, refused);
  const key = decodeURIComponent(url.pathname.slice(`/${keys.bucket}/`.length));
  const found = objects.get(key);
  if (req.method === 'PUT') {
    if (found && req.headers['if-none-match'] === '*') return refuse(412, 'PreconditionFailed');
    const chunks: Buffer[] = [];
    for await (const chunk of req) chunks.push(chunk as Buffer);
    objects.set(key, { bytes: Buffer.concat(chunks), type: req.headers['content-type'] ?? '' });
    res.writeHead(200).end();
  } else if (req.method === 'DELETE') {
    objects.delete(key);
    res.writeHead(204).end();
  } else if (!found) refuse(404, 'NoSuchKey');
  else {
    res.writeHead(200, {
      'Content-Length': found.bytes.length,
      'Content-Type': url.searchParams.get('response-content-type') ?? found.type,
      'Content-Disposition': url.searchParams.get('response-content-disposition') ?? 'inline',
    });
    res.end(req.method === 'HEAD' ? undefined : found.bytes);
  }
}

/** By the published rules of Signature Version 4 for addresses. */
function whyRefused(req: IncomingMessage, url: URL, keys: Keys): string | undefined {
  const of = (name: string): string => url.searchParams.get(`X-Amz-${name}`) ?? '';
  const date = of('Date');
  const made = Date.parse(date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
  const scope = `${date.slice(0, 8)}/${keys.region}/s3/aws4_request`;
  const ours = of('Credential') === `${keys.accessKeyId}/${scope}`;
  if (of('Algorithm') !== 'AWS4-HMAC-SHA256' || !ours) return 'InvalidAccessKeyId';
  if (!(made + Number(of('Expires')) * 1000 > Date.now())) return 'AccessDenied';
  const encoded = (text: string): string =>
    encodeURIComponent(text).replace(/[!'()*]/g, c => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
  const query = [...url.searchParams].filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]) => `${encoded(name)}=${encoded(value)}`).sort().join('&');
  const signed = of('SignedHeaders').split(';');
  const headers = signed.map(name => `${name}:${String(req.headers[name] ?? '').trim()}\n`).join('');
  const canonical = [req.method, url.pathname, query, headers, signed.join(';'), 'UNSIGNED-PAYLOAD'].join('\n');
  const text = ['AWS4-HMAC-SHA256', date, scope, createHash('sha256').update(canonical).digest('hex')].join('\n');
  const hmac = (key: string | Buffer, data: string): Buffer => createHmac('sha256', key).update(data).digest();
  const [day, region, service, request] = scope.split('/') as [string, string, string, string];
  const key = hmac(hmac(hmac(hmac(`AWS4${keys.secretAccessKey}`, day), region), service), request);
  return hmac(key, text).toString('hex') === of('Signature') ? undefined : 'SignatureDoesNotMatch';
}
