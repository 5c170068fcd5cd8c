/** What configuration is written by: files that are applied, the console's screens, programs that change fields. */
export const CONFIGURATION_SOURCES = ['files', 'console', 'api'] as const;
export type ConfigurationSource = (typeof CONFIGURATION_SOURCES)[number];
