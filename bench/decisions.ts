import type { Caller } from './closed-loop.ts';
import { loadApprovals } from './load.ts';
import type { Company } from './people.ts';
import { ownerOf, type Database } from './rig.ts';

/** Approvals that wait for the managers, each for one of them. */
export interface Inbox {
  /** Approves the next one and answers its id. */
  approve(by: Caller, at: 'product' | 'bare'): Promise<string>;
  /** Makes sure that so many wait. */
  fill(count: number): Promise<void>;
}

export function inboxOf(database: Database, who: Company): Inbox {
  const waiting: { id: string; approver: number }[] = [];
  let headers: { Authorization: string }[] = [];
  return {
    fill: async count => {
      headers = await Promise.all(who.managers.map(who.signedIn));
      if (waiting.length >= count) return;
      const approvers = who.managers.map(manager => manager.id);
      const ids = await loadApprovals(database, who, count - waiting.length, approvers);
      waiting.unshift(...ids.map((id, i) => ({ id, approver: i % approvers.length })));
    },
    approve: async (by, at) => {
      const next = waiting.pop();
      if (!next) throw new Error('Nothing is left to decide');
      const { id, approver } = next;
      const bare = `/${who.tenantId}/${who.managers[approver]!.id}/approvals/${id}/approve`;
      if (at === 'bare') await by.send('POST', bare, {});
      else await by.send('POST', `/api/workflows/instances/${id}/approve`, {}, headers[approver]);
      return id;
    },
  };
}

export interface SecondReader {
  /** Reads until the decision can be seen. */
  sees(instanceId: string): Promise<void>;
  close(): Promise<void>;
}

/** Somebody with connections of his own, the same for whoever writes. */
export async function secondReader(of: Database, tenantId: string, connections: number): Promise<SecondReader> {
  const free = await Promise.all(Array.from({ length: connections }, () => ownerOf(of)));
  const decision = 'select 1 from decision where tenant_id = $1 and workflow_id = $2';
  return {
    sees: async id => {
      const db = free.pop();
      if (!db) throw new Error('More readers than connections');
      while (!(await db.query(decision, [tenantId, id])).rowCount);
      free.push(db);
    },
    close: async () => {
      await Promise.all(free.map(db => db.end()));
    },
  };
}
