import { randomUUID } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import express from 'express';
import pg from 'pg';
import { listAccounts } from './accounts.ts';
import { listContacts } from './contacts.ts';
import { approve } from './decide.ts';
import { mergeContact, scanContacts } from './duplicates.ts';
import type { approvalFlow } from './flow.ts';
import { ask } from './flow-steps.ts';
import { createPov, listPovs } from './povs.ts';

/** The limit to compare with: Express and `pg`, no sign-in, no rights, no row-level security, no log. */
const pool = new pg.Pool({ connectionString: process.env['BARE_DATABASE_URL'], max: 10 });
const temporal = new Client({ connection: Connection.lazy({ address: process.env['TEMPORAL_ADDRESS']! }) });
const taskQueue = `bare-${process.env['TEMPORAL_TASK_QUEUE']}`;
const app = express();
app.use(express.json());
app.get('/ready', (_req, res) => { res.end(); });
app.get('/:tenant/povs', async (req, res) => {
  const { q } = req.query;
  res.json(await listPovs(pool, req.params.tenant, typeof q === 'string' ? q : undefined));
});
app.get('/:tenant/contacts/:kind', async (req, res) => {
  res.json(await listContacts(pool, req.params.tenant, req.params.kind));
});
app.get('/:tenant/accounts/:kind', async (req, res) => {
  res.json(await listAccounts(pool, req.params.tenant, req.params.kind));
});
app.post('/:tenant/:user/povs', async (req, res) => {
  const { tenant, user } = req.params;
  res.status(201).json(await createPov(pool, [tenant, user], req.body));
});
app.post('/:tenant/:user/approvals/:id/approve', async (req, res) => {
  const { tenant, user, id } = req.params;
  res.json(await approve(pool, [tenant, user], id));
});
app.post('/:tenant/:user/flows', async (req, res) => {
  const { tenant: tenantId, user: approverId } = req.params;
  const input = { tenantId, approverId, instanceId: randomUUID() };
  await ask(pool, input);
  const workflowId = `bare-${input.instanceId}`;
  await temporal.workflow.start<typeof approvalFlow>('approvalFlow', { taskQueue, workflowId, args: [input] });
  res.status(201).json({ id: input.instanceId });
});
app.post('/:tenant/:user/flows/:id/approve', async (req, res) => {
  await temporal.workflow.getHandle(`bare-${req.params.id}`).signal('approved', req.params.user);
  res.json({});
});
app.post('/:tenant/scan', async (req, res) => {
  res.json(await scanContacts(pool, req.params.tenant, req.body as { ms?: number }));
});
app.post('/:tenant/:user/merge', async (req, res) => {
  const { tenant, user } = req.params;
  const { survivorId, mergedId } = req.body as { survivorId: string; mergedId: string };
  res.json(await mergeContact(pool, [tenant, user], [survivorId, mergedId]));
});
app.listen(Number(process.env['PORT']), '127.0.0.1').keepAliveTimeout = 65_000;
