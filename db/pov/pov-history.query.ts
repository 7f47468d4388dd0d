import { z } from 'zod';
import type { History, HistoryEntry } from '../../domain/platform/record.ts';
import { blockerChanges } from '../../domain/pov/blocker/blocker-changes.ts';
import { Milestone } from '../../domain/pov/milestone.ts';
import { Phase } from '../../domain/pov/phase.ts';
import { Pov } from '../../domain/pov/pov.ts';
import { PovKpi } from '../../domain/pov/pov-kpi.ts';
import { historyRows } from '../platform/history/record-history.query.ts';
import type { Reader } from '../platform/reader.ts';
import { sql } from '../platform/sql.ts';

/** The opportunity of an outside CRM stands in a column of its own, and is the same field. */
const outside = 'outsideOpportunityId';
const views: Record<string, z.ZodObject> = {
  pov: Pov.extend({ [outside]: z.string().nullable() }), phase: Phase, milestone: Milestone, kpi: PovKpi,
};

/** The history of a POV and of its parts, also of deleted ones, newest first, each with its name (PLT-064). */
export async function povHistory(read: Reader, povId: string): Promise<History> {
  const { rows, total } = await historyRows<{ kind: string; partId: string; name: string | null }>(read, {
    more: sql`, p.kind, p.id as "partId", p.name`,
    from: sql`(
      select 'pov' as kind, 'pov' as of_table, ${povId}::text as id, null as name
      union all select 'phase', 'phase', h.id::text, h.name from phase h where h.pov_id = ${povId}
      union all select 'milestone', 'milestone', m.id::text, m.name from milestone m where m.pov_id = ${povId}
      union all select 'kpi', 'pov_kpi', k.id::text, k.name from pov_kpi k where k.pov_id = ${povId}) p
      join audit_log on record_id = p.id and table_name = p.of_table`,
    view: row => views[row.kind]!,
  });
  const items = rows.map(({ entry, row: { kind, partId, name } }) => ({
    ...entry,
    changes: asOneField(entry.changes).flatMap(blockersApart),
    ...(kind === 'pov' ? {} : { part: { kind, id: partId, name: name ?? '' } }),
  }));
  return { items, total };
}

type Change = HistoryEntry['changes'][number];

function asOneField(changes: Change[]): Change[] {
  const theirs = changes.find(change => change.field === outside);
  if (!theirs) return changes;
  const ours = changes.find(change => change.field === 'opportunityId');
  const said = { field: 'opportunityId', from: ours?.from ?? theirs.from, to: ours?.to ?? theirs.to };
  return [...changes.filter(change => change !== theirs && change !== ours), said];
}

/** Each blocker by itself, with its name. */
const blockersApart = (change: Change): Change[] =>
  change.field === 'blockers'
    ? blockerChanges(listOf(change.from), listOf(change.to)).map(({ name, from, to }) => ({
        field: 'blockers', of: name, from, to,
      }))
    : [change];

/** The log has them as the text that was written. */
const listOf = (value: unknown): unknown[] => {
  const list: unknown = typeof value === 'string' ? JSON.parse(value) : value;
  return Array.isArray(list) ? list : [];
};
