import { DEFAULT_CHAT_SETTINGS } from '../../contracts/chat-settings.ts';
import { RETENTION_NAME } from '../../contracts/retention.ts';
import * as fc from 'fast-check';
import type { ConfigurationDocument } from '../../contracts/configuration-schema.ts';
import { rolePrivilegeSchema } from '../../contracts/role-schema.ts';
import { WEEKDAYS } from '../../contracts/hours.ts';
import { LABEL_COLOURS } from '../../contracts/label.ts';
import { arbitraryAssignment, arbitraryForm, arbitrarySurvey, assignmentOf } from './arbitrary-quality.ts';
import { AGENT_CHOICES } from '../../contracts/routing.ts';

/** Any text, odd ones among them: what YAML, JavaScript and `apply` have a meaning of their own for. NUL and half characters are refused. */
const text = fc.oneof(
  fc
    .string({ minLength: 1, maxLength: 40, unit: 'binary' })
    .filter((each) => each.isWellFormed() && !each.includes('\0')),
  fc.constantFrom(
    '${HOME}',
    '$${HOME}',
    '$$${HOME}',
    'yes',
    '007',
    '1e3',
    '~',
    'null',
    '- a',
    'a: b',
    '# no',
    ' x ',
    '\r\n',
    '\u0085\u2028',
    '---',
  ),
);
/** A name holds no control characters. */
const name = text.map((each) => each.replaceAll(/\p{Cc}/gu, '.').trim()).filter((each) => each !== '');
const optional = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });
const https = fc.webUrl({ validSchemes: ['https'] });
const duration = fc.constantFrom('500ms', '90s', '10m', '24h', '1d', '30d', '1001ms');
const payload = fc.string({ minLength: 1, maxLength: 20 });

/** As JSON says it: absent instead of undefined. */
function toDocuments(items: readonly object[]): ConfigurationDocument[] {
  return JSON.parse(JSON.stringify(items)) as ConfigurationDocument[];
}

const profile = fc.record({
  getStarted: payload,
  greeting: optional(text.map((each) => [{ locale: 'default', text: each }])),
  persistentMenu: optional(
    fc.tuple(payload, payload).map(([title, each]) => [{ locale: 'default', items: [{ title, payload: each }] }]),
  ),
});

/** One for all, or one in each language. */
const settingText = fc.oneof(text, fc.record({ en: text, de: text }), fc.record({ 'pt-BR': text }));

const arbitraryRetention = fc.record({
  transcriptDays: optional(fc.integer({ min: 400, max: 800 })),
  eventDays: optional(fc.integer({ min: 8, max: 36_500 })),
  fileDays: optional(fc.integer({ min: 1, max: 400 })),
  auditDays: optional(fc.integer({ min: 30, max: 3650 })),
  evaluationDays: optional(fc.constantFrom(30, 365)),
  deliveryDays: optional(fc.constantFrom(1, 30)),
});

const chatSettings = fc
  .record({
    inactivityTimeout: optional(duration),
    inactivityWarning: optional(settingText),
    inactivityClosing: optional(settingText),
    onError: optional(settingText),
    readReceipts: optional(fc.boolean()),
    silence: fc.constantFrom(
      {},
      { agentSilence: 'off' as const },
      { agentSilence: '10m', onAgentSilence: 'queue' as const },
    ),
  })
  .map(({ silence, ...rest }) => ({ ...rest, ...silence }));

const account = (index: number) =>
  fc.record({
    kind: fc.constant('account' as const),
    name: name.map((each) => `${each}${String(index)}`),
    pageId: fc.constant(`10${String(index)}`),
    pageToken: text,
    appSecret: text,
    verifyToken: text,
    pageUsername: optional(text),
    onUnknown: optional(fc.constantFrom('resend' as const, 'hold' as const)),
    personas: optional(
      fc.record({
        bot: optional(fc.record({ name: text, pictureUrl: https })),
        agentPictureUrl: optional(https),
      }),
    ),
    inboxPause: optional(fc.constantFrom('off' as const, '5m', '24h')),
    humanAgent: optional(fc.boolean()),
    attachmentDays: optional(fc.integer({ min: 0, max: 3650 })),
    profile: optional(profile),
    enabled: optional(fc.boolean()),
    chat: optional(chatSettings),
  });

