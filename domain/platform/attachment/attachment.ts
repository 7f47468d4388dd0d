import { z } from 'zod';
import { Instant } from '../clock.ts';
import { Id } from '../id.ts';

/** Records that files can be attached to. */
export const attachmentSubjects = ['account', 'contact', 'opportunity', 'pov', 'task', 'ticket'] as const;
export type AttachmentSubject = (typeof attachmentSubjects)[number];

export const attachmentStates = ['awaited', 'stored'] as const;
export type AttachmentState = (typeof attachmentStates)[number];

/** Minutes that an upload may take from its announcement. */
export const uploadMinutes = 15;
/** Seconds that the address of a download is good for. */
export const downloadSeconds = 60;

const mediaTypes = new RegExp(
  `^(${[
    'image/(png|jpeg|gif|webp|heic|heif|tiff|bmp)', 'audio/[a-z0-9.+-]+', 'video/[a-z0-9.+-]+', 'message/rfc822',
    'text/(plain|csv|markdown|calendar|vcard)', 'application/(pdf|json|zip|rtf|msword|octet-stream)',
    'application/x-zip-compressed', 'application/vnd\\.ms-(excel|powerpoint|outlook)',
    'application/vnd\\.(openxmlformats-officedocument|oasis\\.opendocument)\\.[a-z0-9.+-]+',
  ].join('|')})$`,
);
/** What a computer would run, or a browser show as a page. */
const dangerous = /\.(exe|dll|bat|cmd|com|msi|scr|pif|ps1|vbs|vbe|js|mjs|jse|wsf|hta|jar|app|lnk|reg|sh|html?|xhtml|svg|swf)\.?$/i;

/** Why such a file is not taken, by the field that says so. */
export function whyNotAttach(
  { name, mediaType, size }: { name: string; mediaType: string; size: number }, sizeMax: number,
): { field: 'name' | 'mediaType' | 'size'; why: string } | undefined {
  if (dangerous.test(name)) return { field: 'name', why: 'Programs and web pages are not taken' };
  if (!mediaTypes.test(mediaType)) return { field: 'mediaType', why: 'Files of this type are not taken' };
  if (size > sizeMax) return { field: 'size', why: `At most ${Math.floor(sizeMax / 1_048_576)} MB` };
  return undefined;
}

/** A name that any file system and any header can carry. */
const FileName = z
  .string()
  .trim()
  .min(1, 'must not be blank')
  .max(255, 'must have at most 255 characters')
  .regex(/^[^/\\\p{Cc}]+$/u, 'must not hold slashes or control characters')
  .refine(name => name !== '.' && name !== '..', 'must be a name');

export const OfSubject = z.object({ subject: z.enum(attachmentSubjects), subjectId: Id });
export const NewAttachment = z
  .object({
    ...OfSubject.shape,
    name: FileName,
    mediaType: z.string().trim().toLowerCase().max(100),
    size: z.int('must be a whole number').min(1, 'must not be empty').max(5_000_000_000),
  })
  .meta({
    id: 'NewAttachment',
    example: {
      ...{ subject: 'account', subjectId: '01981c5e-0000-7000-8000-000000000001' },
      ...{ name: 'Offer.pdf', mediaType: 'application/pdf', size: 48_213 },
    },
  });
export type NewAttachment = z.output<typeof NewAttachment>;

/** What is shown of a file under a comment. */
export const FileFacts = z.object({ id: Id, name: z.string(), mediaType: z.string(), size: z.int() });
export type FileFacts = z.output<typeof FileFacts>;

/** A file of a record, or of a comment under it. */
export const Attachment = FileFacts.extend({
  commentId: Id.nullable(),
  createdAt: Instant,
  createdBy: Id.nullable(),
  createdByName: z.string().nullable(),
}).meta({ id: 'Attachment' });
export type Attachment = z.output<typeof Attachment>;

/** Where a file is sent, as it is, with these headers. */
export const Upload = z
  .object({
    method: z.literal('PUT'),
    url: z.string(),
    headers: z.record(z.string(), z.string()),
    expiresAt: Instant,
  })
  .meta({ id: 'Upload' });
export type Upload = z.output<typeof Upload>;
