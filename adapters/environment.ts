/** HOME and XDG_CONFIG_HOME lead envconfig to the user's profile file, which an embedded server has no use for. */
export function pickTemporalEnv(given: NodeJS.ProcessEnv, isEmbedded: boolean): Record<string, string> {
  const wanted = isEmbedded ? /^TEMPORAL_/ : /^TEMPORAL_|^HOME$|^XDG_CONFIG_HOME$/;
  const entries = Object.entries(given).filter((entry): entry is [string, string] => wanted.test(entry[0]));
  return Object.fromEntries(entries);
}

/** A key that is set to nothing counts as not set. */
export function withoutEmpty(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
}
