import { expect, it } from '@jest/globals';
import { entities } from '../../db/entities.ts';
import { endpoints } from '../../domain/index.ts';

const paths = [...new Set(Object.values(endpoints).map(e => e.path))];
const segments = (path: string): string[] => path.split('/').filter(s => s && !s.startsWith(':'));

/** Groups of resources, states of one thing, and commands that the product's rows fix by name. */
const singular = new Set([
  'api',
  'admin',
  'auth',
  'crm',
  'health',
  'sandbox',
  'clock',
  'advance',
  'team',
  'launch',
  'checklist',
  'confirm',
  'approval',
  'submit',
  'reorder',
  'apply-template',
  'approve',
  'reject',
  'cancel',
  'skip',
  'simulate',
  'reconcile',
  'mark-read',
  'mark-all-read',
  'unread-count',
  'stream',
  'live',
  'ready',
  'signin',
  'signout',
  'refresh',
  'session',
  'people',
  'owner',
  'restore',
  'pov-board',
  'history',
  'delegate',
  'resume',
]);
const plural = (segment: string): boolean => segment.endsWith('s');

it('[PLT-012] every path is lower-case kebab-case, and its resources are plural', () => {
  const words = [...new Set(paths.flatMap(segments))];
  expect(words.filter(w => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(w))).toEqual([]);
  expect(words.filter(w => !singular.has(w) && !plural(w))).toEqual([]);
});

it('[PLT-012] every entity is named in singular PascalCase', () => {
  const names = entities.map(e => e.name);
  expect(names.filter(n => !/^[A-Z][A-Za-z]*$/.test(n))).toEqual([]);
  expect(names.filter(n => /[^s]s$/.test(n) && n !== 'Process')).toEqual([]);
});
