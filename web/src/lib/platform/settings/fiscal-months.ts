import type { Option } from '#lib/ui/form/field.ts';

/** With which month a fiscal year may begin. */
export const fiscalMonths: Option[] = Array.from({ length: 12 }, (_, at) => ({
  value: String(at + 1),
  label: new Intl.DateTimeFormat('en-GB', { month: 'long', timeZone: 'UTC' }).format(new Date(Date.UTC(2026, at, 1))),
}));
