import { z } from 'zod';

/** What `npm audit --json` says where the registry answered. */
const Report = z.object({
  metadata: z.object({ vulnerabilities: z.object({ high: z.int(), critical: z.int() }) }),
  vulnerabilities: z.record(
    z.string(),
    z.object({ severity: z.string(), range: z.string(), via: z.array(z.unknown()) }),
  ),
});
const Advisory = z.object({ title: z.string(), url: z.string() });

export interface Verdict {
  passed: boolean;
  /** What to say: the faults, or why nothing is known. */
  says: string | null;
}

/**
 * What the report means: known faults of a high or critical kind fail. A registry that cannot be asked proves nothing
 * either way: that is said, and passes, so that a machine without it can still be worked on.
 */
export function auditVerdict(output: string): Verdict {
  const answer = parsed(output);
  const report = Report.safeParse(answer);
  if (!report.success) return { passed: true, says: `Not audited: ${whyNot(answer)}` };
  const { metadata, vulnerabilities } = report.data;
  const { high, critical } = metadata.vulnerabilities;
  if (high + critical === 0) return { passed: true, says: null };
  const grave = Object.entries(vulnerabilities).filter(([, { severity }]) => ['high', 'critical'].includes(severity));
  return {
    passed: false,
    says: grave.map(([name, { severity, range, via }]) => `${severity}: ${name} ${range}${about(via)}`).join('\n'),
  };
}

function parsed(output: string): unknown {
  try {
    return JSON.parse(output);
  } catch {
    return undefined;
  }
}

/** npm names a package that is at fault itself by its advisories, one that brings such a package by its name. */
function about(via: unknown[]): string {
  const advisories = via.map(one => Advisory.safeParse(one)).flatMap(({ data }) => data ?? []);
  const brought = via.filter(one => typeof one === 'string');
  if (advisories.length) return advisories.map(({ title, url }) => `\n  ${title} (${url})`).join('');
  return brought.length ? `, by ${brought.join(', ')}` : '';
}

const Failed = z.object({
  message: z.string().optional(),
  error: z.object({ summary: z.string() }).partial().optional(),
});
function whyNot(answer: unknown): string {
  const { data } = Failed.safeParse(answer);
  const said = data?.message || data?.error?.summary || 'npm answered nothing that can be read';
  return said.split('\n')[0]!;
}
