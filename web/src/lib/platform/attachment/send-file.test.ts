import { expect, it } from '@jest/globals';
import { sizeText } from './send-file.ts';

it.each([
  [1, '1 B'], [999, '999 B'], [1000, '1.0 kB'], [48_213, '48 kB'], [9_949_000, '9.9 MB'], [25_000_000, '25 MB'],
  [4_200_000_000, '4.2 GB'],
])('%i bytes are %s', (bytes, text) => expect(sizeText(bytes)).toBe(text));
