import { lookup } from 'node:dns';
import { request as overHttp, type IncomingMessage } from 'node:http';
import { request as overHttps } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { isPrivateAddress } from './private-address.ts';

/** The address that an administrator entered leads where the product must not go. */
export class PrivateAddressError extends Error {
  override readonly name = 'PrivateAddressError';
}
export interface Outside {
  method: string;
  headers: Record<string, string>;
  body?: string;
  signal?: AbortSignal;
}
const bytesMax = 1024 * 1024;

/**
 * Asks an address that somebody entered. The one that the name stands for is checked as the connection is made, so that
 * a name cannot lead elsewhere afterwards; nothing is followed, and no answer is larger than a megabyte.
 */
export function guardedFetch(privateNetworks: boolean): (url: string, asked: Outside) => Promise<Response> {
  return (text, { method, headers, body, signal }) =>
    new Promise<Response>((resolve, reject) => {
      const url = new URL(text);
      const host = url.hostname.replace(/^\[|\]$/g, '');
      if (!privateNetworks && (url.protocol !== 'https:' || (isIP(host) && isPrivateAddress(host))))
        return reject(new PrivateAddressError(`${url.host} is not an address outside, by https`));
      const send = url.protocol === 'https:' ? overHttps : overHttp;
      const sent = send(url, {
        method,
        headers: { ...headers, ...(body === undefined ? {} : { 'content-length': Buffer.byteLength(body) }) },
        agent: false,
        ...(privateNetworks ? {} : { lookup: outsideOnly }),
        ...(signal ? { signal } : {}),
      });
      sent.once('error', reject);
      sent.once('response', answer => {
        read(answer).then(content => resolve(responseOf(answer, content)), reject);
      });
      sent.end(body);
    });
}

let privateNetworks = false;
/** Set once by main of the worker: whether addresses of private networks are asked too. */
export const allowPrivateNetworks = (allowed: boolean): boolean => (privateNetworks = allowed);
/** `guardedFetch` as the product is configured. */
export const askOutside = (url: string, asked: Outside): Promise<Response> => guardedFetch(privateNetworks)(url, asked);

const outsideOnly: LookupFunction = (hostname, options, done) => {
  lookup(hostname, { ...options, all: true }, (error, found) => {
    if (error) return done(error, []);
    if (found.some(({ address }) => isPrivateAddress(address)))
      return done(new PrivateAddressError(`${hostname} is an address of a private network`), []);
    if (options.all) done(null, found);
    else done(null, found[0]!.address, found[0]!.family);
  });
};

async function read(answer: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of answer as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > bytesMax) {
      answer.destroy();
      throw new Error('The answer is too large');
    }
    parts.push(part);
  }
  return Buffer.concat(parts);
}

function responseOf({ statusCode = 502, headers }: IncomingMessage, content: Buffer): Response {
  const given = new Headers();
  for (const [name, value] of Object.entries(headers)) if (value !== undefined) given.set(name, String(value));
  const empty = statusCode === 204 || statusCode === 304;
  return new Response(empty ? null : new Uint8Array(content), { status: statusCode, headers: given });
}
