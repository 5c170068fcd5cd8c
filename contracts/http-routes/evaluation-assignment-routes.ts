import { z } from 'zod';
import { conversationParamsSchema } from '../conversation-view-schema.ts';
import {
  assignEvaluationSchema,
  assignmentListQuerySchema,
  assignmentListSchema,
  assignmentParamsSchema,
  assignmentProgressSchema,
  assignmentViewSchema,
  changeAssignmentSchema,
} from '../evaluation-assignment-schema.ts';
import type { HttpRoute } from './http-route.ts';

const tags = ['evaluations'] as const;
const access = ['grade-chats'] as const;

/** Who is to grade what: given by hand, or drawn by rules. */
export const evaluationAssignmentRoutes = {
  assignEvaluation: {
    method: 'POST',
    path: '/api/v1/conversations/:id/evaluation-assignments',
    summary: 'Have somebody grade an agent’s stretch by a form',
    tags,
    access,
    params: conversationParamsSchema,
    body: assignEvaluationSchema,
    responses: { 200: assignmentViewSchema },
    errors: ['CONVERSATION_NOT_FOUND', 'EVALUATION_EXISTS', 'ASSIGNMENT_EXISTS'],
    audit: 'evaluation.assigned',
  },
  listAssignments: {
    method: 'GET',
    path: '/api/v1/evaluation-assignments',
    summary: 'What is to be graded of the agents whom I look after, due first; what is settled, changed last first',
    tags,
    access,
    query: assignmentListQuerySchema,
    responses: { 200: assignmentListSchema },
  },
  listAssignmentProgress: {
    method: 'GET',
    path: '/api/v1/evaluation-assignments/rules',
    summary: 'Rules that draw stretches to be graded, with what became of their latest draws',
    tags,
    access,
    responses: { 200: assignmentProgressSchema },
  },
  changeAssignment: {
    method: 'PUT',
    path: '/api/v1/evaluation-assignments/:id',
    summary: 'Have somebody else grade it, or until another day',
    tags,
    access,
    params: assignmentParamsSchema,
    body: changeAssignmentSchema,
    responses: { 200: assignmentViewSchema },
    errors: ['ASSIGNMENT_NOT_FOUND', 'ASSIGNMENT_CHANGED', 'ASSIGNMENT_SETTLED'],
    audit: 'evaluation.assigned',
  },
  withdrawAssignment: {
    method: 'DELETE',
    path: '/api/v1/evaluation-assignments/:id',
    summary: 'Have nobody grade it',
    tags,
    access,
    params: assignmentParamsSchema,
    responses: { 204: z.null() },
    errors: ['ASSIGNMENT_NOT_FOUND', 'ASSIGNMENT_CHANGED', 'ASSIGNMENT_SETTLED'],
    audit: 'evaluation.assignment-withdrawn',
  },
} as const satisfies Record<string, HttpRoute>;
