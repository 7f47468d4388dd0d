import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it, test } from '@jest/globals';
import { measured } from '../../bin/docs/figures.ts';
import { filled, partsOf } from '../../bin/docs/parts.ts';
import { generatedPages } from '../../bin/docs/pages.ts';
import { allChecks, checksIn, requirementsPage, rowLines } from '../../bin/docs/requirements.ts';
import { metrics } from '../../api/platform/metrics.ts';
import { processes } from '../../domain/index.ts';
import { povStatusLabel } from '../../domain/pov/pov-status.ts';
import { transitions } from '../../domain/pov/pov-transition.ts';
import { readTree } from './tree.ts';

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
  const chapters = ['Messages', 'Timers', 'Failures', 'Runbook'];
  /** Commands that people steer a process by and no page names. */
  const untold = (text: string): string[] =>
    processes.flatMap(p => Object.keys(p.signals)).filter(name => !new RegExp(`\\| \`${name} [{[]`).test(text));
  const lacking = (text: string): string[] => chapters.filter(chapter => !text.includes(`\n## ${chapter}\n`));
  const all = pages.map(([, page]) => page).join('\n');

  it('name every command of a process that people steer', () => expect(untold(all)).toEqual([]));
  it('name every workflow, with its file, and show the messages of every process', () => {
    const workflows = [...readTree().keys()].filter(path => /^workflows\/.*\.workflow\.ts$/.test(path));
    expect(workflows.filter(path => !all.includes(`\`${path}\``))).toEqual([]);
    expect(processes.map(p => p.type).filter(type => !all.includes(`| Type | \`${type}\` |`))).toEqual([]);
  });
  it.each(pages)('%s has each of its chapters', (_page, text) => expect(lacking(text)).toEqual([]));
  it('a command and a chapter that are left out, planted, are found', () => {
    expect(untold(all.replaceAll('| `decide {', '|'))).toEqual(['decide']);
    expect(lacking(pages[0]![1].replace('\n## Timers\n', '\n## Clocks\n'))).toEqual(['Timers']);
  });
});

describe('the page of what is measured', () => {
  const page = readFileSync('docs/performance.md', 'utf8');
  const reasons = page.slice(page.indexOf('\n## Goals missed, and why\n'));
  const missed = measured().filter(figure => figure.met === false).map(figure => figure.name);
  const unexplained = (text: string): string[] => missed.filter(name => !text.includes(`\n- **${name}**`));

  it('names each goal that is missed, with the reason', () => expect(unexplained(reasons)).toEqual([]));
  it('gives no reason for a goal that is met', () => {
    const named = [...reasons.matchAll(/^- \*\*(.+?)\*\*/gm)].map(m => m[1]!);
    expect(named.filter(name => !missed.includes(name))).toEqual([]);
  });
  it('one left out, planted, is found', () => {
    expect(unexplained(reasons.replaceAll('- **', '- '))).toEqual(missed);
    expect(missed).not.toEqual([]);
  });
});

