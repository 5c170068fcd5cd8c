import { IconClipboardCheck, IconClipboardList, IconMoodSmile } from '@tabler/icons-react';
import { EVALUATION_QUESTION_TYPES } from '../../../../../contracts/evaluation-form.ts';
import { SURVEY_QUESTION_TYPES } from '../../../../../contracts/survey.ts';
import { countColumn, fieldColumn, nameColumn } from './columns.tsx';
import type { Field, ItemSection } from '../model/section.ts';

const name: Field = { name: 'name', type: 'text', isFixed: true, isRequired: true, isHalf: true };

/** Forms by which supervisors grade agents' chats. */
export const evaluationFormSection: ItemSection = {
  path: 'evaluation-forms',
  kind: 'evaluation-form',
  icon: IconClipboardCheck,
  columns: [nameColumn, countColumn('questions'), fieldColumn('services'), fieldColumn('hidden')],
  begin: () => ({ questions: [{ type: 'yes-no' }] }),
  groups: [
    { key: 'form', fields: [name, { name: 'hidden', type: 'switch', whenAbsent: false }] },
    {
      key: 'questions',
      fields: [
        {
          name: 'questions',
          type: 'rows',
          columns: [
            { name: 'area', type: 'text', isRequired: true },
            { name: 'question', type: 'text', isRequired: true },
            { name: 'type', type: 'choice', choices: EVALUATION_QUESTION_TYPES },
            { name: 'weight', type: 'number', min: 0, max: 1000 },
            { name: 'top', type: 'number', min: 2, max: 10 },
            { name: 'choices', type: 'lines' },
            { name: 'autoFail', type: 'switch', whenAbsent: false },
            { name: 'canBeNa', type: 'switch', whenAbsent: true },
          ],
        },
      ],
    },
    { key: 'where', fields: [{ name: 'services', type: 'references', to: 'service', isOptional: true }] },
  ],
};

/** Rules by which agents' chats are drawn each week, and given to evaluators. */
export const evaluationAssignmentSection: ItemSection = {
  path: 'evaluation-assignments',
  kind: 'evaluation-assignment',
  icon: IconClipboardList,
  columns: [nameColumn, fieldColumn('form'), fieldColumn('perAgent'), fieldColumn('evaluators'), fieldColumn('paused')],
  begin: () => ({ perAgent: 2 }),
  groups: [
    {
      key: 'rule',
      fields: [
        name,
        { name: 'form', type: 'reference', to: 'evaluation-form', isHalf: true, isRequired: true },
        { name: 'perAgent', type: 'number', min: 1, max: 20, isHalf: true, isRequired: true },
        { name: 'dueDays', type: 'number', min: 1, max: 90, unit: 'days', isHalf: true },
        { name: 'timeZone', type: 'zone', isHalf: true },
        { name: 'paused', type: 'switch', whenAbsent: false },
      ],
    },
    { key: 'who', fields: [{ name: 'evaluators', type: 'references', to: 'user', isRequired: true }] },
    {
      key: 'whose',
      fields: [
        { name: 'services', type: 'references', to: 'service', isOptional: true },
        { name: 'teams', type: 'references', to: 'team', isOptional: true },
      ],
    },
  ],
};

/** What customers are asked after a chat. */
export const surveySection: ItemSection = {
  path: 'surveys',
  kind: 'survey',
  icon: IconMoodSmile,
  columns: [nameColumn, countColumn('questions')],
  begin: () => ({ questions: [{ type: 'scale' }] }),
  groups: [
    {
      key: 'questions',
      fields: [
        name,
        {
          name: 'questions',
          type: 'rows',
          columns: [
            { name: 'name', type: 'text', isRequired: true },
            { name: 'type', type: 'choice', choices: SURVEY_QUESTION_TYPES },
            { name: 'text', type: 'area', rows: 2, isRequired: true },
            { name: 'from', type: 'number', min: 0, max: 1 },
            { name: 'to', type: 'number', min: 2, max: 10 },
            { name: 'choices', type: 'lines' },
            { name: 'when.question', type: 'text' },
            { name: 'when.atMost', type: 'number', min: 0, max: 10 },
            { name: 'when.atLeast', type: 'number', min: 0, max: 10 },
            { name: 'when.is', type: 'lines' },
          ],
        },
      ],
    },
    {
      key: 'languages',
      fields: [
        {
          name: 'translations',
          type: 'rows',
          isOptional: true,
          columns: [
            { name: 'language', type: 'text', isRequired: true },
            { name: 'question', type: 'text', isRequired: true },
            { name: 'text', type: 'area', rows: 2, isRequired: true },
            { name: 'choices', type: 'lines' },
          ],
        },
      ],
    },
  ],
};
