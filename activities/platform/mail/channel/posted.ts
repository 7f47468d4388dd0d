import { PrivateAddressError } from '../../guarded-fetch.ts';
import { sent, type Outcome } from './channel.ts';

export interface Post {
  url: string;
  headers: Record<string, string>;
  body: string;
  /** Who gets it twice takes it once: then a connection that breaks is no reason to give up. */
  idempotent?: boolean;
}
type Ask = (url: string, asked: { method: string; headers: Record<string, string>; body: string; signal: AbortSignal })
  => Promise<Response>;

const timeoutMs = 20_000;
/** Codes of connections that never were: nothing was handed over. */
const neverThere = new Set([
  'ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT',
]);

/** Hands a message to a service by HTTP: taken, refused for good, or thrown where it is worth another try. */
export async function posted(ask: Ask, { url, headers, body, idempotent = false }: Post): Promise<Outcome> {
  let answer: Response;
  try {
    answer = await ask(url, { method: 'POST', headers, body, signal: AbortSignal.timeout(timeoutMs) });
  } catch (e) {
    if (e instanceof PrivateAddressError) return { status: 'refused', problem: e.message };
    if (idempotent || neverThere.has(codeOf(e))) throw e;
    return { status: 'unknown', problem: e instanceof Error ? e.message : String(e) };
  }
  if (answer.ok) return sent;
  const said = `${answer.status} ${(await answer.text().catch(() => '')).slice(0, 300)}`.trim();
  // Too many, not in time, or a fault of theirs: it passes.
  if (answer.status === 408 || answer.status === 429 || answer.status >= 500) throw new Error(said);
  return { status: 'refused', problem: said };
}

function codeOf(e: unknown): string {
  const { code, cause } = e as { code?: string; cause?: { code?: string } };
  return code ?? cause?.code ?? '';
}
