import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT, type CryptoKey, type JWK, type JWTPayload } from 'jose';

/** How the provider misbehaves with the next sign-ins; `fine` does not. */
export type OidcMood =
  | 'fine'
  | 'wrong-nonce'
  | 'no-nonce'
  | 'wrong-issuer'
  | 'wrong-audience'
  | 'expired'
  | 'unsigned'
  | 'forged'
  | 'no-id-token'
  | 'foreign-metadata'
  | 'token-500'
  | 'token-silent'
  | 'denies'
  | 'no-metadata';

export interface OidcProviderStub {
  issuer: string;
  clientId: string;
  clientSecret: string;
  mood: OidcMood;
  /** Who stands before it; added to, or put over, what an id token says. */
  claims: JWTPayload;
  /** Codes that were exchanged. */
  exchanged: number;
  /** From now on another key signs, and the old one is forgotten. */
  rotate(): Promise<void>;
  stop(): Promise<void>;
}

interface Grant {
  redirectUri: string;
  challenge: string;
  nonce: string;
}
interface Signing {
  kid: string;
  privateKey: CryptoKey;
  jwk: JWK;
}

/** An OpenID provider on a port of its own: description, keys, sign-in page and tokens as they go over the line. */
export async function startOidcProvider(): Promise<OidcProviderStub> {
  const grants = new Map<string, Grant>();
  const foreign = await newKey();
  let key = await newKey();
  const server = createServer((req, res) => {
    answer(req, res).catch((e: unknown) => res.writeHead(500).end(String(e)));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const stub: OidcProviderStub = {
    issuer,
    clientId: 'throughline',
    clientSecret: 'a secret & of the client',
    mood: 'fine',
    claims: { sub: 'somebody' },
    exchanged: 0,
    rotate: async () => void (key = await newKey()),
    stop: () => closed(server),
  };

  async function answer(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const url = new URL(req.url ?? '/', issuer);
    if (url.pathname === '/.well-known/openid-configuration') describe(res);
    else if (url.pathname === '/keys') json(res, 200, { keys: [key.jwk] });
    else if (url.pathname === '/authorize') authorize(url.searchParams, res);
    else if (url.pathname === '/token' && req.method === 'POST') await token(req, res);
    else json(res, 404, { error: 'not_found' });
  }

  function describe(res: ServerResponse): void {
    if (stub.mood === 'no-metadata') return void res.writeHead(404).end('nothing here');
    json(res, 200, {
      issuer: stub.mood === 'foreign-metadata' ? 'https://accounts.google.com' : issuer,
      authorization_endpoint: `${issuer}/authorize`,
      token_endpoint: `${issuer}/token`,
      jwks_uri: `${issuer}/keys`,
      response_types_supported: ['code'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['RS256'],
      token_endpoint_auth_methods_supported: ['client_secret_basic'],
      code_challenge_methods_supported: ['S256'],
    });
  }

  /** The person is there and agrees at once. */
  function authorize(asked: URLSearchParams, res: ServerResponse): void {
    const back = new URL(asked.get('redirect_uri')!);
    back.searchParams.set('state', asked.get('state')!);
    const strict = [
      asked.get('client_id') === stub.clientId,
      asked.get('response_type') === 'code',
      asked.get('scope')?.split(' ').includes('openid'),
      asked.get('code_challenge_method') === 'S256',
    ];
    if (strict.includes(false)) return json(res, 400, { error: 'invalid_request' });
    if (stub.mood === 'denies') back.searchParams.set('error', 'access_denied');
    else {
      const code = randomBytes(16).toString('base64url');
      grants.set(code, {
        redirectUri: asked.get('redirect_uri')!,
        challenge: asked.get('code_challenge')!,
        nonce: asked.get('nonce')!,
      });
      back.searchParams.set('code', code);
    }
    res.writeHead(302, { Location: back.href }).end();
  }

  async function token(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const form = new URLSearchParams(await textOf(req));
    if (stub.mood === 'token-500') return void res.writeHead(500).end('oops');
    if (stub.mood === 'token-silent') return;
    const basic = [stub.clientId, stub.clientSecret].map(formEncoded).join(':');
    if (req.headers.authorization !== `Basic ${Buffer.from(basic).toString('base64')}`)
      return json(res, 401, { error: 'invalid_client' });
    const grant = grants.get(form.get('code') ?? '');
    grants.delete(form.get('code') ?? '');
    const proven = createHash('sha256').update(form.get('code_verifier') ?? '').digest('base64url');
    if (!grant || grant.challenge !== proven || grant.redirectUri !== form.get('redirect_uri'))
      return json(res, 400, { error: 'invalid_grant' });
    stub.exchanged += 1;
    const tokens = { access_token: 'opaque', token_type: 'Bearer', expires_in: 300 };
    json(res, 200, stub.mood === 'no-id-token' ? tokens : { ...tokens, id_token: await idToken(grant) });
  }

  async function idToken({ nonce }: Grant): Promise<string> {
    const now = Math.floor(Date.now() / 1000);
    const said: JWTPayload = {
      iss: stub.mood === 'wrong-issuer' ? 'https://accounts.google.com' : issuer,
      aud: stub.mood === 'wrong-audience' ? 'somebody-else' : stub.clientId,
      iat: stub.mood === 'expired' ? now - 7200 : now,
      exp: stub.mood === 'expired' ? now - 3600 : now + 300,
      ...(stub.mood === 'no-nonce' ? {} : { nonce: stub.mood === 'wrong-nonce' ? 'another' : nonce }),
      ...stub.claims,
    };
    if (stub.mood === 'unsigned') return new UnsecuredJWT(said).encode();
    const signer = stub.mood === 'forged' ? foreign.privateKey : key.privateKey;
    return new SignJWT(said).setProtectedHeader({ alg: 'RS256', kid: key.kid }).sign(signer);
  }

  return stub;
}

async function newKey(): Promise<Signing> {
  const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
  const kid = randomBytes(6).toString('hex');
  return { kid, privateKey, jwk: { ...(await exportJWK(publicKey)), kid, use: 'sig', alg: 'RS256' } };
}

function json(res: ServerResponse, status: number, body: object): void {
  res.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
}

async function textOf(req: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of req as AsyncIterable<Buffer>) parts.push(part);
  return Buffer.concat(parts).toString();
}

/** As RFC 6749 wants it in the header: the form's encoding first. */
const formEncoded = (text: string): string => new URLSearchParams({ '': text }).toString().slice(1);

const closed = (server: Server): Promise<void> =>
  new Promise(resolve => {
    server.closeAllConnections();
    server.close(() => resolve());
  });
