import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Comment } from '../../../domain/crm/comment.ts';
import type { Attachment, Upload } from '../../../domain/platform/attachment/attachment.ts';
import { bootApp, type App } from '../../kit/app.ts';
import type { Client, ProblemBody } from '../../kit/client.ts';
import { newAccount, newContact, newTask, withAccountTypes } from '../../kit/crm.fixture.ts';
import { announcing, filesAt, newFile, sent, type Of } from '../../kit/file/files.fixture.ts';
import { makeTenant } from '../../kit/people.ts';
import { newPov } from '../../kit/pov.fixture.ts';

let app: App, manager: Client, sales: Client, readonly: Client, account: Of;
beforeAll(async () => {
  app = await bootApp({ worker: false });
  await withAccountTypes(app.tenant.id);
  [manager, sales, readonly] = [await app.as('manager'), await app.as('sales'), await app.as('readonly')];
  account = { subject: 'account', subjectId: (await newAccount(manager)).id };
});
afterAll(() => app?.stop());

const listed = async (by: Client, of: Of): Promise<string[]> =>
  (await by.get<{ items: Attachment[] }>(filesAt(of))).body.items.map(file => file.name);
const pdf = { name: 'a.pdf', mediaType: 'application/pdf' };
const announced = async (by: Client, size = 8): Promise<{ id: string; upload: Upload }> =>
  (await by.post<{ id: string; upload: Upload }>(announcing, { ...account, ...pdf, size })).body;
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
/** The address that the browser is led to. */
async function addressOf(by: Client, id: string): Promise<{ status: number; url: string }> {
  const answer = await fetch(`${app.url}/api/attachments/${id}/content`, {
    headers: { Authorization: `Bearer ${by.token}` }, redirect: 'manual',
  });
  return { status: answer.status, url: answer.headers.get('location') ?? '' };
}

