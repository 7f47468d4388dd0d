import type { ProviderKind } from '../../../domain/platform/identity/identity-provider.ts';
import type { ProviderChoice } from '../../../domain/platform/identity/provider-sign-in.contract.ts';
import type { Reader } from '../reader.ts';
import { sql } from '../sql.ts';

/** Without its secret, and without the address that it leads back to. */
export interface ProviderRow {
  id: string;
  name: string;
  kind: ProviderKind;
  issuer: string;
  clientId: string;
  emailDomains: string[];
  active: boolean;
  people: number;
  createdAt: string;
  updatedAt: string;
  version: number;
}
const kept = sql`p.deleted_at is null`;
const columns = sql`p.id, p.name, p.kind, p.issuer, p.client_id as "clientId", p.email_domains as "emailDomains",
  p.active, (select count(*)::int from linked_account l where l.provider_id = p.id) as people,
  p.created_at as "createdAt", p.updated_at as "updatedAt", p.version`;

export const listProviders = (read: Reader): Promise<ProviderRow[]> =>
  read.rows<ProviderRow>(sql`select ${columns} from identity_provider p where ${kept} order by p.name, p.id`);

export const providerById = (read: Reader, id: string): Promise<ProviderRow | undefined> =>
  read.row<ProviderRow>(sql`select ${columns} from identity_provider p where p.id = ${id} and ${kept}`);

export const providerChoices = (read: Reader): Promise<ProviderChoice[]> =>
  read.rows<ProviderChoice>(
    sql`select p.id, p.name, p.kind from identity_provider p where p.active and ${kept} order by p.name, p.id`,
  );

/** What speaking with the provider needs. */
export interface ProviderClient extends Omit<ProviderRow, 'people' | 'createdAt' | 'updatedAt' | 'version'> {
  clientSecretCipher: string;
}
export const providerClient = (read: Reader, id: string): Promise<ProviderClient | undefined> =>
  read.row<ProviderClient>(
    sql`select p.id, p.name, p.kind, p.issuer, p.client_id as "clientId", p.email_domains as "emailDomains", p.active,
      p.client_secret_cipher as "clientSecretCipher" from identity_provider p where p.id = ${id} and ${kept}`,
  );

export interface LinkedAccountRow {
  id: string;
  provider: string;
  issuer: string;
  email: string;
  createdAt: string;
}
export const linkedAccountsOf = (read: Reader, userId: string): Promise<LinkedAccountRow[]> =>
  read.rows<LinkedAccountRow>(
    sql`select l.id, p.name as provider, l.issuer, l.email, l.created_at as "createdAt"
    from linked_account l join identity_provider p on p.id = l.provider_id
    where l.user_id = ${userId} order by l.created_at, l.id`,
  );
