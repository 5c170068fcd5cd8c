import type { ExportPieces, ExportRow } from '../../adapters/mongo/records/export-pieces.ts';
import type { RecordExport, RecordExports } from '../../adapters/mongo/records/record-exports.ts';
import type { RecordExportFormat } from '../../contracts/record-export.ts';
import { asCsvText, CSV_MARK, toCsvLine } from '../../reports/to-csv.ts';

/** Several of one column. */
const SEPARATOR = '; ';

/** Columns of the CSV in their order, each with what stands in it. Times are ISO 8601 in UTC, durations milliseconds. */
const columns = {
  id: ({ id }) => id,
  startedAt: ({ startedAt }) => startedAt,
  endedAt: ({ endedAt }) => endedAt,
  service: ({ service }) => service,
  entry: ({ entry }) => entry,
  account: ({ account }) => account,
  pageId: ({ pageId }) => pageId,
  agents: ({ agents }) => agents.map(({ name }) => name).join(SEPARATOR),
  customer: ({ contact, customer }) => contact?.name ?? customer.name,
  outcome: ({ outcome }) => outcome,
  endReason: ({ endReason }) => endReason,
  dispositions: ({ dispositions }) => dispositions.join(SEPARATOR),
  labels: ({ labels }) => labels.join(SEPARATOR),
  surveyScore: ({ surveyScore }) => surveyScore,
  evaluationScores: ({ evaluationScores = [] }) => evaluationScores.join(SEPARATOR),
  waitMs: ({ waitMs }) => waitMs,
  lengthMs: ({ lengthMs }) => lengthMs,
  messages: ({ messages }) => messages,
  scenario: ({ scenario }) => scenario?.name,
  version: ({ scenario }) => scenario?.version,
} satisfies Record<string, (row: ExportRow) => string | number | undefined>;

/** How each format begins, is written and is told to browsers. */
export const exportFormats: Readonly<
  Record<RecordExportFormat, { contentType: string; head: string; write: (row: ExportRow) => string }>
> = {
  csv: { contentType: 'text/csv; charset=utf-8', head: CSV_MARK + toCsvLine(Object.keys(columns)), write: toCsv },
  jsonl: { contentType: 'application/x-ndjson; charset=utf-8', head: '', write: (row) => `${JSON.stringify(row)}\n` },
};

function toCsv(row: ExportRow): string {
  return toCsvLine(
    Object.values(columns).map((read) => {
      const cell: string | number | undefined = read(row);
      return typeof cell === 'string' ? asCsvText(cell) : String(cell ?? '');
    }),
  );
}

interface Source {
  recordExports: Pick<RecordExports, 'findKey'>;
  exportPieces: Pick<ExportPieces, 'read'>;
}

/** The file of an export, piece by piece. @throws Error where a piece is gone: half a file must not look like a whole one */
export async function* writeExport(
  source: Source,
  { id, format, pieces }: Pick<RecordExport, 'id' | 'format' | 'pieces'>,
): AsyncGenerator<string> {
  const { head, write } = exportFormats[format];
  yield head;
  for (let piece = 0; piece < pieces; piece += 1) {
    const rows = await readPiece(source, id, piece);
    yield rows.map(write).join('');
  }
}

/** Where a customer is erased a piece is replaced: it is looked for once more under its new key. */
async function readPiece({ recordExports, exportPieces }: Source, id: string, piece: number): Promise<ExportRow[]> {
  let before: string | undefined;
  for (;;) {
    const key = await recordExports.findKey(id, piece);
    if (key === undefined || key === before) throw new Error(`Piece ${piece} of the export of records ${id} is gone`);
    const rows = await exportPieces.read(key);
    if (rows) return rows;
    before = key;
  }
}
