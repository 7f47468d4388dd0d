import { expect, it } from '@jest/globals';
import { dateFormatOf } from './date-format.ts';

it.each([
  [['2026-11-28', 'x'], 'YYYY-MM-DD'],
  [['28.11.2026'], 'DD.MM.YYYY'],
  [['3/4/2026', '28/11/2026'], 'DD/MM/YYYY'],
  [['3/4/2026', '11/28/2026'], 'MM/DD/YYYY'],
  [['Acme', '12'], null],
])('%j are written as %s', (texts, format) => expect(dateFormatOf(texts)).toBe(format));
