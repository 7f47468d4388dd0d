import { hash as argon2, verify as verifyArgon2, type Algorithm } from '@node-rs/argon2';
import { verify as verifyBcrypt } from '@node-rs/bcrypt';

/** OWASP's parameters for argon2id: 19 MiB, two passes, one lane (PLT-017). */
const owasp = { algorithm: 2 satisfies Algorithm.Argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 };
let parameters = owasp;

export const hashPassword = (password: string): Promise<string> => argon2(password, parameters);

/** Tests sign people in thousands of times: with them it costs less. Without a word, what it costs by itself. */
export function setPasswordCost(less: Partial<Pick<typeof owasp, 'memoryCost' | 'timeCost'>> = {}): void {
  parameters = { ...owasp, ...less };
  nobodysHash = hashPassword('nobody’s password');
}

export interface Proof {
  proven: boolean;
  /** The hash to keep instead, where the known one is of an older kind. */
  fresh: string | null;
}

/** Compares a password with its hash; without a hash it takes as long and fails, so that nobody learns who exists. */
export async function provePassword(password: string, hash: string | null): Promise<Proof> {
  const proven = await matches(password, hash ?? await nobodysHash) && hash !== null;
  return { proven, fresh: proven && !hash.startsWith(current()) ? await hashPassword(password) : null };
}

const current = (): string =>
  `$argon2id$v=19$m=${parameters.memoryCost},t=${parameters.timeCost},p=${parameters.parallelism}$`;

/** Hashes of an import may be bcrypt's; anything else matches nothing. */
async function matches(password: string, hash: string): Promise<boolean> {
  try {
    return hash.startsWith('$2') ? await verifyBcrypt(password, hash) : await verifyArgon2(hash, password);
  } catch {
    return false;
  }
}

let nobodysHash = hashPassword('nobody’s password');
