import type { Option } from '#lib/ui/form/field.ts';

const usual: [days: number, label: string][] = [
  [90, '90 days'],
  [365, 'One year'],
  [730, 'Two years'],
  [1825, 'Five years'],
  [2555, 'Seven years'],
  [3650, 'Ten years'],
];

const days = (many: number): string => (many === 1 ? '1 day' : `${many} days`);
const logDays = [7, 30, 90, 365];
/** How long what webhooks were told can be kept. */
export const webhookLogOptions = (now: number): Option[] =>
  [...new Set([...logDays, now])].sort((a, b) => a - b).map(many => ({ value: String(many), label: days(many) }));

/** How long the audit log can be kept; what is set now is among them, whatever it is. */
export const retentionOptions = (now: number | null): Option[] => [
  { value: 'all', label: 'For ever' },
  ...usual.map(([days, label]) => ({ value: String(days), label })),
  ...(now === null || usual.some(([days]) => days === now) ? [] : [{ value: String(now), label: days(now) }]),
];
export const retentionText = (days: number | null): string => (days === null ? 'all' : String(days));
export const retentionDays = (text: string): number | null => (text === 'all' ? null : Number(text));
