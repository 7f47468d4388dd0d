import { emailTemplates } from '../../platform/mail/email-template.ts';
import { catalogOf } from '../catalog-of.ts';

export const emailTemplateCatalog = catalogOf(emailTemplates, {
  module: 'email-templates',
  number: '12',
  kinds: { body: 'prose' },
  list: ['name', 'subject', 'notification', 'active'],
  sections: { Text: ['name', 'subject', 'body'], Use: ['notification', 'active'] },
});
