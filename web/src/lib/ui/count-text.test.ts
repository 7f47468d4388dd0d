import { expect, test } from '@jest/globals';
import { countText } from './count-text.ts';

test.each([[0, false, '0'], [1_234, false, '1,234'], [10_000, undefined, '10,000'], [10_000, true, '10,000+']])(
  '%s rows, counted no further: %s, are %s', (count, capped, text) => expect(countText(count, capped)).toBe(text));
