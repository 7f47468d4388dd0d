import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it, test } from '@jest/globals';
import { filled, partsOf } from '../../bin/docs/parts.ts';
import { generatedPages } from '../../bin/docs/pages.ts';
import { allChecks, checksIn, requirementsPage, rowLines } from '../../bin/docs/requirements.ts';
import { metrics } from '../../api/platform/metrics.ts';
import { processes } from '../../domain/index.ts';
import { povStatusLabel } from '../../domain/pov/pov-status.ts';
import { transitions } from '../../domain/pov/pov-transition.ts';

const lines = rowLines(readFileSync('docs/requirements.txt', 'utf8'));
/** As a test's title has it; put together, so that this file names no row itself. */
const titled = (rows: string, title: string): string => `it('[${rows}] ${title}', () => {});`;

describe('generated pages', () => {
  test.each([...generatedPages()])('%s is what `npm run docs` makes', (page, text) => {
    expect(readFileSync(page, 'utf8')).toBe(text);
  });

  it('keep what stands around their parts, and make the parts anew', () => {
    const page = 'a\n<!-- generated: x -->\nold\n<!-- end -->\nb\n<!-- generated: y -->\n<!-- end -->\n';
    expect(partsOf(page)).toEqual(['x', 'y']);
    expect(filled(page, part => `new ${part}`)).toBe(
      'a\n<!-- generated: x -->\n\nnew x\n\n<!-- end -->\nb\n<!-- generated: y -->\n\nnew y\n\n<!-- end -->\n',
    );
  });

  it('say it when a part has no end', () => {
    expect(() => filled('<!-- generated: x -->\n', () => '')).toThrow('The part x has no end');
  });
});

describe('the pages of the processes', () => {
  const pages = [...generatedPages()].filter(([page]) => page.startsWith('docs/processes/'));

  it('name every command of a process that people steer', () => {
    const commands = processes.flatMap(p => Object.keys(p.signals));
    const text = pages.map(([, page]) => page).join('\n');
    expect(commands.filter(name => !text.includes(`| \`${name} {`) && !text.includes(`| \`${name} [`))).toEqual([]);
  });

  it.each(pages)('%s has each of its chapters', (_page, text) => {
    for (const chapter of ['Messages', 'Timers', 'Failures', 'Runbook']) expect(text).toContain(`\n## ${chapter}\n`);
  });
});

describe('requirements', () => {
  it('have a line for every row that a test names', () => {
    const named = new Set(allChecks().flatMap(check => check.rows));
    expect([...named].filter(row => !lines.get(row))).toEqual([]);
  });

  it('are one sentence each, named once, in order', () => {
    const rows = readFileSync('docs/requirements.txt', 'utf8').split('\n').filter(line => line && line[0] !== '#');
    expect(rows.filter(row => !/^(APR|PLT|POV)-\d{3} {2}[A-Z0-9].*[^.]$/.test(row) || row.length > 120)).toEqual([]);
    expect(rows).toEqual([...rows].sort());
    expect(lines.size).toBe(rows.length);
  });

  it('find the rows of titles, of tables and of several at once', () => {
    expect(checksIn('a.test.ts', titled('POV-001, POV-002', 'keeps `x` and ${n}'))).toEqual([
      { rows: ['POV-001', 'POV-002'], file: 'a.test.ts', title: 'keeps `x` and …' },
    ]);
    expect(checksIn('a.test.ts', titled('POV-001][POV-002', 'it’s'))[0]!.rows).toEqual(['POV-001', 'POV-002']);
    expect(checksIn('a.test.ts', `['[${'POV-005'}] endDate', { a: 1 }],`)[0]!.title).toBe('endDate');
    expect(checksIn('a.test.ts', 'const rows = list[0];')).toEqual([]);
  });

  it('show a row without a line as such', () => {
    const page = requirementsPage(new Map(), checksIn('a.test.ts', titled('POV-099', 'is there')));
    expect(page).toContain('**POV-099** ?\n\n- `a.test.ts`: is there');
  });
});

it('the user guide shows the moves of the status that there are, and no others', () => {
  const section = readFileSync('docs/user-guide.md', 'utf8').split('\n| from | to | when |\n')[1]!.split('\n\n')[0]!;
  const shown = [...section.matchAll(/^\| ([A-Z][^|]*) \| ([A-Z][^|]*) \|/gm)].map(m => `${m[1]} → ${m[2]}`);
  const shownHere = transitions.filter(t => t.to !== 'LOST');
  const moves = shownHere.map(t => `${povStatusLabel[t.from]} → ${povStatusLabel[t.to]}`);
  expect(shown.sort()).toEqual(moves.sort());
});

it('the operator’s guide has a line in its runbook for every workflow', () => {
  const page = readFileSync('docs/operating.md', 'utf8');
  const registers = readdirSync('workflows').map(area => `workflows/${area}/index.ts`).filter(file => existsSync(file));
  const types = registers.flatMap(file =>
    [...readFileSync(file, 'utf8').matchAll(/export \{ (\w+) \} from '.*\.workflow\.ts'/g)].map(m => m[1]!),
  );
  expect(types).toContain('povLifecycle');
  expect(types.filter(type => !new RegExp(`^\\| \`${type}\``, 'm').test(page))).toEqual([]);
});

it('the operator’s guide names every figure that the API registers', () => {
  const page = readFileSync('docs/operating.md', 'utf8');
  const own = metrics.getMetricsAsArray().filter(({ name }) => !/^(process|nodejs)_/.test(name));
  expect(own.length).toBeGreaterThan(0);
  expect(own.filter(({ name }) => !page.includes(`\`${name}\``))).toEqual([]);
});
