import type { Attachment, AttachmentSubject, Upload } from '../../../domain/platform/attachment/attachment.ts';
import type { App } from '../app.ts';
import type { Client } from '../client.ts';

export interface Of { subject: AttachmentSubject; subjectId: string }
export const filesAt = ({ subject, subjectId }: Of): string => `/api/attachments/of/${subject}/${subjectId}`;

/** Where a file is announced. */
export const announcing = '/api/attachments';

/** Sends bytes as a browser does: to the address that the API gave, with its headers and no others. */
export const sent = (app: Pick<App, 'url'>, { method, url, headers }: Upload, bytes: Uint8Array): Promise<Response> =>
  fetch(new URL(url, app.url), { method, headers, body: Buffer.from(bytes) });

/** A file of a record, announced, sent and complete. */
export async function newFile(
  app: Pick<App, 'url'>, by: Client, of: Of, more: { name?: string; mediaType?: string; text?: string } = {},
): Promise<Attachment> {
  const { name = 'Offer.pdf', mediaType = 'application/pdf', text = 'An offer' } = more;
  const bytes = new TextEncoder().encode(text);
  const body = { ...of, name, mediaType, size: bytes.length };
  const announced = await by.post<{ id: string; upload: Upload }>(announcing, body);
  if (announced.status !== 201) throw new Error(`No file: ${announced.status} ${JSON.stringify(announced.body)}`);
  const { id, upload } = announced.body;
  const answer = await sent(app, upload, bytes);
  if (!answer.ok) throw new Error(`Not sent: ${answer.status} ${await answer.text()}`);
  const complete = await by.post<Attachment>(`/api/attachments/${id}/complete`, {});
  if (complete.status !== 200) throw new Error(`Not complete: ${JSON.stringify(complete.body)}`);
  return complete.body;
}
