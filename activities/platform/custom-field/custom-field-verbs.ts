import { CustomField } from '../../../db/platform/custom-field/custom-field.entity.ts';
import { transactionOf } from '../../../db/platform/pool/transaction.ts';
import {
  customFields, customFieldsMax, hasOptions, keyOfLabel, type CustomRecord, type CustomType,
} from '../../../domain/platform/custom-field/custom-field.ts';
import { valueShape } from '../../../domain/platform/custom-field/custom-values.ts';
import { invalidField } from '../../../domain/platform/errors.ts';
import { recordVerbs } from '../record/record-verbs.ts';
import type { VerbContext } from '../verb.ts';

type Fields = Record<string, unknown>;

export const customFieldVerbs = recordVerbs(customFields, CustomField, {
  complete: async (ctx, sent, before) => {
    const fields = { ...sent };
    for (const field of ['recordType', 'key'] as const)
      if (before && fields[field] !== undefined && fields[field] !== null && fields[field] !== before[field])
        throw invalidField(field, 'stays as it is: values are found by it');
    if (before && fields['key'] === null) delete fields['key'];
    if (before && fields['position'] === null) delete fields['position'];
    const type = (fields['type'] ?? before?.type) as CustomType;
    const options = (fields['options'] ?? before?.options ?? []) as string[];
    if (hasOptions(type) && !options.length) throw invalidField('options', 'is required of a select', 'required');
    fields['options'] = hasOptions(type) ? options : [];
    return before ? changed(ctx, fields, before) : begun(ctx, fields);
  },
  whyNot: async (action, row, ctx) => {
    const held = action === 'delete' ? await countHeld(ctx, row) : 0;
    return held ? `${held} a value of ${row.label}: deactivate it instead` : undefined;
  },
});

async function begun(ctx: VerbContext, fields: Fields): Promise<Fields> {
  const recordType = fields['recordType'] as CustomRecord;
  const key = (fields['key'] as string | undefined) ?? keyOfLabel(fields['label'] as string);
  if (key === undefined) throw invalidField('key', 'cannot be made of the label: say one', 'required');
  // New fields wait for each other: two could be the last that there is room for.
  await ctx.em.execute(`select pg_advisory_xact_lock(hashtextextended('custom-fields ' || ?, 0))`, [ctx.tenantId]);
  const others = await ctx.em.find(CustomField, { recordType, deletedAt: null });
  if (others.some(f => f.key === key)) throw invalidField('key', `There is a field ${key} already`);
  if (others.length >= customFieldsMax) throw invalidField('recordType', `has ${customFieldsMax} fields already`);
  const position = fields['position'] ?? Math.max(0, ...others.map(f => f.position)) + 10;
  const { type, options } = fields as { type: CustomType; options: string[] };
  await proveFits(ctx, recordType, key, { type, options });
  return { ...fields, key, position };
}

async function changed(ctx: VerbContext, fields: Fields, before: CustomField): Promise<Fields> {
  if (fields['type'] !== undefined && fields['type'] !== before.type) {
    const held = await countHeld(ctx, before);
    if (held) throw invalidField('type', `stays as it is: ${held} a value`);
  } else if (hasOptions(before.type)) {
    const gone = before.options.filter(option => !(fields['options'] as string[]).includes(option));
    for (const option of gone) {
      const held = await countHeld(ctx, before, option);
      if (held) throw invalidField('options', `${option} stays: ${held} it`);
    }
  }
  return fields;
}

/** "3 accounts hold", or null. Deleted records count: they come back with what they hold. */
async function countHeld(
  { em }: VerbContext, { recordType, key }: Pick<CustomField, 'recordType' | 'key'>, option?: string,
): Promise<string | null> {
  const [{ n }] = (await transactionOf(em).send<{ n: number }>(
    `select count(*)::int as n from "${recordType}"
     where custom_fields -> $1 ${option === undefined ? 'is not null' : '@> $2::jsonb'}`,
    option === undefined ? [key] : [key, JSON.stringify(option)],
  )) as [{ n: number }];
  const noun = recordType === 'opportunity' ? 'opportunities' : `${recordType}s`;
  return n ? (n === 1 ? `1 ${recordType} holds` : `${n} ${noun} hold`) : null;
}

/** What records held under the key before anybody defined it must be values of the new field. */
async function proveFits(
  { em }: VerbContext, recordType: CustomRecord, key: string, field: { type: CustomType; options: string[] },
): Promise<void> {
  const held = await transactionOf(em).send<{ value: unknown }>(
    `select distinct custom_fields -> $1 as value from "${recordType}"
     where custom_fields -> $1 is not null limit 10000`,
    [key],
  );
  const shape = valueShape(field);
  const odd = held.find(({ value }) => !shape.safeParse(value).success);
  if (odd) throw invalidField('type', `does not fit ${JSON.stringify(odd.value).slice(0, 100)}, which records hold`);
}
