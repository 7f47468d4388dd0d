import { randomUUID } from 'node:crypto';
import { requestPasswordReset } from '../../../activities/platform/identity/change-password.ts';
import { beginMail, noteMail } from '../../../activities/platform/mail/note-mail.ts';
import type { Examples, World } from '../verb-world.ts';

const hash = (): string => randomUUID().replaceAll('-', '').repeat(2);
const link = async (w: World) => {
  await w.row('delete from password_reset');
  const about = { toAddress: 'sales@example.com', subject: 'Example', bodyCipher: 'v1.k1.a.b' };
  return { userId: w.tenant.users.sales, tokenHash: hash(), mail: { id: randomUUID(), ...about } };
};
const mailed = async (w: World): Promise<{ mailId: string; tokenHash: string }> => {
  const input = await link(w);
  await w.run(requestPasswordReset, input, w.process);
  return { mailId: input.mail.id, tokenHash: input.tokenHash };
};

export const passwordExamples: Examples = {
  changePassword: async w => {
    const { password_hash: provenPasswordHash } = await w.row<{ password_hash: string }>(
      'select password_hash from app_user where id = $1',
      [w.tenant.users.sales4],
    );
    return { input: { provenPasswordHash, newPasswordHash: hash() }, as: w.as('sales4') };
  },
  requestPasswordReset: async w => ({ input: await link(w), as: w.process }),
  resetPassword: async w => ({
    input: { tokenHash: (await mailed(w)).tokenHash, newPasswordHash: hash() },
    as: w.process,
  }),
  archiveAudit: async w => {
    await w.row(`update tenant set settings = '{"auditRetentionDays": 1}' where id = $1`, [w.tenant.id]);
    await w.row(
      `insert into audit_log (id, tenant_id, actor, actor_name, action, table_name, verb, created_at)
       values (gen_random_uuid(), $1, 'system', 'system', 'CREATE', 'pov', 'example', '2020-01-01')`,
      [w.tenant.id],
    );
    return { input: {}, as: w.process };
  },
  beginMail: async w => ({ input: { mailId: (await mailed(w)).mailId }, as: w.process }),
  noteMail: async w => ({
    input: { mailId: (await mailed(w)).mailId, status: 'sent', problem: null },
    as: w.process,
  }),
  resendMail: async w => {
    const { mailId } = await mailed(w);
    await w.run(beginMail, { mailId }, w.process);
    await w.run(noteMail, { mailId, status: 'not-sent', problem: 'no server' }, w.process);
    return { input: { mailId }, as: w.as('admin') };
  },
};
