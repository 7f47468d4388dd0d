import { setTimeout } from 'node:timers/promises';
import type { Span as OtelSpan, SpanOptions as OtelOptions } from '@opentelemetry/api';
import { setTracing, traceIdOf, type Attributes, type SpanOptions } from './tracing.ts';

export interface OpenTracing {
  flush(): Promise<void>;
  close(): Promise<void>;
}

/** A collector that is away must not hold up the end of a process. */
const closeMs = 2_000;
const nothing: OpenTracing = { flush: async () => {}, close: async () => {} };

/**
 * Traces to the collector at OTEL_EXPORTER_OTLP_ENDPOINT; without one no package of OpenTelemetry is loaded. Spans go
 * out in batches beside the work; what a collector does not take is dropped. The other OTEL_* variables of the
 * specification (headers, sampler, batches) are read by the packages themselves.
 */
export async function openTracing(endpoint: string | undefined, service: string): Promise<OpenTracing> {
  if (!endpoint) return nothing;
  const [api, { NodeTracerProvider, BatchSpanProcessor }, { OTLPTraceExporter }, { resourceFromAttributes }, sql] =
    await Promise.all([
      import('@opentelemetry/api'),
      import('@opentelemetry/sdk-trace-node'),
      import('@opentelemetry/exporter-trace-otlp-http'),
      import('@opentelemetry/resources'),
      import('./traced-sql.ts'),
    ]);
  const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/$/, '')}/v1/traces`, timeoutMillis: 5_000 });
  const provider = new NodeTracerProvider({
    resource: resourceFromAttributes({ 'service.name': service }),
    spanProcessors: [new BatchSpanProcessor(exporter)],
  });
  provider.register();
  const tracer = provider.getTracer('throughline');
  const restoreSql = sql.traceSql(tracer);
  const { context, propagation, SpanKind, SpanStatusCode, trace } = api;
  const kinds = {
    server: SpanKind.SERVER, client: SpanKind.CLIENT, producer: SpanKind.PRODUCER, consumer: SpanKind.CONSUMER,
  };
  const optionsOf = ({ kind, attributes }: SpanOptions): OtelOptions => ({
    ...(kind && { kind: kinds[kind] }),
    attributes,
  });
  const parentOf = (parent: string | undefined) =>
    traceIdOf(parent) ? propagation.extract(context.active(), { traceparent: parent }) : context.active();
  const failed = (span: OtelSpan, error: unknown): never => {
    span.recordException(error instanceof Error ? error : String(error));
    span.setStatus({ code: SpanStatusCode.ERROR });
    throw error;
  };
  setTracing({
    span: (name, options, work) =>
      tracer.startActiveSpan(name, optionsOf(options), parentOf(options.parent), async span => {
        const ofWork = { rename: (to: string) => span.updateName(to), set: (a: Attributes) => span.setAttributes(a) };
        return work(ofWork).catch((e: unknown) => failed(span, e)).finally(() => span.end());
      }),
    traceparent: () => {
      const carrier: { traceparent?: string } = {};
      propagation.inject(trace.getSpan(context.active()) ? context.active() : api.ROOT_CONTEXT, carrier);
      return carrier.traceparent;
    },
  });
  return {
    flush: () => provider.forceFlush(),
    close: async () => {
      setTracing();
      restoreSql();
      await Promise.race([provider.shutdown().catch(() => {}), setTimeout(closeMs, undefined, { ref: false })]);
      trace.disable();
      context.disable();
      propagation.disable();
    },
  };
}
