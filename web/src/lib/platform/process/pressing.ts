import type { WaitingFor } from '#domain/platform/process.ts';

type Timed = Pick<WaitingFor, 'since' | 'due' | 'until' | 'then' | 'person'>;

/**
 * The time of a wait as fuses and times left show it: up to its deadline, else to what comes by itself. Only a deadline
 * of somebody is coloured: when a mere reminder comes, nothing is late.
 */
export const timeOf = ({ since, due, until, person }: Timed) => ({
  since,
  until: due ?? until,
  person: person && Boolean(due),
});

/** What happens then, as it stands beside the time left. */
export const thenOf = ({ due, until, then }: Timed): string =>
  until === null ? `${due ? '' : 'no deadline, '}afterwards ${then}` : until === due ? `then ${then}` : then;
