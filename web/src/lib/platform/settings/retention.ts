import type { Option } from '#lib/ui/form/field.ts';

const usual: [days: number, label: string][] = [
  [90, '90 days'],
  [365, 'One year'],
  [730, 'Two years'],
  [1825, 'Five years'],
  [2555, 'Seven years'],
  [3650, 'Ten years'],
];

/** How long the audit log can be kept; what is set now is among them, whatever it is. */
export const retentionOptions = (now: number | null): Option[] => [
  { value: 'all', label: 'For ever' },
  ...usual.map(([days, label]) => ({ value: String(days), label })),
  ...(now === null || usual.some(([days]) => days === now) ? [] : [{ value: String(now), label: `${now} days` }]),
];
export const retentionText = (days: number | null): string => (days === null ? 'all' : String(days));
export const retentionDays = (text: string): number | null => (text === 'all' ? null : Number(text));
