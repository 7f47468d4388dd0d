import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { Day, Instant } from '../clock.ts';
import './shape-words.ts';

const said = (shape: z.ZodType, value: unknown): string | undefined =>
  shape.safeParse(value).error?.issues[0]?.message;
const only = (word: string) => z.object({ kind: z.literal(word) });
const kind = z.discriminatedUnion('kind', [only('day'), only('week')]);

describe('what is wrong with a value is said in words for people', () => {
  it.each<[string, z.ZodType, unknown]>([
    ['is required', z.string(), undefined],
    ['is required', z.object({ title: z.string() }), {}],
    ['is required', z.enum(['LOW', 'HIGH']), undefined],
    ['is required', z.union([z.string(), z.number()]), undefined],
    ['is required', z.uuid(), undefined],
    ['must not be empty', z.string(), null],
    ['must not be empty', z.string().min(1), ''],
    ['must be text', z.string(), 7],
    ['must be a number', z.number(), '7'],
    ['must be a whole number', z.int(), 7.5],
    ['must be true or false', z.boolean(), 'yes'],
    ['must be a list', z.array(z.string()), 'one'],
    ['must be an object', z.object({}), []],
    ['must be an object', z.record(z.string(), z.unknown()), 'one'],
    ['must be one of LOW, HIGH', z.enum(['LOW', 'HIGH']), 'MIDDLE'],
    ['must be 3', z.literal(3), 4],
    [`must be one of ${Array.from({ length: 40 }, (_, n) => n).join(', ')} and 2 others`,
      z.literal(Array.from({ length: 42 }, (_, n) => n)), 50],
    ['must have at most 3 characters', z.string().max(3), 'four'],
    ['must have at least 2 characters', z.string().min(2), 'a'],
    ['must have exactly 2 characters', z.string().length(2), 'a'],
    ['must have at most 1 item', z.array(z.string()).max(1), ['a', 'b']],
    ['must have at least 1 item', z.array(z.string()).min(1), []],
    ['must be at most 100', z.number().max(100), 101],
    ['must be at least 0', z.number().min(0), -1],
    ['must be more than 0', z.number().positive(), 0],
    ['must be less than 5', z.number().lt(5), 5],
    ['must be a multiple of 0.5', z.number().multipleOf(0.5), 0.3],
    ['must be an e-mail address', z.email(), 'anna'],
    ['must be a web address, as https://example.com', z.url(), 'anna'],
    ['must be a day, as 2026-11-24', Day, '24.11.2026'],
    ['must be an instant, as 2026-11-24T09:00:00Z', Instant, 'now'],
    ['must begin with "v"', z.string().startsWith('v'), '1'],
    ['does not have the right form', z.string().regex(/^a$/), 'b'],
    ['must not have "colour", "size"', z.strictObject({}), { colour: 1, size: 2 }],
    ['must be text or a number', z.union([z.string(), z.number()]), true],
    ['to: is required', z.union([z.string(), z.object({ to: z.string() })]), {}],
    ['must be one of day, week', kind, { kind: 'year' }],
    ['of its own', z.string('of its own'), 7],
  ])('%s', (message, shape, value) => expect(said(shape, value)).toBe(message));
});
