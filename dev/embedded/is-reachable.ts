/**
 * True when an HTTP server answers at all within `timeoutMs`, whatever it answers.
 * Asked before a download, because the downloaders themselves try for minutes without a network.
 */
export async function isReachable(url: string, timeoutMs = 3_000): Promise<boolean> {
  try {
    await fetch(url, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(timeoutMs) });
    return true;
  } catch {
    return false;
  }
}
