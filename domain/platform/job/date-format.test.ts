import { describe, expect, it } from '@jest/globals';
import { dateFormatOf, dayWritten, instantWritten, type DateFormat } from './date-format.ts';

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

describe('a time of a file is read by the clocks of the workspace', () => {
  it.each<[string, DateFormat | null, string | null]>([
    ['2026-11-28 14:30', null, '2026-11-28T13:30:00.000Z'],
    ['2026-11-28T14:30:00.000+0000', null, '2026-11-28T14:30:00.000Z'],
    ['2026-11-28 14:30:00+00', null, '2026-11-28T14:30:00.000Z'],
    ['2026-11-28 14:30:00-0530', null, '2026-11-28T20:00:00.000Z'],
    ['2026-11-28 14:30 UTC', null, '2026-11-28T14:30:00.000Z'],
    ['2026-11-28 14:30:00Z', null, '2026-11-28T14:30:00.000Z'],
    ['31.12.9999 23:59:59', 'DD.MM.YYYY', '9999-12-31T22:59:59.000Z'],
    ['0001-01-01 00:00', null, null],
    ['28.11.2026 14:30', 'DD.MM.YYYY', '2026-11-28T13:30:00.000Z'],
    ['28.11.2026, 9:05:07', 'DD.MM.YYYY', '2026-11-28T08:05:07.000Z'],
    ['07/28/2026 2:30 PM', 'MM/DD/YYYY', '2026-07-28T12:30:00.000Z'],
    ['07/28/2026 12:05 a.m.', 'MM/DD/YYYY', '2026-07-27T22:05:00.000Z'],
    ['2026-11-28T14:30', null, '2026-11-28T13:30:00.000Z'],
    ['2026-11-28T14:30:00Z', null, '2026-11-28T14:30:00.000Z'],
    ['2026-11-28T14:30:00.250-05:00', 'DD.MM.YYYY', '2026-11-28T19:30:00.250Z'],
    ['28.11.2026', 'DD.MM.YYYY', '2026-11-27T23:00:00.000Z'],
    // The hour that clocks show twice is one of both; the one that they leave out is an hour that there is.
    ['2026-10-25 02:30', null, '2026-10-25T01:30:00.000Z'],
    ['2026-03-29 02:30', null, '2026-03-29T01:30:00.000Z'],
    ['2026-11-28 25:00', null, null],
    ['2026-11-28 14:30 sharp', null, null],
    ['11/28/2026 14:30 PM', 'MM/DD/YYYY', null],
    ['soon', null, null],
  ])('%s as %s is %s', (text, format, at) =>
    expect(instantWritten(text, format, { zone: 'Europe/Berlin', atEnd: false })).toBe(at));

  it('and a day by which something is due ends with it, in summer and in winter', () => {
    const due = (text: string) => instantWritten(text, 'DD.MM.YYYY', { zone: 'Europe/Berlin', atEnd: true });
    expect(['28.11.2026', '28.07.2026', '28.07.2026 08:00'].map(due)).toEqual([
      '2026-11-28T22:59:59.000Z', '2026-07-28T21:59:59.000Z', '2026-07-28T06:00:00.000Z',
    ]);
  });
});
