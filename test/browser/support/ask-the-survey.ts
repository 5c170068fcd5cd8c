import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { RunningStack } from '../../support/running-stack.ts';

const template = path.join(import.meta.dirname, '..', '..', '..', 'scenarios', 'service-survey.yaml');

/** Halden Home's service has a survey, and its entry begins with the template that asks it once an agent has ended the chat. */
export async function askTheSurvey(stack: RunningStack): Promise<void> {
  const source = (await readFile(template, 'utf8')).replace('[support]', '[returns]').replace('15s', '60s');
  const questions = [
    { name: 'content', type: 'scale', text: 'How content are you?' },
    { name: 'why', type: 'text', text: 'What went wrong?', when: { question: 'content', atMost: 2 } },
    { name: 'solved', type: 'choice', text: 'Is it solved?', choices: ['Yes', 'No'] },
  ];
  const entry = { account: 'Halden Home', scenario: 'service-survey', service: 'Returns and repairs' };
  const documents = [
    { kind: 'survey', name: 'After chat', questions },
    { kind: 'scenario', source },
    { kind: 'entry', name: 'Halden Home chat', ...entry },
  ];
  const applied = await stack.call('POST', '/api/v1/configuration/apply', { body: { documents } });
  if (applied.status !== 200) throw new Error(`apply: ${JSON.stringify(applied.body)}`);
  const service = '/api/v1/services/Returns%20and%20repairs';
  const named = await stack.call('PATCH', service, { body: { survey: 'After chat' } });
  if (named.status !== 200) throw new Error(`survey: ${JSON.stringify(named.body)}`);
}
