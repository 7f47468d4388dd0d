import { z } from 'zod';
import { Instant } from '../clock.ts';
import { Id } from '../id.ts';
import { line } from '../field.ts';
import { Role } from '../role.ts';
import { Version } from '../version.ts';

/** A user as administrators see it (PLT-T1); the password never leaves the database (PLT-017). */
export const User = z
  .object({
    id: Id,
    tenantId: Id,
    username: z.string(),
    fullName: z.string(),
    email: z.string(),
    role: z.string(),
    active: z.boolean(),
    lastLogin: Instant.nullable(),
    createdAt: Instant,
    updatedAt: Instant,
    createdBy: Id.nullable(),
    updatedBy: Id.nullable(),
    version: z.int(),
  })
  .meta({ id: 'User' });
export type User = z.output<typeof User>;

/** What pickers show of a colleague. */
export const Person = z.object({ id: Id, name: z.string() }).meta({ id: 'Person' });
export type Person = z.output<typeof Person>;
export const UserSummary = Person.extend({ email: z.string(), role: z.string() }).meta({ id: 'UserSummary' });

export const Password = z
  .string()
  .min(8, 'must have at least 8 characters')
  .max(200, 'must have at most 200 characters')
  .meta({ id: 'Password', format: 'password', example: 'correct horse battery' });

const identity = {
  username: line(100),
  fullName: line(255),
  email: z
    .string()
    .trim()
    .toLowerCase()
    .pipe(z.email('must be an e-mail address').max(255))
    .meta({ example: 'dana@example.com' }),
};
export const CreateUser = z
  .object({
    ...identity,
    role: Role.default('SALESPERSON'),
    active: z.boolean().default(true),
    password: Password.optional().meta({ description: 'Without one the user cannot sign in until it is set' }),
  })
  .meta({ id: 'CreateUser' });

const changing = {
  role: Role.optional(),
  active: z.boolean().optional(),
  password: Password.optional(),
  version: Version,
};
export const ReplaceUser = z.object({ ...identity, ...changing }).meta({ id: 'ReplaceUser' });
export const PatchUser = ReplaceUser.partial().meta({ id: 'PatchUser' });

/** Roles whose holders administer the tenant; one of them always remains (PLT-043). */
export const administrators: readonly string[] = ['SUPER_ADMIN', 'ADMIN'];
