import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { ConfigError, readConfig } from '../../db/platform/config.ts';
import { secretBox } from './secret-box.ts';

const key = (id: string): string => `${id}:${randomBytes(32).toString('base64')}`;
const older = key('k1'),
  newer = key('k2');

describe('[PLT-089] a secret', () => {
  const box = secretBox(older);

  it('is kept as cipher text, each time another one', () => {
    const [one, two] = [box.seal('JBSWY3DP', 'totp:1'), box.seal('JBSWY3DP', 'totp:1')];
    expect([one.includes('JBSWY3DP'), one === two]).toEqual([false, false]);
    expect([one, two].map(sealed => box.open(sealed, 'totp:1'))).toEqual(['JBSWY3DP', 'JBSWY3DP']);
  });

  it('is not readable in another place, nor with one letter changed', () => {
    const sealed = box.seal('JBSWY3DP', 'totp:1');
    expect(() => box.open(sealed, 'totp:2')).toThrow();
    const at = sealed.lastIndexOf('.') + 3;
    const changed = sealed.slice(0, at) + (sealed[at] === 'A' ? 'B' : 'A') + sealed.slice(at + 1);
    expect(() => box.open(changed, 'totp:1')).toThrow();
    expect(() => box.open('JBSWY3DP', 'totp:1')).toThrow('no cipher text');
  });

  it('is not readable with another key of the same name', () => {
    expect(() => secretBox(key('k1')).open(box.seal('x', 'c'), 'c')).toThrow();
  });
});

describe('[PLT-090] after a rotation', () => {
  it('old values are still readable, new ones are written with the new key', () => {
    const before = secretBox(older).seal('x', 'c');
    const rotated = secretBox(`${newer},${older}`);
    expect(rotated.open(before, 'c')).toBe('x');
    expect(rotated.seal('x', 'c')).toMatch(/^v1\.k2\./);
    expect(secretBox(newer).open(rotated.seal('y', 'c'), 'c')).toBe('y');
  });

  it('a value whose key was taken away says which one is missing', () => {
    const before = secretBox(older).seal('x', 'c');
    expect(() => secretBox(newer).open(before, 'c')).toThrow('The key k1');
  });

  it.each(['k1', 'k1:', 'k1:c2hvcnQ=', `${older},k3:???`, `${older},${key('k1')}`])(
    'keys that are none stop the start: %s',
    SECRET_KEYS => {
      expect(() => readConfig({ SECRET_KEYS })).toThrow(ConfigError);
    },
  );
});
