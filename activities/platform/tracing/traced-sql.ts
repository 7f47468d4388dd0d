import { context, SpanKind, SpanStatusCode, trace, type Span, type Tracer } from '@opentelemetry/api';
import pg from 'pg';

type Query = (this: pg.Client, ...given: unknown[]) => unknown;

/** The frame of a transaction, which would only hide the statements in it. */
const frame = /^\s*(begin|commit|rollback|savepoint|release|start transaction|select set_config|set )/i;

/**
 * Every statement that runs inside a span becomes a span below it: its text, never its values. The driver has no hook,
 * so its one method through which all statements go is wrapped. Answers how to undo that.
 */
export function traceSql(tracer: Tracer): () => void {
  const original = Reflect.get(pg.Client.prototype, 'query') as Query;
  const traced: Query = function query(...given) {
    const text = textOf(given[0]);
    if (text === undefined || frame.test(text) || !trace.getSpan(context.active())) return original.apply(this, given);
    const span = tracer.startSpan(nameOf(text), {
      kind: SpanKind.CLIENT,
      attributes: { 'db.system.name': 'postgresql', 'db.query.text': withoutValues(text).slice(0, 4_000) },
    });
    const at = given.findLastIndex(argument => typeof argument === 'function');
    if (at >= 0) given[at] = ending(span, given[at] as (error: unknown, answer: unknown) => void);
    const answer = original.apply(this, given);
    if (answer instanceof Promise) answer.then(() => span.end(), (error: unknown) => end(span, error));
    else if (at < 0) span.end();
    return answer;
  };
  Reflect.set(pg.Client.prototype, 'query', traced);
  return () => {
    Reflect.set(pg.Client.prototype, 'query', original);
  };
}

/** The ORM writes values into its statements: what stands in quotes, and numbers, are nobody's business. */
export const withoutValues = (text: string): string =>
  text.replace(/'(?:[^']|'')*'/g, '?').replace(/(?<![\w$"])\d+(?:\.\d+)?/g, '?');

const textOf = (query: unknown): string | undefined => {
  if (typeof query === 'string') return query;
  const text = (query as { text?: unknown } | undefined)?.text;
  return typeof text === 'string' ? text : undefined;
};

/** `insert outbox_event`: short enough to group by. */
const nameOf = (text: string): string => {
  const [, verb = 'statement'] = /^\s*(\w+)/.exec(text) ?? [];
  // Of one in several parts: what the first of them writes.
  const written = verb.toLowerCase() === 'with' ? /\b(?:into|update)\s+"?(\w+)"?/i.exec(text) : null;
  const [, table] = written ?? /\b(?:from|into|update)\s+"?(\w+)"?/i.exec(text) ?? [];
  return table ? `${verb.toLowerCase()} ${table}` : verb.toLowerCase();
};

const ending =
  (span: Span, callback: (error: unknown, answer: unknown) => void) =>
  (error: unknown, answer: unknown): void => {
    end(span, error);
    callback(error, answer);
  };

function end(span: Span, error: unknown): void {
  if (error) span.setStatus({ code: SpanStatusCode.ERROR, message: (error as Error).message });
  span.end();
}
