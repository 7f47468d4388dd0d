import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/** AES-256-GCM under the newest key; what any of the known keys encrypted is readable (PLT-089, 090). */
export interface SecretBox {
  /** `context` is authenticated: a cipher text that was moved to another row is not readable there. */
  seal(plain: string, context: string): string;
  open(sealed: string, context: string): string;
}

const algorithm = 'aes-256-gcm',
  ivBytes = 12,
  tagBytes = 16,
  marker = 'v1';

/** Of `SECRET_KEYS`: `id:base64`, newest first. */
export function secretBox(keys: string): SecretBox {
  const known = keyRing(keys);
  const [newest] = known;
  if (!newest) throw new Error('There is no key to encrypt with');
  return {
    seal: (plain, context) => {
      const iv = randomBytes(ivBytes);
      const cipher = createCipheriv(algorithm, newest[1], iv).setAAD(Buffer.from(context));
      const sealed = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()]);
      return [marker, newest[0], iv.toString('base64url'), sealed.toString('base64url')].join('.');
    },
    open: (sealed, context) => {
      const [version, id, iv, text] = sealed.split('.');
      const key = known.get(id ?? '');
      if (version !== marker || !iv || !text) throw new Error('This is no cipher text');
      if (!key) throw new Error(`The key ${id} that it was encrypted with is not in SECRET_KEYS`);
      const bytes = Buffer.from(text, 'base64url');
      const decipher = createDecipheriv(algorithm, key, Buffer.from(iv, 'base64url'), { authTagLength: tagBytes })
        .setAAD(Buffer.from(context))
        .setAuthTag(bytes.subarray(-tagBytes));
      return Buffer.concat([decipher.update(bytes.subarray(0, -tagBytes)), decipher.final()]).toString('utf8');
    },
  };
}

/** Newest first. */
export const keyRing = (keys: string): Map<string, Buffer> =>
  new Map(keys.split(',').map(entry => parsed(entry.trim())));

function parsed(entry: string): [id: string, key: Buffer] {
  const [id = '', key = ''] = entry.split(':');
  return [id, Buffer.from(key, 'base64')];
}

let current: SecretBox | undefined;
/** Set once by main of worker and API. */
export const setSecretBox = (keys: string): SecretBox => (current = secretBox(keys));
export function secrets(): SecretBox {
  if (!current) throw new Error('Not set: SECRET_KEYS');
  return current;
}
