import type { Icon } from '#lib/ui/icon.ts';
import type { Option } from '#lib/ui/form/field.ts';

export interface CommandField {
  name: string;
  label: string;
  /** A choice, else a text. */
  options?: Option[];
  /** Somebody of the workspace. */
  person?: boolean;
  /** A calendar day. */
  day?: boolean;
  hint?: string;
  required?: (values: Record<string, string>) => boolean;
}
/** The small form of a command: an area tells how its own are asked for and sent. */
export interface CommandForm {
  label: string;
  icon: Icon;
  fields: CommandField[];
  /** The button that sends it. */
  send: string;
  danger?: boolean;
  /** What is sent; the filled fields unless said. `zone` is the tenant's, for days. */
  /** What is said when it was taken; without it, that the process goes on. */
  done?: string;
  body?: (values: Record<string, string>, zone: string) => Record<string, unknown>;
}
/** By type of process, then by name of command. */
export type CommandForms = Record<string, Record<string, CommandForm>>;

export const filled = (values: Record<string, string>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(values)
      .filter(([, value]) => value.trim() !== '')
      .map(([name, value]) => [name, value.trim()]),
  );

/** Why the form cannot be sent yet. */
export function whyNotSend(form: CommandForm, values: Record<string, string>): string | null {
  const missing = form.fields.find(f => f.required?.(values) && !values[f.name]?.trim());
  return missing ? `${missing.label} is needed` : null;
}
