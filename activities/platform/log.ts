import { pino } from 'pino';

/** Structured logs of every process; the level comes from LOG_LEVEL (PLT-110). */
export const log = pino({
  level: process.env['LOG_LEVEL'] ?? 'info',
  base: { pid: process.pid },
  timestamp: pino.stdTimeFunctions.isoTime,
});
