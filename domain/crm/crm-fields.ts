import { z } from 'zod';

/** Kinds of fields that accounts and contacts share. */

/** Text that may be left out or emptied: trimmed; what is blank counts as empty. */
export const optionalText = (max: number) =>
  z.string().trim().max(max, `must have at most ${max} characters`).nullable().optional()
    .transform(text => (text === '' ? null : text));

/** A web address as people type it into a browser, with its scheme (CRM-006). */
export const WebAddress = z.url({ protocol: /^https?$/, hostname: z.regexes.domain, error: 'must be a web address' })
  .max(255, 'must have at most 255 characters');

/** `555-123-4567`, as the field sheet of this CRM wants it (CRM-031). */
export const DashedPhone = z.string().regex(/^\d{3}-\d{3}-\d{4}$/, 'must look like 555-123-4567');

/** Any number that can be dialled. */
export const PhoneNumber = z.string().trim().regex(/^\+?[\d ()./-]{3,50}$/, 'must be a phone number');

export const MailAddress = z.email('must be an e-mail address').max(255, 'must have at most 255 characters');

/** 0 to 100 with at most two decimals, exact: a string; numbers are taken too (CRM-058). */
export const Percent = z.union([z.string(), z.number()], 'must be a percentage').transform(String)
  .pipe(z.string().regex(/^\d{1,3}(\.\d{1,2})?$/, 'must be a percentage with at most two decimals'))
  .refine(rate => !(Number(rate) > 100), 'must be at most 100');
