import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import type { DataConverter, Payload, PayloadCodec } from '@temporalio/common';
import proto from '@temporalio/proto';
import { keyRing } from '../secret-box.ts';

const { Payload: Wire } = proto.temporal.api.common.v1;
const algorithm = 'aes-256-gcm',
  ivBytes = 12,
  tagBytes = 16;

/** How an encrypted payload says so, as Temporal's own examples do. */
export const encryptedEncoding = 'binary/encrypted';
/** What stands beside the cipher text, readable and authenticated: whose process it belongs to, and under which key. */
const workflowField = 'workflow-id',
  keyField = 'encryption-key-id';

/** A payload that cannot be read, and why; the engine tries the task again until it can. */
export class UnreadablePayload extends Error {}
/** One that no key will ever open: it names none, or is not what that key has closed. */
export class ForgedPayload extends UnreadablePayload {}

/**
 * AES-256-GCM of whole payloads, metadata included, so that the engine's history shows nothing but ids (PLT-089). The
 * newest key encrypts, every known one decrypts (PLT-090); what is not encrypted passes as it is, so that runs from
 * before the encryption go on. The process's workflow id is authenticated: no payload can be passed off as another's.
 */
export function payloadCodec(secretKeys: string, encrypts: boolean): PayloadCodec {
  const known = new Map([...keyRing(secretKeys)].map(([id, key]) => [id, derived(key)]));
  const [newest] = known;
  if (!newest) throw new Error('There is no key to encrypt with');
  return {
    encode: async (payloads, context) =>
      encrypts ? payloads.map(p => sealed(p, context?.workflowId ?? '', newest)) : payloads,
    decode: async payloads => payloads.map(p => (isEncrypted(p) ? opened(p, known) : p)),
  };
}

export const isEncrypted = (payload: Payload): boolean => textOf(payload, 'encoding') === encryptedEncoding;
/** The process that an encrypted payload says it belongs to; proved only by decoding it. */
export const workflowOf = (payload: Payload): string => textOf(payload, workflowField) ?? '';

/** The database's secrets and the payloads share the ring, but no key is used for both. */
const derived = (key: Buffer): Buffer => Buffer.from(hkdfSync('sha256', key, '', 'throughline payloads', 32));

function sealed(payload: Payload, workflowId: string, [keyId, key]: [string, Buffer]): Payload {
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv(algorithm, key, iv).setAAD(bound(workflowId, keyId));
  const text = Buffer.concat([iv, cipher.update(Wire.encode(payload).finish()), cipher.final(), cipher.getAuthTag()]);
  const metadata = { encoding: encryptedEncoding, [keyField]: keyId, [workflowField]: workflowId };
  return {
    metadata: Object.fromEntries(Object.entries(metadata).map(([name, value]) => [name, Buffer.from(value)])),
    data: new Uint8Array(text),
  };
}

function opened(payload: Payload, known: ReadonlyMap<string, Buffer>): Payload {
  const keyId = textOf(payload, keyField) ?? '';
  const key = known.get(keyId);
  const workflowId = workflowOf(payload);
  if (!keyId) throw new ForgedPayload('A payload that says it is encrypted names no key');
  if (!key)
    throw new UnreadablePayload(`A payload of ${workflowId} is under the key ${keyId}, which is not in SECRET_KEYS`);
  const data = Buffer.from(payload.data ?? []);
  try {
    const decipher = createDecipheriv(algorithm, key, data.subarray(0, ivBytes), { authTagLength: tagBytes })
      .setAAD(bound(workflowId, keyId))
      .setAuthTag(data.subarray(-tagBytes));
    const plain = Buffer.concat([decipher.update(data.subarray(ivBytes, -tagBytes)), decipher.final()]);
    const { metadata, data: inner } = Wire.decode(plain);
    return { metadata, data: inner };
  } catch {
    throw new ForgedPayload(`A payload of ${workflowId} was changed after it was encrypted`);
  }
}

const bound = (workflowId: string, keyId: string): Buffer => Buffer.from(JSON.stringify([workflowId, keyId]));

function textOf(payload: Payload, field: string): string | undefined {
  const bytes = payload.metadata?.[field];
  return bytes && Buffer.from(bytes).toString('utf8');
}

/** Message and stack of failures go into payloads too; read by the bundle of workflows and by the programs. */
export const sealedFailures = fileURLToPath(new URL('./sealed-failures.ts', import.meta.url));

/** What the configuration says of payloads. */
export interface PayloadSettings {
  SECRET_KEYS?: string | undefined;
  ENCRYPT_PAYLOADS: boolean;
}

/**
 * Of a worker: what is forged stays as it is, and is parked as unreadable. Else one signal past the API would keep its
 * process from every task. What is under a missing key keeps it waiting: it reads the same when the key is back.
 */
export function workerConverterOf(settings: PayloadSettings): DataConverter {
  const { payloadCodecs = [], ...converter } = dataConverterOf(settings);
  const opening = payloadCodecs.map(
    (codec): PayloadCodec => ({
      encode: codec.encode.bind(codec),
      decode: (payloads, context) =>
        Promise.all(
          payloads.map(async payload => {
            const [opened] = await codec.decode([payload], context).catch((e: unknown) => {
              if (e instanceof ForgedPayload) return [payload];
              throw e;
            });
            return opened ?? payload;
          }),
        ),
    }),
  );
  return { ...converter, payloadCodecs: opening };
}

/** Of client, worker and replay alike. With keys, what was encrypted stays readable also after it was switched off. */
export const dataConverterOf = ({ SECRET_KEYS, ENCRYPT_PAYLOADS }: PayloadSettings): DataConverter => ({
  ...(SECRET_KEYS ? { payloadCodecs: [payloadCodec(SECRET_KEYS, ENCRYPT_PAYLOADS)] } : {}),
  ...(ENCRYPT_PAYLOADS ? { failureConverterPath: sealedFailures } : {}),
});
