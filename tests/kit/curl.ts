import { setTimeout } from 'node:timers/promises';

/**
 * What `docs/integrating.md` uses of curl, by fetch, so that its commands run on a machine without curl, too. It knows
 * the options of the guide and no others: an unknown one, and what curl itself would refuse, ends it as a failure.
 */
interface Asked {
  url: string;
  method: string | undefined;
  headers: Headers;
  body: string | undefined;
  failsByStatus: boolean;
  seconds: number | undefined;
  retries: number;
}

class Misused extends Error {}

/** `-sSg` is `-s -S -g`. */
const single = (args: string[]): string[] =>
  args.flatMap(arg => (/^-[sSgN]{2,}$/.test(arg) ? [...arg.slice(1)].map(letter => `-${letter}`) : [arg]));

function read(args: string[]): Asked {
  const asked: Asked = {
    url: '', method: undefined, headers: new Headers(), body: undefined, failsByStatus: false, seconds: undefined,
    retries: 0,
  };
  const rest = single(args);
  let globs = true;
  const value = (option: string): string => {
    const next = rest.shift();
    if (next === undefined) throw new Misused(`${option} needs a value`);
    return next;
  };
  const options: Record<string, (option: string) => void> = {
    '-s': () => undefined,
    '-S': () => undefined,
    '-N': () => undefined,
    '-g': () => { globs = false; },
    '--fail-with-body': () => { asked.failsByStatus = true; },
    '--max-time': option => { asked.seconds = Number(value(option)); },
    '--retry': option => { asked.retries = Number(value(option)); },
    '-X': option => { asked.method = value(option); },
    '-d': option => { asked.body = value(option); },
    '-H': option => {
      const [, name, text] = /^([^:]+): *(.*)$/.exec(value(option)) ?? [];
      asked.headers.append(name ?? '', text ?? '');
    },
  };
  for (let arg = rest.shift(); arg !== undefined; arg = rest.shift()) {
    const option = options[arg];
    if (option) option(arg);
    else if (arg.startsWith('-')) throw new Misused(`the guide's curl knows no ${arg}`);
    else if (asked.url) throw new Misused(`two addresses: ${asked.url} and ${arg}`);
    else asked.url = arg;
  }
  if (!URL.canParse(asked.url) || /\s/.test(asked.url)) throw new Misused(`no address: ${asked.url}`);
  if (globs && /[[\]{}]/.test(asked.url)) throw new Misused(`brackets in an address need -g: ${asked.url}`);
  return asked;
}

/** What curl takes for a fault that passes. */
const passing = new Set([408, 429, 500, 502, 503, 504]);

async function send(asked: Asked): Promise<number> {
  const { url, method, headers, body, failsByStatus, seconds, retries } = asked;
  if (body !== undefined && !headers.has('Content-Type'))
    headers.set('Content-Type', 'application/x-www-form-urlencoded');
  const response = await fetch(url, {
    method: method ?? (body === undefined ? 'GET' : 'POST'),
    headers,
    redirect: 'manual',
    ...(body === undefined ? {} : { body }),
    ...(seconds === undefined ? {} : { signal: AbortSignal.timeout(seconds * 1_000) }),
  });
  if (retries > 0 && passing.has(response.status)) {
    await response.body?.cancel();
    await setTimeout(Number(response.headers.get('Retry-After') ?? 1) * 1_000);
    return send({ ...asked, retries: retries - 1 });
  }
  for await (const part of response.body ?? []) process.stdout.write(part);
  return failsByStatus && response.status >= 400 ? 22 : 0;
}

/** With the codes of curl: 2 for a wrong command, 7 for nobody there, 22 for a status of 400 on, 28 for too long. */
function codeOf(error: unknown): number {
  if (error instanceof Misused) return 2;
  return error instanceof Error && error.name === 'TimeoutError' ? 28 : 7;
}

try {
  process.exitCode = await send(read(process.argv.slice(2)));
} catch (error) {
  process.exitCode = codeOf(error);
  console.error(`curl: (${process.exitCode}) ${error instanceof Error ? error.message : String(error)}`);
}
