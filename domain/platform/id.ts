import { z } from 'zod';

/** Ids are UUIDs everywhere (PLT-008). */
export const Id = z.uuid('must be a UUID').meta({ id: 'Id', example: '018f3c1e-7f6a-7c54-9b0e-0d3c6e1f2a01' });
export const ById = z.object({ id: Id });
