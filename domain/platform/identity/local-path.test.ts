import { expect, it } from '@jest/globals';
import { localPath } from './local-path.ts';

it.each(['/povs', '/povs/1?tab=a#b', '/admin/users?user=x'])('%s is of this site', path => {
  expect(localPath(path)).toBe(path);
});

it.each([
  ...['//evil.example', '/\\evil.example', 'https://evil.example', 'javascript:alert(1)', 'povs', '', null],
  ...['/\t/evil.example', '/povs\\..', '/%0a\n/evil.example', '/auth/signin', '/api/auth/signout'],
])('%s is not followed', path => {
  expect(localPath(path)).toBeNull();
});
