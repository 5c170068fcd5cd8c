import { z } from 'zod';
import { arrivalsResponseSchema } from '../../../contracts/queue-view-schema.ts';
import { createApiClient, findApi } from '../../api-client.ts';
import { readTextFile } from '../../read-text-file.ts';

/** A file that is not what it should be: names the place and the remedy. */
export class UnreadableError extends Error {}

type RecordedArrivals = z.infer<typeof arrivalsResponseSchema>;

const TIME_OF_DAY = /^([01]\d|2[0-3]):[0-5]\d$/;
const staffSchema = z
  .array(
    z.strictObject({
      username: z.string().min(1),
      name: z.string().optional(),
      skills: z.record(z.string(), z.int().min(1).max(100)),
      slots: z.int().min(1).max(100).default(1),
      from: z.string().regex(TIME_OF_DAY, { error: 'is not a time of day like 09:00' }).optional(),
      to: z.string().regex(TIME_OF_DAY, { error: 'is not a time of day like 17:30' }).optional(),
    }),
  )
  .min(1);

/** Of a file, or of a time that the running Attendant recorded. @throws UnreadableError, or what the api client throws */
export async function readArrivals(from: {
  file: string | undefined;
  group: string;
  from?: string | undefined;
  to?: string | undefined;
  env: Parameters<typeof findApi>[0];
}): Promise<RecordedArrivals> {
  if (from.file !== undefined) return readJson(arrivalsResponseSchema, from.file);
  const call = createApiClient(await findApi(from.env));
  const query = { group: from.group, from: toMoment('--from', from.from), to: toMoment('--to', from.to) };
  const response = await call('GET /api/v1/arrivals', { query });
  if (!response.ok) throw new UnreadableError(response.error.message);
  return response.body;
}

/** Staff as a file says it. @throws UnreadableError */
export async function readStaff(file: string): Promise<(z.infer<typeof staffSchema>[number] & { name: string })[]> {
  return (await readJson(staffSchema, file)).map((member) => ({ ...member, name: member.name ?? member.username }));
}

function toMoment(option: string, text = ''): string {
  const at = Date.parse(text);
  if (Number.isNaN(at)) throw new UnreadableError(`${option} "${text}" is not a day like 2026-11-01.`);
  return new Date(at).toISOString();
}

async function readJson<Schema extends z.ZodType>(schema: Schema, file: string): Promise<z.output<Schema>> {
  const read = await readTextFile(file);
  if ('problem' in read) throw new UnreadableError(`${file} ${read.problem.message}`);
  return parse(schema, read.text, file);
}

function parse<Schema extends z.ZodType>(schema: Schema, text: string, place: string): z.output<Schema> {
  try {
    return schema.parse(JSON.parse(text));
  } catch (error) {
    const [issue] = error instanceof z.ZodError ? error.issues : [];
    const what = issue ? `${issue.path.join('.')}: ${issue.message}` : 'it is not JSON';
    throw new UnreadableError(`${place} cannot be read: ${what}. See attendant what-if --help.`);
  }
}
