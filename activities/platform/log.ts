import { pino } from 'pino';
import { traceIdOf, traceparent } from './tracing/tracing.ts';

/** Structured logs of every process; the level comes from LOG_LEVEL (PLT-110). */
export const log = pino({
  level: process.env['LOG_LEVEL'] ?? 'info',
  base: { pid: process.pid },
  // Temporal's SDK calls it `error`.
  serializers: { err: pino.stdSerializers.err, error: pino.stdSerializers.err },
  timestamp: pino.stdTimeFunctions.isoTime,
  // Finds the lines of a trace, whatever process wrote them.
  mixin: () => {
    const traceId = traceIdOf(traceparent());
    return traceId ? { traceId } : {};
  },
});

/** Every statement, in development only: a line each at level debug (PLT-110). */
export const queryLog = ({ NODE_ENV }: { NODE_ENV: string }): ((statement: string) => void) | undefined =>
  NODE_ENV === 'development' ? statement => log.debug({ statement }, 'query') : undefined;