const hours = fc.record({
  kind: fc.constant('hours' as const),
  name,
  timeZone: optional(fc.constantFrom('Europe/Berlin', 'UTC')),
  open: fc.array(
    fc.record({
      days: fc.uniqueArray(fc.constantFrom(...WEEKDAYS), { minLength: 1 }),
      from: fc.constantFrom('00:00', '09:00'),
      to: fc.constantFrom('17:30', '08:00'),
    }),
    { maxLength: 3 },
  ),
  closedOn: optional(fc.constantFrom([], ['2026-12-25'], ['2024-02-29', '2026-01-01'])),
});

const user = (index: number) =>
  fc.record({
    kind: fc.constant('user' as const),
    username: fc
      .constantFrom('ann', '007', 'true', 'null', 'émile', 'a.b_c@d+e')
      .map((each) => `${each}-${String(index)}`),
    name: optional(name),
    role: fc.constantFrom('agent' as const, 'supervisor' as const),
    skills: fc.dictionary(name, fc.integer({ min: 1, max: 100 }), { maxKeys: 3 }),
    slots: optional(fc.integer({ min: 1, max: 100 })),
    privileges: optional(fc.constantFrom([], ['pick' as const])),
    password: fc.constant('correct horse battery'),
  });

/** Documents of every kind but scenarios, whose references hold: what `apply` takes in one go. */
export const arbitraryConfiguration: fc.Arbitrary<ConfigurationDocument[]> = fc
  .record({
    accounts: fc.tuple(account(1), account(2)),
    hours,
    secret: fc.record({ kind: fc.constant('secret' as const), name, value: text }),
    service: fc.record({
      skills: fc.uniqueArray(name, { maxLength: 3 }),
      name,
      isOutbound: fc.boolean(),
      load: optional(fc.integer({ min: 1, max: 100 })),
      wrapUp: optional(fc.record({ timeout: duration, required: optional(fc.boolean()), extend: optional(duration) })),
      serviceLevel: optional(fc.record({ percent: fc.integer({ min: 1, max: 100 }), within: duration })),
      dispositions: optional(
        fc.uniqueArray(fc.record({ name, folder: optional(name), hidden: optional(fc.boolean()) }), {
          selector: (each) => each.name,
          maxLength: 3,
        }),
      ),
      overflowAfter: optional(duration),
      suggestions: optional(
        fc.record({
          isByBot: fc.boolean(),
          automatic: optional(fc.boolean()),
          shareTranscript: optional(fc.boolean()),
          shareAnswers: optional(fc.boolean()),
          shareFirstName: optional(fc.boolean()),
        }),
      ),
    }),
    group: fc.record({
      choice: optional(fc.constantFrom(...AGENT_CHOICES)),
      ageing: optional(duration),
      rampUp: optional(duration),
      queueLimit: optional(fc.integer({ min: 1, max: 8000 })),
      breaks: optional(
        fc.uniqueArray(fc.record({ name, returnAfter: optional(duration), logOutAfter: optional(duration) }), {
          selector: (each) => each.name,
          maxLength: 3,
        }),
      ),
      breakRequired: optional(fc.boolean()),
    }),
    team: fc.record({ name, level: fc.integer({ min: 1, max: 100 }) }),
    entry: fc.record({
      name,
      inactivityTimeout: optional(duration),
      silence: fc.oneof(
        fc.record({
          agentSilence: optional(duration),
          onAgentSilence: optional(fc.constantFrom('target-disconnected' as const, 'queue' as const)),
        }),
        fc.constant({ agentSilence: 'off' as const }),
      ),
      hasHours: fc.boolean(),
      inactivityWarning: optional(settingText),
      inactivityClosing: optional(settingText),
      onError: optional(settingText),
      readReceipts: optional(fc.boolean()),
      timeZone: optional(fc.constantFrom('Europe/Vienna', 'America/New_York')),
    }),
    bot: fc.record({ name, url: https, hasToken: fc.boolean() }),
    model: fc.record({ name, url: https, model: text, hasToken: fc.boolean() }),
    contactField: fc.record({ name: name.map((given) => `field ${given}`), title: optional(name) }),
    caseStatus: fc.record({ name, isClosed: fc.boolean(), position: fc.nat(1000) }),
    webhook: fc.record({
      name,
      url: https,
      events: optional(fc.constant(['ended' as const])),
      isOfService: fc.boolean(),
    }),
    role: fc.record({
      title: optional(name),
      privileges: fc.subarray([...rolePrivilegeSchema.options], { minLength: 1 }),
      requireSecondFactor: optional(fc.boolean()),
    }),
    users: fc.tuple(user(1), user(2)),
    cannedResponse: fc.record({
      name: name.map((given) => given.replaceAll(/[\s/]/gu, '-')),
      text: text.map((given) => `say ${given}`),
      folder: optional(name),
      isForService: fc.boolean(),
    }),
    retention: arbitraryRetention,
    chat: chatSettings,
    evaluationForm: fc.record({ form: arbitraryForm, isOfService: fc.boolean() }),
    assignment: arbitraryAssignment,
    survey: arbitrarySurvey,
    label: fc.record({ name, colour: optional(fc.constantFrom(...LABEL_COLOURS)), hidden: optional(fc.boolean()) }),
  })
  .map(({ accounts, hours: times, secret, service, entry, bot, model, contactField, caseStatus, users, ...more }) => {
    const { role, group, team, webhook, cannedResponse, label, chat, evaluationForm: form, survey: asked } = more;
    const { isForService, ...canned } = cannedResponse;
    const { isOfService, ...receiver } = webhook;
    const { isOutbound, overflowAfter, suggestions, ...rest } = service;
    const { isByBot, ...shared } = suggestions ?? {};
    const adviser = isByBot ? { bot: bot.name } : { model: model.name, instructions: 'Be kind.' };
    const other = `${service.name} too`;
    const { hasHours, silence, ...texts } = entry;
    const greeting = { ...texts, ...silence };
    const { hasToken, ...client } = bot;
    const { hasToken: hasKey, ...language } = model;
    return toDocuments([
      secret,
      { kind: 'bot', ...client, ...(hasToken && { token: secret.name }) },
      { kind: 'model', ...language, ...(hasKey && { token: secret.name }) },
      times,
      { kind: 'webhook', ...receiver, secret: secret.name, ...(isOfService && { services: [service.name] }) },
      { kind: 'contact-field', ...contactField },
      { kind: 'case-status', ...caseStatus },
      { kind: 'role', name: 'a role', ...role },
      { kind: 'chat-settings', name: DEFAULT_CHAT_SETTINGS, ...chat },
      { kind: 'retention', name: RETENTION_NAME, ...more.retention },
      { kind: 'survey', ...asked },
      ...accounts,
      {
        kind: 'service',
        ...rest,
        group: 'default',
        hours: times.name,
        survey: asked.name,
        ...(isOutbound && { account: accounts[1].name }),
        ...(suggestions && { suggestions: { ...adviser, ...shared } }),
        ...(overflowAfter !== undefined && { overflow: [{ after: overflowAfter, service: other }] }),
      },
      { kind: 'service', name: other, skills: [], group: 'default' },
      { kind: 'group', name: 'default', ...group },
      {
        kind: 'entry',
        ...greeting,
        ...(hasHours && { hours: times.name }),
        account: accounts[0].name,
        scenario: 'tiny',
        service: service.name,
      },
      ...users,
      {
        kind: 'team',
        name: team.name,
        members: [users[0].username],
        supervisors: [users[1].username],
        services: [{ service: service.name, level: team.level }],
      },
      { kind: 'canned-response', ...canned, ...(isForService && { services: [service.name] }) },
      { kind: 'label', ...label },
      { kind: 'evaluation-form', ...form.form, ...(form.isOfService && { services: [service.name] }) },
      { kind: 'user', username: 'grader', role: 'supervisor', skills: {}, password: 'correct horse battery' },
      assignmentOf(more.assignment, { form: form.form.name, service: service.name, team: team.name }),
    ]);
  });
