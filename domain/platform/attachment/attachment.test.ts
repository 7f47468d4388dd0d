import { describe, expect, it } from '@jest/globals';
import { NewAttachment, whyNotAttach } from './attachment.ts';

const megabyte = 1_048_576;
const why = (name: string, mediaType: string, size = 10): string | undefined =>
  whyNotAttach({ name, mediaType, size }, 25 * megabyte)?.field;

describe('a file', () => {
  it.each([
    ['Offer.pdf', 'application/pdf'],
    ['Plan.xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
    ['photo.JPG', 'image/jpeg'], ['data.csv', 'text/csv'], ['drawing.dwg', 'application/octet-stream'],
  ])('%s is taken', (name, type) => expect(why(name, type)).toBeUndefined());

  it.each([
    ['run.exe', 'application/octet-stream', 'name'], ['Offer.pdf.js', 'application/pdf', 'name'],
    ['page.html', 'text/plain', 'name'], ['logo.svg', 'image/png', 'name'], ['page', 'text/html', 'mediaType'],
    ['logo', 'image/svg+xml', 'mediaType'],
  ])('%s as %s is not', (name, type, field) => expect(why(name, type)).toBe(field));

  it('is not taken when it is larger than the limit', () => {
    expect(why('a.pdf', 'application/pdf', 25 * megabyte)).toBeUndefined();
    expect(why('a.pdf', 'application/pdf', 25 * megabyte + 1)).toBe('size');
  });

  it.each(['../secret', 'a\\b', 'a\nb', '..', ' ', 'x'.repeat(256)])('is not called %j', name =>
    expect(NewAttachment.shape.name.safeParse(name).success).toBe(false));
});
