import type { ErrorBody } from '../../../../contracts/http-api-schema.ts';
import type { MediaType } from '../../../../contracts/outbound-attachment.ts';
import { Refusal } from './client.ts';

export interface UploadedFile {
  id: string;
  fileName: string;
  type: MediaType;
  bytes: number;
}

/**
 * Sends a file of the chat's and tells how far it is: `fetch` does not. `cancel` ends it.
 * @throws Refusal, TypeError where nothing came back
 */
export function uploadFile(
  { conversationId, file }: { conversationId: string; file: File },
  onProgress: (sent: number) => void,
): { done: Promise<UploadedFile>; cancel: () => void } {
  const request = new XMLHttpRequest();
  const done = new Promise<UploadedFile>((resolve, reject) => {
    request.upload.addEventListener('progress', ({ loaded }) => onProgress(loaded));
    request.addEventListener('load', () => {
      const body = JSON.parse(request.responseText) as unknown;
      if (request.status === 200) resolve(body as UploadedFile);
      else reject(new Refusal(request.status, body as ErrorBody));
    });
    request.addEventListener('error', () => reject(new TypeError('The network is away')));
  });
  const query = new URLSearchParams({ fileName: file.name });
  request.open('POST', `/api/v1/conversations/${encodeURIComponent(conversationId)}/files?${query.toString()}`);
  request.setRequestHeader('content-type', 'application/octet-stream');
  request.send(file);
  return { done, cancel: () => request.abort() };
}
