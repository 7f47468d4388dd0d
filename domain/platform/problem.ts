import { z } from 'zod';

/** The body of every error: RFC 9457 plus `error` and `details`, the same facts in plain strings (PLT-046). */
export const Problem = z.object({
  type: z.string(), title: z.string(), status: z.int(), detail: z.string(), code: z.string(), requestId: z.string(),
  errors: z.array(z.object({
    pointer: z.string().meta({ description: 'JSON pointer into the body; ?name of the query; :name of the path' }),
    code: z.string(), message: z.string(),
  })),
  candidates: z.array(z.object({
    id: z.string(), title: z.string(), about: z.string().nullable(), score: z.int(), reasons: z.array(z.string()),
  })).optional().meta({ description: 'Records that may be the one that was sent' }),
  mergedIntoId: z.string().optional()
    .meta({ description: 'Of a record that is not there because it was merged: the one that it became part of' }),
  ticket: z.string().optional().meta({ description: 'Of a sign-in that asks for a second step' }),
  error: z.string(), details: z.array(z.string()),
}).meta({ id: 'Problem' });
export type Problem = z.output<typeof Problem>;
