import { UsageError, type CommandIo } from '../../command.ts';
import { askApi } from './ask-api.ts';
import { tellPublication } from './publish-file.ts';

interface RollbackRequest {
  name: string;
  target: string | undefined;
  note: string | undefined;
  author: string | undefined;
}

/** Puts a version in force again and tells what the checks say of it today. Gives the exit code. */
export async function rollBack({ name, target, note, author }: RollbackRequest, io: CommandIo): Promise<number> {
  const body = { ...readTarget(target), note, author: author ?? io.env['USER'] };
  const response = await askApi(io, (call) =>
    call('POST /api/v1/scenarios/:name/rollback', { params: { name }, body }),
  );
  if (!response) return 1;
  for (const { severity, message, line, column } of response.report.problems) {
    io.printError(`line ${line}:${column} ${severity} today: ${message}`);
  }
  io.print(tellPublication(response));
  return 0;
}

/** @throws UsageError for what is neither the number of a publication nor the digits of a version */
function readTarget(target: string | undefined): { number?: number; version?: string } {
  if (target === undefined) return {};
  if (/^[0-9a-f]{12,64}$/.test(target)) return { version: target };
  if (/^[1-9]\d{0,6}$/.test(target)) return { number: Number(target) };
  throw new UsageError(`"${target}" is neither a number of "attendant versions" nor 12 digits of a version.`);
}