describe('requirements', () => {
  const text = readFileSync('docs/requirements.txt', 'utf8');
  /** Rows that tests name and nothing explains; lines that are no short sentence, out of order or there twice. */
  function rowFaults(named: string[], lineText: string): string[] {
    const rows = lineText.split('\n').filter(line => line && line[0] !== '#');
    const known = rowLines(lineText);
    const sorted = [...rows].sort();
    return [
      ...[...new Set(named)].filter(row => !known.get(row)).map(row => `${row} has no line`),
      ...rows.filter(r => !/^(APR|CRM|INV|MIG|PLT|POV)-\d{3} {2}[A-Z0-9].*[^.]$/.test(r) || r.length > 120).map(r => `odd: ${r}`),
      ...rows.filter((row, i) => row !== sorted[i]).map(row => `out of order: ${row}`),
      ...(known.size === rows.length ? [] : ['a row is there twice']),
    ];
  }

  it('have a line for every row that a test names: one sentence each, named once, in order', () => {
    expect(rowFaults(allChecks().flatMap(check => check.rows), text)).toEqual([]);
  });

  it('a row without a line, an odd one, one out of order and one that is there twice, planted, are found', () => {
    const [first = '', second = ''] = text.split('\n').filter(line => /^APR/.test(line));
    expect(rowFaults(['POV-999'], text)).toEqual(['POV-999 has no line']);
    expect(rowFaults([], text.replace(first, `${first}.`))).toEqual([`odd: ${first}.`]);
    expect(rowFaults([], text.replace(`${first}\n${second}`, `${second}\n${first}`))).toHaveLength(2);
    expect(rowFaults([], text.replace(first, `${first}\n${first}`))).toEqual(['a row is there twice']);
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

describe('the guides', () => {
  const [user, operator] = ['docs/user-guide.md', 'docs/operating.md'].map(page => readFileSync(page, 'utf8')) as [
    ...[string, string],
  ];
  const shownMoves = (page: string): string[] => {
    const section = page.split('\n| from | to | when |\n')[1]!.split('\n\n')[0]!;
    return [...section.matchAll(/^\| ([A-Z][^|]*) \| ([A-Z][^|]*) \|/gm)].map(m => `${m[1]} → ${m[2]}`).sort();
  };
  const registers = readdirSync('workflows').map(area => `workflows/${area}/index.ts`).filter(file => existsSync(file));
  const types = registers.flatMap(file =>
    [...readFileSync(file, 'utf8').matchAll(/export \{ (\w+) \} from '.*\.workflow\.ts'/g)].map(m => m[1]!),
  );
  const withoutRunbook = (page: string): string[] => types.filter(t => !new RegExp(`^\\| \`${t}\``, 'm').test(page));
  const figures = metrics.getMetricsAsArray().map(m => m.name).filter(name => !/^(process|nodejs)_/.test(name));
  const untold = (page: string): string[] => figures.filter(name => !page.includes(`\`${name}\``));

  it('of the user shows the moves of the status that there are, and no others', () => {
    const shownHere = transitions.filter(t => t.to !== 'LOST');
    const moves = shownHere.map(t => `${povStatusLabel[t.from]} → ${povStatusLabel[t.to]}`).sort();
    expect(shownMoves(user)).toEqual(moves);
    expect(shownMoves(user.replace(/^\| [A-Z][^|]* \| Won \|.*\n/m, ''))).not.toEqual(moves);
  });

  it('[PLT-124] of administrators has a chapter for every page below /admin, and no other', () => {
    const menu = readFileSync('web/src/lib/platform/navigation.ts', 'utf8');
    const labels = [...menu.matchAll(/label: '([^']+)',\s+href: '\/admin\//g)].map(m => m[1]!);
    const untoldPages = (page: string): string[] => labels.filter(label => !page.includes(`\n## ${label}\n`));
    const page = readFileSync('docs/administering.md', 'utf8');
    expect(labels).toEqual(expect.arrayContaining(['Users', 'Roles', 'Audit log', 'Settings', 'Tags', 'Scoring']));
    expect(untoldPages(page)).toEqual([]);
    expect(untoldPages(page.replace('\n## Audit log\n', '\n## Log\n'))).toEqual(['Audit log']);
    const chapters = [...page.matchAll(/^## (.+)$/gm)].map(m => m[1]!).filter(name => name !== 'The first day');
    expect(chapters.filter(name => !labels.includes(name))).toEqual([]);
    expect(readFileSync('README.md', 'utf8')).toContain('](docs/administering.md)');
  });

  it('of the operator has a line in its runbook for every workflow', () => {
    expect(types).toContain('povLifecycle');
    expect(withoutRunbook(operator)).toEqual([]);
    expect(withoutRunbook(operator.replace(/^\| `povLifecycle`/m, '|'))).toEqual(['povLifecycle']);
  });

  it('of the operator names every figure that the API registers', () => {
    expect(figures.length).toBeGreaterThan(0);
    expect(untold(operator)).toEqual([]);
    expect(untold(operator.replaceAll(`\`${figures[0]}\``, ''))).toEqual([figures[0]]);
  });
});
