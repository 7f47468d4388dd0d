import { z } from 'zod';
// Every shape of a contract says in these words what does not fit it.
import './shape/shape-words.ts';

export type Shape = z.ZodType;

/** `subject:action` of the permission table, or one of the three that need no row in it. */
export type Needs = `${string}:${string}` | 'anonymous' | 'signed-in' | 'process';

export const Nothing = z.object({});
export type Nothing = typeof Nothing;

export interface Endpoint<P extends Shape, Q extends Shape, B extends Shape, R extends Shape> {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Express style: `/api/povs/:id`; segments are lower-case kebab-case (PLT-012). */
  path: string;
  needs: Needs;
  /** One line for the API documentation. */
  summary: string;
  params: P;
  query: Q;
  body: B;
  returns: R;
  /** Of success; 200 unless said. */
  status: 200 | 201 | 202 | 204 | 303;
  /** What `error` says when the database is away (CRM-016); its own words unless said. */
  failure?: string;
  /** Answered as is, not as JSON: event stream, text, the bytes of a file; `text/html` leads a browser on. */
  raw?: 'text/event-stream' | 'text/plain' | 'text/html' | 'text/csv' | 'application/octet-stream';
}
export type AnyEndpoint = Endpoint<Shape, Shape, Shape, Shape>;
export type Endpoints = Record<string, AnyEndpoint>;

type Declared<P extends Shape, Q extends Shape, B extends Shape, R extends Shape> =
  Pick<Endpoint<P, Q, B, R>, 'method' | 'path' | 'needs' | 'summary' | 'returns' | 'raw'>
  & Partial<Pick<Endpoint<P, Q, B, R>, 'params' | 'query' | 'body' | 'status' | 'failure'>>;

/** Declares an HTTP endpoint: API router, OpenAPI document and the web's client all read this one value. */
export function endpoint<
  R extends Shape, P extends Shape = Nothing, Q extends Shape = Nothing, B extends Shape = Nothing,
>(e: Declared<P, Q, B, R>): Endpoint<P, Q, B, R> {
  const nothing = Nothing as Shape;
  return {
    status: 200, ...e,
    params: e.params ?? (nothing as P), query: e.query ?? (nothing as Q), body: e.body ?? (nothing as B),
  };
}

/** Which process an event concerns: its Temporal type and the entity it follows. */
export interface Told { type: string; entityId: string }

export interface EventContract<P extends Shape> {
  /** `<area>.<entity>.<verb>` */
  name: string;
  /** Other names that subscribers may ask for it by (PLT-066). */
  aliases?: readonly string[];
  payload: P;
  /** Fields of the payload that `tells` alone needs: shown to nobody. */
  hides?: readonly string[];
  /** The record that changed. */
  entity(payload: z.output<P>): string;
  /** The record in whose story (timeline) the event belongs; the entity itself unless said. */
  story?(payload: z.output<P>): string;
  /** Processes to tell; each one's stream is bumped in the emitting transaction. */
  tells?(payload: z.output<P>): Told[];
  /** One line for timelines, in the past tense, without the actor: "submitted Setup for approval". */
  says(payload: z.output<P>): string;
  /** Who besides the readers of the story may see it in the live stream: user ids. */
  concerns?(payload: z.output<P>): string[];
}
export type AnyEvent = EventContract<Shape>;

/** Declares a domain event. The relay signals its `signalName` to the processes it tells, ids only. */
export const event = <P extends Shape>(e: EventContract<P>): EventContract<P> => e;

/** `pov.phase.submitted` → `phaseSubmitted`. */
export const signalName = (eventName: string): string =>
  eventName.split(/[.-]/).slice(1).map((w, i) => (i ? w[0]!.toUpperCase() + w.slice(1) : w)).join('');

/** A command that an integrator may send to a running process: the same verb as the area's own endpoint. */
export interface MessageContract<B extends Shape> {
  name: string;
  needs: Needs;
  summary: string;
  body: B;
}
export const message = <B extends Shape>(m: MessageContract<B>): MessageContract<B> => m;
