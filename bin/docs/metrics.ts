import { readFileSync } from 'node:fs';
import { table } from './parts.ts';

const sources = [
  'api/platform/metrics.ts',
  'api/platform/health.routes.ts',
  'activities/platform/metrics.ts',
  'activities/platform/worker-health.ts',
];

/** The product's own figures, by the names and words of the sources that register them. */
export function metricsTable(): string {
  const figures = sources.flatMap(file => {
    const text = readFileSync(file, 'utf8');
    return [...text.matchAll(/name: '(\w+)',\s*help: '([^']+)'|gauge\('(\w+)', '([^']+)'/g)];
  });
  return table(['metric', 'what it counts'], figures.map(([, a, b, c, d]) => [`\`${a ?? c}\``, (b ?? d)!]));
}
