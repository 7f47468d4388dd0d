import { z } from 'zod';

/** An enumeration that is answered as spelled here and taken in any case: older systems send upper case. */
export const anyCase = <const T extends readonly [string, ...string[]]>(values: T) =>
  z.preprocess(
    v => values.find(known => typeof v === 'string' && known.toLowerCase() === v.toLowerCase()) ?? v,
    z.enum(values),
  );
