import { z } from 'zod';
import { endpoint, event, Nothing } from '../contract.ts';
import { ById, Id } from '../id.ts';
import { PartQuery, partOf } from '../list.ts';
import { Attachment, NewAttachment, OfSubject, Upload } from './attachment.ts';

const one = { needs: 'signed-in', params: ById } as const;

/** Files of a record: seen by whoever may read it, added and taken away by whoever may change it (PLT-079). */
export const attachmentEndpoints = {
  list: endpoint({
    ...{ method: 'GET', path: '/api/attachments/of/:subject/:subjectId', needs: 'signed-in', params: OfSubject },
    ...{ query: PartQuery, returns: partOf(Attachment), summary: 'Files of a record, newest first' },
  }),
  announce: endpoint({
    ...{ method: 'POST', path: '/api/attachments', needs: 'signed-in', body: NewAttachment, status: 201 },
    returns: z.object({ id: Id, upload: Upload }),
    summary: 'Announce a file of a record: the answer says where it is sent',
  }),
  complete: endpoint({
    ...{ method: 'POST', path: '/api/attachments/:id/complete', ...one, returns: Attachment },
    summary: 'Say that the file was sent: from now on it is listed',
  }),
  content: endpoint({
    ...{ method: 'GET', path: '/api/attachments/:id/content', ...one, returns: z.void() },
    ...{ raw: 'text/html', status: 303, summary: 'Leads to the file, by an address that is good for a minute' },
  }),
  remove: endpoint({
    ...{ method: 'DELETE', path: '/api/attachments/:id', ...one, returns: Nothing, status: 204 },
    summary: 'Delete a file for good',
  }),
};

const happened = { ...OfSubject.shape, attachmentId: Id, name: z.string(), userId: Id.nullable() };
/** Whoever did it hears of it at once; the others read it with the record. */
const told = (verb: 'added' | 'removed') =>
  event({
    name: `platform.attachment.${verb}`,
    payload: z.object(happened),
    entity: p => p.attachmentId,
    concerns: p => (p.userId ? [p.userId] : []),
    says: p => `${verb} the file ${p.name}`,
  });
export const attachmentAdded = told('added');
export const attachmentRemoved = told('removed');
