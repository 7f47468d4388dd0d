import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openTracing } from '../../../activities/platform/tracing/open-tracing.ts';
import { span } from '../../../activities/platform/tracing/tracing.ts';
import { freePort } from '../../../bin/port.ts';
import { bootApp, until, type App } from '../../kit/app.ts';
import type { Client } from '../../kit/client.ts';
import { inDatabase } from '../../kit/in-database.ts';
import { decide, newPov, phasesOf, staffedPov, submit } from '../../kit/pov.fixture.ts';
import { startCollector, type CollectedSpan, type Collector } from '../../stubs/otlp-collector.ts';

let app: App, manager: Client;
const boot = async (env: Record<string, string> = {}): Promise<void> => {
  app = await bootApp({ env });
  manager = await app.as('manager');
};
/** Batches go out soon: read by the packages from the environment of their process, here or elsewhere. */
const batches = { OTEL_BSP_SCHEDULE_DELAY: '100' };

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736',
  caller = '00f067aa0ba902b7';
const traceparent = `00-${traceId}-${caller}-01`;

describe('with a collector', () => {
  let collector: Collector;
  beforeAll(async () => {
    collector = await startCollector();
    Object.assign(process.env, batches);
    await boot({ ...batches, OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint });
  });
  afterAll(async () => {
    await app?.stop();
    await collector?.close();
    for (const name of Object.keys(batches)) delete process.env[name];
  });

  const spansOf = async (trace: string, enough: (spans: CollectedSpan[]) => boolean): Promise<CollectedSpan[]> => {
    const found = (): CollectedSpan[] => collector.spans.filter(s => s.traceId === trace);
    await until('the spans have arrived', async () => enough(found()));
    return found();
  };
  /** Names from the span up to the root, or to the caller's own. */
  const chain = (spans: CollectedSpan[], span: CollectedSpan | undefined): string[] =>
    span ? [span.name, ...chain(spans, spans.find(s => s.spanId === span.parentSpanId))] : [];

  it('[PLT-110] a decision is one trace: request, verb, SQL, relay, then the process’s steps and SQL', async () => {
    const { id } = await staffedPov(app, manager);
    const [phase] = await phasesOf(manager, id);
    const instance = (await submit(manager, id, phase!.id)).body;
    await app.settled();
    await decide(await app.as('sales'), instance.id, 'approve');
    await app.settled();
    const sales2 = await app.as('sales2');
    const path = `/api/workflows/instances/${instance.id}/approve`;
    expect((await sales2.post(path, {}, { traceparent })).status).toBe(200);
    await app.settled();

    const looked = (all: CollectedSpan[]): CollectedSpan | undefined =>
      all.find(s => s.name === 'update process' && chain(all, s).includes('activity lookAtApproval'));
    const spans = await spansOf(traceId, all => looked(all) !== undefined && all.some(s => s.parentSpanId === caller));
    const request = spans.find(s => s.parentSpanId === caller)!;
    expect([request.name, request.kind]).toEqual(['POST /api/workflows/instances/:id/approve', 2]);
    expect(request.attributes).toMatchObject({ 'http.response.status_code': 200 });
    const inserts = spans.filter(s => s.name === 'with stream').map(s => chain(spans, s));
    expect(inserts).toContainEqual(['with stream', 'verb decide-step', request.name]);
    expect(chain(spans, looked(spans))).toEqual([
      'update process',
      'verb look-at-approval',
      'activity lookAtApproval',
      'tell approval',
      'verb decide-step',
      request.name,
    ]);
    const activity = spans.find(s => s.name === 'activity lookAtApproval')!;
    expect([activity.kind, activity.attributes['workflow.id']]).toEqual([5, `wf-${instance.id}`]);
    expect(collector.faults).toEqual([]);
  });

  it('a statement shows its text and never its values, and transactions no frame', async () => {
    await newPov(manager, { title: 'Whispered' });
    await until('they are there', async () => collector.spans.some(s => s.name === 'insert pov'));
    const texts = collector.spans.map(s => String(s.attributes['db.query.text'] ?? ''));
    expect(texts.filter(text => /whispered|^begin|^commit|set_config/i.test(text))).toEqual([]);
  });

  it('a trace of its own begins where the caller brought none, or nonsense', async () => {
    const before = collector.spans.length;
    expect((await manager.get('/api/povs', { traceparent: '00-zz-01' })).status).toBe(200);
    const mine = (): CollectedSpan | undefined => collector.spans.slice(before).find(s => s.name === 'GET /api/povs');
    await until('it is there', async () => mine() !== undefined);
    expect([mine()!.parentSpanId, mine()!.traceId.length]).toEqual([undefined, 32]);
  });
});

describe('a collector that does not answer', () => {
  it('slows nothing and fails nothing', async () => {
    const silent = createServer().listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const port = (silent.address() as AddressInfo).port;
    for (const endpoint of [`http://127.0.0.1:${await freePort()}`, `http://127.0.0.1:${port}`]) {
      await boot({ OTEL_EXPORTER_OTLP_ENDPOINT: endpoint });
      const { id } = await newPov(manager);
      expect((await manager.get(`/api/povs/${id}`)).status).toBe(200);
      await app.stop();
      // How long its end takes, apart from what else a process ends.
      const tracing = await openTracing(endpoint, 'throughline-test');
      await span('nobody hears of it', {}, async () => undefined);
      const began = performance.now();
      await tracing.close();
      expect(performance.now() - began).toBeLessThan(5_000);
    }
    silent.close();
  });
});

describe('without a collector', () => {
  beforeAll(() => boot());
  afterAll(() => app?.stop());

  it('events carry no trace', async () => {
    const { id } = await newPov(manager);
    const rows = await inDatabase<{ traceparent: string | null }>(
      app, 'select traceparent from outbox_event where story_id = $1', [id],
    );
    expect(new Set(rows.map(r => r.traceparent))).toEqual(new Set([null]));
  });

  it('no package of OpenTelemetry is loaded but its bare interface, which the metrics bring along', async () => {
    const script = `
      import Module from 'node:module';
      import { openTracing } from './activities/platform/tracing/open-tracing.ts';
      await import('./api/app.ts');
      const loaded = () => Object.keys(Module._cache).filter(file => /@opentelemetry.(?!api.)/.test(file)).length;
      await openTracing(undefined, 'x');
      const before = loaded();
      const tracing = await openTracing('http://127.0.0.1:9', 'x');
      console.log(JSON.stringify([before, loaded() > 0]));
      await tracing.close();`;
    const args = ['--input-type=module', '--no-warnings', '--eval', script];
    const { stdout } = await promisify(execFile)(process.execPath, args);
    expect(JSON.parse(stdout)).toEqual([0, true]);
  });
});
