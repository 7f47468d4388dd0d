import { listDeleted } from '../../../db/platform/deleted/deleted-records.query.ts';
import { deletedRecordEndpoints } from '../../../domain/platform/deleted/deleted-record.contract.ts';
import { deletable } from '../../deletable.ts';
import { serve } from '../serve.ts';

export const deletedRecordRoutes = serve(deletedRecordEndpoints, {
  list: ({ read, actor, query }) => listDeleted(read, deletable, actor, query),
});
