import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';

const id = (digits: number) => z.string().regex(new RegExp(`^[0-9a-f]{${digits}}$`));
const Value = z.object({
  stringValue: z.string().optional(),
  intValue: z.union([z.number(), z.string()]).optional(),
  boolValue: z.boolean().optional(),
});
const Attributes = z.array(z.object({ key: z.string(), value: Value.loose() }));
/** The part of OTLP's ExportTraceServiceRequest, in JSON, that a collector cannot do without. */
const Request = z.object({
  resourceSpans: z.array(
    z.object({
      resource: z.object({ attributes: Attributes }),
      scopeSpans: z.array(
        z.object({
          spans: z.array(
            z.object({
              traceId: id(32),
              spanId: id(16),
              parentSpanId: id(16).optional(),
              name: z.string(),
              kind: z.int().min(1).max(5),
              startTimeUnixNano: z.string().regex(/^\d+$/),
              endTimeUnixNano: z.string().regex(/^\d+$/),
              attributes: Attributes,
            }),
          ),
        }),
      ),
    }),
  ),
});

export interface CollectedSpan {
  service: string;
  traceId: string;
  spanId: string;
  parentSpanId?: string | undefined;
  name: string;
  kind: number;
  attributes: Record<string, unknown>;
}
export interface Collector {
  endpoint: string;
  spans: CollectedSpan[];
  /** What came and was no OTLP. */
  faults: string[];
  close(): Promise<void>;
}

/** An OpenTelemetry collector: takes `POST /v1/traces` with OTLP in JSON. */
export async function startCollector(): Promise<Collector> {
  const spans: CollectedSpan[] = [],
    faults: string[] = [];
  const server = createServer((req, res) => {
    const chunks: Buffer[] = [];
    req.on('data', (chunk: Buffer) => chunks.push(chunk)).once('end', () => {
      const isTraces = req.method === 'POST' && req.url === '/v1/traces';
      const isJson = req.headers['content-type']?.startsWith('application/json');
      if (!isTraces || !isJson) faults.push(`${req.method} ${req.url} ${req.headers['content-type']}`);
      const parsed = Request.safeParse(JSON.parse(Buffer.concat(chunks).toString()));
      if (parsed.success) spans.push(...spansOf(parsed.data));
      else faults.push(parsed.error.message);
      res.setHeader('Content-Type', 'application/json').end('{"partialSuccess":{}}');
    });
  });
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const close = (): Promise<void> =>
    new Promise(resolve => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, spans, faults, close };
}

const spansOf = ({ resourceSpans }: z.output<typeof Request>): CollectedSpan[] =>
  resourceSpans.flatMap(({ resource, scopeSpans }) =>
    scopeSpans.flatMap(scope =>
      scope.spans.map(({ attributes, traceId, spanId, parentSpanId, name, kind }) => ({
        ...{ traceId, spanId, parentSpanId, name, kind },
        service: String(plain(resource.attributes)['service.name']),
        attributes: plain(attributes),
      })),
    ),
  );

const plain = (attributes: z.output<typeof Attributes>): Record<string, unknown> =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]));
