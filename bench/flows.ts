import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { callerOf, eachOnce, type Caller, type Measured } from './closed-loop.ts';
import type { Company } from './people.ts';
import { ownerOf, type Database, type Program, type Rig } from './rig.ts';

const everyMs = 15;

/** Approvals from the question to the end, the product's or the bare ones. */
export interface Flows {
  /** Asks, and waits until somebody can decide. */
  open(): Promise<string>;
  approve(id: string): Promise<void>;
  /** Waits until all effects of the decision are written. */
  closed(id: string): Promise<void>;
  worker(): Promise<Program>;
  stop(): Promise<void>;
}

/** What both have in common: who asks the database how far an approval is. */
interface Watcher {
  until(id: string, column: 'opened' | 'closed'): Promise<void>;
  stop(): Promise<void>;
}

/** One statement each few milliseconds for all that are waited for. */
async function watcher(of: Database): Promise<Watcher> {
  const db = await ownerOf(of);
  const waiting = new Map<string, { column: string; done: () => void }>();
  let stopped = false;
  const watching = (async () => {
    for (; !stopped; await setTimeout(everyMs)) {
      if (!waiting.size) continue;
      const { rows } = await db.query<{ id: string; opened: boolean; closed: boolean }>(
        `select p.entity_id as id, p.status in ('waiting', 'closed') as opened, p.status = 'closed' as closed
         from process p where p.workflow_id = any($1::text[])`, [[...waiting.keys()].map(id => `wf-${id}`)],
      );
      for (const row of rows) {
        const wait = waiting.get(row.id);
        if (!wait || !(wait.column === 'opened' ? row.opened : row.closed)) continue;
        waiting.delete(row.id);
        wait.done();
      }
    }
  })();
  return {
    until: (id, column) => new Promise(done => waiting.set(id, { column, done })),
    stop: async () => {
      stopped = true;
      await watching;
      await db.end();
    },
  };
}

export async function productFlows(rig: Rig, of: Database, who: Company): Promise<Flows> {
  const [api, watch] = [await rig.api(of), await watcher(of)];
  const caller = callerOf(api.url, 64);
  const [asker, approver] = [await who.signedIn(who.admin), await who.signedIn(who.managers[0]!)];
  const question = { referenceType: 'invoice', title: 'Setup',
    steps: [{ name: 'Manager', assigneeIds: [who.managers[0]!.id] }] };
  return {
    open: async () => {
      const body = { ...question, referenceId: randomUUID() };
      const asked = await caller.send('POST', '/api/workflows/instances', body, asker);
      const { id } = JSON.parse(asked.body) as { id: string };
      await watch.until(id, 'opened');
      return id;
    },
    approve: async id => {
      await caller.send('POST', `/api/workflows/instances/${id}/approve`, {}, approver);
    },
    closed: id => watch.until(id, 'closed'),
    worker: () => rig.worker(of),
    stop: () => ended(caller, watch, api),
  };
}

export async function bareFlows(rig: Rig, of: Database, who: Company): Promise<Flows> {
  const [server, watch] = [await rig.bare('server', of), await watcher(of)];
  const caller = callerOf(server.url, 64);
  const at = `/${who.tenantId}/${who.managers[0]!.id}/flows`;
  return {
    open: async () => {
      const { id } = JSON.parse((await caller.send('POST', at, {})).body) as { id: string };
      await watch.until(id, 'opened');
      return id;
    },
    approve: async id => {
      await caller.send('POST', `${at}/${id}/approve`, {});
    },
    closed: id => watch.until(id, 'closed'),
    worker: () => rig.bare('worker', of),
    stop: () => ended(caller, watch, server),
  };
}

async function ended(caller: Caller, watch: Watcher, program: Program): Promise<void> {
  caller.close();
  await watch.stop();
  await program.stop();
}

/** Whole approvals, so many at once; each latency is from the decision to its last effect. */
export async function runFlows(flows: Flows, atOnce: number, count: number): Promise<Measured> {
  const completion: number[] = [];
  const { perSecond } = await eachOnce(atOnce, count, async () => {
    const id = await flows.open();
    const decided = performance.now();
    await flows.approve(id);
    await flows.closed(id);
    completion.push(performance.now() - decided);
  });
  return { latencies: completion, perSecond };
}
