import { describe, expect, it } from '@jest/globals';
import { entities } from '../../db/entities.ts';
import { endpoints } from '../../domain/index.ts';

const segmentsOf = (path: string): string[] => path.split('/').filter(s => s && !s.startsWith(':'));

/** Groups of resources, things of which there is one, and commands that the product's rows fix by name. */
const singular = `
  api admin auth health sandbox
  crm clock team owner launch checklist approval session history timeline stream unread-count pov-board people
  second-factor password delegate
  oidc start callback identity-hook identity
  live ready signin signout refresh advance reorder apply-template submit approve reject cancel skip confirm restore
  codec decode simulate reconcile retry redelivery termination mark-read mark-all-read hierarchy field-catalog
  board forecast stage-history move
  influence inventory principal-advocacy
  test bulk content mapping check start undo pause resume merge of complete report search
  score enrich enrichment enrichment-source accept
`;

/** What is wrong with the paths of the API (PLT-012): each segment kebab-case, each resource plural. */
function pathFaults(paths: string[], allowed: string[]): string[] {
  const words = [...new Set(paths.flatMap(segmentsOf))];
  return [
    ...words.filter(w => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(w)).map(w => `${w} is not in lower-case kebab-case`),
    ...words.filter(w => !w.endsWith('s') && !allowed.includes(w)).map(w => `${w} is not plural`),
    ...allowed.filter(w => !words.includes(w)).map(w => `${w} is allowed, but no path needs it`),
  ];
}

function entityFaults(names: string[]): string[] {
  return names.filter(n => !/^[A-Z][A-Za-z]*$/.test(n) || (/[^s]s$/.test(n) && n !== 'Process'));
}

const paths = Object.values(endpoints).map(e => e.path);
const allowed = singular.trim().split(/\s+/);

it('[PLT-012] every path is lower-case kebab-case, and its resources are plural', () => {
  expect(pathFaults(paths, allowed)).toEqual([]);
});

it('[PLT-012] groups of endpoints are spelt as words are', () => {
  const groups = [...new Set(Object.keys(endpoints).map(name => name.split('.')[0]!))];
  expect(groups.filter(group => /[^aeiou]ys$/.test(group))).toEqual([]);
  expect(groups).toEqual(expect.arrayContaining(['opportunities', 'productCategories', 'accounts']));
});

it('[PLT-012] every entity is named in singular PascalCase', () => {
  expect(entityFaults(entities.map(e => e.name))).toEqual([]);
});

describe('[PLT-012] a name that is planted is found:', () => {
  it.each([
    ['/api/priceTiers', 'priceTiers is not in lower-case kebab-case'],
    ['/api/price_tiers', 'price_tiers is not in lower-case kebab-case'],
    ['/api/povs/:id/holdPhase', 'holdPhase is not in lower-case kebab-case'],
    ['/api/account/:id', 'account is not plural'],
    ['/api/povs/:id/kpi', 'kpi is not plural'],
  ])('%s', (path, fault) => expect(pathFaults([...paths, path], allowed)).toContain(fault));

  it('a word that is allowed for nothing', () => {
    expect(pathFaults(paths, [...allowed, 'account'])).toEqual(['account is allowed, but no path needs it']);
  });
  it('an entity', () => {
    const names = ['Pov', 'Phases', 'phase', 'Price_Tier', 'Process'];
    expect(entityFaults(names)).toEqual(['Phases', 'phase', 'Price_Tier']);
  });
});
