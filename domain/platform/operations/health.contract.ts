import { z } from 'zod';
import { endpoint } from '../contract.ts';

const Part = z.enum(['ok', 'away']);
export const Health = z
  .object({
    status: z.enum(['ready', 'not-ready']),
    parts: z.object({ database: Part, temporal: Part }),
    error: z.string().optional().meta({ description: 'Names the parts that are away', example: 'Away: temporal' }),
  })
  .meta({ id: 'Health' });
export type Health = z.output<typeof Health>;

/** For load balancers and orchestrators: no session, no rate limit (PLT-054). */
export const healthEndpoints = {
  live: endpoint({
    method: 'GET',
    path: '/api/health/live',
    needs: 'anonymous',
    returns: z.object({ status: z.enum(['live', 'stopping']) }),
    summary: 'Is the process alive? 503 while it stops: send it nothing new',
  }),
  ready: endpoint({
    method: 'GET',
    path: '/api/health/ready',
    needs: 'anonymous',
    returns: Health,
    summary: 'Can it serve? 503 names the part that is away',
  }),
};
