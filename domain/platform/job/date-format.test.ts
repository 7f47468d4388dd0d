import { describe, expect, it } from '@jest/globals';
import { dateFormatOf, dayWritten, type DateFormat } from './date-format.ts';

it.each([
  [['2026-11-28', 'x'], 'YYYY-MM-DD'],
  [['2026-11-28 10:22'], 'YYYY-MM-DD'],
  [['28.11.2026'], 'DD.MM.YYYY'],
  [['3/4/2026', '28/11/2026'], 'DD/MM/YYYY'],
  [['3/4/2026', '11/28/2026'], 'MM/DD/YYYY'],
  [['3/4/2026'], 'MM/DD/YYYY'],
  [['Acme', '12'], null],
])('%j are written as %s', (texts, format) => expect(dateFormatOf(texts)).toBe(format));

it('what can be read both ways is read as last time', () => {
  expect(dateFormatOf(['3/4/2026'], 'DD/MM/YYYY')).toBe('DD/MM/YYYY');
  expect(dateFormatOf(['3/4/2026', '11/28/2026'], 'DD/MM/YYYY')).toBe('MM/DD/YYYY');
  expect(dateFormatOf(['3.4.2026'], 'DD/MM/YYYY')).toBe('DD.MM.YYYY');
  expect(dateFormatOf(['Acme'], 'DD/MM/YYYY')).toBe('DD/MM/YYYY');
});

describe('a day', () => {
  it.each<[string, DateFormat | null, string | null]>([
    ['31.01.2026', 'DD.MM.YYYY', '2026-01-31'],
    ['1.2.2026', 'DD.MM.YYYY', '2026-02-01'],
    ['03/04/2026', 'DD/MM/YYYY', '2026-04-03'],
    ['03/04/2026', 'MM/DD/YYYY', '2026-03-04'],
    ['12/31/2026 11:05 PM', 'MM/DD/YYYY', '2026-12-31'],
    ['31/12/2026', 'MM/DD/YYYY', null],
    ['2026-12-31', 'MM/DD/YYYY', '2026-12-31'],
    ['2026-12-31T10:00:00Z', null, '2026-12-31'],
    ['31.02.2026', 'DD.MM.YYYY', null],
    ['2026-02-30', 'YYYY-MM-DD', null],
    ['31.01.2026', 'YYYY-MM-DD', null],
    ['31.01.2026', 'DD/MM/YYYY', null],
    ['next week', 'DD.MM.YYYY', null],
  ])('%s as %s is %s', (text, format, day) => expect(dayWritten(text, format)).toBe(day));
});
