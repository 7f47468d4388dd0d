import { z } from 'zod';

/** In the body of an update: the version the caller saw (PLT-006); the header If-Match does the same. */
export const Version = z.int().min(1).optional()
  .meta({ description: 'Version that was read; a stale one is refused with 409' });
