import { readFileSync } from 'node:fs';
import { Environment } from '../../db/platform/config.ts';
import { table } from './parts.ts';

/** What each program asks for with `required` or `programConfig`. */
const programs = {
  deploy: 'bin/database/main.ts',
  migrate: 'bin/migrate.ts',
  api: 'api/main.ts',
  worker: 'activities/worker.ts',
  tenant: 'bin/tenant.ts',
};

/** Every variable of the schema, with its default and the comment of `.env.example`. */
export function environmentTable(example: string): string {
  const comments = commentsIn(example);
  const rows = Object.keys(Environment.shape).map(name => [
    `\`${name}\``,
    defaultOf(name),
    neededBy(name),
    (comments.get(name) ?? '?').replaceAll('<', '\\<'),
  ]);
  return table(['variable', 'default', 'needed by', 'what it is'], rows);
}

const defaults = Environment.parse({}) as Record<string, unknown>;
function defaultOf(name: string): string {
  const value = defaults[name];
  return value === undefined || String(value) === '' ? '–' : `\`${String(value)}\``;
}

const neededBy = (name: string): string =>
  Object.entries(programs)
    .filter(([, file]) => requiredIn(readFileSync(file, 'utf8')).includes(`'${name}'`))
    .map(([program]) => program)
    .join(', ') || '–';

const requiredIn = (source: string): string => /(?:required|programConfig)\([\s\S]*?\);/.exec(source)?.[0] ?? '';

/** The comment above a variable; one without takes that of the group it stands in. */
function commentsIn(example: string): Map<string, string> {
  const comments = new Map<string, string>();
  let comment: string[] = [];
  let afterVariable = false;
  for (const line of example.split('\n')) {
    const name = /^([A-Z_]+)=/.exec(line)?.[1];
    if (name) comments.set(name, comment.join(' '));
    else if (!line || afterVariable) comment = [];
    if (line.startsWith('# ') && !line.startsWith('# ---')) comment.push(line.slice(2));
    afterVariable = name !== undefined;
  }
  return comments;
}
