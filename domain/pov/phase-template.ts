import { z } from 'zod';
import { Instant } from '../platform/clock.ts';
import { JsonObject, line, prose } from '../platform/field.ts';
import { Id } from '../platform/id.ts';
import { Version } from '../platform/version.ts';
import { PhaseType } from './phase.ts';
import { PovStatus } from './pov-status.ts';

/** One phase that a template makes, with the sub-items (details) it starts with; unknown keys become sub-items. */
export const PhaseDefinition = z
  .object({
    name: line(),
    description: prose().nullable().default(null),
    type: PhaseType.default('PLANNING'),
    details: JsonObject.default({}),
  })
  .catchall(z.unknown())
  .transform(({ name, description, type, details, id: _id, order: _order, ...rest }) => ({
    name,
    description,
    type,
    details: { ...rest, ...details },
  }))
  .meta({ id: 'PhaseDefinition' });
export type PhaseDefinition = z.output<typeof PhaseDefinition>;

const Definitions = z.array(PhaseDefinition).max(50);
/** The definitions in order, bare or under `phases` or `stages`. */
const Workflow = z.union([
  Definitions,
  z.object({ phases: Definitions }).transform(w => w.phases),
  z.object({ stages: Definitions }).transform(w => w.stages),
]);

const fields = {
  name: line(),
  description: prose().nullable().optional(),
  type: PhaseType.nullable().optional(),
  isDefault: z.boolean().optional(),
  workflow: Workflow.optional().meta({ description: 'Phase definitions in order' }),
  phases: Definitions.optional().meta({ description: 'Alias of workflow' }),
};
export const CreatePhaseTemplate = z.object(fields).meta({ id: 'CreatePhaseTemplate' });
export const PutPhaseTemplate = z.object({ ...fields, version: Version }).meta({ id: 'PutPhaseTemplate' });
export const PatchPhaseTemplate = z
  .object(fields)
  .partial()
  .extend({ version: Version })
  .meta({ id: 'PatchPhaseTemplate' });

const StoredDefinition = z
  .object({ name: z.string(), description: z.string().nullable(), type: PhaseType, details: JsonObject })
  .meta({ id: 'StoredPhaseDefinition' });

/** POV-T8; `workflow` holds the definitions. */
export const PhaseTemplate = z
  .object({
    id: Id,
    name: z.string(),
    description: z.string().nullable(),
    type: PhaseType.nullable(),
    isDefault: z.boolean(),
    workflow: z.array(StoredDefinition),
    createdAt: Instant,
    updatedAt: Instant,
    version: z.int(),
  })
  .meta({ id: 'PhaseTemplate' });
export type PhaseTemplate = z.output<typeof PhaseTemplate>;

/** How many of the phases that were made from a template are shown with it. */
export const usageShown = 50;

/** With its usage: the phases that were made from it, newest first (POV-067). */
export const PhaseTemplateUsage = PhaseTemplate.extend({
  usageCount: z.int().meta({ description: 'How many phases were made from it' }),
  phases: z
    .array(
      z.object({
        id: Id,
        name: z.string(),
        type: PhaseType,
        pov: z.object({ id: Id, title: z.string(), status: PovStatus }),
      }),
    )
    .meta({ description: `The newest ${usageShown} of them` }),
}).meta({ id: 'PhaseTemplateUsage' });
export type PhaseTemplateUsage = z.output<typeof PhaseTemplateUsage>;
