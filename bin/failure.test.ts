import { expect, test } from '@jest/globals';
import { explain, Failure } from './failure.ts';

const failed = (code: string, path?: string): Error => Object.assign(new Error(`${code}: no`), { code, path });

test.each([
  [new Failure('Port 3000 is in use'), /^Port 3000 is in use$/],
  [failed('ENOSPC', '/d/pg'), /^No disk space left at \/d\/pg\. Free some and start again\.$/],
  [failed('ENOSPC'), /^No disk space left\. Free some and start again\.$/],
  [failed('EROFS', '/d'), /^Cannot write at \/d\. Set DATA_DIR to a folder of yours\.$/],
  [failed('EACCES', '/d'), /^Cannot write at \/d\. /],
  [failed('EPERM', '/d'), /^Cannot write at \/d\. /],
  [failed('ENOTDIR', '/file/d'), /^Cannot write at \/file\/d\. /],
  [failed('EMFILE'), /^Too many open files\. Raise the limit with `ulimit -n 4096`\.$/],
])('%s is explained in one line', (error, line) => expect(explain(error)).toMatch(line));

test('what nobody can act on keeps its trace', () => {
  expect(explain(failed('EPERM'))).toMatch(/\n +at /);
  expect(explain(new Error('a fault of ours'))).toMatch(/\n +at /);
});
