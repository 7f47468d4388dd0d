import { z } from 'zod';
import { Instant } from '../platform/clock.ts';
import { JsonObject, line } from '../platform/field.ts';
import { Id } from '../platform/id.ts';
import { Version } from '../platform/version.ts';

/** A measure: `{ value }` and whatever else its calculation needs, or the bare value. */
const Measure = z.union([JsonObject, z.number(), z.boolean()]);
export type Measure = z.output<typeof Measure>;

/** Columns of floats end where a product of weights would no longer matter. */
const Weight = z
  .number()
  .min(0)
  .max(1_000_000)
  .refine(w => w === 0 || w >= 0.0001, 'must be 0 or at least 0.0001');

export const CreatePovKpi = z
  .object({
    name: line(),
    target: Measure.nullable().optional(),
    current: Measure.nullable().optional(),
    weight: Weight.nullable().optional(),
  })
  .meta({ id: 'CreatePovKpi' });
export const PatchPovKpi = CreatePovKpi.partial().extend({ version: Version }).meta({ id: 'PatchPovKpi' });

export const KpiHistoryEntry = z
  .object({ value: z.number(), timestamp: z.string(), metadata: JsonObject.optional() })
  .meta({ id: 'KpiHistoryEntry' });

/** POV-T10. */
export const PovKpi = z
  .object({
    id: Id,
    povId: Id,
    templateId: Id.nullable(),
    name: z.string(),
    target: Measure.nullable(),
    current: Measure.nullable(),
    weight: z.number().nullable(),
    history: z.array(KpiHistoryEntry),
    met: z.boolean().nullable(),
    createdAt: Instant,
    updatedAt: Instant,
    version: z.int(),
  })
  .meta({ id: 'PovKpi' });
export type PovKpi = z.output<typeof PovKpi>;

/** The number in a measure: booleans count 1 and 0, anything else has none. */
export function measured(measure: unknown): number | null {
  const value = typeof measure === 'object' && measure !== null ? (measure as { value?: unknown }).value : measure;
  if (typeof value === 'boolean') return value ? 1 : 0;
  const number = typeof value === 'string' && value.trim() ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : null;
}

/** Whether a KPI reaches its target; null without a target (POV-040). */
export function reachesTarget(kpi: { target: unknown; current: unknown }): boolean | null {
  const target = measured(kpi.target);
  if (target === null) return null;
  const current = measured(kpi.current);
  return current !== null && current >= target;
}
