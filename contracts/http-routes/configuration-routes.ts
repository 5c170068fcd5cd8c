/** Configuration: shown in lists, applied as a whole, deleted one by one; accounts changed and tested. */
import { z } from 'zod';
import { access } from '../access-policy.ts';
import { testConnectionRequestSchema, testConnectionResponseSchema } from '../account-check-schema.ts';
import {
  accountChangeSchema,
  botChangeSchema,
  cannedResponseChangeSchema,
  caseStatusChangeSchema,
  chatSettingsChangeSchema,
  contactFieldChangeSchema,
  entryChangeSchema,
  groupChangeSchema,
  hoursChangeSchema,
  evaluationAssignmentChangeSchema,
  evaluationFormChangeSchema,
  labelChangeSchema,
  surveyChangeSchema,
  modelChangeSchema,
  webhookChangeSchema,
  retentionChangeSchema,
  roleChangeSchema,
  secretChangeSchema,
  serviceChangeSchema,
  teamChangeSchema,
  userChangeSchema,
} from '../configuration-change-schema.ts';
import { retentionViewSchema } from '../retention-schema.ts';
import { chatSettingsViewSchema } from '../chat-settings-schema.ts';
import { configurationItemsResponseSchema } from '../configuration-item-schema.ts';
import { applyRequestSchema, applyResponseSchema, configurationResponseSchema } from '../configuration-schema.ts';
import {
  accountViewSchema,
  botViewSchema,
  caseStatusViewSchema,
  contactFieldViewSchema,
  entryViewSchema,
  hoursViewSchema,
  modelViewSchema,
  webhookViewSchema,
  scenarioViewSchema,
  secretViewSchema,
  serviceViewSchema,
  listedUserViewSchema,
  userViewSchema,
} from '../configuration-view-schema.ts';
import { cannedResponseViewSchema, labelViewSchema } from '../desk-configuration-schema.ts';
import { listSchema } from '../http-api-schema.ts';
import { nameSchema } from '../identifiers-schema.ts';
import { groupViewSchema, teamViewSchema } from '../routing-configuration-schema.ts';
import {
  evaluationAssignmentViewSchema,
  evaluationFormViewSchema,
  surveyViewSchema,
} from '../quality-configuration-schema.ts';
import { roleViewSchema } from '../role-schema.ts';
import type { HttpRoute } from './http-route.ts';

const tags = ['configuration'] as const;
const params = z.object({ name: nameSchema });

function listOf<const Noun extends string, View extends z.ZodType>(noun: Noun, view: View) {
  return {
    method: 'GET',
    path: `/api/v1/${noun}`,
    summary: `${noun} in force`,
    tags,
    access: ['read-configuration'],
    responses: { 200: listSchema(view) },
  } as const;
}

function deletionOf<const Noun extends string>(noun: Noun) {
  return {
    method: 'DELETE',
    path: `/api/v1/${noun}/:name`,
    summary: `Delete one of ${noun}, unless something refers to it`,
    tags,
    access: ['edit-configuration'],
    params,
    responses: { 204: z.null() },
    errors: ['NOT_FOUND', 'STILL_IN_USE'],
    audit: 'own',
  } as const;
}

function changeOf<const Noun extends string, Body extends z.ZodType, View extends z.ZodType>(
  noun: Noun,
  body: Body,
  view: View,
) {
  return {
    method: 'PATCH',
    path: `/api/v1/${noun}/:name`,
    summary: `Change what is named of one of ${noun}; the rest stays, secrets included`,
    tags,
    access: ['edit-configuration'],
    params,
    body,
    responses: { 200: view },
    errors: ['NOT_FOUND', 'CONFIGURATION_INVALID'],
    audit: 'own',
  } as const;
}

