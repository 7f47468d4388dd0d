import type { ContactStatus } from './contact.ts';

const steps: readonly ContactStatus[] = ['lead', 'prospect', 'customer'];

/** Qualification goes forward; anybody may become inactive, and come back as what they are then (CRM-038). */
export function whyNotQualify(from: ContactStatus, to: ContactStatus): string | undefined {
  if (from === 'inactive' || to === 'inactive' || steps.indexOf(to) >= steps.indexOf(from)) return undefined;
  return `A ${from} does not become a ${to} again`;
}
