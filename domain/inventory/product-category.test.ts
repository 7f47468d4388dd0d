import { describe, expect, it } from '@jest/globals';
import { meantCategory, whyNotCategoryName } from './product-category.ts';

const all = [{ key: 'Racks', name: 'Shelves' }, { key: 'Sensors', name: 'Sensors' }];
describe('a category', () => {
  it.each([
    ['shelves', 'Racks'], ['racks', 'Racks'], ['Sensors', 'Sensors'], ['Pumps', undefined],
  ])('that is called %s is %s', (text, key) => expect(meantCategory(text, all)?.key).toBe(key));

  it('is meant by its name before another one is by its key', () => {
    expect(meantCategory('Racks', [{ key: 'Racks', name: 'Shelves' }, { key: 'Old', name: 'Racks' }])?.key).toBe('Old');
  });

  it.each([
    ['SENSORS', 'There is a category of this name'],
    ['racks', '“Shelves” was called so first, and products know it by that'],
    ['Pumps', undefined],
  ])('can be called %s unless %s', (name, why) => expect(whyNotCategoryName(name, all)).toBe(why));
});
