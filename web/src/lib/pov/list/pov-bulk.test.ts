import { expect, it } from '@jest/globals';
import { bulkFields, changeSent } from '#lib/crm/bulk/bulk-sent.ts';
import { povBulk } from './pov-bulk.ts';

it('what many POVs are given is sent as the API takes it', () => {
  const module = povBulk('Europe/Oslo');
  expect(bulkFields(module).map(f => f.field)).not.toContain('title');
  const fields = { startDate: '2026-03-02', endDate: '2026-03-02', revenue: '12 500', solution: '', tags: 'a, b' };
  expect(changeSent(module, 'update', { fields, ownerId: '', groupId: '', tags: '' })).toEqual({
    fields: {
      startDate: '2026-03-01T23:00:00.000Z', endDate: '2026-03-02T22:59:59.000Z', revenue: '12500', solution: null,
      tags: ['a', 'b'],
    },
  });
});
