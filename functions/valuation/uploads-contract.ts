import { z } from 'zod';
import { COMP_COLUMNS, MOST_COLUMNS } from './comp-cells.ts';
import { CompsUpload, NewCompsUpload, UPLOAD_BYTES, UPLOAD_DAYS, UPLOAD_ROWS, UploadId } from './comps-upload.ts';

/** An upload as the API shows it. */
const UploadView = CompsUpload.omit({ workspaceId: true }).extend({
  rejectedRows: z
    .strictObject({
      url: z.string().describe('URL of a CSV file: row, column and reason, then the cells of the row.'),
      expiresAt: z.iso.datetime().describe('Until when the URL works, in UTC.'),
    })
    .optional()
    .describe('The rows that were not stored; absent when there are none.'),
});

/** The operations on uploads of tables of comps. */
export const COMPS_UPLOADS_API = {
  createCompsUpload: {
    summary: 'Upload a table of sales and asking prices',
    description: `CSV (UTF-8 or UTF-16) or Parquet, at most ${UPLOAD_BYTES} bytes, ${UPLOAD_ROWS} rows and ${MOST_COLUMNS} columns, with the columns ${COMP_COLUMNS.join(', ')}. The reply has a presigned form for the file, which is imported by itself within minutes, all rows at once. A wrong row is rejected with its reason, and the others are stored; a file that is wrong as a whole stores nothing. The same file again finds only duplicates.`,
    body: NewCompsUpload,
    status: 201,
    reply: UploadView.extend({
      upload: z
        .strictObject({
          url: z.string().describe('URL to which the form is posted.'),
          fields: z.record(z.string(), z.string()).describe('Fields of the form, before the field `file`.'),
        })
        .describe('A presigned POST form for the file.'),
    }),
    problems: [],
    creates: true,
  },
  getCompsUpload: {
    summary: 'Get an upload of a table of comps',
    description: `State and result of an upload, for ${UPLOAD_DAYS} days.`,
    params: z.object({ uploadId: UploadId }),
    status: 200,
    reply: UploadView,
    problems: ['not_found'],
  },
} as const;
