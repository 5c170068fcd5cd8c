import parseRange from 'range-parser';

/** What is answered to a call for a file: all of it, or the part that was asked for. */
interface GivenBytes {
  status: 200 | 206;
  headers: Readonly<Record<string, string>>;
  bytes: Uint8Array;
}

/**
 * The one part that a player asks for by a `Range` header, to skip in a recording; Safari plays nothing without it. Whoever
 * asks for several at once, or for what is none, gets the whole. Source: RFC 9110, section 14.2.
 */
export function cutByteRange(bytes: Uint8Array, header: string | undefined): GivenBytes {
  const ranges = header === undefined ? undefined : parseRange(bytes.byteLength, header);
  const isOne = Array.isArray(ranges) && ranges.type === 'bytes' && ranges.length === 1;
  const [part] = isOne ? ranges : [];
  const headers = { 'accept-ranges': 'bytes' };
  if (!part) return { status: 200, headers, bytes };
  const { start, end } = part;
  const contentRange = `bytes ${start}-${end}/${bytes.byteLength}`;
  return {
    status: 206,
    headers: { ...headers, 'content-range': contentRange },
    bytes: bytes.subarray(start, end + 1),
  };
}
