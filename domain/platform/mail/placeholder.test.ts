import { describe, expect, it } from '@jest/globals';
import { htmlOf, isPlace, liquidOf, placeText } from './placeholder.ts';

it.each([
  ['Hi {firstName}', 'Hi {{ firstName }}'],
  ['Hi { contact.firstName }!', 'Hi {{ contact.firstName }}!'],
  ['Hi {{ contact.firstName }}', 'Hi {{ contact.firstName }}'],
  ['Hi {{contact.firstName|upcase}}', 'Hi {{contact.firstName|upcase}}'],
  ['{% if contact.city %}{city}{% endif %}', '{% if contact.city %}{{ city }}{% endif %}'],
  ['a { color: red } b {} c {1}', 'a { color: red } b {} c {1}'],
])('%s is written in full', (text, full) => expect(liquidOf(text)).toBe(full));

describe('a place', () => {
  const there = (...steps: unknown[]): boolean => isPlace(steps, { contact: ['city'] }, ['firstName']);
  it('is a field, a thing itself, or a field that stands alone', () => {
    expect([there('firstName'), there('contact'), there('contact', 'city')]).toEqual([true, true, true]);
  });
  it('is nothing else', () => {
    const others = [
      ['city'], ['contact', 'x'], ['contact', 'city', 'x'], ['constructor'], ['contact', ['city']], [['a']],
    ];
    expect(others.map(steps => there(...steps))).toEqual(others.map(() => false));
  });
  it('is named as it is written', () => expect(placeText(['contact', ['a', 'b'], 'c'])).toBe('contact[a.b].c'));
});

it('a text becomes HTML that holds nothing but it', () => {
  expect(htmlOf('Hi <b onload="x">\nyou & me\n\nSee https://example.com/a?b=1&c=2.')).toContain(
    '<p>Hi &lt;b onload=&quot;x&quot;&gt;<br>you &amp; me</p>'
    + '<p>See <a href="https://example.com/a?b=1&amp;c=2">https://example.com/a?b=1&amp;c=2</a>.</p>',
  );
  expect(htmlOf('"https://example.com/"')).toContain('&quot;<a href="https://example.com/">');
});
