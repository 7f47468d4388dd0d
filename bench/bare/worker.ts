import { createServer } from 'node:http';
import { NativeConnection, Worker } from '@temporalio/worker';
import pg from 'pg';
import { flowSteps } from './flow-steps.ts';

/** A worker with nothing but the defaults of the SDK. */
const pool = new pg.Pool({ connectionString: process.env['BARE_DATABASE_URL'], max: 10 });
const connection = await NativeConnection.connect({ address: process.env['TEMPORAL_ADDRESS']! });
const worker = await Worker.create({
  connection,
  taskQueue: `bare-${process.env['TEMPORAL_TASK_QUEUE']}`,
  workflowsPath: new URL('flow.ts', import.meta.url).pathname,
  activities: { ...flowSteps(pool) },
});
createServer((_req, res) => { res.end(); }).listen(Number(process.env['PORT']), '127.0.0.1');
await worker.run();
process.exit(0);
