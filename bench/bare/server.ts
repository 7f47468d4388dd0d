import express from 'express';
import pg from 'pg';
import { approve } from './decide.ts';
import { createPov, listPovs } from './povs.ts';

/** The limit to compare with: Express and `pg`, no sign-in, no rights, no row-level security, no log. */
const pool = new pg.Pool({ connectionString: process.env['BARE_DATABASE_URL'], max: 10 });
const app = express();
app.use(express.json());
app.get('/ready', (_req, res) => { res.end(); });
app.get('/:tenant/povs', async (req, res) => {
  const { q } = req.query;
  res.json(await listPovs(pool, req.params.tenant, typeof q === 'string' ? q : undefined));
});
app.post('/:tenant/:user/povs', async (req, res) => {
  const { tenant, user } = req.params;
  res.status(201).json(await createPov(pool, [tenant, user], req.body));
});
app.post('/:tenant/:user/approvals/:id/approve', async (req, res) => {
  const { tenant, user, id } = req.params;
  res.json(await approve(pool, [tenant, user], id));
});
app.listen(Number(process.env['PORT']), '127.0.0.1');
