import type { WaitingFor } from '#domain/platform/process.ts';

/** The sentence cut to what fits a cell: "Dana Okafor to approve Setup", "The launch checklist, 2 of 5 open". */
export function waitText({ sentence }: Pick<WaitingFor, 'sentence'>): string {
  const awaited = [...sentence.matchAll(/[Ww]aiting for (.+?)(?= since [A-Z\d]|; |\. |: |\.$| \(in progress|$)/g)].at(
    -1,
  )?.[1];
  const items = /: (\d+ of \d+) items open/.exec(sentence)?.[1];
  const short = (awaited ?? sentence.split(/; |\. |\.$/)[0]!).replace(/ \([A-Z][a-z ]+\)/g, '');
  return short[0]!.toUpperCase() + short.slice(1) + (items ? `, ${items} open` : '');
}

/** Names and things that stand bold in the sentence of a POV. */
export const strongParts = (waiting: WaitingFor | null, ...more: (string | null | undefined)[]): string[] =>
  [...(waiting?.on ?? '').split(/, | and /).map(part => part.replace(/ \([^)]*\)$/, '')), ...more].filter(
    (part): part is string => Boolean(part),
  );