describe('a file of a record', () => {
  it('[PLT-079] is sent by a signed address, and downloaded only within the tenant', async () => {
    const file = await newFile(app, manager, account, { name: 'Angebot für Müller.pdf', text: 'An offer' });
    const { name, mediaType } = { ...pdf, name: 'Angebot für Müller.pdf' };
    expect(file).toMatchObject({ name, size: 8, mediaType, commentId: null });
    expect(await listed(readonly, account)).toEqual(['Angebot für Müller.pdf']);
    const { status, url } = await addressOf(readonly, file.id);
    expect(status).toBe(303);
    const answer = await fetch(new URL(url, app.url));
    expect([answer.status, await answer.text()]).toEqual([200, 'An offer']);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'application/pdf', 'x-content-type-options': 'nosniff', 'cache-control': 'private, no-store',
      'content-security-policy': `default-src 'none'; sandbox`,
      'content-disposition': expect.stringMatching(/^attachment; .*Angebot%20f%C3%BCr%20M%C3%BCller\.pdf$/),
    });
    const stranger = await app.as('admin', await makeTenant());
    expect((await addressOf(stranger, file.id)).status).toBe(404);
    expect((await stranger.get(filesAt(account))).status).toBe(404);
    expect((await stranger.delete(`/api/attachments/${file.id}`)).status).toBe(404);
    expect((await fetch(new URL(`${url.slice(0, -2)}xx`, app.url))).status).toBe(403);
  });

  it('is seen by whoever may read the record, and changed by whoever may change that', async () => {
    const file = await newFile(app, manager, account);
    expect((await sales.get(filesAt(account))).status).toBe(404);
    expect((await addressOf(sales, file.id)).status).toBe(404);
    expect((await readonly.post(announcing, { ...account, ...pdf, size: 1 })).status).toBe(403);
    expect((await readonly.delete(`/api/attachments/${file.id}`)).status).toBe(403);
    const pov: Of = { subject: 'pov', subjectId: (await newPov(manager)).id };
    await newFile(app, manager, pov, { name: 'Plan.csv', mediaType: 'text/csv' });
    expect(await listed(manager, pov)).toEqual(['Plan.csv']);
    expect((await sales.get(filesAt(pov))).status).toBe(404);
  });

  it('[PLT-079] goes on by cursor where there are many, the newest first, and says how many', async () => {
    const many: Of = { subject: 'account', subjectId: (await newAccount(manager)).id };
    for (const name of ['One.pdf', 'Two.pdf', 'Three.pdf']) await newFile(app, manager, many, { name });
    type Part = { items: Attachment[]; total: number; nextCursor: string | null };
    const part = async (query: string): Promise<Part> => (await manager.get<Part>(`${filesAt(many)}?${query}`)).body;
    const first = await part('limit=2');
    expect([first.items.map(f => f.name), first.total]).toEqual([['Three.pdf', 'Two.pdf'], 3]);
    const rest = await part(`limit=2&cursor=${first.nextCursor}`);
    expect([rest.items.map(f => f.name), rest.nextCursor]).toEqual([['One.pdf'], null]);
  });

  it.each([
    ['a program', { name: 'run.exe', mediaType: 'application/octet-stream', size: 1 }, '/name'],
    ['a page', { name: 'a', mediaType: 'text/html', size: 1 }, '/mediaType'],
    ['more than the limit', { name: 'a.pdf', mediaType: 'application/pdf', size: 25 * 1_048_576 + 1 }, '/size'],
    ['nothing at all', { name: 'a.pdf', mediaType: 'application/pdf', size: 0 }, '/size'],
    ['a path', { name: '../a.pdf', mediaType: 'application/pdf', size: 1 }, '/name'],
  ])('is not %s', async (_, body, pointer) => {
    const { status, body: problem } = await manager.post<ProblemBody>(announcing, { ...account, ...body });
    expect([status, problem.errors.map(e => e.pointer)]).toEqual([400, [pointer]]);
  });

  it('is listed once it has arrived as announced, and is taken once', async () => {
    const { id, upload } = await announced(manager);
    const complete = (): Promise<{ status: number }> => manager.post(`/api/attachments/${id}/complete`, {});
    expect((await complete()).status).toBe(409);
    expect((await sent(app, upload, bytes('far more than announced'))).status).toBe(400);
    const asPage = { ...upload, headers: { 'content-type': 'text/html' } };
    expect((await sent(app, asPage, bytes('An offer'))).status).toBe(400);
    expect((await sent(app, upload, bytes('An offer'))).status).toBe(200);
    expect((await sent(app, upload, bytes('Another!'))).status).toBe(409);
    expect(await listed(manager, account)).not.toContain('a.pdf');
    expect([(await complete()).status, (await complete()).status]).toEqual([200, 200]);
    expect(await listed(manager, account)).toContain('a.pdf');
  });

  it('goes with its record into the one that this is merged into', async () => {
    const kept = await newContact(manager, { lastName: 'Kept' });
    const gone = await newContact(manager, { lastName: 'Gone' });
    await newFile(app, manager, { subject: 'contact', subjectId: gone.id }, { name: 'Card.pdf' });
    const { status } = await manager.post('/api/contacts/merge', { survivorId: kept.id, mergedIds: [gone.id] });
    expect([status, await listed(manager, { subject: 'contact', subjectId: kept.id })]).toEqual([200, ['Card.pdf']]);
  });

  it('is deleted for good', async () => {
    const file = await newFile(app, manager, account, { name: 'Old.pdf' });
    const { url } = await addressOf(manager, file.id);
    expect((await manager.delete(`/api/attachments/${file.id}`)).status).toBe(204);
    expect(await listed(manager, account)).not.toContain('Old.pdf');
    expect((await addressOf(manager, file.id)).status).toBe(404);
    expect((await fetch(new URL(url, app.url))).status).toBe(404);
  });
});

describe('a comment with files', () => {
  it('[CRM-091] a comment with a file shows on the task, and so does the file', async () => {
    const { id } = await newTask(manager);
    const of: Of = { subject: 'task', subjectId: id };
    const file = await newFile(app, manager, of, { name: 'Drawing.png', mediaType: 'image/png' });
    const at = `/api/crm/tasks/${id}/comments`;
    const { status } = await manager.post(at, { body: 'As agreed', fileIds: [file.id] });
    const { body } = await manager.get<{ items: Comment[] }>(at);
    expect([status, body.items]).toMatchObject([201, [
      { body: 'As agreed', files: [{ id: file.id, name: 'Drawing.png', mediaType: 'image/png', size: 8 }] },
    ]]);
    expect(await listed(manager, of)).toEqual(['Drawing.png']);
  });

  it('takes files that are its writer’s, of the same record, and under no other comment', async () => {
    const { id } = await newTask(manager);
    const of: Of = { subject: 'task', subjectId: id };
    const admin = await app.as('admin');
    const [theirs, elsewhere, mine] = [
      await newFile(app, admin, of), await newFile(app, manager, account), await newFile(app, manager, of),
    ];
    const comment = (fileId: string): Promise<{ status: number }> =>
      manager.post(`/api/crm/tasks/${id}/comments`, { body: 'Look', fileIds: [fileId] });
    expect([(await comment(theirs.id)).status, (await comment(elsewhere.id)).status]).toEqual([400, 400]);
    expect([(await comment(mine.id)).status, (await comment(mine.id)).status]).toEqual([201, 400]);
    expect((await manager.get<{ items: Comment[] }>(`/api/crm/tasks/${id}/comments`)).body.items).toHaveLength(1);
  });
});
