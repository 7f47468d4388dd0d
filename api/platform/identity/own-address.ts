import type { Config } from '../../../db/platform/config.ts';

/** The address that people type; never the request's Host header, which whoever asks may choose. */
export const ownAddress = ({ ORIGIN, PORT }: Pick<Config, 'ORIGIN' | 'PORT'>): string =>
  (ORIGIN ?? `http://localhost:${PORT}`).replace(/\/+$/, '');
