import { z } from 'zod';
import { Instant } from './clock.ts';

/** Kinds of fields that many records share. */

/** One line of text that says something: trimmed, not blank. */
export const line = (max = 200) =>
  z.string().trim().min(1, 'must not be blank').max(max, `must have at most ${max} characters`);

/** A text of many lines. */
export const prose = (max = 10_000) => z.string().max(max, `must have at most ${max} characters`);

/** An exact number as a string, up to 15 digits before the point and 6 after it; numbers are taken too. */
export const DecimalText = z
  .union([z.string(), z.number()])
  .transform(String)
  .pipe(z.string().regex(/^-?\d{1,15}(\.\d{1,6})?$/, 'must be a decimal number'))
  .meta({ id: 'DecimalText', example: '125000.00' });

/** An instant; a bare day is taken as its start in UTC. */
export const Moment = z
  .union([Instant, z.iso.date().transform(day => `${day}T00:00:00.000Z`)], 'must be a day or an instant')
  .refine(at => at >= '1900' && at < '2200', 'must lie between the years 1900 and 2199')
  .meta({ id: 'Moment', example: '2026-11-24T09:00:00.000Z' });

/** Free JSON: an object of any fields. */
export const JsonObject = z.record(z.string(), z.unknown()).meta({ id: 'JsonObject' });
export type JsonObject = z.output<typeof JsonObject>;

/** Free JSON: a list of texts and objects. */
export const JsonList = z
  .array(z.union([z.string(), JsonObject]))
  .max(500)
  .meta({ id: 'JsonList' });
export type JsonList = z.output<typeof JsonList>;

/** Short words, without blanks and repetitions, e.g. tags. */
export const Words = z
  .array(line(100))
  .max(100)
  .transform(words => [...new Set(words)])
  .meta({ id: 'Words' });
