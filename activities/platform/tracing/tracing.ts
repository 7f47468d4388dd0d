/** What is measured: a step of a trace, which may take a better name or more attributes while it runs. */
export interface Span {
  rename(name: string): void;
  set(attributes: Attributes): void;
}
export type Attributes = Record<string, string | number | boolean>;
export interface SpanOptions {
  kind?: 'server' | 'client' | 'producer' | 'consumer';
  /** The W3C `traceparent` of what caused it, where that is not what runs now. */
  parent?: string | undefined;
  attributes?: Attributes;
}
export interface Tracing {
  span<T>(name: string, options: SpanOptions, work: (span: Span) => Promise<T>): Promise<T>;
  /** The `traceparent` of the span that runs now. */
  traceparent(): string | undefined;
}

const unmeasured: Span = { rename: () => {}, set: () => {} };
const off: Tracing = { span: (_name, _options, work) => work(unmeasured), traceparent: () => undefined };
let current = off;

/** Without an argument nothing is traced any more. Called by `openTracing` alone. */
export const setTracing = (tracing: Tracing = off): void => {
  current = tracing;
};
export const isTracing = (): boolean => current !== off;

/** Runs the work as a span below the one that runs now; costs nothing while tracing is off. */
export const span: Tracing['span'] = (name, options, work) => current.span(name, options, work);
export const traceparent = (): string | undefined => current.traceparent();

const form = /^00-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-[0-9a-f]{2}$/;
/** The trace that a `traceparent` speaks of, if it is one (https://www.w3.org/TR/trace-context/). */
export const traceIdOf = (text: string | undefined): string | undefined => form.exec(text ?? '')?.[1];
