import type { Instance } from '#domain/approvals/instance.ts';
import type { Tone } from '#lib/ui/icon.ts';

/** What an approval is about, told by the area that the record belongs to. */
export interface Subject {
  /** Whose it is: the customer, the account. */
  name: string;
  /** The record around it: the POV of a phase. */
  title: string;
  href: string;
  /** The word of the link. */
  open: string;
  /** A figure for the row of a list: the budget. */
  value?: string | null;
  facts: { label: string; value: string; note?: string; tone?: Tone }[];
  /** What follows once all have approved, and once somebody rejects. */
  approved?: string;
  rejected?: string;
}
export type SubjectOf = (instance: Instance) => Subject | undefined;
