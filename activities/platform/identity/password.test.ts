import { describe, expect, it } from '@jest/globals';
import { hash as bcrypt } from '@node-rs/bcrypt';
import { hashPassword, provePassword, setPasswordCost } from './password.ts';

describe('[PLT-017] passwords', () => {
  it('are hashed with argon2id, each with a salt of its own', async () => {
    const [a, b] = await Promise.all([hashPassword('correct horse'), hashPassword('correct horse')]);
    expect(a).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(a).not.toBe(b);
  });

  it('are proven by the right word only', async () => {
    const hash = await hashPassword('correct horse');
    expect(await provePassword('correct horse', hash)).toEqual({ proven: true, fresh: null });
    expect(await provePassword('Correct horse', hash)).toEqual({ proven: false, fresh: null });
    expect(await provePassword('', hash)).toEqual({ proven: false, fresh: null });
  });

  it('of an import in bcrypt are proven and hashed anew', async () => {
    const imported = await bcrypt('correct horse', 4);
    const { proven, fresh } = await provePassword('correct horse', imported);
    expect([imported.slice(0, 2), proven, fresh?.slice(0, 9)]).toEqual(['$2', true, '$argon2id']);
    expect(await provePassword('wrong', imported)).toEqual({ proven: false, fresh: null });
  });

  it('of a lower cost are proven, and hashed anew at the full one', async () => {
    setPasswordCost({ memoryCost: 64, timeCost: 1 });
    const cheap = await hashPassword('correct horse').finally(() => setPasswordCost());
    const { proven, fresh } = await provePassword('correct horse', cheap);
    const full = expect.stringMatching(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect([cheap.slice(0, 24), proven, fresh]).toEqual(['$argon2id$v=19$m=64,t=1,', true, full]);
  });

  it.each([[null], [''], ['plain'], ['$argon2id$broken'], ['$2broken']])('are never proven against %p', async hash => {
    for (const word of ['', 'nobody’s password', 'plain']) {
      expect(await provePassword(word, hash)).toEqual({ proven: false, fresh: null });
    }
  });

  it('of unknown users take as long as those of known ones', async () => {
    const hash = await hashPassword('correct horse');
    const took = async (known: string | null): Promise<number> => {
      const from = performance.now();
      for (let i = 0; i < 5; i++) await provePassword('wrong', known);
      return performance.now() - from;
    };
    const [unknown, known] = [await took(null), await took(hash)];
    expect(unknown / known).toBeGreaterThan(0.3);
  });
});
