import { describe, expect, it } from '@jest/globals';
import { firstRows, rowsAtOnce } from './rows-at-once.ts';

describe('how many rows of an import are worked on at once', () => {
  it('[CRM-113] more where they are quick, up to five hundred', () => {
    expect(rowsAtOnce(firstRows, 100)).toBe(400);
    expect(rowsAtOnce(400, 100)).toBe(500);
    expect(rowsAtOnce(500, 100)).toBe(500);
  });

  it('as many again where they take as long as others may wait', () => {
    expect(rowsAtOnce(300, 500)).toBe(300);
  });

  it('fewer where others would wait longer than they may, and some always', () => {
    expect(rowsAtOnce(500, 3_500)).toBe(100);
    expect(rowsAtOnce(20, 10_000)).toBe(20);
  });
});
