import { updateSettings } from '../../activities/platform/settings/update-settings.ts';
import { tenantSettings } from '../../db/platform/tenants.query.ts';
import { settingsEndpoints } from '../../domain/platform/settings.contract.ts';
import { serve } from './serve.ts';

export const settingsRoutes = serve(settingsEndpoints, {
  read: ({ read }) => tenantSettings(read),
  update: ({ body, run }) => run(updateSettings, body),
});
