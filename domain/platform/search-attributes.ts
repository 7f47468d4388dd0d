/** Of every process: ids and stages only, no personal data; PostgreSQL visibility has few of each kind. */
export const searchAttributes = {
  TenantId: 'KEYWORD',
  EntityId: 'KEYWORD',
  ProcessType: 'KEYWORD',
  Stage: 'KEYWORD',
  OwnerId: 'KEYWORD',
  ReferenceId: 'KEYWORD',
  NextActionAt: 'DATETIME',
  NeedsHuman: 'BOOL',
} as const;
