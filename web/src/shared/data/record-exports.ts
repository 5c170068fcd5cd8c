import { queryOptions } from '@tanstack/react-query';
import { isSettledExport, type RecordExportFormat } from '../../../../contracts/record-export.ts';
import type { RecordExportView } from '../../../../contracts/record-export-schema.ts';
import { call, unwrap } from '../client/client.ts';
import type { RecordFilter } from './records.ts';

export type RecordExport = RecordExportView;

const LOOK_EVERY_MS = 1000;

/** Exports that one has asked for; looked at again while one of them is on its way. */
export const recordExportsQuery = queryOptions({
  queryKey: ['record-exports'],
  queryFn: async () => unwrap(await call('GET /api/v1/records/exports')).items,
  refetchInterval: ({ state }) =>
    state.data?.some(({ state: each }) => !isSettledExport(each)) ? LOOK_EVERY_MS : false,
});

/** Begins one; gives what stands against it. */
export async function askRecordExport(filter: RecordFilter, format: RecordExportFormat): Promise<string | undefined> {
  const response = await call('POST /api/v1/records/exports', { body: { filter, format } });
  return response.ok ? undefined : response.error.message;
}

/** Cancels one that is on its way, deletes another; gives what stands against it. */
export async function deleteRecordExport(id: string): Promise<string | undefined> {
  const response = await call('DELETE /api/v1/records/exports/:id', { params: { id } });
  return response.ok || response.status === 404 ? undefined : response.error.message;
}

/** Where a browser fetches the file. */
export const exportAddress = (id: string): string => `/api/v1/records/exports/${id}/file`;
