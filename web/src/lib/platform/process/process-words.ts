import CircleAlert from '@lucide/svelte/icons/circle-alert';
import CircleCheck from '@lucide/svelte/icons/circle-check';
import CircleDot from '@lucide/svelte/icons/circle-dot';
import CirclePause from '@lucide/svelte/icons/circle-pause';
import Hourglass from '@lucide/svelte/icons/hourglass';
import OctagonX from '@lucide/svelte/icons/octagon-x';
import Play from '@lucide/svelte/icons/play';
import Timer from '@lucide/svelte/icons/timer';
import type { ProcessSummary } from '#domain/platform/process.ts';
import { terminated } from '#domain/platform/operations/process-steering.ts';
import { kindWord } from '../kind-word.ts';
import type { Icon, Tone } from '#lib/ui/icon.ts';

export interface Look {
  text: string;
  /** For a narrow cell. */ brief: string;
  icon: Icon;
  tone: Tone;
}

type Standing = Pick<ProcessSummary, 'status' | 'waitingFor' | 'stuck'> &
  Partial<Pick<ProcessSummary, 'result' | 'hold'>>;

/** How a process stands: whether it runs, and whom it waits for. */
export function processLook({ status, waitingFor, stuck, result, hold }: Standing): Look {
  if (status === 'failed' && result === terminated)
    return { text: 'Terminated', brief: 'Ended', icon: OctagonX, tone: 'danger' };
  if (status === 'failed') return { text: 'Failed', brief: 'Failed', icon: CircleAlert, tone: 'danger' };
  if (stuck) return { text: 'Stuck', brief: 'Stuck', icon: CircleAlert, tone: 'danger' };
  if (hold) return { text: 'On hold', brief: 'On hold', icon: CirclePause, tone: 'warning' };
  switch (status) {
    case 'starting':
      return { text: 'Starting', brief: 'Starts', icon: Play, tone: 'info' };
    case 'running':
      return { text: 'Running', brief: 'Runs', icon: CircleDot, tone: 'primary' };
    case 'closed':
      return { text: 'Ended', brief: 'Ended', icon: CircleCheck, tone: 'neutral' };
    case 'waiting':
      if (!waitingFor) return { text: 'Running', brief: 'Runs', icon: CircleDot, tone: 'primary' };
      return waitingFor.person
        ? { text: 'Waiting for a person', brief: 'Person', icon: Hourglass, tone: 'warning' }
        : { text: 'Waiting for time', brief: 'Time', icon: Timer, tone: 'info' };
    default:
      return status satisfies never;
  }
}

export const statusOptions = [
  { value: 'waiting', label: 'Waiting' },
  { value: 'running', label: 'Running' },
  { value: 'starting', label: 'Starting' },
  { value: 'failed', label: 'Failed' },
  { value: 'closed', label: 'Ended' },
];

/** What the process is about: its title without its kind. */
export const aboutOf = ({ title, type }: Pick<ProcessSummary, 'title' | 'type'>): string => {
  const kind = `${kindWord(type)}: `;
  return title.startsWith(kind) ? title.slice(kind.length) : title;
};

/** A command that the reader's role never allows is left out; one that is closed for now says why. */
export const forRole = ({ whyNot }: { whyNot: string | null }): boolean => !whyNot?.startsWith('Your role ');

/** The sentence cut to what fits a cell: "Dana Okafor (Project manager) to approve Setup". */
export const briefly = (sentence: string): string =>
  sentence
    .replace(/^Waiting for /, '')
    .split(/ since (?=[A-Z][a-z]{2} \d)|; /)[0]!
    .replace(/\.$/, '')
    .replace(/^./, c => c.toUpperCase());

/** Whom and what the sentence is about: shown bold. */
export const strongParts = (on: string | null, ...more: (string | null)[]): string[] =>
  [...(on ?? '').split(/, | and | or /).map(part => part.replace(/ \(.*?\)$/, '')), ...more].filter(
    (part): part is string => Boolean(part),
  );

/** A result as it is stored, in words: `IN_PROGRESS` is "in progress". */
export const resultWord = (result: string): string => result.replaceAll('_', ' ').toLowerCase();

/** The link to the engine's own page, where its address is known. */
export const engineHref = (temporalUrl: string): string | null => (/^https?:/.test(temporalUrl) ? temporalUrl : null);
