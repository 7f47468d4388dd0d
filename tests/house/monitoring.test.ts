import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { refusedByLimit } from '../../api/platform/metrics.ts';
import { serveWorkerHealth } from '../../activities/platform/worker-health.ts';
import { bootApp, type App } from '../kit/app.ts';

interface Alert {
  alert: string;
  expr: string;
}
interface Panel {
  title: string;
  targets: { expr: string }[];
}
const { groups } = parse(readFileSync('docs/monitoring/alerts.yml', 'utf8')) as { groups: { rules: Alert[] }[] };
const alerts = groups.flatMap(g => g.rules);
const { panels } = JSON.parse(readFileSync('docs/monitoring/dashboard.json', 'utf8')) as { panels: Panel[] };
const expressions = [
  ...alerts.map(a => [`alert ${a.alert}`, a.expr] as const),
  ...panels.flatMap(p => p.targets.map(t => [`panel ${p.title}`, t.expr] as const)),
];

/** What an API and a worker that run say: each name with the labels that it has. */
let app: App, known: Map<string, Set<string>>;
beforeAll(async () => {
  app = await bootApp({ worker: false });
  await (await app.as('admin')).get('/api/povs');
  refusedByLimit.inc({ bucket: 'all' });
  const health = serveWorkerHealth({ host: '127.0.0.1', port: 0, state: () => 'RUNNING' });
  await once(health, 'listening');
  const ofWorker = `http://127.0.0.1:${(health.address() as AddressInfo).port}/metrics`;
  const texts = await Promise.all([`${app.url}/metrics`, ofWorker].map(async url => (await fetch(url)).text()));
  health.close();
  known = samplesIn(texts.join('\n'));
});
afterAll(() => app?.stop());

function samplesIn(text: string): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const [, name, labels = ''] of text.matchAll(/^([a-z_]\w*)(?:\{(.*)\})? [^\s]+$/gm)) {
    const has = found.get(name!) ?? new Set();
    found.set(name!, has);
    for (const [, label] of labels.matchAll(/(\w+)="/g)) has.add(label!);
  }
  return found;
}

/** Set by Prometheus itself: on every sample, and the one that says whether it could scrape. */
const ofPrometheus = ['job', 'instance'];

/** What an expression asks for that nobody tells. */
function faultsIn(expr: string): string[] {
  const bare = expr.replace(/"[^"]*"/g, '""');
  const grouped = [...bare.matchAll(/\bby \(([^)]*)\)/g)].flatMap(m => m[1]!.split(',').map(l => l.trim()));
  const withoutGroups = bare.replace(/\bby \([^)]*\)/g, ' ');
  const selected = [...withoutGroups.matchAll(/\{([^}]*)\}/g)].flatMap(m => [...m[1]!.matchAll(/(\w+)\s*[=!]/g)]);
  const names = withoutGroups.replace(/\{[^}]*\}|\[[^\]]*\]/g, ' ').matchAll(/\b([a-z_]\w*)\b(?!\s*\()/g);
  const metrics = [...names].map(m => m[1]!).filter(n => !['or', 'and', 'unless', 'by'].includes(n));
  const labels = [...grouped, ...selected.map(m => m[1]!)].filter(l => !ofPrometheus.includes(l));
  return [
    ...metrics.filter(n => n !== 'up' && !known.has(n)).map(n => `no metric ${n}`),
    ...labels.filter(l => !metrics.some(n => known.get(n)?.has(l))).map(l => `no label ${l}`),
  ];
}

describe('[PLT-110] the rules and the dashboard', () => {
  it('ask for metrics and labels that a running product has', () => {
    expect(expressions.length).toBeGreaterThan(20);
    expect(expressions.map(([where, expr]) => [where, faultsIn(expr)]).filter(([, faults]) => faults!.length)).toEqual(
      [],
    );
  });

  it.each([
    ['sum(outbox_undelivered_event) > 1', ['no metric outbox_undelivered_event']],
    ['sum by (path) (rate(http_request_duration_seconds_count{code=~"5.."}[5m]))', ['no label path', 'no label code']],
    ['sum by (instance, pool) (db_pool_waiting) > 0', []],
  ])('a wrong name in %s is found', (expr, faults) => expect(faultsIn(expr)).toEqual(faults));

  it('each alert has its line in the runbook, and each line its alert', () => {
    const table = readFileSync('docs/operating.md', 'utf8').split('| alert |')[1]!.split('\n\n')[0]!;
    const lines = [...table.matchAll(/^\| `(\w+)` \| .+ \| .+ \|$/gm)].map(m => m[1]!);
    expect(lines.sort()).toEqual(alerts.map(a => a.alert).sort());
  });
});
