import { readdirSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { showsCustomers } from './guarded-pages.ts';

const routes = readdirSync('web/src/routes/(app)', { recursive: true, encoding: 'utf8' })
  .filter(path => path.endsWith('+page.svelte'))
  .map(path => `/(app)/${path.replaceAll('\\', '/').replace(/\/\+page\.svelte$/, '')}`);

test('[CRM-117] every page shows customers but those that are known to show none', () => {
  const free = routes.filter(route => !showsCustomers(route)).map(route => route.replace(/^\/\(app\)\//, ''));
  expect(free.sort()).toEqual([
    ...[
      'account-types', 'api-keys', 'enrichment', 'fields', 'product-categories', 'roles', 'roles/[roleId]',
      'settings', 'sign-in', 'stages', 'tags', 'users',
    ].map(page => `(admin)/admin/${page}`),
    'dev/page', 'settings/api-keys', 'settings/notifications', 'settings/security', 'settings/stand-ins',
  ].sort());
});

test.each([null, '/(app)/(pov)/povs/[povId]', '/(app)/settings-of-customers', '/(app)/(admin)/admin/audit'])(
  '[CRM-117] the page of %s shows customers', route => expect(showsCustomers(route)).toBe(true));