export const configurationRoutes = {
  getConfiguration: {
    method: 'GET',
    path: '/api/v1/configuration',
    summary: 'What is in force as documents that can be applied, without secrets',
    tags,
    access: ['edit-configuration'],
    responses: { 200: configurationResponseSchema },
    audit: 'configuration.exported',
  },
  listConfigurationItems: {
    method: 'GET',
    path: '/api/v1/configuration/items',
    summary:
      'Every item but scenarios as its document, with its version, who changed it last, and whether files manage it; users and roles alone for who manages those alone',
    tags,
    access: ['edit-configuration', 'manage-users'],
    responses: { 200: configurationItemsResponseSchema },
  },
  listAccounts: listOf('accounts', accountViewSchema),
  listServices: listOf('services', serviceViewSchema),
  listEntries: listOf('entries', entryViewSchema),
  listUsers: { ...listOf('users', listedUserViewSchema), access: ['read-configuration', 'manage-users'] },
  listRoles: { ...listOf('roles', roleViewSchema), access: ['read-configuration', 'manage-users'] },
  listHours: listOf('hours', hoursViewSchema),
  listBots: listOf('bots', botViewSchema),
  listModels: listOf('models', modelViewSchema),
  listGroups: listOf('groups', groupViewSchema),
  listTeams: listOf('teams', teamViewSchema),
  listWebhooks: listOf('webhooks', webhookViewSchema),
  listSecrets: listOf('secrets', secretViewSchema),
  // Agents write them.
  listContactFields: { ...listOf('contact-fields', contactFieldViewSchema), access: access.anybody },
  listCaseStatuses: { ...listOf('case-statuses', caseStatusViewSchema), access: access.anybody },
  listLabels: { ...listOf('labels', labelViewSchema), access: access.anybody },
  listCannedResponses: listOf('canned-responses', cannedResponseViewSchema),
  listEvaluationForms: listOf('evaluation-forms', evaluationFormViewSchema),
  listEvaluationAssignmentRules: listOf('evaluation-assignment-rules', evaluationAssignmentViewSchema),
  listSurveys: listOf('surveys', surveyViewSchema),
  listChatSettings: listOf('chat-settings', chatSettingsViewSchema),
  listRetention: listOf('retention', retentionViewSchema),
  listScenarios: listOf('scenarios', scenarioViewSchema),
  changeAccount: changeOf('accounts', accountChangeSchema, accountViewSchema),
  changeService: changeOf('services', serviceChangeSchema, serviceViewSchema),
  changeEntry: changeOf('entries', entryChangeSchema, entryViewSchema),
  changeUser: { ...changeOf('users', userChangeSchema, userViewSchema), access: ['manage-users'] },
  changeRole: { ...changeOf('roles', roleChangeSchema, roleViewSchema), access: ['manage-users'] },
  changeHours: changeOf('hours', hoursChangeSchema, hoursViewSchema),
  changeBot: changeOf('bots', botChangeSchema, botViewSchema),
  changeModel: changeOf('models', modelChangeSchema, modelViewSchema),
  changeGroup: changeOf('groups', groupChangeSchema, groupViewSchema),
  changeTeam: changeOf('teams', teamChangeSchema, teamViewSchema),
  changeWebhook: changeOf('webhooks', webhookChangeSchema, webhookViewSchema),
  changeSecret: changeOf('secrets', secretChangeSchema, secretViewSchema),
  changeContactField: changeOf('contact-fields', contactFieldChangeSchema, contactFieldViewSchema),
  changeCaseStatus: changeOf('case-statuses', caseStatusChangeSchema, caseStatusViewSchema),
  changeCannedResponse: changeOf('canned-responses', cannedResponseChangeSchema, cannedResponseViewSchema),
  changeLabel: changeOf('labels', labelChangeSchema, labelViewSchema),
  changeEvaluationForm: changeOf('evaluation-forms', evaluationFormChangeSchema, evaluationFormViewSchema),
  changeEvaluationAssignmentRule: changeOf(
    'evaluation-assignment-rules',
    evaluationAssignmentChangeSchema,
    evaluationAssignmentViewSchema,
  ),
  changeSurvey: changeOf('surveys', surveyChangeSchema, surveyViewSchema),
  changeChatSettings: changeOf('chat-settings', chatSettingsChangeSchema, chatSettingsViewSchema),
  changeRetention: changeOf('retention', retentionChangeSchema, retentionViewSchema),
  deleteAccount: deletionOf('accounts'),
  deleteService: deletionOf('services'),
  deleteEntry: deletionOf('entries'),
  deleteUser: { ...deletionOf('users'), access: ['manage-users'] },
  deleteRole: { ...deletionOf('roles'), access: ['manage-users'] },
  deleteHours: deletionOf('hours'),
  deleteBot: deletionOf('bots'),
  deleteModel: deletionOf('models'),
  deleteGroup: deletionOf('groups'),
  deleteTeam: deletionOf('teams'),
  deleteWebhook: deletionOf('webhooks'),
  deleteSecret: deletionOf('secrets'),
  deleteContactField: deletionOf('contact-fields'),
  deleteCaseStatus: deletionOf('case-statuses'),
  deleteCannedResponse: deletionOf('canned-responses'),
  deleteLabel: deletionOf('labels'),
  deleteEvaluationForm: deletionOf('evaluation-forms'),
  deleteEvaluationAssignmentRule: deletionOf('evaluation-assignment-rules'),
  deleteSurvey: deletionOf('surveys'),
  deleteChatSettings: deletionOf('chat-settings'),
  deleteRetention: deletionOf('retention'),
  applyConfiguration: {
    method: 'POST',
    path: '/api/v1/configuration/apply',
    summary: 'Bring the configuration to what the documents say, all or nothing',
    tags,
    // Which of both a document needs, its kind says.
    access: ['edit-configuration', 'manage-users'],
    body: applyRequestSchema,
    maxBodyBytes: 'configured',
    responses: { 200: applyResponseSchema },
    errors: ['CONFIGURATION_INVALID', 'CONFIGURATION_CHANGED'],
    audit: 'own',
  },
  testAccount: {
    method: 'POST',
    path: '/api/v1/accounts/:name/test',
    summary: 'Test the connection of an account to Meta, one result for each check',
    tags: ['accounts'],
    access: ['read-configuration'],
    params,
    body: testConnectionRequestSchema,
    responses: { 200: testConnectionResponseSchema },
    audit: 'account.tested',
    errors: ['NOT_FOUND'],
  },
} as const satisfies Record<string, HttpRoute>;
