import { expect, test } from '@jest/globals';
import { plantedTree, readTree, type SourceFile, type Tree } from '../tree.ts';

/** What reads rows and is no list: why nobody waits for it, or misses it. */
const noLists: Record<string, string> = {
  'approvals/approval-rounds': 'stands only where there were earlier rounds',
  'crm/duplicate/merge-notes': 'stands only where something was merged',
  'crm/duplicate/scan-state': 'says how the last one went',
  'crm/email/send-email': 'templates to choose from',
  'crm/opportunity/stage-path': 'the stages as a way, beside the one that it is in',
  'crm/record-filters': 'what can be chosen in filters',
  'crm/record-form': 'likely the same, while somebody types',
  'crm/scoring/scoring-state': 'says how the last one went',
  'platform/home/home-unread': 'stands only where something is unread',
  'platform/job/job-page': 'rows that failed stand there only where there are any',
  'platform/sandbox/sandbox-panel': 'what comes next',
  'platform/settings/settings-page': 'how many would be moved',
  'platform/table/saved-views': 'views to choose from',
  'platform/users/linked-accounts': 'stand there only where there are any',
  'pov/dialogs/apply-template': 'templates to choose from',
  'pov/form/new-pov': 'templates to choose from',
  'pov/list/pov-filters': 'what can be chosen in filters',
};

const folder = 'web/src/lib/';
const asks = /\b(create(Infinite)?Query|useLongList|useRelated|usePart(At)?)\b(<.*>)?\(|: RelatedRows</;
const hasRows = /\bdata[?!]?\.(items|groups|columns|months|pages)\b|\b\w+\.rows\b|<(DataTable|RelatedTable)\b/;

/** Whether a component reads what it draws row by row; the parts that know no area read nothing. */
const readsRows = ({ path, text }: SourceFile): boolean =>
  path.startsWith(folder) && path.endsWith('.svelte') && !path.startsWith(`${folder}ui/`) &&
  asks.test(text) && hasRows.test(text);

/** The table as it is called: all between its name and the bracket that closes it. */
function tagsOf(name: string, text: string): string[] {
  return [...text.matchAll(new RegExp(`<${name}\\b`, 'g'))].map(({ index }) => {
    let depth = 0;
    for (let at = index; at < text.length; at++) {
      if (text[at] === '{') depth++;
      if (text[at] === '}') depth--;
      if (text[at] === '>' && depth === 0) return text.slice(index, at);
    }
    return text.slice(index);
  });
}

/** What a table is told by name: the rest it does by itself, with a text where there is nothing. */
const toldTables = ['loading', 'error', 'onretry'];
/** What a list that is no table says by its own parts. */
const ownParts: [what: string, is: RegExp][] = [
  ['no skeleton while it loads', /<Skeleton\b|\bloading=/],
  ['does not say why it failed', /<ErrorState\b/],
  ['is not asked again', /\bonretry=/],
  ['no text where it is empty', /<EmptyState\b|\{:else\}|\.length === 0/],
];

/** Lists that do not say that they load, that they are empty, or why they failed. */
function listFaults(tree: Tree): string[] {
  const lists = [...tree.values()].filter(readsRows);
  const nameOf = ({ path }: SourceFile): string => path.slice(folder.length).replace(/\.svelte$/, '');
  const names = new Set(lists.map(nameOf));
  return [
    ...Object.keys(noLists).filter(name => !names.has(name)).map(name => `${name}: reads no rows any more`),
    ...lists.flatMap(file => {
      const name = nameOf(file);
      return name in noLists ? [] : missing(file.text).map(what => `${name}: ${what}`);
    }),
  ];
}
function missing(text: string): string[] {
  const tables = tagsOf('DataTable', text);
  // The table of what belongs to a record is told all of it as one.
  if (!tables.length && /<RelatedTable\b/.test(text)) return [];
  if (!tables.length) return ownParts.flatMap(([what, is]) => (is.test(text) ? [] : [what]));
  return tables.flatMap(tag =>
    toldTables.flatMap(prop =>
      new RegExp(`\\s${prop}=|\\{${prop}\\}`).test(tag) ? [] : [`a table without ${prop}`]));
}

test('[CRM-110] every list says that it loads, that it is empty, and why it failed, with a way to ask again', () => {
  expect(listFaults(readTree())).toEqual([]);
});

test('[CRM-110] lists of each kind are looked at', () => {
  const names = [...readTree().values()].filter(readsRows).map(({ path }) => path.slice(folder.length));
  for (const known of [
    'crm/record-list', 'crm/related/related-table', 'crm/activity/activity-list', 'crm/activity/task-list',
    'crm/board/opportunity-board', 'crm/duplicate/duplicate-queue', 'pov/list/pov-list', 'pov/board/pov-board',
    'platform/search/search-page', 'platform/notification/notification-page', 'platform/audit/audit-page',
  ])
    expect(names).toContain(`${known}.svelte`);
});

const script = `<script lang="ts">\n  const read = createQuery(() => reading(jobEndpoints.list, {}));\n</script>\n`;
const rows = 'rows={read.data?.items ?? []}';
test.each([
  [`<DataTable ${rows} href={row => row.id} loading={read.isPending} error={null} />`, 'a table without onretry'],
  [`<DataTable ${rows} onretry={() => go()} error={null} />`, 'a table without loading'],
  [`<DataTable ${rows} {loading} onretry={() => go()} />`, 'a table without error'],
  [`{#each read.data?.items ?? [] as row}{row}{:else}None{/each}<ErrorState onretry={go} />`, 'no skeleton'],
  [`{#each read.data?.items ?? [] as row}{row}{:else}None{/each}<Skeleton />`, 'does not say why'],
  [`{#each read.data?.items ?? [] as row}{row}{:else}None{/each}<Skeleton /><ErrorState />`, 'is not asked again'],
  [`{#each read.data?.items ?? [] as row}{row}{/each}<Skeleton /><ErrorState onretry={go} />`, 'no text'],
])('a list that is planted without is found: %s', (markup, fault) => {
  const planted = plantedTree({ 'web/src/lib/crm/new-list.svelte': script + markup });
  expect(listFaults(planted)).toContainEqual(expect.stringMatching(`crm/new-list: ${fault}`));
});

test('what is named as no list must read rows', () => {
  expect(listFaults(plantedTree({}))).toHaveLength(Object.keys(noLists).length);
});
