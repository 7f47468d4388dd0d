import { until } from './until.ts';

export interface Answer<T> {
  status: number;
  body: T;
  headers: Headers;
}
type Given = Record<string, string>;

/** A caller of the API, over real HTTP. */
export interface Client {
  userId: string;
  token: string;
  get<T = Record<string, never>>(path: string, headers?: Given): Promise<Answer<T>>;
  post<T = Record<string, never>>(path: string, body?: unknown, headers?: Given): Promise<Answer<T>>;
  put<T = Record<string, never>>(path: string, body?: unknown, headers?: Given): Promise<Answer<T>>;
  patch<T = Record<string, never>>(path: string, body?: unknown, headers?: Given): Promise<Answer<T>>;
  delete<T = Record<string, never>>(path: string, body?: unknown, headers?: Given): Promise<Answer<T>>;
}

/** What every error looks like. */
export interface ProblemBody {
  status: number;
  code: string;
  detail: string;
  error: string;
  details: string[];
  requestId: string;
  mergedIntoId?: string;
  errors: { pointer: string; code: string; message: string }[];
}

export function client(url: string, always: Given, who: { userId?: string; token?: string } = {}): Client {
  const send = async <T>(method: string, path: string, body?: unknown, headers: Given = {}): Promise<Answer<T>> => {
    const response = await fetch(url + path, {
      method,
      redirect: 'manual',
      headers: { ...(body === undefined ? {} : { 'Content-Type': 'application/json' }), ...always, ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = /json/.test(response.headers.get('Content-Type') ?? '');
    return { status: response.status, body: (isJson ? JSON.parse(text) : text) as T, headers: response.headers };
  };
  return {
    userId: who.userId ?? '',
    token: who.token ?? '',
    get: (path, headers) => send('GET', path, undefined, headers),
    post: (path, body = {}, headers) => send('POST', path, body, headers),
    put: (path, body = {}, headers) => send('PUT', path, body, headers),
    patch: (path, body = {}, headers) => send('PATCH', path, body, headers),
    delete: (path, body, headers) => send('DELETE', path, body, headers),
  };
}

export async function signIn(url: string, tenant: string, username: string, password: string): Promise<Client> {
  const ask = () =>
    client(url, {}).post<{ accessToken: string; user: { id: string } }>(
      '/api/auth/signin',
      { tenant, username, password },
    );
  let asked = await ask();
  // Where much starts at once the database may be late for it: that is 503, and who comes again is let in.
  await until(`${username} is let in`, async () => asked.status !== 503 || (asked = await ask()).status !== 503);
  const { status, body } = asked;
  if (status !== 200) throw new Error(`${username} could not sign in: ${JSON.stringify(body)}`);
  return client(
    url,
    { Authorization: `Bearer ${body.accessToken}` },
    { userId: body.user.id, token: body.accessToken },
  );
}
