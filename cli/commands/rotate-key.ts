import { parseArgs } from 'node:util';
import type { ReEncryptReport } from '../../adapters/mongo/re-encrypt-secrets.ts';
import type { Command, CommandIo } from '../command.ts';

/** Encrypts what is stored with a new key. */
export const rotateKeyCommand: Command = {
  name: 'rotate-key',
  summary: 'encrypt every stored secret with ATTENDANT_ENCRYPTION_KEY, reading the previous key too',
  usage: 'attendant rotate-key [--dry-run]',
  run: async (args, { env, print, printError }) => {
    const { values } = parseArgs({ args, options: { 'dry-run': { type: 'boolean', default: false } } });
    const dryRun = values['dry-run'];
    const [{ ConfigError }, { readConfig }, { connectMongo }, { createSecretBox }, { reEncryptSecrets }] =
      await Promise.all([
        import('../../adapters/config-error.ts'),
        import('../../adapters/config.ts'),
        import('../../adapters/mongo/connect-mongo.ts'),
        import('../../adapters/secrets.ts'),
        import('../../adapters/mongo/re-encrypt-secrets.ts'),
      ]);
    try {
      const { mongodbUri, encryptionKey, previousEncryptionKey } = readConfig(env);
      const { client, db } = await connectMongo(mongodbUri);
      const secrets = createSecretBox(encryptionKey, previousEncryptionKey);
      const report = await reEncryptSecrets(db, secrets, { dryRun }).catch((error: unknown) => ({ error }));
      await client.close();
      if ('error' in report) throw report.error;
      return printReport(report, dryRun, { print, printError });
    } catch (error) {
      if (!(error instanceof ConfigError) && !isDatabaseAway(error)) throw error;
      printError(error instanceof ConfigError ? error.message : 'MongoDB does not answer: check MONGODB_URI.');
      return 1;
    }
  },
};

function printReport(
  { reEncrypted, current, failures, webhookTexts }: ReEncryptReport,
  dryRun: boolean,
  { print, printError }: Pick<CommandIo, 'print' | 'printError'>,
): number {
  for (const name of reEncrypted) print(`${dryRun ? 'would encrypt anew' : 'encrypted anew'}  ${name}`);
  for (const { what, reason } of failures) printError(`not readable  ${what}: ${reason}`);
  const { reEncrypted: texts, unreadable } = webhookTexts;
  if (texts > 0) print(`${texts} webhook texts ${dryRun ? 'would be ' : ''}encrypted anew`);
  if (unreadable > 0) printError(`${unreadable} webhook texts are not readable`);
  print(`${reEncrypted.length} encrypted anew, ${current.length} had the current key, ${failures.length} failed`);
  return failures.length + unreadable > 0 ? 1 : 0;
}

const isDatabaseAway = (error: unknown): boolean => error instanceof Error && error.name.startsWith('Mongo');
