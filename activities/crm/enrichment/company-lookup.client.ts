import { askOutside, PrivateAddressError } from '../../platform/guarded-fetch.ts';

/** What came of asking: an answer, nothing known, or a problem, which may pass. */
export type Said =
  | { is: 'known'; answer: unknown }
  | { is: 'unknown' }
  | { is: 'problem'; problem: string; passes: boolean; afterMs?: number };

const timeoutMs = 10_000;
/** So long is a service believed that asks to be left alone. */
const afterMaxMs = 15 * 60_000;

/** Asks a service that answers JSON for a company, with the key as bearer token; it never throws. */
export async function askCompanyService(url: string, key: string): Promise<Said> {
  let answer: Response;
  try {
    answer = await askOutside(url, {
      method: 'GET',
      headers: { 'accept': 'application/json', 'authorization': `Bearer ${key}`, 'user-agent': 'Throughline' },
      signal: AbortSignal.timeout(timeoutMs),
    });
  } catch (e) {
    const passes = !(e instanceof PrivateAddressError);
    return { is: 'problem', problem: `It cannot be reached: ${e instanceof Error ? e.message : String(e)}`, passes };
  }
  const { status } = answer;
  if (status === 404 || status === 204) return { is: 'unknown' };
  if (answer.ok) return known(answer);
  if (status === 401 || status === 403) {
    const problem = `It refuses the key (${status}): an administrator must set a valid one`;
    return { is: 'problem', problem, passes: false };
  }
  const passes = status === 408 || status === 429 || status >= 500;
  const afterMs = passes ? retryAfter(answer.headers.get('retry-after')) : undefined;
  return { is: 'problem', problem: `It answered ${status}`, passes, ...(afterMs ? { afterMs } : {}) };
}

async function known(answer: Response): Promise<Said> {
  const read: unknown = await answer.json().catch(() => undefined);
  return typeof read === 'object' && read !== null
    ? { is: 'known', answer: read } : { is: 'problem', problem: 'Its answer is no JSON object', passes: false };
}

/** `Retry-After` in seconds, or as a date. */
function retryAfter(said: string | null): number | undefined {
  if (!said) return undefined;
  const ms = /^\d{1,9}$/.test(said) ? Number(said) * 1000 : Date.parse(said) - Date.now();
  return ms > 0 ? Math.min(ms, afterMaxMs) : undefined;
}
