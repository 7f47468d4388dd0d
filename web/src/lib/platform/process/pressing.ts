import type { WaitingFor } from '#domain/platform/process.ts';

/** Whether the end of a wait is a deadline for somebody: when a mere reminder comes then, nothing is late. */
export const isPressing = ({ person, then }: Pick<WaitingFor, 'person' | 'then'>): boolean =>
  person && then !== 'reminder';
