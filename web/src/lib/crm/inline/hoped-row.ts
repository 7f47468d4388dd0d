import { nested } from '#domain/platform/custom-field/custom-field.ts';
import type { Row } from '../crm-module.ts';

/** The row as it will be when a change of one field comes through. */
export function hopedRow(row: Row, name: string, sent: unknown): Row {
  const change = nested({ [name]: sent });
  const held = row['customFields'] as object | null | undefined;
  const custom = change['customFields'] as object | undefined;
  return { ...row, ...change, ...(custom && { customFields: { ...held, ...custom } }) };
}
