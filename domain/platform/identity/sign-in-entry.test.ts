import { expect, it } from '@jest/globals';
import { deviceOf } from './sign-in-entry.ts';

const mozilla = 'Mozilla/5.0';
const like = 'AppleWebKit/537.36 (KHTML, like Gecko)';
it.each([
  ['Firefox on Linux', `${mozilla} (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0`],
  ['Chrome on Windows', `${mozilla} (Windows NT 10.0; Win64; x64) ${like} Chrome/153.0 Safari/537.36`],
  ['Edge on Windows', `${mozilla} (Windows NT 10.0; Win64; x64) ${like} Chrome/153.0 Safari/537.36 Edg/153.0`],
  ['Safari on iPhone', `${mozilla} (iPhone; CPU iPhone OS 19_0 like Mac OS X) ${like} Version/19 Mobile Safari/604.1`],
  ['Safari on macOS', `${mozilla} (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605 (KHTML) Version/19 Safari/605`],
  ['Chrome on Android', `${mozilla} (Linux; Android 16; Pixel 9) ${like} Chrome/153.0 Mobile Safari/537.36`],
  ['Chrome on Linux', `${mozilla} (X11; Linux x86_64) ${like} HeadlessChrome/153.0 Safari/537.36`],
  ['curl', 'curl/8.10.1'],
  ['node', 'node'],
  ['A program', '<script>alert(1)</script>'],
  ['A program', null],
])('a session is of %s', (device, userAgent) => {
  expect(deviceOf(userAgent)).toBe(device);
});
