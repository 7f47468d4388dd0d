import type { WaitingFor } from '#domain/platform/process.ts';

/** The sentence cut to what fits a cell: "Dana Okafor to approve Setup", "The launch checklist, 2 of 5 open". */
export function waitText({ sentence }: Pick<WaitingFor, 'sentence'>): string {
  const runs = /^(.+) has been running since .+? and ends on ([^;]+);/.exec(sentence);
  if (runs) return `${runs[1]} runs until ${runs[2]}`;
  // The last one: a reason or a comment before it may say "waiting for", too.
  const awaited = /.*[Ww]aiting for (.+?) since (?=[A-Z][a-z]{2} \d)/s.exec(sentence)?.[1];
  const short = (awaited ?? sentence.split(/; |\.$/)[0]!)
    .replace(/ \((\d+ of \d+) items open: .*?\)$/, ', $1 open')
    .replace(/ \((?:[A-Z][a-z ]+|all \d+ items are done)\)/g, '');
  return short[0]!.toUpperCase() + short.slice(1);
}

/** Names and things that stand bold in the sentence of a POV. */
export const strongParts = (waiting: WaitingFor | null, ...more: (string | null | undefined)[]): string[] =>
  [...(waiting?.on ?? '').split(/, | and /).map(part => part.replace(/ \([^)]*\)$/, '')), ...more].filter(
    (part): part is string => Boolean(part),
  );
