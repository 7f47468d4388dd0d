import type { Request, RequestHandler, Response, Router } from 'express';
import type { z } from 'zod';
import { run as runVerb, type Caller, type Verb } from '../../activities/platform/verb.ts';
import { readerOf, reportReaderOf, type Reader } from '../../db/platform/reader.ts';
import type { Actor } from '../../domain/platform/actor.ts';
import type { AnyEndpoint, Endpoint, Endpoints, Shape } from '../../domain/platform/contract.ts';
import { Refusal } from '../../domain/platform/errors.ts';
import { allows } from '../../domain/platform/permission.ts';
import { callerOf } from './caller.ts';
import { invalidShape, setFailure } from './problem.ts';
import type { ApiServices } from './services.ts';
import { assertStorable } from './storable.ts';

type Run = <I extends Shape, O extends Shape>(v: Verb<I, O>, input: z.input<I>) => Promise<z.output<O>>;

/** What a handler gets; parsed and permitted. Endpoints for anyone have no actor: they use `services`. */
export interface HandlerArgs<P extends Shape = Shape, Q extends Shape = Shape, B extends Shape = Shape> {
  params: z.output<P>;
  query: z.output<Q>;
  body: z.output<B>;
  actor: Actor;
  /** Runs a verb for the actor, with the request's Idempotency-Key and If-Match. */
  run: Run;
  read: Reader;
  /** For reads that take long: on connections of their own. */
  report: Reader;
  req: Request;
  res: Response;
  services: ApiServices;
}
export type Handlers<E extends Endpoints> = {
  [K in keyof E]: E[K] extends Endpoint<infer P, infer Q, infer B, infer R>
    ? (args: HandlerArgs<P, Q, B>) => Promise<E[K] extends { raw: string } ? void : z.input<R>>
    : never;
};
/** Mounted by the register of routes. */
export interface Served {
  endpoints: Endpoints;
  mount(router: Router, services: ApiServices): void;
}

/** Binds handlers to declared endpoints: one too few or too many does not compile. */
export const serve = <const E extends Endpoints>(endpoints: E, handlers: NoInfer<Handlers<E>>): Served => ({
  endpoints,
  mount(router, services) {
    for (const [name, e] of Object.entries(endpoints)) {
      const handle = handlers[name] as (args: HandlerArgs) => Promise<unknown>;
      router[methodOf(e)](e.path, route(e, handle, services));
    }
  },
});

const methodOf = (e: AnyEndpoint): 'get' | 'post' | 'put' | 'patch' | 'delete' =>
  e.method.toLowerCase() as 'get' | 'post' | 'put' | 'patch' | 'delete';

/** 401, role 403, 400, then the handler's own 404, 403, 409 and 412: in this order. */
const route =
  (e: AnyEndpoint, handle: (args: HandlerArgs) => Promise<unknown>, services: ApiServices): RequestHandler =>
  async (req, res) => {
    setFailure(res, e.failure);
    const caller = await callerOf(req, res, e, services);
    if (caller && !allows(caller.actor.ability, e.needs)) {
      await services.onDenied?.(caller, e, req.path);
      throw new Refusal('forbidden', 'You do not have permission to do this');
    }
    const params = parse(e.params, req.params, ':'),
      query = parse(e.query, req.query, '?'),
      body = parse(e.body, req.body ?? {}, '');
    const given = { params, query, body, req, res, services };
    const answer = await handle(
      caller
        ? { ...given, actor: caller.actor, run: runFor(caller), ...readersOf(caller.actor.tenantId) }
        : Object.assign(Object.create(noActor) as typeof noActor, given),
    ).catch(async (problem: unknown) => {
      // The role allowed it, but not on this record.
      if (caller && problem instanceof Refusal && problem.code === 'forbidden')
        await services.onDenied?.(caller, e, req.path);
      throw problem;
    });
    if (res.headersSent || e.raw) return;
    answerWith(res, e, answer);
  };

const readersOf = (tenantId: string): Pick<HandlerArgs, 'read' | 'report'> => ({
  read: readerOf(tenantId),
  report: reportReaderOf(tenantId),
});

const refuseAnonymous = (): never => {
  throw new Refusal('unauthenticated', 'Unauthorized');
};
const noActor: Pick<HandlerArgs, 'actor' | 'run' | 'read' | 'report'> = {
  get actor() {
    return refuseAnonymous();
  },
  run: refuseAnonymous,
  get read() {
    return refuseAnonymous();
  },
  get report() {
    return refuseAnonymous();
  },
};

/** The first verb of a request gets its Idempotency-Key as it is, a second one a key of its own. */
function runFor(caller: Caller): Run {
  let nth = 0;
  return (v, input) => {
    nth += 1;
    const key = caller.key === undefined || nth === 1 ? caller.key : `${caller.key}:${nth}`;
    return runVerb(v, input, { ...caller, key });
  };
}

function parse(shape: Shape, value: unknown, at: '' | '?' | ':'): unknown {
  assertStorable(value, at);
  const result = shape.safeParse(value);
  if (result.success) return result.data;
  // An id that is no UUID can name no record.
  if (at === ':') throw new Refusal('not-found', 'Record not found');
  throw invalidShape(result.error, at);
}

function answerWith(res: Response, e: AnyEndpoint, answer: unknown): void {
  if (e.method === 'GET' && !res.get('Cache-Control')) res.set('Cache-Control', 'private, no-cache');
  const version = versionOf(answer);
  if (version !== undefined && !res.get('ETag')) res.set('ETag', `"${version}"`);
  res.status(e.status);
  if (e.status === 204) res.end();
  // Not res.json: it would answer 304 by the ETag, which is the version of the row and not of all that is shown.
  else res.type('json').end(JSON.stringify(answer));
}

const versionOf = (answer: unknown): number | undefined => {
  const record = (answer as { data?: unknown } | null)?.data ?? answer;
  const version = (record as { version?: unknown } | null)?.version;
  return typeof version === 'number' ? version : undefined;
};
