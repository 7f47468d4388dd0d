/** Contacts as other programs export them: headings, marks, quotes and encodings, with people who do not exist. */

const crlf = (...rows: string[]): string => rows.map(row => `${row}\r\n`).join('');

/** HubSpot: UTF-8 with a mark, each cell quoted, days with a time, people without an address. */
export const hubspot = Buffer.from(
  '\uFEFF' +
    crlf(
      '"Record ID","First Name","Last Name","Email","Phone Number","Company Name","Lead Status",' +
        '"Street Address","Create Date"',
      '"101","Zoë","O\'Neill","zoe@hubspot.example","555-123-4567 x89","North & Co","OPEN",' +
        '"12 High Street\nFloor 3","2026-01-31 10:22"',
      '"102","Noah","Nobody","","+1 (555) 123-4568 ext. 7","","","","2026-02-01 08:00"',
      '"103","Nora","Nobody","","","","","","2026-02-01 08:01"',
      '"104","Ada","Two ""Quotes""","ada@hubspot.example","555-123-45 x9","","NEW","","2026-02-02 11:00"',
      '"105","Zoë","O\'Neill-Berg","ZOE@hubspot.example","555-123-4569","","","",""',
    ),
);

/** Salesforce: a report in Latin-1, with rows that end early, one that is too long, and lines about the report. */
export const salesforce = Buffer.from(
  crlf(
    '"First Name","Last Name","Title","Account Name","Mailing Street","Mailing City","Phone","Mobile","Email"',
    '"Jürgen","Groß","Geschäftsführer","Müller Söhne","Straße 1\r\nHinterhaus","Köln","","555-222-3333","j@sf.example"',
    '"Ana","Peña","Jefa"',
    '"Too","Long","of","a","title","","","","","","long@sf.example"',
    '',
    '"Contacts by account"',
    '"Copyright (c) 2000-2026 salesforce.com, inc."',
  ),
  'latin1',
);

/** Espo: semicolons, in Shift_JIS; 一郎 is cut in the middle of a character, 健 has no address. */
export const espo = Buffer.from(
  'IkZpcnN0IE5hbWUiOyJMYXN0IE5hbWUiOyJBY2NvdW50IjsiRW1haWwiOyJQaG9uZSI7IlRpdGxlIjsiRGVzY3JpcHRpb24iDQoi' +
  'kb6YWSI7Io5Sk2MiOyJLaXRhIEZvb2RzIjsidGFyb0Blc3BvLmV4YW1wbGUiOyIiOyKJY4vGlZSStyI7IpOMi56Tc5DnkeOTY4vm' +
  'CoJQkpqW2iINCiKJ1I5xIjsijbKToSI7IktpdGEgRm9vZHMiOyJoYW5ha29AZXNwby5leGFtcGxlIjsiNTU1LTEyMy00NTY3IHg4' +
  'OSI7IoNcg3SDZ4pKlK0iOyKVXI6mIg0KIojqmCI7IpfpltgiOyJLaXRhIEZvb2RzIjsiaWNoaXJvQGVzcG8uZXhhbXBsZSI7IiI7' +
  'IonbkrciOyIiDQoijJIiOyKNgou0IjsiS2l0YSBGb29kcyI7IiI7IiI7Io7llEMiOyIiDQo=',
  'base64',
);
