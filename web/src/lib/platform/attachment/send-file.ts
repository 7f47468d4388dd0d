import { attachmentEndpoints } from '#domain/platform/attachment/attachment.contract.ts';
import { whyNotAttach, type Attachment, type AttachmentSubject } from '#domain/platform/attachment/attachment.ts';
import { ApiError, call } from '../client.ts';

export interface Subject { subject: AttachmentSubject; subjectId: string }

/** Announces a file of a record, sends its bytes to where it is kept, and has it listed. */
export async function sendFile(of: Subject, file: File): Promise<Attachment> {
  const announced = { name: file.name, mediaType: file.type || 'application/octet-stream', size: file.size };
  // How large it may be is for the server to say.
  const refused = whyNotAttach(announced, Infinity);
  if (refused) throw new ApiError(400, { title: `${file.name}: ${refused.why}` });
  const { id, upload } = await call(attachmentEndpoints.announce, { body: { ...of, ...announced } });
  const { method, url, headers } = upload;
  const answer = await fetch(url, { method, headers, body: file, credentials: 'omit' }).catch(() => null);
  if (!answer?.ok) throw new ApiError(answer?.status ?? 0, { title: `${file.name} could not be sent` });
  return call(attachmentEndpoints.complete, { params: { id } });
}

export const contentHref = (id: string): string => attachmentEndpoints.content.path.replace(':id', id);

/** "48 kB": of a thousand bytes each, as file managers count. */
export function sizeText(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  const steps = ['kB', 'MB', 'GB'];
  const step = Math.min(Math.floor(Math.log10(bytes) / 3), steps.length);
  const amount = bytes / 1000 ** step;
  return `${amount < 10 ? amount.toFixed(1) : Math.round(amount)} ${steps[step - 1]}`;
}
